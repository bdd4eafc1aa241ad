"""Owns how the states of texts are said: numbers by language, and where a text stands that waits for somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from site_builder.nouns.derived import Row
from site_builder.nouns.diagnostic import Location
from site_builder.nouns.record import Catalog, Language
from site_builder.readers.formats import capital, language_name
from site_builder.writers.voice import Voice

STATES = {
    "present": "quality.present_count",
    "own_translation": "quality.own_translation_count",
    "checked": "quality.checked_count",
    "stale": "quality.stale_count",
    "missing": "quality.missing_count",
}
"""States of a text in a language, with the phrase for a number of them."""
SITE = "site.yaml"
CONTENT = "content/"
"""The folder of the content in a project, wherever it was read."""


def named(voice: Voice, language: Language) -> str:
    """Return what a language is called in that of the page, as it stands alone or at a beginning."""
    return capital(language_name(language, voice.language))


def totals(voice: Voice) -> list[str]:
    """Return for each language a sentence on all texts."""
    sentences: list[str] = []
    for language in voice.edition.catalog.languages:
        counts: Counter[str] = Counter()
        for row in voice.edition.derived.tables["translation_summary"]:
            if row["language"] == language.code:
                counts.update({name: value for name, value in row.items() if name.endswith("_count")})
        states = in_states(voice, {state: counts[f"{state}_count"] for state in STATES})
        told = {"language": named(voice, language), "total": counts["text_count"], "states": states}
        sentences.append(voice.say("quality.language", **told))
    return sentences


def in_states(voice: Voice, counts: Mapping[str, int]) -> str:
    """Return the number of texts in each state that some are in."""
    return ", ".join(voice.say(phrase, number=counts[state]) for state, phrase in STATES.items() if counts.get(state))


def by_language(voice: Voice, rows: Iterable[Row]) -> list[tuple[str, str]]:
    """Return for each language its name and the number of texts in each state."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        counts.setdefault(row["language"], Counter())[row["state"]] += 1
    return [
        (named(voice, language), in_states(voice, counts.get(language.code, {})))
        for language in voice.edition.catalog.languages
    ]


def place(catalog: Catalog, row: Row) -> Location | None:
    """Return where a text stands, or where it should: beside the same text in another language."""
    record = catalog.find(row["table_name"], row["record_id"])
    columns = (f"{row['field']}_{code}" for code in (row["language"], *catalog.codes))
    cell = next((record.cells[column] for column in columns if column in record.cells), None) if record else None
    if cell is None:
        return None
    root = catalog.site.location.file.removesuffix(SITE)
    return Location(CONTENT + cell.location.file.removeprefix(root), cell.location.line, cell.location.column)


def by_file(catalog: Catalog, rows: Iterable[Row]) -> Iterator[tuple[str, str, list[int], int]]:
    """Yield each file and language with the lines of its texts and their number; a note on many values stands once."""
    lines: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        if where := place(catalog, row):
            lines.setdefault((where.file, row["language"]), []).append(where.line)
    for (file, language), found in sorted(lines.items()):
        yield file, language, sorted(set(found)), len(found)

"""Owns how files to download stand on a page: what each is for, what it weighs, by what it is known to be whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from site_builder.nouns.output import LATEST
from site_builder.plan.hosting import ending
from site_builder.readers.formats import language_name
from site_builder.writers.package import said
from site_builder.writers.publication import Distribution
from site_builder.writers.voice import Voice

USES = {
    "datapackage": "descriptor",
    "csvw-metadata.json": "csvw",
    "data_dictionary.csv": "dictionary",
    "ogp_commitments.csv": "ogp",
    ".xlsx": "spreadsheet",
    ".sqlite": "sql",
    ".zip": "everything",
    ".csv": "table_csv",
    ".json": "table_json",
    ".jsonl": "table_jsonl",
}
"""What a file is for, by its name, the part before its first point, or its ending."""
STEP = 1000
UNITS = ("b", "kb", "mb", "gb")


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download as it is shown."""

    name: str
    href: str
    use: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Citation:
    """How to cite the data, in a language."""

    language: str
    text: str


def downloads(voice: Voice, distributions: Iterable[Distribution]) -> list[Download]:
    """Return files as they are shown, in their order."""
    return [
        Download(form.name, voice.to(form.path), _use(voice, form.name), size_of(voice, form), form.sha256)
        for form in distributions
    ]


def _use(voice: Voice, name: str) -> str:
    use = USES.get(name) or USES.get(name.split(".")[0]) or USES.get(ending(name), "")
    languages = voice.edition.catalog.languages
    first = next((item for item in languages if name.endswith(f".{item.code}{ending(name)}")), voice.language)
    return voice.say(f"use.{use}", language=language_name(first, voice.language)) if use else ""


def size_of(voice: Voice, form: Distribution) -> str:
    """Return what a file weighs: to the byte, or rounded where another tool would pack it to another number."""
    if not form.is_packed:
        return voice.say("size.bytes", count=form.size)
    power = min((len(str(form.size)) - 1) // 3, len(UNITS) - 1)
    number = round(form.size / STEP**power, 1)
    shown = voice.formats.number(int(number) if number == int(number) else number)
    return voice.say("size.about", size=voice.say(f"size.unit_{UNITS[power]}", number=shown))


def citations(voice: Voice, key: str, **more: object) -> list[Citation]:
    """Return the citation in every language, that of the page first; `more` has texts by language."""
    shared, codes = voice.shared, voice.edition.catalog.codes
    if ("citations", key) not in shared:
        shared["citations", key] = {
            code: Citation(code, said(voice.edition, key, code, **_in(code, more)).strip()) for code in codes
        }
    citations = cast("Mapping[str, Citation]", shared["citations", key])
    return [citations[code] for code in sorted(codes, key=lambda code: code != voice.code)]


def _in(code: str, more: dict[str, object]) -> dict[str, object]:
    return {name: value.get(code, "") if isinstance(value, dict) else value for name, value in more.items()}


def cited_for_programs(voice: Voice) -> list[tuple[str, str]]:
    """Return the files that tell programs how to cite, with the name of their form."""
    forms = (("citation.bib", voice.say("data.bibtex")), ("CITATION.cff", "CITATION.cff"))
    return [(name, voice.to(LATEST + file)) for file, name in forms if LATEST + file in voice.edition.plan.files]

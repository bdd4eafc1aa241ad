"""Owns the doubt that readers understand a plan: long sentences of ours, abbreviations, steps nobody can verify."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.checks._about import about
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record

SUMMARIES = ("brief", "problem", "objective", "ambition")
"""Texts of a commitment that the editors may write in their own words."""
OURS = frozenset({"own_words", "own_translation"})
LONG = 30
"""Words of an average sentence that are too many."""
ACTIVE = "active"
"""Status of a plan that is being written or carried out."""
SPEAKING = ("plans", "commitments", "milestones", "measures", "update_items")
"""Tables of a plan whose texts everybody should understand."""
_SENTENCE = re.compile(r"(?<=[.!?…;:])\s+|\n+")
_CAPITAL = "".join(letter for letter in map(chr, range(0x3000)) if letter.isupper())
"""Every capital letter of the scripts that have them."""
_WORD = re.compile(rf"(?<![\w.-])[{_CAPITAL}]{{3,8}}(?![\w(])")
_NUMERAL = re.compile(r"[IVXLCDM]+")


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield commitments that are hard to read, abbreviations that nothing explains, milestones without a result."""
    for commitment in catalog.rows("commitments"):
        yield from _sentences(catalog, commitment)
    yield from _abbreviations(catalog)
    yield from _vague(catalog)


def _sentences(catalog: Catalog, commitment: Record) -> Iterator[Diagnostic]:
    """Yield the text of ours with the longest sentences, where they are too long; adopted ones stay as they are."""
    told = catalog.told_of(commitment)
    worst: tuple[int, str] = (LONG, "")
    for name in SUMMARIES:
        for code in catalog.codes:
            column = f"{name}_{code}"
            text = commitment.get(column)
            words = len(str(text or "").split())
            if words > worst[0] and any(row.get("status") in OURS for row in told.get(column, ())):
                sentences = [part for part in _SENTENCE.split(str(text)) if part.strip()]
                worst = max(worst, (words // len(sentences), column), key=lambda pair: pair[0])
    if worst[1]:
        yield about("sentences-long", commitment, worst[1], severity=Severity.NOTICE, count=worst[0])


def _abbreviations(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield the first place of each abbreviation that neither the glossary nor a name of an organisation explains.

    Where there is no glossary, nothing is explained, and nobody expects it; what could not be read may explain it.
    """
    if not catalog.rows("glossary") or catalog.unread:
        return
    texts = list(_texts(catalog))
    together = "\0".join(text for _, _, text in texts)
    unknown = _capitals(together)
    if unknown:
        unknown -= _explained(catalog, together)
    for record, column, text in texts if unknown else ():
        for word in sorted(_capitals(text) & unknown) if text.upper() != text else ():
            unknown.discard(word)
            yield about("abbreviation-unknown", record, column, severity=Severity.NOTICE, value=word)


def _texts(catalog: Catalog) -> Iterator[tuple[Record, str, str]]:
    for name in SPEAKING:
        if name in catalog.tables:
            columns = [
                column
                for item in catalog.schemas[name].fields
                if item.localized
                for column in item.columns(catalog.codes)
            ]
            for record in catalog.rows(name):
                yield from ((record, column, str(text)) for column in columns if (text := record.get(column)))


def _explained(catalog: Catalog, together: str) -> set[str]:
    """Return what the glossary or the names of organisations explain, or a text itself in brackets."""
    known = set(re.findall(r"\(([^\W\d_]{3,8})\)", together))
    for table, names in (("glossary", ("term",)), ("organisations", ("name", "abbreviation", "also_known_as"))):
        for record in catalog.rows(table):
            for name in names:
                for code in catalog.codes:
                    known.update(re.findall(r"[^\W\d_]{3,8}", str(record.get(f"{name}_{code}") or "")))
    return known | {word for word in _capitals(together) if _NUMERAL.fullmatch(word)}


def _capitals(text: str) -> set[str]:
    """Return the words of a text that are written in capitals, in whatever script."""
    return set(_WORD.findall(text))


def _vague(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield milestones of a plan that is still being written which begin or end with a word of no result.

    An adopted plan is left alone: its words are what they are, and reviewers judge them.
    """
    vague = {
        row.id: tuple(str(row.get("vague_words") or "").lower().split())
        for row in catalog.rows("languages")
        if row.get("vague_words")
    }
    drafts = {
        plan.id for plan in catalog.rows("plans") if plan.get("adopted_on") is None and plan.get("status") == ACTIVE
    }
    for milestone in catalog.rows("milestones") if vague and drafts else ():
        commitment = catalog.find("commitments", milestone.parent)
        if commitment is None or commitment.get("plan_id") not in drafts:
            continue
        for code, stems in vague.items():
            words = re.findall(r"\w+", str(milestone.get(f"title_{code}") or "").lower())
            word = next((word for word in {*words[:1], *words[-1:]} if word.startswith(stems)), "")
            if word:
                values = {"value": word}
                yield about("milestone-vague", milestone, f"title_{code}", severity=Severity.NOTICE, **values)
                break

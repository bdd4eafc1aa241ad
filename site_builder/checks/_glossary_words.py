"""Owns the promise that a term of the glossary is called the same in every translation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder.checks._text_pairs import Pair, is_translated
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.record import Catalog
from site_builder.readers.terms import LONGEST_ENDING

SHORTEST_STEM = 4
"""Letters of a word that must be there however it is inflected."""
_IN_BRACKETS = re.compile(r"\s*\(([^)]+)\)")


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of several words in one language: one word alone has too many meanings to be sure."""

    written: str
    looked_for: str
    """The term in lower case."""
    stems: tuple[str, ...]
    """Beginnings of its words, any of which shows that the term may be there."""
    abbreviation: str
    whole: re.Pattern[str]
    """The term as whole words, the last with an ending or without."""


def terms_called_otherwise(catalog: Catalog, pairs: Iterable[Pair]) -> Iterator[Diagnostic]:
    """Yield texts that hold a term of the glossary and in another language not a word of what it is called there."""
    terms = list(_terms(catalog))
    for pair in pairs if terms else ():
        if pair.table.name != "glossary":
            yield from _of_pair(catalog, terms, pair)


def _terms(catalog: Catalog) -> Iterator[dict[str, _Term]]:
    for record in catalog.rows("glossary"):
        terms = {code: _term(text) for code in catalog.codes if (text := record.get(f"term_{code}"))}
        several = {code: term for code, term in terms.items() if len(term.stems) > 1}
        if len(several) > 1:
            yield several


def _term(text: str) -> _Term:
    name = _IN_BRACKETS.sub("", text).strip()
    short = _IN_BRACKETS.search(text)
    words = re.findall(r"[^\W_]+", name.lower())
    stems = tuple(word[: max(SHORTEST_STEM, len(word) - LONGEST_ENDING)] for word in words)
    whole = re.compile(rf"(?<!\w){re.escape(name.lower())}\w{{0,{LONGEST_ENDING}}}(?!\w)")
    return _Term(name, name.lower(), stems, short[1] if short else "", whole)


def _of_pair(catalog: Catalog, terms: list[dict[str, _Term]], pair: Pair) -> Iterator[Diagnostic]:
    one, other = pair.one.text.lower(), pair.other.text.lower()
    for term in terms:
        for given, made, text, there in ((pair.one, pair.other, one, other), (pair.other, pair.one, other, one)):
            known, wanted = term.get(given.language), term.get(made.language)
            if known is None or wanted is None or known.looked_for not in text or _is_there(wanted, made.text, there):
                continue
            is_original = is_translated(catalog, pair.record, given.column) and not is_translated(
                catalog, pair.record, made.column
            )  # what was translated from is not measured by its translation
            if not is_original and known.whole.search(text):
                yield pair._replace(one=given, other=made).finding(
                    "glossary-term", value=known.written, wanted=wanted.written
                )


def _is_there(term: _Term, text: str, lowered: str) -> bool:
    """Whether a text holds any word of a term, however inflected, or its abbreviation."""
    return any(stem in lowered for stem in term.stems) or bool(term.abbreviation and term.abbreviation in text)

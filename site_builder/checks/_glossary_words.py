"""Owns the promise that a term of the glossary is called the same in every translation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from site_builder.checks._text_pairs import Pair, is_translated
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.record import Catalog
from site_builder.readers.terms import LONGEST_ENDING

SHORTEST_STEM = 4
"""Letters of a word that must be there however it is inflected."""
REMEMBERED = 20_000
"""Texts of which it is remembered what was found in them: the next change leaves most of them as they are."""
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
    columns = [(code, f"term_{code}") for code in catalog.codes]
    names = (tuple((code, record.get(column) or "") for code, column in columns) for record in catalog.rows("glossary"))
    terms = _terms(tuple(names))
    for pair in pairs if terms else ():
        if pair.table.name != "glossary":
            yield from _of_pair(catalog, terms, pair)


@dataclass(frozen=True, slots=True, eq=False)
class _Terms:
    """The terms of a glossary, each by language, and which of them stand in the texts that were looked at."""

    terms: tuple[Mapping[str, _Term], ...]
    seen: dict[tuple[str, str], tuple[Mapping[str, _Term], ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.terms)

    def named_in(self, text: str, language: str) -> tuple[Mapping[str, _Term], ...]:
        """Return the terms whose name in a language stands somewhere in a text."""
        if (language, text) not in self.seen:
            if len(self.seen) >= REMEMBERED:
                self.seen.clear()
            lowered = text.lower()
            named = (term for term in self.terms if language in term and term[language].looked_for in lowered)
            self.seen[language, text] = tuple(named)
        return self.seen[language, text]


@lru_cache(maxsize=4)
def _terms(names: tuple[tuple[tuple[str, str], ...], ...]) -> _Terms:
    """Return the terms that have several words in several languages; the same names give the same object."""
    every = ({code: _term(text) for code, text in record if text} for record in names)
    several = ({code: term for code, term in terms.items() if len(term.stems) > 1} for terms in every)
    return _Terms(tuple(terms for terms in several if len(terms) > 1))


def _term(text: str) -> _Term:
    name = _IN_BRACKETS.sub("", text).strip()
    short = _IN_BRACKETS.search(text)
    words = re.findall(r"[^\W_]+", name.lower())
    stems = tuple(word[: max(SHORTEST_STEM, len(word) - LONGEST_ENDING)] for word in words)
    whole = re.compile(rf"(?<!\w){re.escape(name.lower())}\w{{0,{LONGEST_ENDING}}}(?!\w)")
    return _Term(name, name.lower(), stems, short[1] if short else "", whole)


def _of_pair(catalog: Catalog, terms: _Terms, pair: Pair) -> Iterator[Diagnostic]:
    for given, made in ((pair.one, pair.other), (pair.other, pair.one)):
        for term in terms.named_in(given.text, given.language):
            known, wanted = term[given.language], term.get(made.language)
            if wanted is None or _is_there(wanted, made.text):
                continue
            is_original = is_translated(catalog, pair.record, given.column) and not is_translated(
                catalog, pair.record, made.column
            )  # what was translated from is not measured by its translation
            if not is_original and known.whole.search(given.text.lower()):
                yield pair._replace(one=given, other=made).finding(
                    "glossary-term", value=known.written, wanted=wanted.written
                )


def _is_there(term: _Term, text: str) -> bool:
    """Whether a text holds any word of a term, however inflected, or its abbreviation."""
    lowered = text.lower()
    return any(stem in lowered for stem in term.stems) or bool(term.abbreviation and term.abbreviation in text)

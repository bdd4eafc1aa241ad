"""Owns the finding of glossary terms in running text; refuses to know where they are explained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

_IN_BRACKETS = re.compile(r"^(.*?)\s*\(([^)]+)\)\s*$")
LONGEST_ENDING = 3
"""Letters that a term may have after it, so that its inflected forms are found: commitment, commitments."""
SHORTEST_INFLECTED = 5
"""A shorter term is found as it stands only: of short words too many others begin with the same letters."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A term in a text: where its word begins and ends, and its id."""

    start: int
    end: int
    term: str


@dataclass(frozen=True)
class Terms:
    """The terms of a glossary in one language, ready to be found."""

    ids: Mapping[str, str]
    """Id by form; an abbreviation is kept as written, any other form in lower case."""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        forms = sorted(self.ids, key=len, reverse=True)
        return re.compile(rf"(?<![\w-])({'|'.join(map(_pattern, forms))})(?!\w)")

    def mentions(self, text: str) -> Iterator[Mention]:
        """Yield the terms of a text in their order, the longer one where two begin alike."""
        if not self.ids:
            return
        for match in self._pattern.finditer(text):
            term = next(self.ids[form] for form in _shorter(match[1]) if form in self.ids)
            yield Mention(match.start(), match.end(), term)


def _pattern(form: str) -> str:
    if form.isupper():
        return re.escape(form)
    ending = rf"\w{{0,{LONGEST_ENDING}}}" if len(form) >= SHORTEST_INFLECTED else ""
    return f"(?i:{re.escape(form)}){ending}"


def _shorter(word: str) -> Iterator[str]:
    """Yield a word as it stands and in lower case, then without its last letters one by one."""
    for size in range(len(word), max(len(word) - LONGEST_ENDING, 1) - 1, -1):
        yield word[:size]
        yield word[:size].lower()


def terms_of(glossary: Iterable[tuple[str, str]]) -> Terms:
    """Return the terms from pairs of id and term; `Open Government Partnership (OGP)` has two forms."""
    ids: dict[str, str] = {}
    for term_id, term in glossary:
        in_brackets = _IN_BRACKETS.match(term)
        for form in in_brackets.groups() if in_brackets else (term,):
            ids.setdefault(form if form.isupper() else form.lower(), term_id)
    return Terms(ids)

"""Owns the doubt about two languages of one text: the same words, far more of them, other numbers, links and terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from statistics import median

from site_builder.checks._glossary_words import terms_called_otherwise
from site_builder.checks._text_pairs import Pair, text_pairs
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.record import Catalog
from site_builder.readers.numbers_in_text import links_of, marks_of, numbers_of

NAMES = frozenset({"name", "abbreviation", "also_known_as"})
"""Fields of names, which may be the same in every language."""
COPIED = 25
"""Letters from which on the same text in two languages is no accident."""
COPIED_WORDS = 4
MEASURED = 80
"""Letters from which on the length of a translation tells something."""
FAR = 2.5
"""How many times as long as usual, or as short, is too much."""
FAR_UNKNOWN = 4.0
"""The same where there are too few texts to know what is usual."""
ENOUGH = 20
"""Texts of two languages from which on it is known what is usual between them."""
_DIGIT = re.compile(r"\d")


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield texts that do not say the same in two languages as far as a program can see it."""
    if len(catalog.codes) < 2:
        return
    pairs = tuple(text_pairs(catalog))
    usual = _usual_lengths(pairs)
    for pair in pairs:
        one, other = pair.one.text, pair.other.text
        if one == other:
            if _is_copied(pair):
                yield pair.finding("translation-copied", length=len(one))
            continue
        if len(one) >= MEASURED or len(other) >= MEASURED:
            yield from _length(pair, usual)
        if _DIGIT.search(one) and _DIGIT.search(other) and pair.item.name not in NAMES:
            yield from _numbers(pair)
        if "://" in one or "://" in other or "](" in one or "](" in other:
            yield from _links(pair)
    yield from terms_called_otherwise(catalog, pairs)


def _is_copied(pair: Pair) -> bool:
    text = pair.one.text
    is_name = pair.item.name in NAMES or pair.table.name == "sources"
    return len(text) >= COPIED and len(text.split()) >= COPIED_WORDS and not is_name


def _usual_lengths(pairs: Iterable[Pair]) -> Mapping[tuple[str, str], tuple[float, float]]:
    """Return by two languages how many times as long the second usually is, and how far from that is too far."""
    ratios: dict[tuple[str, str], list[float]] = {}
    for pair in pairs:
        one, other = len(pair.one.text), len(pair.other.text)
        if one and (one >= MEASURED or other >= MEASURED):
            ratios.setdefault((pair.one.language, pair.other.language), []).append(other / one)
    return {
        languages: (median(known), FAR) if len(known) >= ENOUGH else (1.0, FAR_UNKNOWN)
        for languages, known in ratios.items()
    }


def _length(pair: Pair, usual: Mapping[tuple[str, str], tuple[float, float]]) -> Iterator[Diagnostic]:
    middle, far = usual[pair.one.language, pair.other.language]
    ratio = len(pair.other.text) / len(pair.one.text)
    if not middle / far <= ratio <= middle * far:
        lengths = {"length": len(pair.other.text), "other_length": len(pair.one.text)}
        yield pair.finding("translation-length", **lengths)


def _numbers(pair: Pair) -> Iterator[Diagnostic]:
    """Yield numbers and codes that differ.

    A number may stand in words in one language, so that only numbers against other numbers differ; a code such as
    MN0035 is the same everywhere.
    """
    one, other = numbers_of(pair.one.text), numbers_of(pair.other.text)
    if one - other and other - one:
        yield pair.finding("translation-numbers", value=_listed(other - one), other_value=_listed(one - other))
    marks = marks_of(pair.one.text) ^ marks_of(pair.other.text)
    if marks:
        yield pair.finding("translation-links", value=_listed(marks))


def _links(pair: Pair) -> Iterator[Diagnostic]:
    """Yield addresses that stand in one language only, and ids where each language links to others."""
    one, other = links_of(pair.one.text), links_of(pair.other.text)
    links = one ^ other if one - other and other - one else {link for link in one ^ other if "://" in link}
    if links:
        yield pair.finding("translation-links", value=_listed(links))


def _listed(values: Iterable[str]) -> str:
    return ", ".join(sorted(values))

"""Owns the writing of many rows of a kind: what a column says again is written once; refuses to know any format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

BLOCK = 1000
"""Rows that are written at once: enough that they have much in common, few enough that they stay at hand."""
WORDS = frozenset({str, date, type(None)})
"""Types whose equal values are written alike, and that equal no value of another type."""


@dataclass(frozen=True)
class Writing:
    """How values become texts."""

    text: Callable[[Any], str]
    """Return a value as it is written."""
    alike: frozenset[type]
    """Types of numbers and truths of which equal ones are written alike; 1.0 and 1 may be equal and written apart."""
    together: Mapping[type, Callable[[Sequence[Any]], Iterable[str]]] = field(default_factory=dict)
    """What writes a whole column of values of one type as `text` would one by one, where that is quicker."""


def blocks(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    """Yield rows, as many together as are written at once."""
    rest = iter(rows)
    while block := list(islice(rest, BLOCK)):
        yield block


def written_rows(rows: Iterable[Sequence[Any]], pattern: str, writing: Writing) -> Iterator[list[str]]:
    """Yield rows, block by block, each as `pattern` says it: a `%s` stands there for each of its values."""
    for block in blocks(rows):
        texts: list[str] = []
        differing: list[Iterable[str]] = []
        for values in zip(*block, strict=True):
            first, alike = values[0], _alike(values, writing)
            if alike == {first}:
                texts.append(writing.text(first).replace("%", "%%"))
                continue
            texts.append("%s")
            if len(alike) > len(values) // 2 or not alike:
                differing.append(_apart(values, writing))
            else:
                known = {value: writing.text(value) for value in alike}
                differing.append(map(known.__getitem__, values))
        row = pattern % tuple(texts)
        yield [row % each for each in zip(*differing, strict=True)] if differing else [row % ()] * len(block)


def _apart(values: Sequence[Any], writing: Writing) -> Iterable[str]:
    """Return the values of a column of which most differ, as they are written."""
    kinds = set(map(type, values))
    write = writing.together.get(kinds.pop()) if len(kinds) == 1 else None
    return write(values) if write else map(writing.text, values)


def _alike(values: Sequence[Any], writing: Writing) -> set[Any]:
    """Return the values of a column, each once; nothing where equal ones may be written in different ways."""
    first = values[0]
    if type(first) in WORDS and values.count(first) == len(values):
        return {first}
    others = set(map(type, values)) - WORDS
    return set() if len(others) > 1 or not others <= writing.alike else set(values)

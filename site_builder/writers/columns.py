"""Owns the writing of many rows of a kind: what a column says again is written once; refuses to know any format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, repeat
from typing import Any

BLOCK = 1000
"""Rows that are written at once: enough that it is quick, few enough that they take little memory."""


@dataclass(frozen=True)
class Values:
    """What stands in a column, a value a row; what is found out about them is found out once for all forms."""

    in_order: Sequence[Any]

    @cached_property
    def distinct(self) -> Mapping[int, Any]:
        """Each value by its identity, which tells apart 1 and true; empty where most rows have one of their own.

        What stands in many rows of a long table was read as one object.
        """
        begin = self.in_order[:BLOCK]
        if len(begin) == BLOCK == len(set(map(id, begin))):
            return {}  # a key, which need not be looked through
        found = dict(zip(map(id, self.in_order), self.in_order, strict=True))
        return found if len(found) <= max(1, len(self.in_order) // 2) else {}

    @cached_property
    def kinds(self) -> frozenset[type]:
        """The types of the values."""
        return frozenset(map(type, self.distinct.values() or self.in_order))

    @property
    def only(self) -> Sequence[Any]:
        """The one value that stands in all rows; nothing where there are others."""
        return [*self.distinct.values()] if len(self.distinct) == 1 else ()

    def each(self, change: Callable[[Any], Any]) -> Iterable[Any]:
        """Return what becomes of each value, worked out once for all rows in which it stands."""
        if not self.distinct:
            return map(change, self.in_order)
        changed = {name: change(value) for name, value in self.distinct.items()}
        return map(changed.__getitem__, map(id, self.in_order))


def columns_of_rows(rows: Iterable[Sequence[Any]]) -> list[Values]:
    """Return the columns of rows; none where there are no rows."""
    return [Values(values) for values in zip(*rows, strict=True)]


@dataclass(frozen=True)
class Writing:
    """How values become texts."""

    text: Callable[[Any], str]
    """Return a value as it is written."""
    together: Mapping[type, Callable[[Sequence[Any]], Iterable[str]]] = field(default_factory=dict)
    """What writes many values of one type as `text` would one by one, where that is quicker."""


def written_rows(columns: Sequence[Values], between: Sequence[str], writing: Writing) -> Iterator[str]:
    """Yield rows; `between` has what stands before the first value of each, between two of them, and after the last."""
    parts: list[Iterable[str]] = []
    before = between[0]
    for values, after in zip(columns, between[1:], strict=bool(columns)):
        if values.only:
            before += writing.text(values.only[0]) + after
        else:
            parts += [repeat(before), _texts(values, writing)]
            before = after
    count = len(columns[0].in_order) if columns else 0
    return map("".join, zip(*parts, repeat(before, count), strict=False))


def blocks(rows: Iterable[str]) -> Iterator[list[str]]:
    """Yield rows, as many together as are written at once."""
    rest = iter(rows)
    while block := list(islice(rest, BLOCK)):
        yield block


def _texts(values: Values, writing: Writing) -> Iterable[str]:
    """Return the values of a column as they are written."""
    together = writing.together.get(*values.kinds) if len(values.kinds) == 1 and not values.distinct else None
    return together(values.in_order) if together else values.each(writing.text)

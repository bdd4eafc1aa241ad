"""Owns the cells of a row of a long table: values alone, and a cell with its place only when somebody asks for it.

A cell with a place weighs ten times its value; a table of 200,000 rows has two million of them, and a place is asked
for only where something is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from site_builder.nouns.diagnostic import Location


class Cell(NamedTuple):
    """A value of one column and where it was written."""

    value: Any
    location: Location
    length: int = 1
    offset: int = 0
    """Characters before the text begins, such as a quote; -1 where the file spells it another way."""


class Text(Protocol):
    """The text of a file that can tell where a cell was written."""

    def cell_at(self, line: int, column: str) -> tuple[Location, int] | None:
        """Return place and length of what stands in a row under the name of a column, None where nothing does."""
        ...

    def start_of(self, line: int) -> Location:
        """Return the place of a row."""
        ...


@dataclass(frozen=True, slots=True)
class Shape:
    """What rows of the same kind have in common."""

    index: Mapping[str, int]
    """Place of each column among the values of a row."""
    shared: Mapping[str, Cell]
    """Values that were written once for all rows, with their places."""
    text: Text


class RowCells(Mapping[str, Cell]):
    """The cells of one row; a column without a value is not among them."""

    __slots__ = ("line", "shape", "values_in_order")

    def __init__(self, shape: Shape, line: int, values_in_order: tuple[Any, ...]) -> None:
        self.shape = shape
        self.line = line
        self.values_in_order = values_in_order

    def value(self, column: str) -> Any:
        """Return the value of a column without making a cell of it, None where there is none."""
        place = self.shape.index.get(column)
        return None if place is None else self.values_in_order[place]

    def __getitem__(self, column: str) -> Cell:
        value = self.value(column)
        if value is None:
            raise KeyError(column)
        written = self.shape.text.cell_at(self.line, column)
        if written is not None:
            return Cell(value, *written)
        shared = self.shape.shared.get(column)
        return shared if shared and shared.value == value else Cell(value, self.shape.text.start_of(self.line))

    def get(self, column: str, default: Any = None) -> Any:
        return default if self.value(column) is None else self[column]

    def __contains__(self, column: object) -> bool:
        place = self.shape.index.get(column)  # type: ignore[call-overload]  # what is no text is no column
        return place is not None and self.values_in_order[place] is not None

    def __iter__(self) -> Iterator[str]:
        return (column for column, place in self.shape.index.items() if self.values_in_order[place] is not None)

    def __len__(self) -> int:
        return sum(value is not None for value in self.values_in_order)

    def plain(self) -> dict[str, Any]:
        """Return the values by column."""
        values = self.values_in_order
        return {column: values[place] for column, place in self.shape.index.items() if values[place] is not None}

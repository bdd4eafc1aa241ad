"""Owns the values of many records column by column: a rule on one column need not look into every record for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from site_builder.nouns.row_cells import Cell, RowCells
from site_builder.nouns.written_row import Record

Values = tuple[Any, ...]
Groups = Mapping[Any, Sequence[Record]]
"""Records by what they have in common."""
_NOTHING = type(None)
"""By its type it is known that a value is missing: a Decimal asks long whether the other is a number, before it says
that it is not None."""


def is_whole(values: Iterable[Any]) -> bool:
    """Whether none of some values is missing."""
    return _NOTHING not in map(type, values)


class Columns:
    """The columns of a table, each made when it is first asked for."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records
        self._known: dict[str, Values] = {}
        self._distinct: dict[str, frozenset[Any]] = {}
        self._groups: dict[tuple[str, ...], Mapping[Any, Any]] = {}
        self._parts: dict[str, Mapping[Any, slice | list[int]]] = {}
        self._ends: dict[tuple[str, str], Mapping[Any, tuple[Any, Any]]] = {}

    def values(self, column: str) -> Values:
        """Return the value of every record, None where it has none; an empty tuple where no record has one."""
        if column not in self._known:
            if self._index is None:
                cells = (record.cells for record in self._records)
                values = tuple([None if (cell := known.get(column)) is None else cell.value for known in cells])
            elif column in self._index:
                values = tuple(map(itemgetter(self._index[column]), self._rows))
            else:
                values = ()
            self._known[column] = _filled(values)
        return self._known[column]

    def every(self, columns: Iterable[str]) -> Mapping[str, Values]:
        """Return what `values` does for all of some columns, which are quicker made together."""
        if self._index is not None:
            made = dict(zip(self._index, zip(*self._rows, strict=True), strict=True))
            self._known |= {column: _filled(values) for column, values in made.items() if column not in self._known}
        return {column: self.values(column) for column in columns}

    def given(self, column: str) -> Iterator[tuple[Record, Any]]:
        """Yield the records that have a value in a column, each with it."""
        pairs = zip(self._records, self.values(column), strict=False)
        return (pair for pair in pairs if pair[1] is not None)

    def side_by_side(self, *columns: str) -> Iterator[Values]:
        """Yield what every record has in some columns, None where it has nothing."""
        nothing = (None,) * len(self._records)
        return zip(*(self.values(column) or nothing for column in columns), strict=True)

    def distinct(self, column: str) -> frozenset[Any]:
        """Return the values of a column, each once."""
        if column not in self._distinct:
            self._distinct[column] = frozenset(self.values(column)) - {None}
        return self._distinct[column]

    def grouped(self, column: str) -> Groups:
        """Return the records by what they have in a column, in their order."""
        if (column,) not in self._groups:
            self._groups[column,] = _grouped(self.given(column))
        return self._groups[column,]

    def grouped_deeply(self, outer: tuple[str, ...], inner: str) -> Mapping[Values, Groups]:
        """Return the records by what they have in some columns, then by what they have in another."""
        if (*outer, inner) not in self._groups:
            groups: dict[Values, dict[Any, list[Record]]] = {}
            for record, values in zip(self._records, self.side_by_side(*outer, inner), strict=True):
                groups.setdefault(values[:-1], {}).setdefault(values[-1], []).append(record)
            self._groups[*outer, inner] = groups
        return self._groups[*outer, inner]

    def part(self, column: str, value: Any) -> Part:
        """Return the records that have a value in a column; `grouped` has the same, without columns of their own."""
        return Part(self, self._records, self._places(column).get(value, slice(0)))

    def ends(self, column: str, of: str) -> Mapping[Any, tuple[Any, Any]]:
        """Return the least and the greatest value in a column for each value of another, where there are any."""
        if (column, of) not in self._ends:
            values = self.values(column)
            parts = ((common, _cut(values, places)) for common, places in self._places(of).items() if values)
            if not is_whole(values):
                parts = ((common, [value for value in some if value is not None]) for common, some in parts)
            self._ends[column, of] = {common: (min(some), max(some)) for common, some in parts if some}
        return self._ends[column, of]

    def _places(self, column: str) -> Mapping[Any, slice | list[int]]:
        """Return where each value of a column stands."""
        if column not in self._parts:
            self._parts[column] = _places(self.values(column))
        return self._parts[column]

    @cached_property
    def by_parent(self) -> Groups:
        """The records by table and id of the one in which they are written, in their order."""
        return _grouped((record, (record.parent_table, record.parent)) for record in self._records)

    @cached_property
    def _index(self) -> Mapping[str, int] | None:
        """The place of each column in a long row, the same for all rows that were read together; None: none is long."""
        shapes = (record.cells.shape for record in self._records if type(record.cells) is RowCells)
        first = next(shapes, None)
        return None if first is None else first.index

    @cached_property
    def _rows(self) -> list[Values]:
        """The values of every record in the order of a long row."""
        return [
            cells.values_in_order if type(cells := record.cells) is RowCells else _plain(cells, self._index or ())
            for record in self._records
        ]


@dataclass(frozen=True)
class Part:
    """Some records of a table, and their columns cut out of those of the table."""

    whole: Columns
    every: Sequence[Record]
    places: slice | list[int]

    @property
    def records(self) -> Sequence[Record]:
        return _cut(self.every, self.places)

    def columns(self, *names: str) -> Sequence[Sequence[Any]]:
        """Return the values of each column, one a record and None where it has none."""
        columns = (self.whole.values(name) for name in names)
        nothing = (None,) * len(self.records)
        return [_cut(values, self.places) if values else nothing for values in columns]


def _cut(values: Sequence[Any], places: slice | list[int]) -> Sequence[Any]:
    return values[places] if isinstance(places, slice) else [values[place] for place in places]


def _filled(values: Values) -> Values:
    """Return the values of a column, nothing where no record has one."""
    return values if any(value is not None for value in values) else ()


def _places(values: Values) -> Mapping[Any, slice | list[int]]:
    """Return where each value stands: from where to where, or at which places if others stand between."""
    places: dict[Any, slice | list[int]] = {}
    begin = 0
    for value, same in groupby(values):
        end = begin + len(list(same))
        known = places.get(value)
        if known is None:
            places[value] = slice(begin, end)
        else:
            before = list(range(known.start, known.stop)) if isinstance(known, slice) else known
            places[value] = [*before, *range(begin, end)]
        begin = end
    return places


def _grouped(records: Iterable[tuple[Record, Any]]) -> Groups:
    """Return records by what stands beside each."""
    groups: dict[Any, list[Record]] = {}
    for record, common in records:
        groups.setdefault(common, []).append(record)
    return {common: tuple(members) for common, members in groups.items()}


def _plain(cells: Mapping[str, Cell], columns: Iterable[str]) -> Values:
    return tuple([None if (cell := cells.get(name)) is None else cell.value for name in columns])


def values_of(records: Iterable[Record], *columns: str) -> list[Values]:
    """Return the values that each record has in two columns or more, None where it has none."""
    in_order: list[Values] = []
    index, pick = None, itemgetter(0, 0)
    for record in records:
        cells = record.cells
        if type(cells) is RowCells:
            if cells.shape.index is not index:  # the same for all rows that were read together
                index = cells.shape.index
                pick = itemgetter(*[index[column] for column in columns])
            in_order.append(pick(cells.values_in_order))
        else:
            in_order.append(_plain(cells, columns))
    return in_order


def columns_of(records: Sequence[Record], *columns: str) -> Sequence[Sequence[Any]]:
    """Return the values of each of some columns, one a record and None where it has none."""
    if not records:
        return ((),) * len(columns)
    return tuple(zip(*values_of(records, *columns, columns[0]), strict=True))[:-1]

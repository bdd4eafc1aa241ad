"""Owns the rows of every published table, typed and in the order of the file, written and derived alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import Any

from site_builder.nouns.edition import Edition
from site_builder.nouns.record import Catalog
from site_builder.nouns.row_cells import RowCells, Shape
from site_builder.nouns.schema import Table
from site_builder.plan.identity import identifier
from site_builder.readers.date_forms import precision
from site_builder.readers.layout import IDENTIFIED

Cells = tuple[Any, ...]
"""Values of a row in the order of the table's columns; None is missing."""


def table_rows(edition: Edition, table: Table) -> list[Cells]:
    """Return the rows of a published table, sorted by key."""
    return list(_rows(edition, table))


def first_rows(edition: Edition, table: Table, count: int) -> list[Cells]:
    """Return the first rows of a published table without making the others."""
    return list(islice(_rows(edition, table), count))


def _rows(edition: Edition, table: Table) -> Iterator[Cells]:
    columns = table.columns(edition.catalog.codes)
    rows: Iterable[Mapping[str, Any]] | None = edition.derived.tables.get(table.name)
    if not rows:
        return _written(edition.catalog, table, columns)
    if table.name == "overview":
        rows = ({**row, "url": identifier(edition.catalog, "commitments", row["commitment_id"])} for row in rows)
    return (tuple(map(row.get, columns)) for row in rows)


def row_count(edition: Edition, table: Table) -> int:
    """Return the number of rows of a published table without making them."""
    return len(edition.derived.tables.get(table.name) or edition.catalog.rows(table.name))


def _written(catalog: Catalog, table: Table, columns: Sequence[str]) -> Iterator[Cells]:
    partial = [item.name for item in table.fields if item.partial_date]
    long = _Long(tuple(columns), tuple(partial))
    for record in catalog.rows(table.name):
        if type(record.cells) is RowCells and table.name not in IDENTIFIED:
            yield long.row(record.cells)
            continue
        row = record.values()
        for name in partial:
            if name in row:
                row[f"{name}_precision"] = precision(row[name])
        if table.name in IDENTIFIED and record.get("kind") != "group":
            row["url"] = identifier(catalog, table.name, record.id)
        yield tuple(map(row.get, columns))


@dataclass(frozen=True)
class _Long:
    """The rows of a long table, which are made without a mapping for each."""

    columns: tuple[str, ...]
    partial: tuple[str, ...]
    """Columns of years, months or days."""
    _picks: dict[int, tuple[tuple[int, ...], itemgetter[Any]]] = field(default_factory=dict)
    """Places of years, months or days and of all columns, by the identity of the shape of the rows."""

    def row(self, cells: RowCells) -> Cells:
        """Return the row with these cells."""
        shape = cells.shape
        if id(shape) not in self._picks:
            self._picks[id(shape)] = self._places(shape)
        dated, pick = self._picks[id(shape)]
        values = cells.values_in_order
        precisions = [values[place] and precision(values[place]) for place in dated]
        row: Cells = pick((*values, *precisions, None))
        return row

    def _places(self, shape: Shape) -> tuple[tuple[int, ...], itemgetter[Any]]:
        """Return where days stand among the values of a row, and where each column stands before a None at the end."""
        dated = tuple(name for name in self.partial if name in shape.index)
        places = {**shape.index}
        places |= {f"{name}_precision": len(shape.index) + place for place, name in enumerate(dated)}
        return tuple(shape.index[name] for name in dated), itemgetter(*(places.get(name, -1) for name in self.columns))

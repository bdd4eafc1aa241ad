"""Owns what stands in every published table, typed and in the order of the file, written and derived alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from site_builder.nouns.columns import Columns
from site_builder.nouns.edition import Edition
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Table
from site_builder.plan.identity import identifier
from site_builder.readers.date_forms import precision
from site_builder.readers.layout import IDENTIFIED
from site_builder.writers.columns import Values, columns_of_rows

Cells = tuple[Any, ...]
"""Values of a row in the order of the table's columns; None is missing."""


def table_columns(edition: Edition, table: Table) -> list[Values]:
    """Return the columns of a published table, their values in the order of its rows, which are sorted by key."""
    return _columns(edition, table, None)


def table_rows(edition: Edition, table: Table) -> list[Cells]:
    """Return the rows of a published table, sorted by key."""
    return rows_of(table_columns(edition, table))


def first_rows(edition: Edition, table: Table, count: int) -> list[Cells]:
    """Return the first rows of a published table without making the others."""
    return rows_of(_columns(edition, table, count))


def rows_of(columns: Iterable[Values]) -> list[Cells]:
    """Return the rows of a table of which the columns are known."""
    return list(zip(*(values.in_order for values in columns), strict=True))


def _columns(edition: Edition, table: Table, count: int | None) -> list[Values]:
    names = table.columns(edition.catalog.codes)
    rows: Sequence[Mapping[str, Any]] | None = edition.derived.tables.get(table.name)
    if not rows:
        records = edition.catalog.rows(table.name)[:count]
        known = edition.catalog.columns(table.name) if count is None else Columns(records)
        return _written(edition.catalog, table, records, known.every(names))
    rows = rows[:count]
    if table.name == "overview":
        rows = [{**row, "url": identifier(edition.catalog, "commitments", row["commitment_id"])} for row in rows]
    return columns_of_rows(tuple(map(row.get, names)) for row in rows)


def row_count(edition: Edition, table: Table) -> int:
    """Return the number of rows of a published table without making them."""
    return len(edition.derived.tables.get(table.name) or edition.catalog.rows(table.name))


def _written(
    catalog: Catalog, table: Table, records: Sequence[Record], columns: Mapping[str, Sequence[Any]]
) -> list[Values]:
    """Return the columns of a table as they are published; a column in which nothing was written is empty there."""
    found = {name: Values(values) for name, values in columns.items() if values}
    for item in table.fields:
        if item.partial_date and item.name in found:
            precisions = found[item.name].each(lambda day: day and precision(day))
            found[f"{item.name}_precision"] = Values(tuple(precisions))
    if table.name in IDENTIFIED:
        named = (record.id if record.get("kind") != "group" else "" for record in records)
        urls = tuple([identifier(catalog, table.name, name) if name else None for name in named])
        found["url"] = Values(urls)
    nothing = Values((None,) * len(records))
    return [found.get(name, nothing) for name in columns]

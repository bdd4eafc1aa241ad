"""Owns the rows of every published table, typed and in the order of the file, written and derived alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from site_builder.nouns.columns import Columns
from site_builder.nouns.edition import Edition
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Table
from site_builder.plan.identity import identifier
from site_builder.readers.date_forms import precision
from site_builder.readers.layout import IDENTIFIED

Cells = tuple[Any, ...]
"""Values of a row in the order of the table's columns; None is missing."""


def table_rows(edition: Edition, table: Table) -> list[Cells]:
    """Return the rows of a published table, sorted by key."""
    return _rows(edition, table, None)


def first_rows(edition: Edition, table: Table, count: int) -> list[Cells]:
    """Return the first rows of a published table without making the others."""
    return _rows(edition, table, count)


def _rows(edition: Edition, table: Table, count: int | None) -> list[Cells]:
    columns = table.columns(edition.catalog.codes)
    rows: Sequence[Mapping[str, Any]] | None = edition.derived.tables.get(table.name)
    if not rows:
        return _written(edition.catalog, table, columns, edition.catalog.rows(table.name)[:count])
    rows = rows[:count]
    if table.name == "overview":
        rows = [{**row, "url": identifier(edition.catalog, "commitments", row["commitment_id"])} for row in rows]
    return [tuple(map(row.get, columns)) for row in rows]


def row_count(edition: Edition, table: Table) -> int:
    """Return the number of rows of a published table without making them."""
    return len(edition.derived.tables.get(table.name) or edition.catalog.rows(table.name))


def _written(catalog: Catalog, table: Table, columns: Sequence[str], records: Sequence[Record]) -> list[Cells]:
    """Return the rows of records, made column by column."""
    known = Columns(records)
    found = {name: known.values(name) for name in columns}
    for item in table.fields:
        if item.partial_date:
            days = known.values(item.name)
            found[f"{item.name}_precision"] = tuple([day and precision(day) for day in days])
    if table.name in IDENTIFIED:
        named = (record.id if record.get("kind") != "group" else "" for record in records)
        found["url"] = tuple([identifier(catalog, table.name, name) if name else None for name in named])
    nothing = (None,) * len(records)
    return list(zip(*(found[name] or nothing for name in columns), strict=True))

"""Owns the rows of every published table, typed and in the order of the file, written and derived alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
    columns = table.columns(edition.catalog.codes)
    if table.name in edition.derived.tables:
        rows: list[Mapping[str, Any]] = list(edition.derived.tables[table.name])
    else:
        rows = [_written(edition.catalog, table, record) for record in edition.catalog.rows(table.name)]
    return [tuple(row.get(column) for column in columns) for row in rows]


def _written(catalog: Catalog, table: Table, record: Record) -> Mapping[str, Any]:
    row = {column: cell.value for column, cell in record.cells.items()}
    for item in table.fields:
        if item.partial_date and item.name in row:
            row[f"{item.name}_precision"] = precision(row[item.name])
    if table.name in IDENTIFIED and record.get("kind") != "group":
        row["url"] = identifier(catalog, table.name, record.id)
    return row

"""Owns the rows of every published table, typed and in the order of the file, written and derived alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from site_builder.nouns.edition import Edition
from site_builder.nouns.record import Catalog
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
    rows: Iterable[Mapping[str, Any]] = edition.derived.tables.get(table.name) or _written(edition.catalog, table)
    if table.name == "overview":
        rows = ({**row, "url": identifier(edition.catalog, "commitments", row["commitment_id"])} for row in rows)
    return (tuple(map(row.get, columns)) for row in rows)


def row_count(edition: Edition, table: Table) -> int:
    """Return the number of rows of a published table without making them."""
    return len(edition.derived.tables.get(table.name) or edition.catalog.rows(table.name))


def _written(catalog: Catalog, table: Table) -> Iterator[Mapping[str, Any]]:
    partial = [item.name for item in table.fields if item.partial_date]
    for record in catalog.rows(table.name):
        row = record.values()
        for name in partial:
            if name in row:
                row[f"{name}_precision"] = precision(row[name])
        if table.name in IDENTIFIED and record.get("kind") != "group":
            row["url"] = identifier(catalog, table.name, record.id)
        yield row

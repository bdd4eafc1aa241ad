"""Owns the promise that a tombstone speaks of something that is gone, and leads to something that is there."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.nouns.diagnostic import Diagnostic, found
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.layout import thing_tables
from site_builder.readers.suggest import closest


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield tombstones of what has no id, of what is still there, and with a successor that is not."""
    tables = thing_tables(catalog.schemas)
    known = {record.id for table in tables for record in catalog.rows(table)} if catalog.rows("tombstones") else set()
    for row in catalog.rows("tombstones"):
        table, thing, successor = (row.get(name) for name in ("thing_table", "thing_id", "successor_id"))
        if table and table not in tables:
            yield _wrong("tombstone-table", row, "thing_table", suggestion=closest(table, tables))
        elif table and thing and (record := catalog.find(table, thing)):
            yield found("id-reused", record.location, value=thing, table=table, record=thing)
        if successor and successor not in known and not catalog.is_unread(successor):
            yield _wrong("tombstone-successor", row, "successor_id", suggestion=closest(successor, known))


def _wrong(name: str, row: Record, field: str, *, suggestion: str) -> Diagnostic:
    cell = row.cells[field]
    return found(
        name,
        cell.location,
        value=cell.value,
        record=str(row.get("thing_id")),
        field=field,
        length=cell.length,
        suggestion=suggestion,
    )

"""Owns the promise that whatever a record names exists."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.nouns.diagnostic import Diagnostic, found
from site_builder.nouns.record import Catalog
from site_builder.readers.suggest import closest


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield references to nothing, and sourced facts that name no source. Each place once."""
    reported = set()
    for table in catalog.written_tables():
        for column, target in table.reference_of.items():
            known = catalog.by_id[target]
            for record in catalog.rows(table.name):
                cell = record.cells.get(column)
                if cell is None or cell.value in known or cell.location in reported or catalog.is_unread(cell.value):
                    continue
                reported.add(cell.location)
                yield found(
                    "reference-unknown",
                    cell.location,
                    value=cell.value,
                    table=target,
                    record=record.id,
                    field=table.key_in_yaml(table.by_name[column]),
                    length=cell.length,
                    suggestion=closest(str(cell.value), known),
                )
    yield from _sourced(catalog)


def _sourced(catalog: Catalog) -> Iterator[Diagnostic]:
    reported = set()
    for record in catalog.rows("provenance"):
        if record.get("status") == "sourced" and not record.get("source_id") and record.location not in reported:
            reported.add(record.location)
            yield found("source-missing", record.location, record=record.parent, field="provenance")

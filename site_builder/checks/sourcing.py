"""Owns the promise that every value of a plan or commitment says where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.nouns.diagnostic import Diagnostic, Severity, found
from site_builder.nouns.record import Catalog

TABLES = ("plans", "commitments")
"""Tables whose every listed value needs provenance."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield values of plans and commitments that no provenance speaks of."""
    told = set(catalog.columns("provenance").side_by_side("table_name", "record_id", "field"))
    for name in TABLES:
        table = catalog.schemas[name]
        for record in catalog.rows(name):
            if "provenance" in record.spoiled:
                continue
            for item in table.fields:
                if not item.listed or item.name == "number":
                    continue
                for column in item.columns(catalog.codes) if item.localized else (item.name,):
                    cell = record.cells.get(column)
                    if cell is not None and (name, record.id, column) not in told:
                        yield found(
                            "provenance-missing",
                            cell.location,
                            severity=Severity.WARNING,
                            record=record.id,
                            field=column,
                            key=table.key_in_yaml(item),
                            length=cell.length,
                        )

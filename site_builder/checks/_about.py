"""Owns a finding about one value of a record, and what is no finding because the record says that it is unknown."""

from __future__ import annotations

from site_builder.nouns.diagnostic import Diagnostic, Severity, found
from site_builder.nouns.record import Catalog, Record

NOT_KNOWN = frozenset({"missing", "none_stated"})
"""Statuses of provenance that say that a value is not known."""


def about(
    name: str, record: Record, column: str, *, severity: Severity = Severity.ERROR, **values: object
) -> Diagnostic:
    """Return a finding at the value of a column, else at the record; `values` fill the placeholders of its message."""
    cell = record.cells.get(column)
    return found(
        name,
        record.location if cell is None else cell.location,
        values.items(),
        severity=severity,
        record=record.id,
        field=column,
        length=1 if cell is None else cell.length,
    )


def is_unknown(catalog: Catalog, record: Record, column: str) -> bool:
    """Whether the record says that nobody knows a value."""
    return any(row.get("status") in NOT_KNOWN for row in catalog.told_of(record).get(column, ()))

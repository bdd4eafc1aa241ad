"""Owns a finding about one value of a record: its place, its length, the record and the field."""

from __future__ import annotations

from site_builder.nouns.diagnostic import Diagnostic, Severity, found
from site_builder.nouns.record import Record


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

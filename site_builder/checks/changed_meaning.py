"""Owns the doubt about a change that gives another meaning to what was published: a unit, a target, a licence."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks._about import about
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record

MEANING = {
    "indicators": ("unit", "unit_multiplier", "direction"),
    "targets": ("base_value", "base_year", "target_value", "target_value_to", "target_year"),
    "sources": ("licence",),
}
"""Columns on which the reading of others rests, by table."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield what was published otherwise, unless the change says why in the note of the record. All are warnings."""
    if catalog.published is None:
        return
    for table, columns in MEANING.items():
        for record in catalog.rows(table):
            old = catalog.published.find(table, record.id)
            if old is None or _is_explained(catalog, record, old):
                continue
            for column in columns:
                was, value = old.get(column), record.get(column)
                if was is not None and was != value and column not in record.spoiled:
                    shown = "…" if value is None else value
                    yield about("meaning-changed", record, column, severity=Severity.WARNING, value=shown, other=was)


def _is_explained(catalog: Catalog, record: Record, old: Record) -> bool:
    notes = [f"note_{code}" for code in catalog.codes]
    return any(record.get(note) not in (None, old.get(note)) for note in notes)

"""Owns the promise that a published value is revised beside the old one, not in its place."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks._about import about
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.record import Catalog


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield the values that a change replaces without a word; a note of its own says that it was a slip."""
    if catalog.published is None:
        return
    before = catalog.published.by_id.get("observations", {})
    notes = [f"note_{code}" for code in catalog.codes]
    for row in catalog.rows("observations"):
        old = before.get(row.id)
        if old is None or row.get("value") is None or old.get("value") in (None, row.get("value")):
            continue
        if all(row.get(note) in (None, old.get(note)) for note in notes):
            yield about(
                "value-overwritten",
                row,
                "value",
                period=row.get("period"),
                value=row.get("value"),
                other=old.get("value"),
            )

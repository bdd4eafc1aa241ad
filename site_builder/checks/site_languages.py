"""Owns the promise that the site's own settings name languages that the site has."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.nouns.diagnostic import Diagnostic, found
from site_builder.nouns.record import Catalog
from site_builder.readers.suggest import closest


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield a language of the descriptor that is none of the site."""
    for record in catalog.rows("site"):
        cell = record.cells.get("table_language")
        if cell is not None and cell.value not in catalog.codes:
            yield found(
                "language-unknown",
                cell.location,
                value=cell.value,
                known=", ".join(catalog.codes),
                suggestion=closest(str(cell.value), catalog.codes),
                record=record.id,
                field="table_language",
                length=cell.length,
            )

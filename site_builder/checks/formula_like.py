"""Owns the promise that a text which a spreadsheet would take for a formula does not go unsaid."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.nouns.diagnostic import Diagnostic, Severity, found
from site_builder.nouns.record import Catalog

BEGINNINGS = ("=", "+", "-", "@")
"""With what a formula begins when a CSV is opened in a spreadsheet."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield texts that begin as formulas do. The workbook holds them as text; a CSV cannot say what is one."""
    for table in catalog.written_tables():
        columns = catalog.columns(table.name)
        for column in table.columns_of_words(catalog.codes):
            for record, value in columns.given(column):
                if str(value).startswith(BEGINNINGS):
                    cell = record.cells[column]
                    yield found(
                        "formula-like-text",
                        cell.location,
                        severity=Severity.NOTICE,
                        record=record.id,
                        field=column,
                        length=cell.length,
                        value=str(value)[0],
                    )

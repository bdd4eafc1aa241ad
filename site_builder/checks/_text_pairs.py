"""Owns the walk over texts that stand in more than one language, each pair with its record and field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from site_builder.nouns.diagnostic import Diagnostic, Severity, found
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Field, Table

TRANSLATED = "own_translation"
"""Provenance of a text that the editors translated."""


class Side(NamedTuple):
    """A text in one language."""

    language: str
    column: str
    text: str


class Pair(NamedTuple):
    """A text in two languages."""

    table: Table
    item: Field
    record: Record
    one: Side
    other: Side

    def finding(self, name: str, **values: object) -> Diagnostic:
        """Return a warning at the second text; `values` fill the placeholders of its message."""
        cell = self.record.cells[self.other.column]
        values |= {"language": self.other.language, "other": self.one.language}
        return found(
            name,
            cell.location,
            (("key", self.table.key_in_yaml(self.item)), *values.items()),
            severity=Severity.WARNING,
            record=self.record.id,
            field=self.other.column,
            length=cell.length,
        )


def text_pairs(catalog: Catalog) -> Iterator[Pair]:
    """Yield every text with its text in each further language, as it was written: a note on many values once."""
    codes = catalog.codes
    for table in catalog.written_tables():
        written: set[int] = set()
        for item in table.fields:
            if not item.localized:
                continue
            columns = zip(codes, item.columns(codes), strict=True)
            known = [(*pair, values) for pair in columns if (values := catalog.columns(table.name).values(pair[1]))]
            if len(known) < 2:
                continue
            for record, *texts in zip(catalog.rows(table.name), *(values for _, _, values in known), strict=True):
                sides = [
                    Side(code, column, text)
                    for (code, column, _), text in zip(known, texts, strict=True)
                    if text is not None
                ]
                if len(sides) < 2:
                    continue
                mark = id(record.cells[sides[0].column])
                if table.name == "provenance" and mark in written:
                    continue
                written.add(mark)
                yield from (Pair(table, item, record, sides[0], side) for side in sides[1:])


def is_translated(catalog: Catalog, record: Record, column: str) -> bool:
    """Whether a text is a translation of ours."""
    return any(row.get("status") == TRANSLATED for row in catalog.told_of(record).get(column, ()))

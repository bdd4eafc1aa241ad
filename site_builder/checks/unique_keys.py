"""Owns the promise that a key names one record only."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks._series_codes import has_unknown_code
from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Table

ELSEWHERE = frozenset({"provenance", "observations"})
"""Tables whose repetitions are found where more is known: with the spreading of entries, within a series."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield every second record of a key or of a unique combination; of what stands in such a record, nothing."""
    found_twice = [(record, told) for table in catalog.written_tables() for record, told in _second(catalog, table)]
    twice = {(record.table, record.id) for record, _ in found_twice}
    yield from (told for record, told in found_twice if (record.parent_table, record.parent) not in twice)


def _second(catalog: Catalog, table: Table) -> Iterator[tuple[Record, Diagnostic]]:
    """Yield every second record in a table, with what is said of it."""
    if table.name in ELSEWHERE:
        return
    for columns in (table.key, *table.unique_keys):
        first: dict[tuple[object, ...], Record] = {}
        for record in sorted(catalog.rows(table.name), key=lambda item: item.location):
            values = tuple(record.get(column) for column in columns)
            if None in values:
                continue
            known = first.setdefault(values, record)
            if known is not record and not _follows_from_a_code(catalog, record, known):
                yield record, _twice(record, known, columns)


def _twice(record: Record, known: Record, columns: tuple[str, ...]) -> Diagnostic:
    own = any(_is_written(record, column) for column in columns)
    column = max(columns, key=lambda name: _place(record, name))
    cell = record.cells[column]
    other: Location = known.where(column)
    name = "duplicate-id" if len(columns) == 1 and own else "duplicate-row"
    value = record.id if len(columns) == 1 else str(cell.value)
    return found(
        name,
        cell.location,
        value=value,
        record=record.id,
        field=column,
        length=cell.length,
        first_file=other.file,
        first_line=other.line,
    )


def _place(record: Record, column: str) -> tuple[int, int]:
    """Return where a value stands: what was typed in the record itself stands behind what it has from its parent."""
    place = record.cells[column].location
    return place.line, place.column


def _follows_from_a_code(catalog: Catalog, *records: Record) -> bool:
    """Whether two series have one id because a code of one is mistyped, which is told at that code."""
    return records[0].table == "series" and any(has_unknown_code(catalog, record) for record in records)


def _is_written(record: Record, column: str) -> bool:
    """Whether a column was typed by the editor and not filled from the path or the parent."""
    return record.cells[column].location != record.location

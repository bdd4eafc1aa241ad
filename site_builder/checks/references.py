"""Owns the promise that whatever a record names exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.nouns.diagnostic import Diagnostic, found
from site_builder.nouns.record import Catalog, Cell, Record
from site_builder.readers.casting import odd_letter
from site_builder.readers.lookalikes import latin_lookalike
from site_builder.readers.suggest import closest


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield references to nothing, and sourced facts that name no source. Each place once."""
    reported = set()
    mistaken = _mistaken(catalog)
    for table in catalog.written_tables():
        for column, target in table.reference_of.items():
            known, columns = catalog.by_id[target], catalog.columns(table.name)
            if columns.distinct(column) <= known.keys():
                continue
            for record, value in columns.given(column):
                if value in known or catalog.is_unread(value) or value in mistaken.get(target, ()):
                    continue
                cell = record.cells[column]
                if cell.location in reported:
                    continue
                reported.add(cell.location)
                yield _unknown(cell, record, target, known, field=table.key_in_yaml(table.by_name[column]))
    yield from _sourced(catalog)


def _mistaken(catalog: Catalog) -> dict[str, set[str]]:
    """Return by table the ids that are missing because a record of it has the id of another, which is told there.

    There are no more of them than such records: where more ids are missing, all are told.
    """
    missing: dict[str, set[str]] = {}
    for table in catalog.written_tables():
        for column, target in table.reference_of.items():
            if len(catalog.rows(target)) > len(catalog.by_id[target]):
                ids = catalog.columns(table.name).distinct(column) - catalog.by_id[target].keys()
                missing.setdefault(target, set()).update(ids)
    spare = {name: len(catalog.rows(name)) - len(catalog.by_id[name]) for name in missing}
    return {name: ids for name, ids in missing.items() if len(_full(ids)) <= spare[name]}


def _full(ids: set[str]) -> set[str]:
    """Return ids without those that are the short form of another."""
    return {name for name in ids if not any(other.endswith(f"-{name}") for other in ids)}


def _unknown(cell: Cell, record: Record, table: str, known: Mapping[str, Record], *, field: str) -> Diagnostic:
    """Return that nothing has the id; of an id that only looks like another, which letter makes the difference."""
    written = str(cell.value)
    meant = _meant(written, record, known)
    alike = written != meant == latin_lookalike(written)
    return found(
        "cyrillic-letter" if alike else "reference-unknown",
        cell.location,
        odd_letter(written) if alike else (("table", table),),
        value=written,
        record=record.id,
        field=field,
        length=cell.length,
        suggestion=meant,
    )


def _meant(written: str, record: Record, known: Mapping[str, Record]) -> str:
    """Return the id that was most likely meant: a full one, else a short one of the same commitment or plan."""
    if full := closest(written, known):
        return full
    for prefix in record.context:
        inside = [name.removeprefix(f"{prefix}-") for name in known if name.startswith(f"{prefix}-")]
        if short := closest(written, inside):
            return short
    return ""


def _sourced(catalog: Catalog) -> Iterator[Diagnostic]:
    reported = set()
    columns = catalog.columns("provenance").side_by_side("status", "source_id")
    for record, (status, source) in zip(catalog.rows("provenance"), columns, strict=True):
        if status == "sourced" and not source and record.location not in reported:
            reported.add(record.location)
            yield found("source-missing", record.location, record=record.parent, field="provenance")

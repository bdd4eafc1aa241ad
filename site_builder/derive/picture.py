"""Owns the picture of the content on a day: what is dated later is left out, moved deadlines take effect."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from site_builder.derive.moves import due_on, moves_of
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.date_forms import first_day

DATED = {
    "updates": "reported_on",
    "assessments": "published_on",
    "meetings": "held_on",
    "documents": "dated_on",
    "responses": "dated_on",
    "amendments": "dated_on",
    "plan_events": "happened_on",
    "redirects": "since",
}
"""The day from which a record belongs to the picture, by table."""


def as_seen_on(catalog: Catalog, as_of: date) -> Catalog:
    """Return the catalog without what is dated after `as_of`, with the deadlines that hold on that day."""
    gone = _dated_later(catalog, as_of)
    tables = _without(catalog, gone) if gone else dict(catalog.tables)
    tables["milestones"] = _with_current_dates(catalog, as_of)
    return catalog.with_tables(tables)


def _without(catalog: Catalog, gone: set[tuple[str, str]]) -> dict[str, tuple[Record, ...]]:
    """Return the tables without what is gone and without what names it."""
    tables = {}
    for name, records in catalog.tables.items():
        kept = (record for record in records if (name, record.id) not in gone and _still_told(record, gone))
        tables[name] = tuple(_without_dangling(catalog, record, gone) for record in kept)
    return tables


def _dated_later(catalog: Catalog, as_of: date) -> set[tuple[str, str]]:
    """Return table and id of every record dated later, and of all that is written inside one."""
    gone: set[tuple[str, str]] = set()
    for name, column in DATED.items():
        for record in catalog.rows(name):
            value = record.get(column)
            if value is None and name == "updates":
                gone.add((name, record.id))  # the day is asked for: a report without it stands nowhere in time
            if value and (value if isinstance(value, date) else first_day(value)) > as_of:
                gone.add((name, record.id))
    found = len(gone) > 0
    while found:
        found = False
        for name, records in catalog.tables.items():
            for record in records:
                key = (name, record.id)
                if key not in gone and (record.parent_table, record.parent) in gone:
                    gone.add(key)
                    found = True
    return gone


def _still_told(record: Record, gone: set[tuple[str, str]]) -> bool:
    """Whether a row of provenance speaks of a record that is in the picture."""
    return record.table != "provenance" or (record.get("table_name"), record.get("record_id")) not in gone


def _without_dangling(catalog: Catalog, record: Record, gone: set[tuple[str, str]]) -> Record:
    """Empty the references to what is not in the picture yet."""
    targets: Mapping[str, str] = catalog.schemas[record.table].reference_of
    dangling = {
        column
        for column, target in targets.items()
        if column in record.cells and (target, record.cells[column].value) in gone
    }
    if not dangling:
        return record
    return record._replace(cells={column: cell for column, cell in record.cells.items() if column not in dangling})


def _with_current_dates(catalog: Catalog, as_of: date) -> tuple[Record, ...]:
    """Return the milestones with the deadline that holds on the day; a later move is not known yet."""
    moves = moves_of(catalog)
    milestones = []
    for record in catalog.rows("milestones"):
        cell = due_on(record, moves.get(record.id, ()), as_of)
        milestones.append(record._replace(cells={**record.cells, "due_current": cell}) if cell else record)
    return tuple(milestones)

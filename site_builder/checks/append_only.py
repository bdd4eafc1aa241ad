"""Owns the promise that a published report stays: what is new is reported anew, what was wrong is said to be."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks._about import about
from site_builder.nouns.diagnostic import Diagnostic, found
from site_builder.nouns.record import Catalog, Record

TABLES = ("updates", "update_items", "evidence", "date_changes")
"""What a report is made of."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield what was published of a report and reads otherwise now, or is gone; what was added is no change."""
    before = catalog.published
    if before is None:
        return
    for table in TABLES:
        for old in before.rows(table):
            new = catalog.find(table, old.id)
            if new is None:
                yield from _gone(catalog, old)
            elif not _is_corrected(catalog, before, _update(catalog, new)):
                yield from _edited(catalog, old, new)


def _gone(catalog: Catalog, old: Record) -> Iterator[Diagnostic]:
    """Yield the topmost record of a report that is gone; what stood in it is gone with it."""
    above = catalog.find(old.parent_table, old.parent) if old.parent else None
    if catalog.is_unread(old.id) or (old.parent and above is None):
        return
    if old.table == "updates" and not catalog.find("commitments", old.get("commitment_id") or ""):
        return  # gone with its commitment, of which other rules speak
    file = above.location if above else old.location
    yield found("report-gone", file, value=old.id, record=old.id)


def _edited(catalog: Catalog, old: Record, new: Record) -> Iterator[Diagnostic]:
    for column, cell in old.cells.items():
        key = column.removesuffix("_id")
        if new.get(column) != cell.value and column not in new.spoiled and key not in new.spoiled:
            if column.startswith("reason_"):
                continue  # the reason is where a correction is told
            if _is_mistyped(catalog, new, column):
                continue  # told where codes are checked
            yield about("report-edited", new, column, key=column, other=cell.value, value=_or_nothing(new.get(column)))
            return


def _is_mistyped(catalog: Catalog, record: Record, column: str) -> bool:
    """Whether a value should be a code and is none."""
    item, value = catalog.schemas[record.table].by_name.get(column), record.get(column)
    return bool(item and item.codelist and value and not catalog.code(item.codelist, value))


def _or_nothing(value: object) -> object:
    return "–" if value is None else value


def _update(catalog: Catalog, record: Record) -> Record:
    """Return the update in which a record stands."""
    while record.table != "updates" and (above := catalog.find(record.parent_table, record.parent)):
        record = above
    return record


def _is_corrected(catalog: Catalog, before: Catalog, update: Record) -> bool:
    """Whether a reason in the update is new or reads otherwise than before: it says what was corrected."""
    return _reasons(catalog, update.id) - _reasons(before, update.id) != frozenset()


def _reasons(catalog: Catalog, update: str) -> frozenset[tuple[str, str]]:
    """Return the reasons in the items of an update, each with where it stands."""
    record = catalog.find("updates", update)
    items = catalog.children(record, "update_items") if record else ()
    return frozenset(
        (item.id, str(cell.value))
        for item in items
        for column, cell in item.cells.items()
        if column.startswith("reason_")
    )

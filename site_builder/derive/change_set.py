"""Owns what differs between two contents: events of the second, stale translations, effects on counts, size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from itertools import chain

from site_builder.checks.mass_change import unexplained
from site_builder.derive.events import event_rows
from site_builder.derive.events.kinds import kinds_of
from site_builder.derive.picture import as_seen_on
from site_builder.derive.tables import derive_tables
from site_builder.nouns.change_set import Bulk, ChangeSet, Effect, Limits, OtherFile
from site_builder.nouns.derived import Row
from site_builder.nouns.past import Past, Publication, Version
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.versions import old_kind, read_version

BEFORE, AFTER = "before", "after"
"""Names of the two publications of which the second is told."""
GONE = frozenset({"withdrawn", "evidence_removed"})
Files = Mapping[str, bytes]


def change_set(before: Files, after: Files, catalog: Catalog, *, gone: tuple[Record, ...], limits: Limits) -> ChangeSet:
    """Return what differs between two contents, by path and bytes; the effects on counts are not known yet.

    `catalog` tells how columns and codes are meant; what holds before the change is in its `published`. `gone` are
    the records that are deleted.
    """
    changed = [path for path in sorted(before.keys() | after.keys()) if before.get(path) != after.get(path)]
    records = [path for path in changed if old_kind(path) is not None]
    versions = _versions(before, after, records, catalog)
    past = Past((_publication(BEFORE, before, _needed(before, records)), _publication(AFTER, after, records)), versions)
    events = tuple(_told(row for row in event_rows(past, catalog, date.max) if row["commit_id"] == AFTER))
    sides = {path: [_version(versions, files, path) for files in (before, after)] for path in records}
    return ChangeSet(
        events,
        dict(_stale(events, catalog)),
        None,
        Bulk(len(gone), len(unexplained(gone, catalog)), len(changed), _leads(events, catalog), limits),
        tuple(path for path, (_, new) in sides.items() if new is None),
        tuple(path for path, (old, _) in sides.items() if old is None),
        tuple(_other(path, before, after) for path in changed if path not in sides),
        sum(old is not None and new is not None and _by_id(old) == _by_id(new) for old, new in sides.values()),
    )


def _told(events: Iterable[Row]) -> Iterator[Row]:
    """Yield events without what another tells: that an item of a report came, since it has a status; a moved day."""
    rows = list(events)
    stated = {row["record_id"] for row in rows if row["table_name"] == "update_items" and row["field"]}
    moved = {(row["milestone_id"], row["new_value"]) for row in rows if row["kind"] == "date_moved"}
    for row in rows:
        is_item = row["kind"] == "added" and row["table_name"] == "update_items"
        is_day = row["kind"] == "value_changed" and row["field"] == "due_current"
        if (is_item and row["record_id"] in stated) or (is_day and (row["record_id"], row["new_value"]) in moved):
            continue
        yield row


def _needed(before: Files, changed: list[str]) -> list[str]:
    """Return the paths of what has to be known from before: what changes, and all reports if one of them does."""
    reports = filter(_is_report, before) if any(map(_is_report, changed)) else ()
    return sorted({*changed, *reports})


def _is_report(path: str) -> bool:
    kind = old_kind(path)
    return kind is not None and kind[0].table == "updates"


def _versions(
    before: Files, after: Files, changed: list[str], catalog: Catalog
) -> dict[tuple[str, str], Version | None]:
    """Return what stands in each file on both sides."""
    wanted = chain(
        ((path, before[path]) for path in _needed(before, changed) if path in before),
        ((path, after[path]) for path in changed if path in after),
    )
    return {(path, _name(content)): read_version(path, content, catalog.schemas) for path, content in wanted}


def _publication(name: str, files: Files, paths: Iterable[str]) -> Publication:
    return Publication(name, date.min, tuple((path, _name(files[path]) if path in files else "") for path in paths))


def _version(versions: Mapping[tuple[str, str], Version | None], files: Files, path: str) -> Version | None:
    """Return what stands in a file on one side: nothing where there is no such file, None where it is unreadable."""
    return versions[path, _name(files[path])] if path in files else ()


def _name(content: bytes) -> str:
    return sha256(content).hexdigest()


def _by_id(version: Version) -> dict[tuple[str, str], Mapping[str, str]]:
    return {(record.table, record.id): record.values for record in version}


def _stale(events: Iterable[Row], catalog: Catalog) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the events that changed a text in the adopted language, with the languages in which it stayed."""
    kinds = kinds_of(catalog)
    changed = {(row["table_name"], row["record_id"], row["field"]) for row in events}
    for row in events:
        table, record_id, column = row["table_name"], row["record_id"], row["field"]
        language = kinds.column(table, column).language if column else ""
        record = catalog.find(table, record_id)
        if record is None or not (row["old_value"] and row["new_value"]):
            continue
        if not language or language != kinds.adopted_language(row["plan_id"] or ""):
            continue
        stem = column.removesuffix(language)
        others = (code for code in catalog.codes if code != language and f"{stem}{code}" in record.cells)
        stayed = tuple(code for code in others if (table, record_id, f"{stem}{code}") not in changed)
        if stayed:
            yield row["event_id"], stayed


def _leads(events: Iterable[Row], catalog: Catalog) -> tuple[str, ...]:
    """Return the organisations that lead a commitment that changed, and those that changed themselves."""
    found: set[str] = set()
    catalogs = [known for known in (catalog, catalog.published) if known is not None]
    for commitment in {row["commitment_id"] for row in events if row["commitment_id"]}:
        for known in catalogs:
            links = known.referring("commitment_organisations", "commitment_id", commitment)
            found |= {str(link.get("organisation_id")) for link in links if link.get("role") == "lead"}
    return tuple(sorted(found | {row["root"][1] for row in events if row["root"][0] == "organisations"}))


def _other(path: str, before: Files, after: Files) -> OtherFile:
    return OtherFile(path, _text(before.get(path)), _text(after.get(path)))


def _text(content: bytes | None) -> str | None:
    try:
        return None if content is None else content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""


def effects(before: Catalog, after: Catalog, as_of: date) -> tuple[Effect, ...]:
    """Return the counts of plans that are others on one day; both contents must be without errors."""
    old, new = (_plans(catalog, as_of) for catalog in (before, after))
    return tuple(
        Effect(plan, column, old[plan][column], value)
        for plan in sorted(old.keys() & new.keys())
        for column, value in new[plan].items()
        if column.endswith("_count") and value != old[plan][column]
    )


def _plans(catalog: Catalog, as_of: date) -> dict[str, Row]:
    tables = derive_tables(as_seen_on(catalog, as_of), as_of).tables
    return {row["plan_id"]: row for row in tables["plan_summary"]}

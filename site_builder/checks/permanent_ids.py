"""Owns the promise that an id, once released, names the same thing for ever, or says that it was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.record import Catalog
from site_builder.readers.layout import holders, thing_tables
from site_builder.readers.published import PackageUnreadable, Published, newest

TOMBSTONES = "tombstones"


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield ids of the newest release that are gone or name something else.

    The newest is enough: what older ones had is in it, as a record or as a tombstone.
    """
    if not catalog.releases or TOMBSTONES not in catalog.schemas:
        return
    place = catalog.releases[-1].place
    try:
        published = newest(catalog)
        findings = [*_gone(catalog, published, place), *_risen(catalog, published, place)]
    except PackageUnreadable as error:
        findings = [found("release-unreadable", Location(f"{place}/{error}"))]
    yield from findings


def _withdrawn(catalog: Catalog) -> frozenset[tuple[str, str]]:
    """Return table and id of everything that has a tombstone."""
    return frozenset((row.get("thing_table"), row.get("thing_id")) for row in catalog.rows(TOMBSTONES))


def _gone(catalog: Catalog, published: Published, place: str) -> Iterator[Diagnostic]:
    """Yield the records of a release that are neither in the content nor withdrawn."""
    withdrawn = _withdrawn(catalog)
    for table in thing_tables(catalog.schemas):
        if table not in published:
            continue
        for thing, row in published[table].rows.items():
            if catalog.find(table, thing) or catalog.is_unread(thing) or _is_covered(withdrawn, table, thing):
                continue
            elsewhere = _elsewhere(catalog, published, table, thing)
            line = Location(f"{place}/{table}.csv", row.line)
            yield elsewhere or found("id-gone", line, value=thing, table=table, length=len(thing))


def _is_covered(withdrawn: frozenset[tuple[str, str]], table: str, thing: str) -> bool:
    """Whether a thing, or the thing in which it was written, has a tombstone."""
    if (table, thing) in withdrawn:
        return True
    parts = thing.split("-")
    above = {"-".join(parts[:end]) for end in range(1, len(parts))}
    return any((holder, name) in withdrawn for holder in holders(table) for name in above)


def _elsewhere(catalog: Catalog, published: Published, table: str, thing: str) -> Diagnostic | None:
    """Return that an id names a thing of another kind now, where it did not do so before, else nothing."""
    for other in thing_tables(catalog.schemas):
        record = catalog.find(other, thing)
        if record is not None and other != table and not (other in published and thing in published[other].rows):
            return found(
                "id-another-kind",
                record.location,
                value=thing,
                before=table,
                table=other,
                record=thing,
                release=catalog.releases[-1].name,
            )
    return None


def _risen(catalog: Catalog, published: Published, place: str) -> Iterator[Diagnostic]:
    """Yield the withdrawn things of a release whose tombstone is gone, or whose id names something else now."""
    withdrawn = _withdrawn(catalog)
    for row in published[TOMBSTONES].rows.values() if TOMBSTONES in published else ():
        table, thing = row.cells["thing_table"], row.cells["thing_id"]
        record = catalog.find(table, thing)
        if elsewhere := _elsewhere(catalog, published, table, thing):
            yield elsewhere
        elif (table, thing) in withdrawn:
            continue  # that it is in the content all the same is told where tombstones are checked
        elif record is not None:
            yield found("id-reused", record.location, value=thing, table=table, record=thing)
        else:
            line = Location(f"{place}/{TOMBSTONES}.csv", row.line)
            yield found("id-gone", line, value=thing, table=table, length=len(thing))

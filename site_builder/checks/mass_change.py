"""Owns the doubt about a change that reaches further than one hand should: many deletions, many organisations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.nouns.change_set import Limits
from site_builder.nouns.diagnostic import Diagnostic, Location, Severity, found
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.layout import holders, thing_tables

ORGANISATIONS = 5
"""Organisations in charge whose commitments one change touches, from which that is told."""

LISTED = ("codelists", "redirects", "tombstones", "waivers")
"""Tables whose rows stand for themselves without being things."""
REPORTED = ("commitments", "updates")
"""Tables whose files belong to the organisation in charge of a commitment."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield that a change deletes many records, and that it touches the files of many organisations."""
    before = catalog.published
    if before is None:
        return
    yield from _gone(catalog, before)
    yield from _spread(catalog, before)


def deleted(catalog: Catalog, before: Catalog) -> tuple[Record, ...]:
    """Return the records that a change deletes, with the parts that went with them: whoever counts, counts these.

    Values that tell of another record, as a role or a link does, are no records here; what could not be read is not
    gone.
    """
    lost = tuple(f"/{name}.yaml" for name in catalog.unread)  # files of many records that could not be read
    return tuple(
        record
        for table in (*thing_tables(before.schemas), *LISTED)
        for record in before.rows(table)
        if not catalog.find(table, record.id)
        and not catalog.is_unread(record.id)
        and not record.location.file.endswith(lost)
    )


def unexplained(records: Iterable[Record], catalog: Catalog) -> tuple[Record, ...]:
    """Return the deleted records of which no tombstone says that they were withdrawn: of them only so many may go."""
    withdrawn = {(row.get("thing_table"), row.get("thing_id")) for row in catalog.rows("tombstones")}
    return tuple(record for record in records if not _is_withdrawn(record, withdrawn))


def _gone(catalog: Catalog, before: Catalog) -> Iterator[Diagnostic]:
    gone, most = unexplained(deleted(catalog, before), catalog), Limits().deleted
    if len(gone) > most:
        yield found(
            "mass-deletion",
            Location(gone[0].location.file),
            severity=Severity.WARNING,  # `diff` holds the change back until somebody confirms it
            count=len(gone),
            named=gone[0].id,
            limit=most,
        )


def _is_withdrawn(record: Record, withdrawn: set[tuple[str, str]]) -> bool:
    """Whether a record, or the one in which it was written, has a tombstone."""
    parts = record.id.split("-")
    above = {"-".join(parts[:end]) for end in range(1, len(parts))}
    return (record.table, record.id) in withdrawn or any(
        (holder, name) in withdrawn for holder in holders(record.table) for name in above
    )


def _spread(catalog: Catalog, before: Catalog) -> Iterator[Diagnostic]:
    touched = _touched(catalog, before)
    leads: dict[str, str] = {}
    for table in REPORTED:
        for record in (*before.rows(table), *catalog.rows(table)):
            commitment = str(record.id if table == "commitments" else record.get("commitment_id"))
            # a commitment that is new is nobody's yet: a whole plan may come in one change
            if record.location.file in touched and before.find("commitments", commitment):
                for row in before.referring("commitment_organisations", "commitment_id", commitment):
                    if row.get("role") == "lead":
                        leads.setdefault(row.get("organisation_id"), record.location.file)
    if len(leads) >= ORGANISATIONS:
        yield found(
            "many-organisations",
            Location(min(leads.values())),
            severity=Severity.WARNING,
            count=len(leads),
            named=", ".join(sorted(leads)[:ORGANISATIONS]),
        )


def _touched(catalog: Catalog, before: Catalog) -> frozenset[str]:
    """Return the files of commitments and updates that say something else than before, wherever in the file."""
    files = {record.location.file for one in (catalog, before) for table in REPORTED for record in one.rows(table)}
    touched = set()
    for one, other in ((before, catalog), (catalog, before)):
        for table, records in one.tables.items():
            for record in records:
                twin = other.find(table, record.id) if record.location.file in files else record
                if twin is None or (one is before and twin.values() != record.values()):
                    touched.add(record.location.file)
    return frozenset(touched)

"""Owns the doubt about organisations that nothing names, and the promise that none has a role after its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from site_builder.checks._about import about
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.date_forms import first_day, last_day

ORGANISATIONS = "organisations"
_ID = re.compile(r"[a-z0-9-]{1,100}")
"""What an id is made of; a file with another name is reported for that already."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield organisations without a use, and roles that an organisation got when it had ended."""
    yield from _unused(catalog)
    for row in (*catalog.rows("commitment_organisations"), *catalog.rows("plan_organisations")):
        yield from _ended(catalog, row, _begin(catalog, row))
    for row in catalog.rows("updates"):
        yield from _ended(catalog, row, row.get("reported_on"))


def _unused(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield the organisations that no record names; of one that has ended the record is kept for its history."""
    if catalog.unread:
        return  # what could not be read may name it
    used: set[str | None] = set()
    for table in catalog.written_tables():
        for column in (column for column, target in table.reference_of.items() if target == ORGANISATIONS):
            key = table.key_in_yaml(table.by_name[column])
            for record in catalog.rows(table.name):
                if key in record.spoiled:
                    return  # what was mistyped may be its name
                used.add(record.get(column))
    if used - {None} - catalog.by_id.get(ORGANISATIONS, {}).keys():
        return
    for organisation in catalog.rows(ORGANISATIONS):
        is_mistyped = organisation.spoiled or not _ID.fullmatch(organisation.id)
        if organisation.id not in used and organisation.get("valid_to") is None and not is_mistyped:
            yield about("organisation-unused", organisation, "name", severity=Severity.WARNING, value=organisation.id)


def _begin(catalog: Catalog, row: Record) -> date | None:
    """Return the day on which a role in a commitment or a plan begins, None where it is not known."""
    commitment = catalog.find("commitments", row.get("commitment_id") or "")
    start = commitment.get("start_date") if commitment else None
    if isinstance(start, date):
        return start
    plan = catalog.find("plans", (commitment or row).get("plan_id") or "")
    period = plan.get("period_start") if plan else None
    return first_day(period) if period else None


def _ended(catalog: Catalog, row: Record, day: date | None) -> Iterator[Diagnostic]:
    organisation = catalog.find(ORGANISATIONS, row.get("organisation_id") or "")
    end = organisation.get("valid_to") if organisation else None
    if organisation and end and day and last_day(end) < day:
        yield about(
            "organisation-ended",
            row,
            "organisation_id",
            suggestion=str(organisation.get("successor_id") or ""),
            value=organisation.id,
            ended=end,
            day=day,
        )

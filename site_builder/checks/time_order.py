"""Owns the promise that dates of plan, commitment and milestone follow one another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from site_builder.nouns.diagnostic import Diagnostic, Severity, found
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.date_forms import first_day, last_day

EARLIEST, LATEST = 2000, 2100
"""Years between which a plan's dates can lie."""
OLDER = frozenset({"organisations", "sources", "documents", "observations"})
"""Tables that may hold older dates."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield dates out of order; what the plan itself was adopted with is a warning that can be waived."""
    for plan in catalog.rows("plans"):
        if _both(plan, "period_start", "period_end") and first_day(plan.get("period_start")) > last_day(
            plan.get("period_end")
        ):
            yield _finding("start-after-end", plan, "period_start", plan.get("period_end"))
    for commitment in catalog.rows("commitments"):
        yield from _commitment(catalog, commitment)
    for milestone in catalog.rows("milestones"):
        yield from _milestone(catalog, milestone)
    for change in catalog.rows("date_changes"):
        if _both(change, "old_due", "new_due") and change.get("old_due") == change.get("new_due"):
            yield _finding("date-not-moved", change, "new_due", change.get("old_due"))
    yield from _years(catalog)


def _commitment(catalog: Catalog, record: Record) -> Iterator[Diagnostic]:
    start, end = record.get("start_date"), record.get("end_date")
    if start and end and start > end:
        yield _finding("start-after-end", record, "start_date", end)
    plan = catalog.find("plans", record.get("plan_id") or "")
    if plan is None or not _both(plan, "period_start", "period_end"):
        return
    begins, ends = first_day(plan.get("period_start")), last_day(plan.get("period_end"))
    for column, day in (("start_date", start), ("end_date", end)):
        if day and begins <= ends and not begins <= day <= ends:
            yield _finding("commitment-outside-plan", record, column, f"{begins} – {ends}", severity=Severity.WARNING)


def _milestone(catalog: Catalog, record: Record) -> Iterator[Diagnostic]:
    start, due = record.get("start_date"), record.get("due_baseline")
    if start and due and start > due:
        yield _finding("start-after-end", record, "start_date", due)
    commitment = catalog.find("commitments", record.get("commitment_id") or "")
    if commitment is None:
        return
    begins, ends = commitment.get("start_date"), commitment.get("end_date")
    if start and begins and start < begins:
        yield _finding(
            "milestone-before-commitment",
            record,
            "start_date",
            begins,
            severity=Severity.WARNING,
            days=(begins - start).days,
        )
    if due and ends and due > ends:
        yield _finding(
            "milestone-after-commitment",
            record,
            "due_baseline",
            ends,
            severity=Severity.WARNING,
            days=(due - ends).days,
        )


def _years(catalog: Catalog) -> Iterator[Diagnostic]:
    reported = set()
    for table in catalog.written_tables():
        if table.name in OLDER:
            continue
        columns = [item.name for item in table.fields if item.type == "date" or item.partial_date]
        for column in columns:
            for record, value in catalog.columns(table.name).given(column):
                year = value.year if isinstance(value, date) else int(str(value)[:4]) if value else EARLIEST
                if not EARLIEST <= year <= LATEST and record.where(column) not in reported:
                    reported.add(record.where(column))
                    yield _finding("year-unlikely", record, column, f"{EARLIEST}–{LATEST}", year=year)


def _both(record: Record, first: str, second: str) -> bool:
    return bool(record.get(first) and record.get(second))


def _finding(
    name: str,
    record: Record,
    column: str,
    other: object,
    *,
    severity: Severity = Severity.ERROR,
    **values: object,
) -> Diagnostic:
    cell = record.cells[column]
    return found(
        name,
        cell.location,
        values.items(),
        severity=severity,
        record=record.id,
        field=column,
        length=cell.length,
        value=cell.value,
        other=other,
    )

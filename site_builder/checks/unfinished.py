"""Owns the debts of a plan on a day: what was not reported, is late, or is closed too early."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from site_builder.checks._about import about
from site_builder.checks._told import (
    CLOSED,
    HALF_A_YEAR,
    OPEN,
    Reported,
    Told,
    commitments_of,
    milestones_of,
    newest_status,
    told_of,
)
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.date_forms import first_day, last_day

NAMED = 3
"""Ids that a finding on many things names."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield what a plan owes on the as-of day; of what was not reported one finding a plan."""
    if catalog.as_of is None:
        return
    reported = told_of(catalog, catalog.as_of)
    for plan in catalog.rows("plans"):
        if not (plan.get("period_start") and plan.get("period_end")) or plan.get("status") == "withdrawn":
            continue
        if catalog.as_of > last_day(plan.get("period_end")):
            yield from _without_end(catalog, plan, reported)
            continue
        commitments = commitments_of(catalog, plan)
        days = {commitment.id: _silence(catalog, commitment, plan, catalog.as_of) for commitment in commitments}
        silent = [name for name, without in days.items() if without > HALF_A_YEAR]
        if silent:
            yield _unreported(plan, silent, len(commitments))
        # of what nobody reports on at all, that is told alone
        for commitment in commitments:
            for milestone in milestones_of(catalog, commitment) if days[commitment.id] <= HALF_A_YEAR else ():
                yield from _late(catalog, milestone, reported.get(milestone.id, ()), catalog.as_of)


def _without_end(catalog: Catalog, plan: Record, reported: Reported) -> Iterator[Diagnostic]:
    """Yield how many milestones of a plan that has ended have no final status; a commitment's own status counts."""
    milestones, without = 0, []
    for commitment in commitments_of(catalog, plan):
        whole = newest_status(reported.get(commitment.id, ()))
        for milestone in milestones_of(catalog, commitment):
            milestones += 1
            told = newest_status(reported.get(milestone.id, ())) or whole
            if told is None or told.means not in CLOSED:
                without.append(milestone.id)
    if without:
        yield about(
            "no-final-status",
            plan,
            "period_end",
            severity=Severity.WARNING,
            day=last_day(plan.get("period_end")),
            count=len(without),
            total=milestones,
            named=_named(without),
        )


def _unreported(plan: Record, silent: list[str], total: int) -> Diagnostic:
    """Return that nobody has reported on some commitments for half a year."""
    return about(
        "report-overdue",
        plan,
        "period_end",
        severity=Severity.WARNING,
        count=len(silent),
        total=total,
        days=HALF_A_YEAR,
        named=_named(silent),
    )


def _silence(catalog: Catalog, commitment: Record, plan: Record, as_of: date) -> int:
    """Return the days since the newest report, else since the commitment began, by the as-of day.

    What has a final status as a whole needs no more reports.
    """
    updates = catalog.referring("updates", "commitment_id", commitment.id)
    days = [update.get("reported_on") for update in updates if update.get("reported_on")]
    past = [day for day in days if day <= as_of]
    for update in updates:
        for item in catalog.children(update, "update_items"):
            is_closed = catalog.means("statuses", item.get("status")) in CLOSED
            if is_closed and not item.get("milestone_id") and update.get("reported_on") in past:
                return 0
    begun = commitment.get("start_date") or first_day(plan.get("period_start"))
    return (as_of - max(past, default=begun)).days


def _late(catalog: Catalog, milestone: Record, reports: tuple[Told, ...], as_of: date) -> Iterator[Diagnostic]:
    """Yield that a milestone has not begun or is overdue, and that nobody says why."""
    told = newest_status(reports)
    if told is not None and (told.means not in OPEN or told.item.get("obstacle_code") or told.says("obstacle")):
        return
    start, due = milestone.get("start_date"), _due(catalog, milestone, reports)
    if due and as_of > due:
        place, column = (told.item, "status") if told else (milestone, "due_baseline")
        days = (as_of - due).days
        yield about("overdue-unexplained", place, column, severity=Severity.WARNING, days=days, due=due)
    elif told and told.means == "waiting" and start and (days := (as_of - start).days) > HALF_A_YEAR:
        yield about("not-started-unexplained", told.item, "status", severity=Severity.WARNING, days=days, start=start)


def _due(catalog: Catalog, milestone: Record, reports: tuple[Told, ...]) -> date | None:
    """Return the deadline that is known by the newest of these reports."""
    for told in reversed(reports):
        change = catalog.find("date_changes", f"{told.update.id}/{milestone.id}")
        if change is not None and change.get("new_due"):
            moved: date = change.get("new_due")
            return moved
    is_moved_later = catalog.referring("date_changes", "milestone_id", milestone.id)
    written: date | None = None if is_moved_later else milestone.get("due_current")
    return written or milestone.get("due_baseline")


def _named(ids: list[str]) -> str:
    return ", ".join(ids[:NAMED]) + (" …" if len(ids) > NAMED else "")

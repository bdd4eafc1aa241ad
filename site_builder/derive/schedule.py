"""Owns what the calendar says of a promise on a day; refuses to judge anything else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SOON_DAYS = 30
"""Days before a deadline from which it counts as due soon."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """What the schedule of a promise depends on."""

    means: str
    """Fixed word of the reported status: open, waiting, done, ended, continued, dropped; empty: no report."""
    due_baseline: date | None
    due_current: date | None
    completed_on: date | None
    plan_end: date
    """Last day that the plan covers."""


def schedule_status(deadline: Deadline, as_of: date) -> str:
    """Return the code of list schedule_statuses on the day `as_of`.

    Definitions: a final report counts before the calendar; after the plan's last day nothing is overdue, it is
    unfinished when the plan ended, or not reported; before it the day after the deadline is the first day overdue.
    """
    if deadline.means == "dropped":
        return "withdrawn"
    if deadline.means == "done":
        return _done(deadline)
    if deadline.means == "continued":
        return "continued"
    if deadline.means == "ended":
        return "closed_unfinished"
    if as_of > deadline.plan_end:
        return "unfinished_at_end" if deadline.means else "not_reported"
    if deadline.due_current is None:
        return "no_date"
    if as_of > deadline.due_current:
        return "overdue"
    return "due_soon" if (deadline.due_current - as_of).days <= SOON_DAYS else "due_later"


def _done(deadline: Deadline) -> str:
    if deadline.completed_on is None or deadline.due_baseline is None:
        return "done_undated"
    return "done_on_time" if deadline.completed_on <= deadline.due_baseline else "done_late"


def days_overdue(deadline: Deadline, as_of: date) -> int | None:
    """Return the days from the current deadline to the as-of day or the plan's end, whichever is earlier.

    None where it is not overdue, or not known to have been unfinished when the plan ended.
    """
    return _days(deadline.due_current, deadline, as_of, ("overdue", "unfinished_at_end"))


def days_over_baseline(deadline: Deadline, as_of: date) -> int | None:
    """Return the same days from the deadline as adopted, also while a moved one still lies ahead."""
    return _days(deadline.due_baseline, deadline, as_of, ("overdue", "unfinished_at_end", "due_soon", "due_later"))


def _days(due: date | None, deadline: Deadline, as_of: date, states: tuple[str, ...]) -> int | None:
    if due is None or schedule_status(deadline, as_of) not in states:
        return None
    days = (min(as_of, deadline.plan_end) - due).days
    return days if days >= 1 else None

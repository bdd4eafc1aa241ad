"""What the calendar says, case by case, and that no counter grows after the end of a plan."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from site_builder.derive.reports import status_from_milestones
from site_builder.derive.schedule import Deadline, days_over_baseline, days_overdue, schedule_status

END = date(2021, 12, 31)
DUE = date(2020, 6, 15)


def deadline(
    means: str = "", *, due: date | None = DUE, moved: date | None = None, done: date | None = None
) -> Deadline:
    return Deadline(means, due, moved or due, done, END)


@pytest.mark.parametrize(
    ("promise", "as_of", "status"),
    [
        (deadline(), DUE - timedelta(31), "due_later"),
        (deadline(), DUE - timedelta(30), "due_soon"),
        (deadline(), DUE, "due_soon"),
        (deadline(), DUE + timedelta(1), "overdue"),
        (deadline("open"), END, "overdue"),
        (deadline("open"), END + timedelta(1), "unfinished_at_end"),
        (deadline(), END + timedelta(1), "not_reported"),
        (deadline(due=None), DUE, "no_date"),
        (deadline("done", done=DUE), END, "done_on_time"),
        (deadline("done", done=DUE + timedelta(1)), END, "done_late"),
        (deadline("done", moved=DUE + timedelta(9), done=DUE + timedelta(5)), END, "done_late"),
        (deadline("done"), END, "done_undated"),
        (deadline("dropped"), END + timedelta(9), "withdrawn"),
        (deadline("ended"), END, "closed_unfinished"),
        (deadline("continued"), END, "continued"),
    ],
)
def test_the_calendar_says(promise: Deadline, as_of: date, status: str) -> None:
    assert schedule_status(promise, as_of) == status


def test_the_day_after_the_deadline_is_the_first_day_overdue() -> None:
    assert days_overdue(deadline(), DUE) is None
    assert days_overdue(deadline(), DUE + timedelta(1)) == 1


def test_no_counter_grows_after_the_plan_has_ended() -> None:
    promise = deadline("open")
    at_the_end = days_overdue(promise, END)
    assert at_the_end == (END - DUE).days
    assert days_overdue(promise, END + timedelta(2000)) == at_the_end


def test_what_was_never_reported_is_not_counted_as_late() -> None:
    assert days_overdue(deadline(), END + timedelta(1)) is None


def test_a_moved_deadline_still_shows_the_days_over_the_adopted_one() -> None:
    promise = deadline("open", moved=DUE + timedelta(60))
    assert days_overdue(promise, DUE + timedelta(10)) is None
    assert days_over_baseline(promise, DUE + timedelta(10)) == 10


@pytest.mark.parametrize(
    ("meanings", "status"),
    [
        ([], ""),
        (["", ""], ""),
        (["done", "done"], "completed"),
        (["done", "dropped"], "completed"),
        (["dropped", "dropped"], "withdrawn"),
        (["done", "ended"], "partly"),
        (["done", "continued"], "partly"),
        (["waiting", "waiting"], "not_started"),
        (["waiting", ""], "not_started"),
        (["done", ""], "in_progress"),
        (["open", "waiting"], "in_progress"),
    ],
)
def test_a_commitment_follows_from_its_milestones(meanings: list[str], status: str) -> None:
    assert status_from_milestones(meanings) == status

"""How milestones stood at month ends, against the table worked out by hand, and against a build of each day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from derive.test_fictional_plan import shown, table

from site_builder.composition import Checked
from site_builder.derive.milestone_state import month_ends, quarter_ends
from site_builder.derive.picture import as_seen_on
from site_builder.derive.tables import derive_tables
from site_builder.nouns.edition import Edition

State = tuple[str, date]


def states(edition: Edition) -> dict[State, dict[str, Any]]:
    rows = edition.derived.tables["milestone_state"]
    return {(row["milestone_id"], row["period_end"]): dict(row) for row in rows}


@pytest.mark.parametrize("row", table("Milestone states"), ids=lambda row: f"{row[0]} {row[1]}")
def test_the_state_at_a_month_end_is_as_worked_out_by_hand(row: list[str], fictional_edition: Edition) -> None:
    found = states(fictional_edition)[row[0], date.fromisoformat(row[1])]
    assert [shown(found[name]) for name in ("official_status", "schedule_status", "due_current")] == row[2:5]


def test_a_month_end_looks_as_a_page_of_that_day_would(fictional: Checked, fictional_edition: Edition) -> None:
    seen = 0
    for day in sorted({day for _, day in states(fictional_edition)}):
        then = derive_tables(as_seen_on(fictional.catalog, day), day)
        for (milestone, period_end), row in states(fictional_edition).items():
            if period_end == day:
                expected = then.row("milestone_schedule", milestone)
                assert {name: row[name] for name in ("official_status", "schedule_status", "due_current")} == {
                    name: expected[name] for name in ("official_status", "schedule_status", "due_current")
                }, (milestone, day)
                seen += 1
    assert seen == 408


def test_a_plan_that_ended_gets_no_further_states(real_edition: Edition) -> None:
    days = {day for milestone, day in states(real_edition) if milestone.startswith("nap3-")}
    assert (min(days), max(days), len(days)) == (date(2019, 1, 31), date(2021, 12, 31), 36)


def test_a_move_says_whether_it_came_after_the_old_date(fictional_edition: Edition) -> None:
    rows = fictional_edition.derived.tables["milestone_schedule"]
    assert {row["milestone_id"]: row["moved_after_due"] for row in rows if row["moved_after_due"] is not None} == {
        "fic0-c01-m03": True,
        "fic1-c01-m02": False,
        "fic1-c02-m02": True,
        "fic1-c04-m03": True,
    }


def test_a_deadline_is_seen_as_it_was_before_its_first_move(fictional: Checked) -> None:
    then = as_seen_on(fictional.catalog, date(2025, 3, 1))
    assert then.by_id["milestones"]["fic1-c01-m02"].get("due_current") == date(2025, 9, 30)


@pytest.mark.parametrize(
    ("first", "last", "count", "newest"),
    [
        (date(2019, 1, 1), date(2021, 12, 31), 36, date(2021, 12, 31)),
        (date(2019, 1, 15), date(2019, 1, 31), 1, date(2019, 1, 31)),
        (date(2019, 11, 1), date(2020, 2, 29), 4, date(2020, 2, 29)),
        (date(2019, 1, 15), date(2021, 1, 15), 25, date(2021, 1, 15)),
        (date(2019, 1, 15), date(2019, 1, 20), 1, date(2019, 1, 20)),
    ],
)
def test_the_last_day_of_a_plan_ends_a_period_too(first: date, last: date, count: int, newest: date) -> None:
    days = list(month_ends(first, last))
    assert (len(days), days[-1]) == (count, newest)


@pytest.mark.parametrize(
    ("last", "count", "second"),
    [
        (date(2021, 12, 31), 12, date(2019, 6, 30)),
        (date(2022, 3, 31), 7, date(2019, 12, 31)),
        (date(2021, 1, 15), 9, date(2019, 6, 30)),
        (date(2029, 12, 31), 11, date(2020, 12, 31)),
    ],
)
def test_more_than_twelve_quarters_become_half_years_or_years(last: date, count: int, second: date) -> None:
    chosen = quarter_ends(month_ends(date(2019, 1, 1), last), 12)
    assert (len(chosen), chosen[1], chosen[-1]) == (count, second, last)


def test_before_the_first_month_end_there_is_nothing_to_choose() -> None:
    assert quarter_ends([], 12) == ()

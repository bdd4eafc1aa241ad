"""Owns how each milestone stood at the end of each month of its plan, as it was known on that day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from site_builder.derive.moves import Move, due_on, moves_of
from site_builder.derive.reports import Report, Reports
from site_builder.derive.schedule import Deadline, schedule_status
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.date_forms import first_day, last_day


def month_ends(first: date, last: date) -> Iterator[date]:
    """Yield the last day of each month from `first` to `last`, and `last` itself where it ends no month."""
    year, month = first.year, first.month
    while (end := date(year, month, monthrange(year, month)[1])) <= last:
        yield end
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    if first <= last and (date(year, month, 1) <= last):
        yield last


@dataclass(frozen=True, slots=True)
class _Spell:
    """What was known of a milestone from a day on, until the next."""

    since: date
    official_status: str | None
    deadline: Deadline


def milestone_states(catalog: Catalog, as_of: date, reports: Reports) -> Iterator[Row]:
    """Yield a row a milestone and month end of its plan up to the as-of day, sorted by both.

    The last row of a plan is that of its last day; the as-of day itself stands in table milestone_schedule. What was
    reported later, and deadlines that were moved later, are not known yet. The work is one step a row.
    """
    moves = moves_of(catalog)
    ends = {plan.id: last_day(plan.get("period_end")) for plan in catalog.rows("plans")}
    days = {plan.id: plan_days(plan, as_of) for plan in catalog.rows("plans")}
    for milestone in catalog.rows("milestones"):
        commitment = catalog.find("commitments", milestone.get("commitment_id"))
        assert commitment is not None, "references are checked before anything is derived"
        plan = commitment.get("plan_id")
        told = reports.history.get(milestone.id, ())
        spells = list(_spells(catalog, milestone, told, moves.get(milestone.id, ()), ends[plan]))
        for day in days[plan]:
            while len(spells) > 1 and spells[-2].since <= day:
                spells.pop()
            spell = spells[-1]
            yield {
                "milestone_id": milestone.id,
                "period_end": day,
                "official_status": spell.official_status,
                "schedule_status": schedule_status(spell.deadline, day),
                "due_current": spell.deadline.due_current,
            }


def plan_days(plan: Record, as_of: date) -> tuple[date, ...]:
    """Return the month ends of a plan that the as-of day has reached."""
    ends = month_ends(first_day(plan.get("period_start")), last_day(plan.get("period_end")))
    return tuple(day for day in ends if day <= as_of)


def _spells(
    catalog: Catalog, milestone: Record, told: tuple[Report, ...], moves: tuple[Move, ...], end: date
) -> Iterator[_Spell]:
    """Yield what was known, the newest first; the last one holds before any report."""
    news = {report.reported_on for report in told} | {move.reported_on for move in moves}
    for day in [*sorted(news, reverse=True), date.min]:
        report = next((report for report in reversed(told) if report.reported_on <= day), None)
        due = due_on(milestone, moves, day)
        deadline = Deadline(
            catalog.means("statuses", report.status) if report else "",
            milestone.get("due_baseline"),
            due.value if due else None,
            report.completed_on if report else None,
            end,
        )
        yield _Spell(day, report.status if report else None, deadline)


def quarter_ends(days: Iterable[date], most: int) -> tuple[date, ...]:
    """Return the ends of quarters among month ends, of half-years or years where they are more than `most`.

    The last day stands for the end of the plan and is always among them.
    """
    month_end_days = tuple(days)
    for months in (3, 6, 12):
        chosen = tuple(
            day for day in month_end_days if day == month_end_days[-1] or (day.month % months == 0 and _ends_month(day))
        )
        if len(chosen) <= most:
            break
    return chosen


def _ends_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]

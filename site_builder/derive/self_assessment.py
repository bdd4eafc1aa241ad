"""Owns the completion level of OGP's self-assessment form, from government reports alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.date_forms import first_day, last_day

LEVELS = {"": "not_reported", "waiting": "not_started", "done": "completed"}
"""Level by the fixed word of a status; work under way or closed in part is told apart by its milestones."""


def self_assessment_rows(catalog: Catalog, summaries: Iterable[Row], as_of: date) -> Iterator[Row]:
    """Yield a row a commitment; the rules stand as definitions in list self_assessment_levels."""
    stages = {plan.id: _stage(plan, as_of) for plan in catalog.rows("plans")}
    for row in summaries:
        yield {
            "commitment_id": row["commitment_id"],
            "plan_id": row["plan_id"],
            "as_of": as_of,
            "stage": stages[row["plan_id"]],
            "completion_level": _level(catalog, row),
        }


def _stage(plan: Record, as_of: date) -> str:
    """Return which self-assessment is asked for: one after half of the plan's time, one after its end."""
    start, end = first_day(plan.get("period_start")), last_day(plan.get("period_end"))
    if as_of > end:
        return "end_of_term"
    return "midterm" if as_of > start + (end - start) / 2 else "early"


def _level(catalog: Catalog, row: Row) -> str:
    status = row["government_status"]
    means = catalog.means("statuses", status) if status else ""
    if means in LEVELS:
        return LEVELS[means]
    if status not in ("in_progress", "partly"):
        return "no_counterpart"
    counted = row["milestone_count"] - row["milestone_withdrawn_count"]
    return "substantial" if counted and 2 * row["milestone_done_count"] >= counted else "limited"

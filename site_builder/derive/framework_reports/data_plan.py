"""Owns how late the actions of a data plan are, by the calendar that milestones have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from site_builder.derive.framework_reports._ground import Ground, is_illustrative
from site_builder.derive.schedule import Deadline, days_overdue, schedule_status
from site_builder.nouns.derived import Row
from site_builder.readers.date_forms import last_day


def action_rows(ground: Ground) -> Iterator[Row]:
    """Yield a row an action; what was reported after the as-of day is not known yet."""
    catalog, as_of = ground.catalog, ground.as_of
    for action in catalog.rows("data_plan"):
        framework = catalog.by_id["frameworks"][action.get("framework_id")]
        end, due, reported = framework.get("period_end"), action.get("due_baseline"), action.get("reported_on")
        is_known = reported is None or reported <= as_of
        status = action.get("status") if is_known else None
        completed = action.get("completed_on") if is_known else None
        means = catalog.means("statuses", status)
        deadline = Deadline(means, due, due, completed, last_day(end) if end else date.max)
        schedule = schedule_status(deadline, as_of)
        yield {
            "data_action_id": action.id,
            "framework_id": framework.id,
            "indicator_id": action.get("indicator_id"),
            "outcome_id": action.get("outcome_id"),
            "organisation_id": action.get("organisation_id"),
            "as_of": as_of,
            "status": status,
            "due_baseline": due,
            "schedule_status": schedule,
            "days_to_due": (due - as_of).days if schedule in ("due_soon", "due_later") else None,
            "days_overdue": days_overdue(deadline, as_of),
            "illustrative": is_illustrative((action,)),
        }

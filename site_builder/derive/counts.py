"""Owns the counting of milestones: where they stand by the calendar, which moved, which have no proof and no report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from site_builder.nouns.derived import Row

_COUNTED = {
    "done_on_time": "done",
    "done_late": "done",
    "done_undated": "done",
    "due_soon": "soon",
    "overdue": "overdue",
    "unfinished_at_end": "unfinished",
    "not_reported": "not_reported",
    "withdrawn": "withdrawn",
}
MILESTONE_COUNTS = (
    "milestone_count",
    "milestone_dated_count",
    "milestone_assessed_count",
    "milestone_done_count",
    "milestone_soon_count",
    "milestone_overdue_count",
    "milestone_moved_count",
    "milestone_unfinished_count",
    "milestone_not_reported_count",
    "milestone_without_report_count",
    "milestone_without_evidence_count",
    "milestone_withdrawn_count",
)


def count_milestones(schedule: Iterable[Row]) -> dict[str, int]:
    """Return the counts of milestones from their rows in milestone_schedule, keyed by MILESTONE_COUNTS."""
    rows = list(schedule)
    kinds = Counter(_COUNTED.get(row["schedule_status"], "") for row in rows)
    return {
        "milestone_count": len(rows),
        "milestone_dated_count": sum(row["due_current"] is not None for row in rows),
        "milestone_assessed_count": sum(could_be_late(row) for row in rows),
        "milestone_done_count": kinds["done"],
        "milestone_soon_count": kinds["soon"],
        "milestone_overdue_count": kinds["overdue"],
        "milestone_moved_count": sum(was_moved(row) for row in rows),
        "milestone_unfinished_count": kinds["unfinished"],
        "milestone_not_reported_count": kinds["not_reported"],
        "milestone_without_report_count": sum(row["official_status"] is None for row in rows),
        "milestone_without_evidence_count": sum(row["evidence_count"] == 0 for row in rows),
        "milestone_withdrawn_count": kinds["withdrawn"],
    }


def could_be_late(row: Row) -> bool:
    """Whether a milestone has a deadline and was not withdrawn."""
    return row["due_current"] is not None and row["schedule_status"] != "withdrawn"


def was_moved(row: Row) -> bool:
    """Whether the deadline of a milestone was moved, also where it was moved back to where it had been."""
    return bool(row["date_move_count"] or row["slippage_days"])

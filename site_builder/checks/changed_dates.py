"""Owns the promise that no deadline moves in silence, and that an adopted one never moves."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks._about import about
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield what a change does to deadlines that were published."""
    before = catalog.published
    if before is None:
        return
    for milestone in catalog.rows("milestones"):
        old = before.find("milestones", milestone.id)
        if old is None:
            continue
        baseline, was = milestone.get("due_baseline"), old.get("due_baseline")
        if was and baseline != was and "due_baseline" not in milestone.spoiled:
            yield about("baseline-changed", milestone, "due_baseline", value=baseline or "–", other=was)
        current, was = milestone.get("due_current"), old.get("due_current") or old.get("due_baseline")
        moves = catalog.referring("date_changes", "milestone_id", milestone.id)
        explained = current == baseline or any(move.get("new_due") == current for move in moves)
        if current and was and current != was and not explained:
            yield about("due-moved-in-silence", milestone, "due_current", value=current, other=was)
    yield from _no_longer_overdue(catalog, before)


def _no_longer_overdue(catalog: Catalog, before: Catalog) -> Iterator[Diagnostic]:
    """Yield new items that give a status and move a deadline that had passed: the milestone stops being overdue."""
    for change in catalog.rows("date_changes"):
        update = catalog.find("updates", change.get("update_id") or "")
        if update is None or before.find("date_changes", change.id):
            continue
        reported, old, new = update.get("reported_on"), change.get("old_due"), change.get("new_due")
        items = catalog.children(update, "update_items")
        same = (item for item in items if item.get("milestone_id") == change.get("milestone_id"))
        status = next((item.get("status") for item in same if item.get("status")), None)
        if status and reported and old and new and old < reported <= new:
            yield about(
                "status-and-deadline", change, "new_due", severity=Severity.NOTICE, status=status, value=new, other=old
            )

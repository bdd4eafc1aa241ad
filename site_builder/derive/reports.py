"""Owns what the government reported last, of milestones and of commitments; refuses to compare it with a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.nouns.record import Catalog, Record


@dataclass(frozen=True, slots=True)
class Report:
    """The newest reported status of a thing."""

    status: str
    reported_on: date
    completed_on: date | None
    item: Record | None = None


@dataclass(frozen=True, slots=True)
class Reports:
    """What was reported last."""

    by_milestone: Mapping[str, Report]
    by_commitment: Mapping[str, Report]
    """Newest status of a commitment as a whole."""
    newest_update: Mapping[str, Record]
    """The newest update by commitment, also one that says that nothing changed."""
    history: Mapping[str, tuple[Report, ...]]
    """Every reported status of a milestone, the newest last."""

    def last_day(self, commitment: str) -> date | None:
        """Return the day of the newest update of a commitment."""
        update = self.newest_update.get(commitment)
        return update.get("reported_on") if update else None


def newest_reports(catalog: Catalog) -> Reports:
    """Return the newest status of every milestone and commitment; on the same day the later id counts."""
    history: dict[str, list[Report]] = {}
    by_commitment: dict[str, Report] = {}
    newest_update: dict[str, Record] = {}
    for update in sorted(catalog.rows("updates"), key=lambda record: (record.get("reported_on"), record.id)):
        commitment, day = update.get("commitment_id"), update.get("reported_on")
        newest_update[commitment] = update
        for item in catalog.children(update, "update_items"):
            if status := item.get("status"):
                report = Report(status, day, item.get("completed_on"), item)
                if milestone := item.get("milestone_id"):
                    history.setdefault(milestone, []).append(report)
                else:
                    by_commitment[commitment] = report
    by_milestone = {milestone: reports[-1] for milestone, reports in history.items()}
    told = {milestone: tuple(reports) for milestone, reports in history.items()}
    return Reports(by_milestone, by_commitment, newest_update, told)


def told_done_on(catalog: Catalog, reports: Iterable[Report]) -> date | None:
    """Return when it was first reported that a thing is done, None where the newest report does not say so.

    `reports` has the newest last. A thing that was reopened and done again counts from the report after that.
    """
    told = None
    for report in reports:
        is_done = catalog.means("statuses", report.status) == "done"
        told = (told or report.reported_on) if is_done else None
    return told


def status_from_milestones(meanings: Iterable[str]) -> str:
    """Return the status of a commitment that follows from what its milestones' reported statuses mean.

    `meanings` has the fixed word of each milestone's status, empty where none was reported. The rule is
    published on the method page: nothing reported, no status; all withdrawn, withdrawn; the withdrawn set
    aside, all done is completed, all closed but not all done is partly, all not begun is not_started,
    anything else is in_progress.
    """
    words = list(meanings)
    if not any(words):
        return ""
    kept = [word for word in words if word != "dropped"]
    if not kept:
        return "withdrawn"
    if all(word == "done" for word in kept):
        return "completed"
    if all(word in ("done", "ended", "continued") for word in kept):
        return "partly"
    if all(word in ("", "waiting") for word in kept):
        return "not_started"
    return "in_progress"

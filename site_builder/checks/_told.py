"""Owns what each report says of a promise, in the order of the reports; refuses to judge it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.nouns.record import Catalog, Record

HALF_A_YEAR = 183
"""Days: OGP asks for an update at least twice a year."""
CLOSED = frozenset({"done", "ended", "continued", "dropped"})
"""Fixed words of the statuses after which nothing more is expected."""
OPEN = frozenset({"waiting", "open"})
"""Fixed words of the statuses before that."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one report says of a milestone, or of a commitment as a whole."""

    item: Record
    update: Record
    day: date
    means: str
    """Fixed word of the status; empty where the item gives none."""
    codes: tuple[str, ...]
    """Languages of the site."""

    @property
    def thing(self) -> str:
        """Id of the milestone, else of the commitment."""
        return str(self.item.get("milestone_id") or self.update.get("commitment_id"))

    def says(self, field: str) -> bool:
        """Whether a text stands in any language, or could not be read."""
        return field in self.item.spoiled or any(f"{field}_{code}" in self.item.cells for code in self.codes)


Reported = Mapping[str, tuple[Told, ...]]
"""What was reported of each milestone and commitment, by id, the newest last."""


def told_of(catalog: Catalog, until: date | None = None) -> Reported:
    """Return what was reported of each milestone and commitment, the newest last; `until` leaves out later reports."""
    found: dict[str, list[Told]] = {}
    updates = (update for update in catalog.rows("updates") if update.get("reported_on"))
    for update in sorted(updates, key=lambda record: (record.get("reported_on"), record.id)):
        day = update.get("reported_on")
        if until is not None and day > until:
            break
        for item in catalog.children(update, "update_items"):
            told = Told(item, update, day, catalog.means("statuses", item.get("status")), catalog.codes)
            table = "milestones" if item.get("milestone_id") else "commitments"
            if catalog.find(table, told.thing):  # what does not exist is told where references are checked
                found.setdefault(told.thing, []).append(told)
    return {thing: tuple(reports) for thing, reports in found.items()}


def newest_status(reports: Iterable[Told]) -> Told | None:
    """Return the newest report that gives a status."""
    return next((told for told in reversed(tuple(reports)) if told.means), None)


def milestones_of(catalog: Catalog, commitment: Record) -> tuple[Record, ...]:
    """Return the milestones of a commitment."""
    return catalog.referring("milestones", "commitment_id", commitment.id)


def commitments_of(catalog: Catalog, plan: Record) -> tuple[Record, ...]:
    """Return the commitments of a plan."""
    return catalog.referring("commitments", "plan_id", plan.id)

"""Owns who owes a report in a round: the commitments that each organisation leads, and on which of them it reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Catalog, Record

CLOSED = frozenset({"done", "ended", "continued", "dropped"})
"""What a status means of which nothing more is awaited."""


@dataclass(frozen=True)
class Debt:
    """What an organisation has to report in a round."""

    organisation: str
    owed: tuple[str, ...]
    """Ids of the commitments, in the order of the plan."""
    reported: Mapping[str, Record]
    """The update of the round by commitment, where there is one."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Commitments without a report."""
        return tuple(commitment for commitment in self.owed if commitment not in self.reported)

    @property
    def unchanged(self) -> tuple[str, ...]:
        """Commitments of which it was only reported that nothing changed."""
        return tuple(key for key, update in self.reported.items() if update.get("no_change"))


@dataclass(frozen=True)
class Round:
    """A round of reports, whether it stands in the plan or is only thought of."""

    plan: str
    name: str
    opens_on: date | None = None
    due_on: date | None = None


def round_of(record: Record) -> Round:
    """Return the round of a record."""
    return Round(record.get("plan_id"), record.get("round"), record.get("opens_on"), record.get("due_on"))


def debts_of(catalog: Catalog, asked: Round) -> list[Debt]:
    """Return what each lead organisation owes in a round, by id of the organisation.

    A commitment that reports before the round closed, and that nobody reported on in the round, is not owed.
    """
    begins = asked.opens_on or asked.due_on
    owed: dict[str, list[str]] = {}
    reported: dict[str, Record] = {}
    commitments = catalog.referring("commitments", "plan_id", asked.plan)
    for commitment in sorted(commitments, key=lambda record: (record.get("number") or 0, record.id)):
        updates = catalog.referring("updates", "commitment_id", commitment.id)
        now = [update for update in updates if update.get("round") == asked.name]
        before = [
            update
            for update in updates
            if update.get("round") != asked.name and (begins is None or update.get("reported_on") < begins)
        ]
        if not now and _is_closed(catalog, commitment, before):
            continue
        for organisation in _leads(catalog, commitment):
            owed.setdefault(organisation, []).append(commitment.id)
        if now:
            reported[commitment.id] = now[-1]
    return [
        Debt(organisation, tuple(ids), {key: reported[key] for key in ids if key in reported})
        for organisation, ids in sorted(owed.items())
    ]


def _leads(catalog: Catalog, commitment: Record) -> list[str]:
    links = catalog.children(commitment, "commitment_organisations")
    named = dict.fromkeys(link.get("organisation_id") for link in links if link.get("role") == "lead")
    known = (catalog.find("organisations", name) for name in named)
    return [record.id for record in known if record is not None and record.get("kind") != "group"]


def _is_closed(catalog: Catalog, commitment: Record, updates: Iterable[Record]) -> bool:
    """Whether the commitment as a whole, or else each of its milestones, was closed by these reports."""
    newest: dict[str, str] = {}
    for update in sorted(updates, key=lambda record: (record.get("reported_on"), record.id)):
        for item in catalog.children(update, "update_items"):
            if status := item.get("status"):
                newest[item.get("milestone_id") or ""] = catalog.means("statuses", status)
    milestones = [record.id for record in catalog.children(commitment, "milestones")]
    if "" in newest:
        return newest[""] in CLOSED
    return bool(milestones) and all(newest.get(name) in CLOSED for name in milestones)


def state_of(asked: Round, missing: int, as_of: date) -> str:
    """Return how an organisation stands with a round that has a day."""
    if not missing:
        return "complete"
    if asked.due_on is not None and as_of > asked.due_on:
        return "late"
    return "not_open" if asked.opens_on is not None and as_of < asked.opens_on else "open"


def round_rows(catalog: Catalog, as_of: date) -> Iterator[Row]:
    """Yield a row a round and lead organisation that owes anything in it."""
    for record in catalog.rows("rounds"):
        asked = round_of(record)
        for debt in debts_of(catalog, asked):
            state = state_of(asked, len(debt.missing), as_of)
            left = (record.get("due_on") - as_of).days
            yield {
                "round_id": record.id,
                "organisation_id": debt.organisation,
                "plan_id": asked.plan,
                "as_of": as_of,
                "owed": len(debt.owed),
                "reported": len(debt.reported),
                "unchanged": len(debt.unchanged),
                "missing": len(debt.missing),
                "due_on": asked.due_on,
                "state": state,
                "days_to_due": left if left >= 0 else None,
                "days_overdue": -left if state == "late" else None,
            }

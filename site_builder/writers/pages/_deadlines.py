"""Owns the lists of milestones by deadline: which rows stand in each, the worst first, and how a row is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from site_builder.derive.counts import was_moved
from site_builder.derive.moves import moves_of
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.writers.pages._commitments import heading
from site_builder.writers.shapes import SCHEDULE
from site_builder.writers.voice import Voice


@dataclass(frozen=True, slots=True)
class Sort:
    """Which milestones a list holds and in which order."""

    holds: Callable[[Row], bool]
    order: Callable[[Row], Any]


SORTS = {
    "overdue": Sort(lambda row: row["schedule_status"] == "overdue", lambda row: -row["days_overdue"]),
    "soon": Sort(lambda row: row["schedule_status"] == "due_soon", lambda row: row["days_to_due"]),
    "moved": Sort(was_moved, lambda row: -(row["slippage_days"] or 0)),
    "unfinished": Sort(
        lambda row: row["schedule_status"] == "unfinished_at_end", lambda row: -(row["days_overdue"] or 0)
    ),
    "silent": Sort(lambda row: row["official_status"] is None, lambda row: row["due_current"] or date.max),
    "undated": Sort(lambda row: row["due_current"] is None, lambda _row: 0),
}
"""The lists by name; rows of one rank keep the order of the plan."""
LATE = Sort(lambda row: SORTS["overdue"].holds(row) or SORTS["unfinished"].holds(row), SORTS["unfinished"].order)
"""What is late: overdue, or unfinished when the plan ended."""


@dataclass(frozen=True, slots=True)
class Line:
    """A milestone in a list of deadlines."""

    id: str
    href: str
    title: str
    commitment_href: str
    commitment: str
    leads: Markup
    original: str
    current: str
    shape: str
    said: str
    """Days over or left, else what the calendar says."""
    is_late: bool
    reported: str
    """What the government reported, empty where it did not."""
    reported_on: str
    slippage: str = ""
    """By how many days the deadline was moved in all."""
    times: str = ""
    """How often."""
    moves: tuple[dict[str, Any], ...] = ()


def listed(rows: Iterable[Row], sort: Sort) -> list[Row]:
    """Return the rows that a list holds, the worst first."""
    return sorted((row for row in rows if sort.holds(row)), key=sort.order)


def late_of(voice: Voice, organisation: Record) -> list[Line]:
    """Return the late milestones of the commitments that an organisation leads, the worst first."""
    return [line(voice, row) for row in listed(led_by(voice, organisation), LATE)]


def led_by(voice: Voice, organisation: Record) -> list[Row]:
    """Return the schedule of the milestones of all commitments that an organisation leads."""
    catalog = voice.edition.catalog
    led = {
        link.get("commitment_id")
        for link in catalog.referring("commitment_organisations", "organisation_id", organisation.id)
        if link.get("role") == "lead"
    }
    commitments = (catalog.find("commitments", commitment) for commitment in sorted(led))
    return [
        voice.edition.derived.row("milestone_schedule", milestone.id)
        for commitment in commitments
        if commitment
        for milestone in catalog.children(commitment, "milestones")
    ]


def line(voice: Voice, row: Row, *, with_moves: bool = False) -> Line:
    """Return a milestone as it stands in a list."""
    catalog = voice.edition.catalog
    milestone = catalog.by_id["milestones"][row["milestone_id"]]
    commitment = catalog.by_id["commitments"][row["commitment_id"]]
    href = voice.link("commitment", commitment.id)
    original, current = row["due_baseline"], row["due_current"]
    shape, said = on_the_calendar(voice, row)
    return Line(
        id=milestone.id,
        href=f"{href}#{milestone.id.rsplit('-', 1)[-1]}",
        title=Markup("{}. {}").format(milestone.get("number"), voice.text(milestone, "title")),
        commitment_href=href,
        commitment=Markup("{}. {}").format(commitment.get("number"), heading(voice, commitment)[0]),
        leads=_leads(voice, commitment),
        original=voice.short_day(original) if original else voice.text(milestone, "due_as_adopted"),
        current=voice.short_day(current) if current else "",
        shape=shape,
        said=said,
        is_late=row["days_overdue"] is not None,
        reported=voice.title_label("statuses", row["official_status"]) if row["official_status"] else "",
        reported_on=voice.short_day(row["reported_on"]) if row["reported_on"] else "",
        slippage=voice.say("deadlines.by", count=row["slippage_days"]) if with_moves and row["slippage_days"] else "",
        times=voice.say("deadlines.times", count=row["date_move_count"]) if row["date_move_count"] else "",
        moves=tuple(_moves(voice, row["milestone_id"])) if with_moves else (),
    )


def on_the_calendar(voice: Voice, row: Row) -> tuple[str, str]:
    """Return the shape of a milestone's schedule and the days over or left, else the schedule in words."""
    shape = SCHEDULE[row["schedule_status"]]
    if row["days_overdue"]:
        return shape, voice.say("milestone.days_overdue", count=row["days_overdue"])
    if row["days_to_due"] == 0:
        return shape, voice.say("deadlines.today")
    if row["days_to_due"]:
        return shape, voice.say("deadlines.left", count=row["days_to_due"])
    return shape, voice.title_label("schedule_statuses", row["schedule_status"])


def _leads(voice: Voice, commitment: Record) -> Markup:
    """Return who leads a commitment, each linked; empty where nobody is stated."""
    catalog = voice.edition.catalog
    leads = [
        voice.named("organisation", organisation)
        for link in catalog.children(commitment, "commitment_organisations")
        if link.get("role") == "lead" and (organisation := catalog.find("organisations", link.get("organisation_id")))
    ]
    return Markup(", ").join(leads)


def _moves(voice: Voice, milestone: str) -> list[dict[str, Any]]:
    """Return each move of a deadline, with its reason as reported, oldest first."""
    if ("moves", "") not in voice.memory:
        voice.memory["moves", ""] = moves_of(voice.edition.catalog)
    moves: Any = voice.memory["moves", ""]
    reason = voice.edition.schemas["date_changes"].by_name["reason"]
    return [
        {
            "reported": Markup(voice.say("deadlines.reported_move", day="{}")).format(
                voice.short_day(move.reported_on)
            ),
            "old": voice.short_day(move.old.value),
            "new": voice.short_day(move.new.value),
            "reason": voice.rich(move.record, reason),
            "decision": voice.text(move.record, "decision"),
            "after_due": move.after_due,
        }
        for move in moves.get(milestone, ())
    ]

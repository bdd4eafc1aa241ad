"""The deadlines of a plan: what is late, due soon, moved, unfinished, not reported or without a date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from site_builder.derive.schedule import SOON_DAYS
from site_builder.nouns.derived import Row
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._deadlines import SORTS, line, listed
from site_builder.writers.voice import Voice

TEMPLATE = "deadlines.html"
SHOWN = 40
"""Rows of a list on the page; of a longer one the rest stands in the table."""


@dataclass(frozen=True)
class Schedule:
    """The milestones of a plan, and what the sentences over the lists need."""

    rows: tuple[Row, ...]
    as_of: date
    end: date
    ended: bool

    @property
    def assessed(self) -> int:
        """Number of milestones that could be late: with a deadline and not withdrawn."""
        return sum(row["due_current"] is not None and row["schedule_status"] != "withdrawn" for row in self.rows)

    def count(self, status: str) -> int:
        return sum(row["schedule_status"] == status for row in self.rows)


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for plan in catalog.rows("plans"):
        yield from in_languages("deadlines", plan.id, f"plans/{plan.id}/deadlines", catalog)


def view(voice: Voice) -> dict[str, Any]:
    plan = voice.edition.catalog.by_id["plans"][voice.page.subject]
    schedule = _schedule(voice, plan)
    sections = [_section(voice, schedule, name) for name in SORTS] if schedule.rows else []
    name = voice.plain(plan, "short_title")
    return {
        "title": voice.say("deadlines.title", plan=name),
        "heading": voice.say("deadlines"),
        "description": voice.say("deadlines.description", plan=name),
        "crumbs": [
            Crumb(voice.link("home"), voice.say("home")),
            Crumb(voice.link("plan", plan.id), voice.text(plan, "short_title")),
        ],
        "here": voice.say("deadlines"),
        "kicker": voice.named("plan", plan, "short_title"),
        "lede": _lede(voice, schedule),
        "sections": sections,
        "timeline": voice.link("timeline", plan.id),
        "rounds": voice.link("rounds", plan.id),
        "table": voice.link("table", "milestone_schedule"),
        "csv": voice.to("data/latest/milestone_schedule.csv"),
        "json": voice.to("data/latest/milestone_schedule.json"),
    }


def _schedule(voice: Voice, plan: Record) -> Schedule:
    summary = voice.edition.derived.row("plan_summary", plan.id)
    rows = tuple(row for row in voice.edition.derived.tables["milestone_schedule"] if row["plan_id"] == plan.id)
    return Schedule(rows, voice.edition.derived.as_of, summary["last_day"], summary["ended"])


def _lede(voice: Voice, schedule: Schedule) -> Markup:
    first = Markup(voice.say("lede.plan_ended" if schedule.ended else "lede.plan_runs", day="{}"))
    if not schedule.rows:
        return Markup("{} {}").format(first.format(voice.day(schedule.end)), voice.say("milestones.none"))
    dated = sum(row["due_current"] is not None for row in schedule.rows)
    told = voice.say("answer.dated", dated=dated, count=len(schedule.rows))
    return Markup("{} {}").format(first.format(voice.day(schedule.end)), told)


def _section(voice: Voice, schedule: Schedule, name: str) -> dict[str, Any]:
    rows = listed(schedule.rows, SORTS[name])
    return {
        "id": name,
        "heading": voice.say(f"deadlines.{name}"),
        "count": voice.formats.number(len(rows)),
        "sentences": list(_sentences(voice, schedule, name, rows)),
        "caption": voice.say(f"deadlines.caption.{name}"),
        "rows": [line(voice, row, with_moves=name == "moved") for row in rows[:SHOWN]],
        "shown": voice.say("deadlines.shown", shown=SHOWN, count=len(rows)) if len(rows) > SHOWN else "",
    }


def _sentences(voice: Voice, schedule: Schedule, name: str, rows: list[Row]) -> Iterable[Markup]:
    """Yield how many of how many as of when, and why there are none where that is certain."""
    total = schedule.assessed if name in ("overdue", "soon") else len(schedule.rows)
    phrase = Markup(
        voice.say(
            _phrase(schedule, name, rows),
            count=len(rows),
            total=total,
            late=sum(bool(row["moved_after_due"]) for row in rows),
            window=SOON_DAYS,
            day="{day}",
            end="{end}",
        )
    )
    yield phrase.format(day=voice.day(schedule.as_of), end=voice.day(schedule.end))
    closed, continued = schedule.count("closed_unfinished"), schedule.count("continued")
    if name == "unfinished" and (closed or continued):
        yield Markup(voice.say("deadlines.closed", closed=closed, continued=continued, total=total))


def _phrase(schedule: Schedule, name: str, rows: list[Row]) -> str:
    """Return the key of the sentence over a list."""
    if rows:
        return f"deadlines.{name}_some"
    if name in ("overdue", "soon"):
        if schedule.ended:
            return f"deadlines.{name}_ended"
        if not schedule.assessed:
            return "deadlines.no_dates"
    if name == "unfinished" and not schedule.ended:
        return "deadlines.unfinished_runs"
    return f"deadlines.{name}_none"

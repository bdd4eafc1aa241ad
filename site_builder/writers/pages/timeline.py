"""The milestones of a plan over time: how each stood at the end of each quarter, and its dates in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._bands import band
from site_builder.writers.pages._commitments import heading, milestones_of
from site_builder.writers.pages._timeline import matrix, timeline_file
from site_builder.writers.voice import Voice

TEMPLATE = "timeline.html"
SHOWN = 120
"""Milestones on the page; of a longer plan the commitments that follow stand in the table."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for plan in catalog.rows("plans"):
        yield from in_languages("timeline", plan.id, f"plans/{plan.id}/milestones", catalog)


def view(voice: Voice) -> dict[str, Any]:
    plan = voice.edition.catalog.by_id["plans"][voice.page.subject]
    commitments = voice.edition.commitments_of.get(plan.id, ())
    planned = tuple(record for record in commitments if milestones_of(voice, record))
    shown = _shown(voice, planned)
    name = voice.plain(plan, "short_title")
    return {
        "title": voice.say("timeline.title", plan=name),
        "heading": voice.say("timeline"),
        "description": voice.say("timeline.description", plan=name),
        "crumbs": [
            Crumb(voice.link("home"), voice.say("home")),
            Crumb(voice.link("plan", plan.id), voice.text(plan, "short_title")),
        ],
        "here": voice.say("timeline"),
        "kicker": voice.named("plan", plan, "short_title"),
        "lede": _lede(voice, plan),
        "silent": voice.say("timeline.without", count=len(commitments) - len(planned), total=len(commitments))
        if planned and len(planned) < len(commitments)
        else "",
        "matrix": matrix(voice, plan, shown) if planned else None,
        "caption": Markup(voice.say("timeline.caption", day="{}")).format(voice.day(voice.edition.derived.as_of)),
        "shown": voice.say("timeline.shown", shown=len(shown), count=len(planned)) if len(shown) < len(planned) else "",
        "commitments": [_commitment(voice, plan, record) for record in shown],
        "deadlines": voice.link("deadlines", plan.id),
        "svg": voice.to(timeline_file(plan, voice.code)),
        "table": voice.link("table", "milestone_state"),
        "csv": voice.to("data/latest/milestone_state.csv"),
        "json": voice.to("data/latest/milestone_state.json"),
        "schedule_csv": voice.to("data/latest/milestone_schedule.csv"),
    }


def _shown(voice: Voice, commitments: tuple[Record, ...]) -> tuple[Record, ...]:
    """Return the first commitments, up to so many milestones, and always one."""
    count = 0
    shown: list[Record] = []
    for record in commitments:
        count += len(milestones_of(voice, record))
        if shown and count > SHOWN:
            break
        shown.append(record)
    return tuple(shown)


def _lede(voice: Voice, plan: Record) -> Markup:
    summary = voice.edition.derived.row("plan_summary", plan.id)
    first = Markup(voice.say("lede.plan_ended" if summary["ended"] else "lede.plan_runs", day="{}"))
    rows = [row for row in voice.edition.derived.tables["milestone_schedule"] if row["plan_id"] == plan.id]
    reported = sum(row["official_status"] is not None for row in rows)
    if not rows:
        second = voice.say("milestones.none")
    elif reported:
        second = voice.say("timeline.reported", reported=reported, count=len(rows))
    else:
        second = voice.say("timeline.unreported", count=len(rows))
    return Markup("{} {}").format(first.format(voice.day(summary["last_day"])), second)


def _commitment(voice: Voice, plan: Record, record: Record) -> dict[str, Any]:
    milestones = milestones_of(voice, record)
    href = voice.link("commitment", record.id)
    return {
        "id": record.id,
        "number": record.get("number"),
        "href": href,
        "heading": heading(voice, record)[0],
        "band": band(voice, plan, milestones, id_=f"b-{record.id}"),
        "svg": voice.to(timeline_file(record, voice.code)),
        "milestones": [
            (item.get("number"), f"{href}#{item.id.rsplit('-', 1)[-1]}", voice.text(item, "title"), _dates(voice, item))
            for item in milestones
        ],
    }


def _dates(voice: Voice, milestone: Record) -> Markup:
    """Return what is known of a milestone's time in words: begins, due, moved, done or reported."""
    row = voice.edition.derived.row("milestone_schedule", milestone.id)
    start, original, current = milestone.get("start_date"), row["due_baseline"], row["due_current"]
    parts: list[str] = []
    if start:
        parts.append(Markup(voice.say("timeline.begins", day="{}")).format(voice.short_day(start)))
    if current:
        parts.append(Markup(voice.say("timeline.due", day="{}")).format(voice.short_day(current)))
    else:
        adopted = voice.text(milestone, "due_as_adopted")
        parts.append(Markup(voice.say("timeline.due", day="{}")).format(adopted or voice.say("fact.missing_short")))
    if original and original != current:
        parts.append(Markup(voice.say("timeline.first_due", day="{}")).format(voice.short_day(original)))
    if row["date_move_count"]:
        parts.append(voice.say("timeline.moved", count=row["date_move_count"]))
    if row["completed_on"]:
        parts.append(Markup(voice.say("timeline.done", day="{}")).format(voice.short_day(row["completed_on"])))
    elif row["official_status"]:
        told = Markup(voice.say("timeline.told", status="{}", day="{}"))
        parts.append(told.format(voice.label("statuses", row["official_status"]), voice.short_day(row["reported_on"])))
    else:
        parts.append(voice.say("timeline.no_report"))
    return Markup("; ").join(parts)

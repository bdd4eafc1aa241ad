"""The data plan: what is to be done about data, by whom and until when; lateness is what the calendar says."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.writers.pages._deadlines import on_the_calendar
from site_builder.writers.pages._frameworks.gaps import indicator_of
from site_builder.writers.pages._frameworks.naming import marked, missing, organisation_named, placed
from site_builder.writers.pages._frameworks.parts import Grid, Part, columns_of, files_of
from site_builder.writers.voice import Voice

TABLE = "data_plan_schedule"
LATE = "overdue"


def data_plan_parts(voice: Voice, framework: Record) -> Iterator[Part]:
    rows = sorted(
        voice.edition.derived.referring(TABLE, "framework_id", framework.id),
        key=lambda row: (row["due_baseline"] is None, str(row["due_baseline"]), row["data_action_id"]),
    )
    dated = [row for row in rows if row["due_baseline"]]
    late = sum(row["schedule_status"] == LATE for row in rows)
    told = [voice.say("framework.data_plan.told", count=len(rows), dated=len(dated), late=late)]
    if any(row["illustrative"] for row in rows):
        told.append(Markup("<b>{}</b>").format(voice.say("framework.data_plan.not_given")))
    heads = columns_of(
        voice,
        (TABLE, "data_action_id"),
        (TABLE, "organisation_id"),
        (TABLE, "due_baseline"),
        (TABLE, "schedule_status"),
        (TABLE, "status"),
    )
    shown = tuple(_row(voice, row) for row in rows)
    yield Part(
        "actions",
        voice.say("framework.data-plan"),
        tuple(told) if rows else (voice.say("framework.data_plan.none"),),
        voice.say("framework.data_plan.rule"),
        files_of(voice, TABLE, "data_plan"),
        any(row["illustrative"] for row in rows),
        grids=(Grid(voice.say("framework.data_plan.caption"), tuple(heads), shown),) if rows else (),
        is_wide=True,
    )


def _row(voice: Voice, row: Row) -> tuple[str, ...]:
    action = voice.edition.catalog.by_id["data_plan"][row["data_action_id"]]
    shape, said = on_the_calendar(voice, row)
    late = ' class="due"' if row["days_overdue"] else ""
    name = Markup('{} <small class="prov">{}</small>').format(
        marked(voice, voice.text(action, "title"), row), _about(voice, row)
    )
    return (
        name,
        organisation_named(voice, row["organisation_id"]),
        voice.short_day(row["due_baseline"]) if row["due_baseline"] else missing(voice),
        Markup(f'<span class="mark {shape}"></span><span{late}>{{}}</span>').format(said),
        voice.title_label("statuses", row["status"]) if row["status"] else missing(voice),
    )


def _about(voice: Voice, row: Row) -> str:
    """Return the indicator or the outcome that an action is for."""
    told = []
    if row["indicator_id"]:
        told.append(indicator_of(voice, row["indicator_id"]))
    if row["outcome_id"]:
        told.append(placed(voice, voice.edition.catalog.by_id["outcomes"][row["outcome_id"]]))
    return Markup(", ").join(told)

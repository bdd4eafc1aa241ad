"""The hand-out of the workshop: session by session what was to be produced and what there is, made to be printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from site_builder.nouns.derived import Row
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.facts import Fact
from site_builder.writers.pages import in_languages
from site_builder.writers.pages._frameworks.naming import head_of, indicator_named, marked, numbered, placed, summary_of
from site_builder.writers.pages._frameworks.parts import Column, Grid, files_of
from site_builder.writers.pages.framework import groups_of, report_link, sessions_of, states_told
from site_builder.writers.voice import Voice

TEMPLATE = "framework_sessions.html"
TABLE = "session_summary"
FACTS = ("starts_from", "task", "leads_to")
POINTS = ("next_step", "challenge", "opportunity")
INDICATORS = ("adopted", "additional", "new_outcome", "remaining_adopted", "remaining_open", "rejected")
COUNTS = (
    *("outcome_original_count", "outcome_new_count", "issue_count", "reviewed_pair_count"),
    *("reference_count", "target_count"),
    *(f"indicator_{decision}_count" for decision in INDICATORS),
)
"""Columns of the summaries, in the order of the sessions that fill them."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for record in catalog.rows("frameworks"):
        yield from in_languages("framework-sessions", record.id, f"frameworks/{record.id}/sessions", catalog)


def view(voice: Voice) -> dict[str, Any]:
    framework = voice.edition.catalog.by_id["frameworks"][voice.page.subject]
    sessions = sessions_of(voice, framework)
    whole = summary_of(voice, "framework_summary", framework)
    about = voice.say("framework.about.sessions")
    return {
        **head_of(voice, framework, voice.say("framework.sessions")),
        "description": about,
        "lede": about,
        "groups": groups_of(voice, framework),
        "states": states_told(voice, framework),
        "whole": _whole(voice, whole),
        "whole_mark": marked(voice, "", whole),
        "sessions": [_session(voice, session, is_last=session == sessions[-1]) for session in sessions],
        "data_plan": report_link(voice, framework, "data-plan"),
        "coverage": report_link(voice, framework, "coverage"),
        "files": files_of(voice, TABLE, "framework_summary", "sessions", "session_points"),
    }


def _whole(voice: Voice, row: Row) -> Grid:
    """Return what there is in all, whether or not its session is told."""
    heads = (
        Column(voice.say("framework.sessions.what")),
        Column(voice.say("framework.sessions.number"), is_number=True),
    )
    counts = (*COUNTS, *(f"{point}_count" for point in POINTS), "data_action_count")
    rows = tuple(
        (voice.field_label_of("framework_summary", column), voice.formats.number(row[column])) for column in counts
    )
    return Grid(voice.say("framework.sessions.whole_caption"), heads, rows)


def _session(voice: Voice, session: Record, *, is_last: bool) -> dict[str, Any]:
    (row,) = voice.edition.derived.referring(TABLE, "session_id", session.id)
    held = session.get("held_on")
    return {
        "anchor": f"session-{session.get('number')}",
        "number": voice.say("framework.session", number=session.get("number")),
        "title": marked(voice, voice.text(session, "title"), session),
        "origin": voice.origin(session, "title"),
        "day": voice.day(held) if held else "",
        "state": voice.title_label("session_states", session.get("session_state")),
        "facts": [
            Fact(voice.field_label_of("sessions", name), text) for name in FACTS if (text := voice.text(session, name))
        ],
        "produced": [item for column in COUNTS if row[column] for item in (_produced(voice, session, column, row),)],
        "points": _points(voice, session, row) if is_last or any(row[f"{point}_count"] for point in POINTS) else [],
        "note": voice.text(session, "note"),
    }


def _produced(voice: Voice, session: Record, column: str, row: Row) -> dict[str, Any]:
    """Return a count of what a session produced, and what it is; pairs are too many to be listed."""
    return {
        "label": marked(voice, voice.field_label_of(TABLE, column), row),
        "count": voice.formats.number(row[column]),
        "entries": _listed(voice, session, column),
        "is_pairs": column == "reviewed_pair_count",
    }


def _listed(voice: Voice, session: Record, column: str) -> list[str]:
    """Return what a count counts: each once, in the order of the areas."""
    catalog = voice.edition.catalog

    def rows(table: str) -> Iterable[Record]:
        return catalog.referring(table, "session_id", session.id)

    if column.startswith("outcome_"):
        origin = column.removeprefix("outcome_").removesuffix("_count")
        return [placed(voice, row) for row in _by_area(voice, rows("outcomes")) if row.get("origin") == origin]
    if column == "issue_count":
        return [placed(voice, row) for row in _by_area(voice, rows("issues"))]
    if column in ("reference_count", "target_count"):
        role = column.removesuffix("_count")
        named = (row for row in rows("inclusions") if catalog.means("inclusion_roles", row.get("role")) == role)
        names = dict.fromkeys(row.get("population_id") for row in named)
        groups = (catalog.by_id["populations"][name] for name in names)
        return [marked(voice, voice.text(group, "name"), group) for group in groups]
    if column.startswith("indicator_"):
        decision = column.removeprefix("indicator_").removesuffix("_count")
        return _indicators(voice, (row for row in rows("outcome_indicators") if row.get("decision") == decision))
    return []


def _by_area(voice: Voice, rows: Iterable[Record]) -> list[Record]:
    areas = voice.edition.catalog.by_id["areas"]
    return sorted(rows, key=lambda row: (areas[row.get("area_id")].get("number") or 0, row.get("number") or 0, row.id))


def _indicators(voice: Voice, links: Iterable[Record]) -> list[str]:
    """Return indicators, each once, with the outcomes for which it was decided."""
    catalog = voice.edition.catalog
    outcomes: dict[str, list[Record]] = {}
    for link in links:
        outcomes.setdefault(link.get("indicator_id"), []).append(catalog.by_id["outcomes"][link.get("outcome_id")])
    return [
        voice.say(
            "framework.sessions.decided",
            indicator=indicator_named(voice, catalog.by_id["indicators"][name]),
            outcomes=Markup(", ").join(placed(voice, row) for row in _by_area(voice, named)),
        )
        for name, named in outcomes.items()
    ]


def _points(voice: Voice, session: Record, row: Row) -> list[dict[str, Any]]:
    """Return next steps, challenges and opportunities; where none is stated there is room to write on paper."""
    points = numbered(voice.edition.catalog.referring("session_points", "session_id", session.id))
    return [
        {
            "label": voice.field_label_of(TABLE, f"{kind}_count"),
            "count": voice.formats.number(row[f"{kind}_count"]),
            "entries": [_point(voice, point) for point in points if point.get("kind") == kind],
        }
        for kind in POINTS
    ]


def _point(voice: Voice, point: Record) -> str:
    """Return a point with who takes it on and until when, where that is stated."""
    organisation = voice.edition.catalog.find("organisations", point.get("organisation_id") or "")
    due = point.get("due_on")
    more = [
        voice.named("organisation", organisation) if organisation else "",
        voice.short_day(due) if due else "",
    ]
    shown = marked(voice, voice.text(point, "title"), point)
    told = Markup(", ").join(part for part in more if part)
    return Markup('{} <small class="prov">{}</small>').format(shown, told) if told else shown

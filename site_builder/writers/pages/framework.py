"""The page of an indicator framework: what it is, its areas, what its reports find, its working sessions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.facts import Fact, facts_of
from site_builder.writers.pages import in_languages
from site_builder.writers.pages._frameworks import REPORTS, SESSIONS
from site_builder.writers.pages._frameworks.coverage import row_of
from site_builder.writers.pages._frameworks.naming import (
    aligned,
    area_named,
    areas_of,
    heading_of,
    marked,
    notice,
    numbered,
    plain_title,
    summary_of,
    way_to,
)
from site_builder.writers.pages._frameworks.parts import files_of
from site_builder.writers.voice import Voice

TEMPLATE = "framework.html"
YEARS = ("base_year", "target_year")
PLACED = frozenset({"title", "short_title", "description", "illustrative", "note", *YEARS})
Count = tuple[str, str, str]
"""A figure, the sentence that says what it is of, and the page that tells more."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for record in catalog.rows("frameworks"):
        yield from in_languages("framework", record.id, f"frameworks/{record.id}", catalog)


def view(voice: Voice) -> dict[str, Any]:
    framework = voice.edition.catalog.by_id["frameworks"][voice.page.subject]
    description = voice.edition.schemas["frameworks"].by_name["description"]
    summary = summary_of(voice, "framework_summary", framework)
    return {
        "title": plain_title(voice, framework),
        "heading": heading_of(voice, framework),
        "origin": voice.origin(framework, "title"),
        "notice": notice(voice, framework),
        "description": voice.plain(framework, "description") or plain_title(voice, framework),
        "crumbs": way_to(voice, framework)[:-1],
        "here": plain_title(voice, framework),
        "lede": voice.rich(framework, description),
        "sizes": _sizes(voice, summary),
        "counts": list(_counts(voice, framework)),
        "is_illustrative": bool(framework.get("illustrative")),
        "areas": [_area(voice, area) for area in areas_of(voice, framework)],
        "reports": [
            (report_link(voice, framework, name), voice.say(f"framework.{name}"), voice.say(f"framework.about.{name}"))
            for name in REPORTS
        ],
        "sessions": [_session(voice, session) for session in sessions_of(voice, framework)],
        "states": states_told(voice, framework),
        "hand_out": voice.link("framework-sessions", framework.id),
        "groups": groups_of(voice, framework),
        "facts": [*_years(voice, framework), *facts_of(voice, framework, besides=PLACED)],
        "files": files_of(voice, "framework_summary", "outcomes", "issues", "outcome_indicators", "populations"),
        "indicators": voice.link("indicators"),
    }


def report_link(voice: Voice, framework: Record, name: str) -> str:
    if name == SESSIONS:
        return voice.link("framework-sessions", framework.id)
    return voice.link("framework-report", f"{framework.id}/{name}")


def sessions_of(voice: Voice, framework: Record) -> list[Record]:
    return numbered(voice.edition.catalog.referring("sessions", "framework_id", framework.id))


def states_told(voice: Voice, framework: Record) -> list[tuple[str, str]]:
    """Return the states in which sessions are, with what each says: planned does not say whether one was held."""
    found = {session.get("session_state") for session in sessions_of(voice, framework)}
    codes = voice.edition.catalog.codes_of.get("session_states", ())
    return [
        (voice.title_label("session_states", code.get("code")), voice.text(code, "definition"))
        for code in codes
        if code.get("code") in found
    ]


def groups_of(voice: Voice, framework: Record) -> list[str]:
    """Return the working groups, in the order of their areas."""
    rows = voice.edition.catalog.referring("working_groups", "framework_id", framework.id)
    places = {area.id: place for place, area in enumerate(areas_of(voice, framework))}
    ordered = sorted(rows, key=lambda row: (places.get(row.get("area_id") or "", len(places)), row.id))
    return [marked(voice, voice.text(row, "name"), row) for row in ordered]


def _years(voice: Voice, framework: Record) -> Iterator[Fact]:
    """Yield the years between which progress counts: names of years, and no numbers."""
    for name in YEARS:
        if year := framework.get(name):
            label = voice.field_label_of("frameworks", name)
            yield Fact(label, str(year), origin=voice.origin(framework, name))


def _sizes(voice: Voice, summary: Any) -> str:
    return voice.say(
        "framework.told",
        areas=summary["area_count"],
        original=summary["outcome_original_count"],
        new=summary["outcome_new_count"],
        issues=summary["issue_count"],
        concepts=summary["concept_count"],
        actions=summary["data_action_count"],
    )


def _counts(voice: Voice, framework: Record) -> Iterator[Count]:
    """Yield what the reports find in a sentence each, every figure with what it is of."""
    derived, counted = voice.edition.derived, aligned(voice, framework)
    for measure, report in (
        ("with_indicator", "gaps"),
        ("with_data", "alignment"),
        ("with_breakdowns", "disaggregation"),
        ("with_both_groups", "inclusiveness"),
    ):
        row = counted[measure]
        yield _count(voice, framework, report, (measure, row["count"], row["total"]))
    coverage = row_of(voice, framework)
    yield _count(voice, framework, "coverage", ("covered", coverage["covered_count"], coverage["relevant_count"]))
    actions = derived.referring("data_plan_schedule", "framework_id", framework.id)
    late = sum(row["schedule_status"] == "overdue" for row in actions)
    yield _count(voice, framework, "data-plan", ("late", late, len(actions)))


def _count(voice: Voice, framework: Record, report: str, told: tuple[str, int, int]) -> Count:
    name, count, total = told
    sentence = voice.say(f"framework.counts.{name}", total=total)
    return voice.formats.number(count), sentence, report_link(voice, framework, report)


def _area(voice: Voice, area: Record) -> tuple[str, str]:
    """Return an area, with how many of its outcomes have an indicator."""
    counted = aligned(voice, area)["with_indicator"]
    issues = len(voice.edition.catalog.referring("issues", "area_id", area.id))
    told = voice.say("framework.area_told", count=counted["count"], total=counted["total"], issues=issues)
    return marked(voice, area_named(voice, area), area), told


def _session(voice: Voice, session: Record) -> dict[str, str]:
    held = session.get("held_on")
    return {
        "name": marked(voice, voice.text(session, "title"), session),
        "number": voice.formats.number(session.get("number")),
        "day": voice.short_day(held) if held else "",
        "leads_to": voice.text(session, "leads_to"),
        "state": voice.title_label("session_states", session.get("session_state")),
    }

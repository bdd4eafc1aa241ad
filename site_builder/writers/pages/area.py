"""The page of a policy area: its outcomes with groups, indicators and commitments, its issues with their concepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import Markup

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.facts import Fact
from site_builder.writers.pages import in_languages
from site_builder.writers.pages._commitments import plain_heading
from site_builder.writers.pages._frameworks.coverage import coverage_said, row_of
from site_builder.writers.pages._frameworks.inclusiveness import ROLES, named_groups
from site_builder.writers.pages._frameworks.naming import (
    aligned,
    anchor,
    areas_of,
    head_of,
    marked,
    numbered,
    placed,
    short,
)
from site_builder.writers.pages._frameworks.parts import files_of, joined
from site_builder.writers.pages._indicators import ground_of
from site_builder.writers.voice import Voice

TEMPLATE = "framework_area.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for record in catalog.rows("areas"):
        framework = record.get("framework_id")
        folder = f"frameworks/{framework}/areas/{short(record, framework)}"
        yield from in_languages("area", record.id, folder, catalog)


def view(voice: Voice) -> dict[str, Any]:
    catalog = voice.edition.catalog
    area = catalog.by_id["areas"][voice.page.subject]
    framework = catalog.by_id["frameworks"][area.get("framework_id")]
    outcomes, issues = (numbered(catalog.referring(table, "area_id", area.id)) for table in ("outcomes", "issues"))
    counted = aligned(voice, area)["with_indicator"]
    lede = voice.say("framework.area_told", count=counted["count"], total=counted["total"], issues=len(issues))
    groups = catalog.referring("working_groups", "area_id", area.id)
    return {
        **head_of(voice, framework, voice.plain(area, "title")),
        # the area is the policy's own where what stands in it is an illustration
        "heading": marked(voice, voice.text(area, "title"), area),
        "origin": voice.origin(area, "title"),
        "description": lede,
        "lede": lede,
        "told": voice.text(area, "description"),
        "groups": joined(marked(voice, voice.text(group, "name"), group) for group in groups),
        "outcomes": [_outcome(voice, outcome) for outcome in outcomes],
        "issues": [_issue(voice, issue) for issue in issues],
        "others": [
            (voice.link("area", other.id), voice.text(other, "title"))
            for other in areas_of(voice, framework)
            if other != area
        ],
        "files": files_of(voice, "outcomes", "issues", "outcome_indicators", "inclusions", "coverage"),
    }


def _outcome(voice: Voice, outcome: Record) -> dict[str, Any]:
    (gap,) = voice.edition.derived.referring("gap_typology", "record_id", outcome.id)
    return {
        "anchor": anchor(outcome),
        "heading": marked(voice, voice.text(outcome, "title"), outcome),
        "meta": _session_of(voice, outcome, _origin(voice, outcome)),
        "text": voice.text(outcome, "description"),
        "facts": [*_of_outcome(voice, outcome), Fact(voice.say("framework.meets"), _gap(voice, gap["gap_type"]))],
        "note": voice.text(outcome, "note"),
    }


def _origin(voice: Voice, outcome: Record) -> str:
    """Return whether an outcome stood in the draft policy; in an illustration nothing did."""
    return marked(voice, voice.title_label("outcome_origins", outcome.get("origin")), outcome)


def _gap(voice: Voice, code: str) -> str:
    """Return how policy and data meet, with what that means."""
    record = voice.edition.catalog.code("gap_types", code)
    meaning = voice.text(record, "definition") if record else ""
    return Markup('{} <small class="prov">{}</small>').format(voice.title_label("gap_types", code), meaning)


def _session_of(voice: Voice, record: Record, told: str) -> str:
    """Return what is said of an outcome or issue, with the session in which it came up."""
    session = voice.edition.catalog.find("sessions", record.get("session_id") or "")
    named = voice.say("framework.session", number=session.get("number")) if session else ""
    return Markup(" · ").join(part for part in (told, named) if part)


def _of_outcome(voice: Voice, outcome: Record) -> Iterator[Fact]:
    catalog = voice.edition.catalog
    for role in ROLES:
        code = next(row for row in catalog.codes_of["inclusion_roles"] if row.get("means") == role)
        yield _fact(voice, voice.title_label("inclusion_roles", code.get("code")), [named_groups(voice, outcome, role)])
    links = catalog.referring("outcome_indicators", "outcome_id", outcome.id)
    yield _fact(voice, voice.say("indicators"), [_indicator(voice, link) for link in links])
    issues = (
        catalog.by_id["issues"][row.get("issue_id")]
        for row in catalog.referring("outcome_issues", "outcome_id", outcome.id)
    )
    yield _fact(voice, voice.say("framework.issues"), [placed(voice, issue) for issue in issues])
    yield _fact(voice, voice.say("commitments"), _commitments(voice, links))


def _fact(voice: Voice, label: str, entries: list[str]) -> Fact:
    """Return what an outcome names under a label; that it names nothing is said."""
    named = tuple(entry for entry in entries if entry)
    if not named:
        return Fact(label, voice.say("framework.none"), missing=True)
    return Fact(label, named[0]) if len(named) == 1 else Fact(label, entries=named)


def _indicator(voice: Voice, link: Record) -> str:
    """Return an indicator with what was decided of it and whether there are data."""
    indicator = voice.edition.catalog.by_id["indicators"][link.get("indicator_id")]
    data = voice.say("framework.data" if ground_of(voice).has_data(indicator.id) else "framework.no_data")
    decision = voice.label("indicator_decisions", link.get("decision"))
    told = Markup('<small class="prov">{}</small>').format(voice.say("framework.decided", decision=decision, data=data))
    return Markup("{} {}").format(marked(voice, voice.named("indicator", indicator), link), told)


def _commitments(voice: Voice, links: Iterable[Record]) -> list[str]:
    """Return the commitments whose own numbers are linked to indicators of an outcome."""
    catalog = voice.edition.catalog
    found: dict[str, Record] = {}
    for link in links:
        for measured in catalog.referring("indicator_measures", "indicator_id", link.get("indicator_id")):
            measure = catalog.find("measures", measured.get("measure_id"))
            commitment = catalog.find("commitments", measure.get("commitment_id")) if measure else None
            if commitment:
                found[commitment.id] = commitment
    return [
        Markup('<a href="{}">{}</a>').format(voice.link("commitment", row.id), plain_heading(voice, row))
        for row in found.values()
    ]


def _issue(voice: Voice, issue: Record) -> dict[str, Any]:
    row = row_of(voice, issue)
    named: dict[str, list[str]] = {}
    for pair in voice.edition.catalog.referring("coverage", "issue_id", issue.id):
        concept = voice.edition.catalog.by_id["core_concepts"][pair.get("core_concept_id")]
        named.setdefault(pair.get("mark"), []).append(voice.text(concept, "name"))
    marks = [
        Fact(voice.title_label("coverage_marks", code.get("code")), joined(named[code.get("code")]))
        for code in voice.edition.catalog.codes_of.get("coverage_marks", ())
        if code.get("code") in named
    ]
    unreviewed = voice.say("framework.concepts", count=row["not_reviewed_count"], total=row["pair_count"])
    return {
        "anchor": anchor(issue),
        "heading": marked(voice, voice.text(issue, "title"), issue),
        "meta": _session_of(voice, issue, ""),
        "text": voice.text(issue, "description"),
        "facts": [
            *marks,
            Fact(voice.field_label_of("coverage_summary", "not_reviewed_count"), unreviewed),
            Fact(voice.say("framework.coverage"), coverage_said(voice, row)),
        ],
        "note": voice.text(issue, "note"),
    }

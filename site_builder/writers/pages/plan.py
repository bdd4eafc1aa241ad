"""The page of a plan: how it stands, its commitments with three answers each, its history, findings and facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from site_builder.nouns.output import LATEST
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.facts import Fact, facts_of, shown_value
from site_builder.writers.forms.plans import plan_file
from site_builder.writers.happenings import event_anchor
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._answers import in_brief
from site_builder.writers.pages._bands import band, band_key
from site_builder.writers.pages._changes import what_changed
from site_builder.writers.pages._commitments import heading, milestones_of, period
from site_builder.writers.pages._findings import Findings, findings_of, newest_first
from site_builder.writers.pages._plans import commitment_total, counts, gaps, standing
from site_builder.writers.pages._timeline import timeline_file
from site_builder.writers.voice import Voice

TEMPLATE = "plan.html"
PLACED = frozenset({"title", "short_title"})
"""Fields that have a place of their own on the page."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for plan in catalog.rows("plans"):
        yield from in_languages("plan", plan.id, f"plans/{plan.id}", catalog)


def view(voice: Voice) -> dict[str, Any]:
    catalog = voice.edition.catalog
    plan = catalog.by_id["plans"][voice.page.subject]
    commitments = voice.edition.commitments_of.get(plan.id, ())
    milestones = tuple(record for commitment in commitments for record in milestones_of(voice, commitment))
    events = sorted(catalog.children(plan, "plan_events"), key=lambda record: str(record.get("happened_on")))
    return {
        "title": voice.plain(plan, "title"),
        "heading": voice.text(plan, "title"),
        "description": voice.say(
            "plan.description",
            title=voice.plain(plan, "title"),
            period=period(voice, plan),
            count=commitment_total(voice, plan),
        )
        if commitment_total(voice, plan)
        else voice.say("plan.description_bare", title=voice.plain(plan, "title"), period=period(voice, plan)),
        "crumbs": [Crumb(voice.link("home"), voice.say("home")), Crumb(voice.link("plans"), voice.say("plans"))],
        "here": voice.text(plan, "short_title"),
        "kicker": Markup("{} · {}").format(voice.bare(plan, "short_title"), period(voice, plan)),
        "lede": standing(voice, plan),
        "ways": _ways(voice, plan),
        "band": band(voice, plan, milestones, id_=f"b-{plan.id}"),
        "band_key": band_key(voice, milestones),
        "band_svg": voice.to(timeline_file(plan, voice.code)),
        "band_csv": voice.to("data/latest/milestone_schedule.csv"),
        "counts": counts(voice, plan),
        "gaps": gaps(voice, plan),
        "commitments": [
            (
                record.get("number"),
                voice.link("commitment", record.id),
                heading(voice, record)[0],
                in_brief(voice, record),
            )
            for record in commitments
        ],
        "events": [
            (
                voice.partial(event, "happened_on"),
                voice.text(event, "title"),
                voice.text(event, "note"),
                voice.refs(event.get("source_id")),
                event_anchor(event),
            )
            for event in events
        ],
        "findings": _findings(voice, plan),
        "duties": [
            (
                voice.named("organisation", organisation),
                voice.label("plan_roles", row.get("role")),
                voice.text(row, "duty"),
            )
            for row in catalog.children(plan, "plan_organisations")
            if (organisation := catalog.find("organisations", row.get("organisation_id")))
        ],
        "facts": facts_of(voice, plan, besides=PLACED),
        "self_assessment": voice.link("self-assessment", plan.id),
        "documents": _documents(voice, plan),
        **what_changed(voice, "plan", plan.id),
    }


def _ways(voice: Voice, plan: Record) -> list[tuple[str, str]]:
    """Return the pages that show the plan in another way, as far as there are any, and its data."""
    pages = (
        ("deadlines", plan.id, "deadlines"),
        ("timeline", plan.id, "timeline"),
        ("rounds", plan.id, "rounds"),
        ("self-assessment", plan.id, "self-assessment"),
        ("changes", "", "changes"),
        ("plans", "", "home.compare"),
    )
    shown = [(href, voice.say(key)) for kind, subject, key in pages if (href := voice.link(kind, subject))]
    return [*shown, (voice.to(f"{LATEST}{plan_file(plan.id)}"), voice.say("package.plan_link"))]


def _findings(voice: Voice, plan: Record) -> list[Findings]:
    """Return what each assessment found for the plan as a whole."""
    catalog = voice.edition.catalog
    groups = []
    for assessment in catalog.referring("assessments", "plan_id", plan.id):
        facts = [_finding(voice, row) for row in catalog.children(assessment, "plan_findings")]
        if facts:
            groups.append(findings_of(voice, assessment, facts=facts, note=voice.text(assessment, "note")))
    return newest_first(groups)


def _finding(voice: Voice, row: Record) -> Fact:
    value, out_of = row.get("value"), row.get("out_of")
    if value is not None and out_of is not None:
        shown: Any = voice.say("plan.out_of", value=voice.formats.number(value), total=out_of)
    elif value is not None:
        shown = voice.formats.number(value)
    else:
        shown = voice.text(row, "value_text")
    missing = shown == ""
    if note := voice.text(row, "note"):
        shown = Markup('{} <small class="prov">{}</small>').format(shown, note)
    return Fact(
        voice.title_label("plan_measures", row.get("measure")),
        shown or voice.say("fact.missing"),
        missing=missing,
        origin=voice.origin(row, "value"),
    )


def _documents(voice: Voice, plan: Record) -> list[dict[str, Any]]:
    """Return documents, meetings, responses and amendments, each with its facts."""
    catalog = voice.edition.catalog
    groups = []
    for table in ("documents", "meetings", "responses", "amendments"):
        records = catalog.referring(table, "plan_id", plan.id)
        if records:
            name = "text" if table in ("responses", "amendments") else "title"
            item = catalog.schemas[table].by_name[name]
            groups.append(
                {
                    "label": voice.field_label_of_table(table),
                    "entries": [
                        (
                            record.id,
                            shown_value(voice, record, item),
                            facts_of(voice, record, besides=frozenset({name})),
                        )
                        for record in records
                    ],
                }
            )
    return groups

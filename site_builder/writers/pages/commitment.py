"""The page of a commitment: three answers, the promise, milestones, reports, numbers, who, findings, sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from markupsafe import Markup, escape

from site_builder.derive.completeness import answers as form_answers
from site_builder.nouns.output import LATEST
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.readers.formats import capital
from site_builder.writers.facts import Fact, fact_of, facts_of, gathered, listed_facts, note_once
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._answers import answers
from site_builder.writers.pages._bands import band, band_key
from site_builder.writers.pages._changes import what_changed
from site_builder.writers.pages._commitments import heading, lede, milestones_of, period, plain_heading, plan_of
from site_builder.writers.pages._facets import linked
from site_builder.writers.pages._findings import Findings, findings_of, newest_first
from site_builder.writers.pages._measures import measured
from site_builder.writers.pages._reports import log
from site_builder.writers.pages._timeline import timeline_file
from site_builder.writers.shapes import SCHEDULE
from site_builder.writers.voice import Voice

TEMPLATE = "commitment.html"
TEXTS = ("brief", "problem", "objective", "ambition")
"""Fields that stand as running text."""
PLACED = frozenset({*TEXTS, "number", "title", "theme"})
"""Fields that have a place of their own on the page; any other listed field stands among the facts."""
FINDING_PLACED = frozenset({"note"})


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for record in catalog.rows("commitments"):
        yield from in_languages("commitment", record.id, f"commitments/{record.id}", catalog)


def view(voice: Voice) -> dict[str, Any]:
    catalog = voice.edition.catalog
    record = catalog.by_id["commitments"][voice.page.subject]
    plan = plan_of(voice, record)
    milestones = milestones_of(voice, record)
    title, field_name, whose = heading(voice, record)
    return {
        "title": voice.say("commitment.page_title", number=record.get("number"), title=plain_heading(voice, record)),
        "description": voice.plain(record, "brief") or plain_heading(voice, record),
        "crumbs": [
            Crumb(voice.link("home"), voice.say("home")),
            Crumb(voice.link("commitments"), voice.say("commitments")),
        ],
        "here": voice.say("commitment.number", number=record.get("number")),
        "number": record.get("number"),
        "heading": title,
        "heading_note": capital(voice.say(whose)),
        "heading_origin": voice.origin(record, field_name),
        "kicker": Markup('{} · <a href="{}">{}</a>, {}').format(
            voice.say("commitment.of", number=record.get("number"), total=len(voice.edition.commitments_of[plan.id])),
            voice.link("plan", plan.id),
            voice.text(plan, "short_title"),
            period(voice, plan),
        ),
        "lede": lede(voice, record),
        "band": band(voice, plan, milestones, id_=f"b-{record.id}"),
        "band_key": band_key(voice, milestones),
        "band_svg": voice.to(timeline_file(record, voice.code)),
        "band_csv": voice.to("data/latest/milestone_schedule.csv"),
        "timeline": voice.link("timeline", plan.id),
        "answers": answers(voice, record),
        "texts": _texts(voice, record),
        "milestones": [_milestone(voice, milestone) for milestone in milestones],
        "milestones_note": _milestones_note(voice, record, milestones),
        "log": log(voice, record),
        "measures": [measured(voice, measure) for measure in catalog.children(record, "measures")],
        **_who(voice, record),
        "findings": _findings(voice, record),
        "links": _links(voice, record),
        "facts": gathered(voice, [*listed_facts(voice, record, besides=PLACED), *_coded(voice, record)]),
        "completeness": _completeness(voice, record),
        "embed": voice.link("embed", record.id),
        "embed_code": _embed_code(voice, record),
        "pack": voice.to(f"{LATEST}packs/{record.id}.zip"),
        "json": voice.to(f"{LATEST}commitments/{record.id}.json"),
        "neighbours": _neighbours(voice, record),
        **what_changed(voice, "commitment", record.id),
    }


def _texts(voice: Voice, record: Record) -> list[Fact]:
    """Return the running texts; what the sources do not state is said in its place."""
    table = voice.edition.schemas["commitments"]
    facts = (fact_of(voice, record, table.by_name[name]) for name in TEXTS)
    return [fact for fact in facts if fact is not None]


def _milestone(voice: Voice, record: Record) -> dict[str, Any]:
    row = voice.edition.derived.row("milestone_schedule", record.id)
    waiver = next((item for item in voice.edition.catalog.rows("waivers") if item.get("record") == record.id), None)
    origin = voice.origin(record, "title")
    notes = [
        voice.say("milestone.incomplete") if record.get("title_complete") is False else "",
        voice.text(waiver, "reason") if waiver else "",
        voice.rich(record, voice.edition.schemas["milestones"].by_name["note"]),
    ]
    due = voice.short_day(row["due_current"]) if row["due_current"] else voice.text(record, "due_as_adopted")
    moved = row["due_baseline"] if row["due_current"] != row["due_baseline"] else None
    besides = frozenset(
        {
            "number",
            "title",
            "title_complete",
            "start_date",
            "due_as_adopted",
            "due_baseline",
            "due_current",
            "note",
        }
    )
    return {
        "anchor": record.id.rsplit("-", 1)[-1],
        "number": record.get("number"),
        "title": voice.text(record, "title"),
        "origin": origin,
        "notes": [note for note in notes if note],
        "start": voice.short_day(record.get("start_date")) if record.get("start_date") else "",
        "due": due,
        "moved_from": voice.short_day(moved) if moved else "",
        "slippage": voice.say("milestone.slippage", count=row["slippage_days"])
        if moved and row["slippage_days"]
        else "",
        "shape": SCHEDULE[row["schedule_status"]],
        "status": voice.title_label("schedule_statuses", row["schedule_status"]),
        "late": voice.say("milestone.days_overdue", count=row["days_overdue"]) if row["days_overdue"] else "",
        "reported": voice.label("statuses", row["official_status"]) if row["official_status"] else "",
        "more": facts_of(voice, record, besides=besides),
    }


def _milestones_note(voice: Voice, record: Record, milestones: tuple[Record, ...]) -> str:
    stated = record.get("milestone_count_stated")
    if stated is not None and stated != len(milestones):
        return voice.say("milestone.caption_of", count=len(milestones), stated=stated)
    return voice.say("milestone.caption")


def _who(voice: Voice, record: Record) -> dict[str, Any]:
    """Return the organisations by role, and below them the note that they all share."""
    facts, note = note_once(_organisations(voice, record))
    return {"who": facts, "who_note": note}


def _organisations(voice: Voice, record: Record) -> list[Fact]:
    """Return the organisations by role, in the order of the code list."""
    catalog = voice.edition.catalog
    links = catalog.children(record, "commitment_organisations")
    facts = []
    for role in catalog.codes_of.get("roles", ()):
        rows = [link for link in links if link.get("role") == role.get("code")]
        label = voice.title_label("roles", role.get("code"))
        if rows:
            facts.append(
                Fact(
                    label,
                    entries=tuple(_organisation(voice, row) for row in rows),
                    origin=voice.origin(rows[0], "organisation_id"),
                )
            )
        elif role.get("code") == "lead":
            facts.append(_no_lead(voice, record, label))
    return facts


def _no_lead(voice: Voice, record: Record, label: str) -> Fact:
    rows = [row for row in voice.edition.catalog.provenance_of(record) if row.get("field") == "lead"]
    none = any(row.get("status") == "none_stated" for row in rows)
    return Fact(
        label,
        voice.say("fact.none_stated" if none else "fact.missing"),
        missing=True,
        origin=voice.origin(record, "lead"),
    )


def _organisation(voice: Voice, row: Record) -> str:
    organisation = voice.edition.catalog.find("organisations", row.get("organisation_id"))
    if organisation is None:
        return str(row.get("organisation_id"))
    name = voice.named("organisation", organisation)
    unit = voice.text(row, "unit")
    return Markup('{} <small class="prov">{}</small>').format(name, unit) if unit else name


def _findings(voice: Voice, record: Record) -> list[Findings]:
    """Return what each assessment found, the newest first; a missing rating is said to be missing."""
    catalog = voice.edition.catalog
    groups = []
    for finding in catalog.referring("assessment_findings", "commitment_id", record.id):
        assessment = catalog.find("assessments", finding.get("assessment_id"))
        if assessment is None:
            continue
        values = [
            voice.label("irm_values", row.get("value_code")) for row in catalog.children(finding, "finding_values")
        ]
        facts = facts_of(voice, finding, besides=FINDING_PLACED)
        if values:
            facts.append(
                Fact(
                    voice.field_label_of("finding_values", "value_code"),
                    entries=tuple(values),
                    origin=voice.origin(finding, "verifiable"),
                )
            )
        groups.append(findings_of(voice, assessment, facts=facts, note=voice.text(finding, "note")))
    return newest_first(groups)


def _links(voice: Voice, record: Record) -> list[dict[str, Any]]:
    found = []
    for row in voice.edition.catalog.children(record, "commitment_links"):
        target = voice.edition.catalog.find("commitments", row.get("target"))
        found.append(
            {
                "relation": voice.title_label("relations", row.get("relation")),
                "target": _link(voice, record, target)
                if target
                else Markup('<span translate="no">{}</span>').format(row.get("target")),
                "origin": voice.origin(row, "target"),
                "note": voice.text(row, "note"),
            }
        )
    return found


def _link(voice: Voice, record: Record, target: Record) -> str:
    """Return a link to a commitment; a plan other than its own is named, as titles come again from plan to plan."""
    link = Markup('<a href="{}">{}</a>').format(voice.link("commitment", target.id), heading(voice, target)[0])
    if target.get("plan_id") == record.get("plan_id"):
        return link
    return Markup("{}, {}").format(link, voice.text(plan_of(voice, target), "short_title"))


def _coded(voice: Voice, record: Record) -> list[Fact]:
    """Return the theme, the values and the policy areas of a commitment as facts, linked to those who share them."""
    catalog = voice.edition.catalog
    theme = fact_of(voice, record, catalog.schemas["commitments"].by_name["theme"])
    facts = [replace(theme, value=next(iter(linked(voice, "theme", record)), theme.value))] if theme else []
    for key, facet, table, column in (
        ("values", "value", "commitment_values", "value_code"),
        ("policy_areas", "policy-area", "commitment_policy_areas", "policy_area_code"),
    ):
        rows = catalog.children(record, table)
        label = voice.field_label_of_table(table)
        if rows:
            facts.append(Fact(label, entries=linked(voice, facet, record), origin=voice.origin(rows[0], column)))
        else:
            facts.append(Fact(label, voice.say("fact.missing"), missing=True, origin=voice.origin(record, key)))
    return facts


def _completeness(voice: Voice, record: Record) -> dict[str, Any]:
    row = voice.edition.derived.row("commitment_summary", record.id)
    missing = [
        voice.say(f"question.{answer.question}")
        for answer in form_answers(voice.edition.catalog, record)
        if answer.state == "missing"
    ]
    return {
        "sentence": voice.say("completeness", stated=row["fact_stated_count"], total=row["fact_count"]),
        "missing": voice.say("completeness.missing", names=", ".join(missing)) if missing else "",
    }


def _embed_code(voice: Voice, record: Record) -> str:
    """Return what another site has to write to show the card; empty where no address is known."""
    path = voice.edition.plan.address("embed", record.id, voice.code)
    if not voice.edition.base_url or path is None:
        return ""
    code = '<iframe src="{}" title="{}" width="100%" height="440" loading="lazy"></iframe>'
    return code.format(voice.edition.base_url + path.removesuffix("index.html"), escape(plain_heading(voice, record)))


def _neighbours(voice: Voice, record: Record) -> dict[str, Any]:
    siblings, place = voice.edition.commitments_of[record.get("plan_id")], voice.edition.place_of[record.id]
    near = {
        "before": siblings[place - 1] if place else None,
        "after": next(iter(siblings[place + 1 : place + 2]), None),
    }
    return {
        name: (voice.link("commitment", item.id), item.get("number"), heading(voice, item)[0]) if item else None
        for name, item in near.items()
    }

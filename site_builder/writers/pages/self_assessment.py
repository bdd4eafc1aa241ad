"""The self-assessment of a plan in the order of OGP's form, from this site's data; long plans come in parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from site_builder.nouns.output import LATEST
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.facts import shown_value
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._commitments import heading, milestones_of, period
from site_builder.writers.voice import Voice

TEMPLATE = "self_assessment.html"
PART = 30
"""Commitments on a page; more of them make further pages."""
OPEN = ("due_soon", "due_later", "overdue", "no_date")
"""Schedule statuses of milestones that are still to be done."""
TEXTS = ("brief", "objective")
"""Fields that describe a commitment."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for plan in catalog.rows("plans"):
        count = len(catalog.referring("commitments", "plan_id", plan.id))
        yield from in_languages("self-assessment", plan.id, _folder(plan.id), catalog)
        for part in range(2, (count - 1) // PART + 2):
            yield from in_languages("self-assessment", f"{plan.id}/{part}", f"{_folder(plan.id)}/{part}", catalog)


def _folder(plan: str) -> str:
    return f"plans/{plan}/self-assessment"


def view(voice: Voice) -> dict[str, Any]:
    plan_id, _, number = voice.page.subject.partition("/")
    plan = voice.edition.catalog.by_id["plans"][plan_id]
    part = int(number or 1)
    commitments = voice.edition.commitments_of.get(plan.id, ())
    shown = commitments[(part - 1) * PART : part * PART]
    row = voice.edition.derived.row("plan_summary", plan.id)
    return {
        "title": _title(voice, voice.plain(plan, "short_title"), part),
        "heading": _title(voice, voice.bare(plan, "short_title"), part),
        "description": voice.say("self_assessment.description", plan=voice.plain(plan, "short_title")),
        "crumbs": [
            Crumb(voice.link("home"), voice.say("home")),
            Crumb(voice.link("plan", plan.id), voice.bare(plan, "short_title")),
        ],
        "here": voice.say("self-assessment"),
        "kicker": Markup("{}, {}").format(voice.bare(plan, "title"), period(voice, plan)),
        "stage": _stage(voice, shown),
        "reported": voice.say(
            "lede.plan_reported", reported=row["commitment_reported_count"], total=row["commitment_count"]
        ),
        "levels": [
            (voice.title_label("self_assessment_levels", code.get("code")), voice.text(code, "definition"))
            for code in voice.edition.catalog.codes_of.get("self_assessment_levels", ())
        ],
        "parts": [
            (
                voice.link("self-assessment", plan.id if place == 0 else f"{plan.id}/{place + 1}"),
                voice.say("self_assessment.range", first=numbers[0], last=numbers[-1]),
                place + 1 == part,
            )
            for place, numbers in enumerate(_numbers(commitments))
        ],
        "commitments": [_commitment(voice, record) for record in shown],
        "csv": voice.to(f"{LATEST}self_assessment.csv"),
    }


def _title(voice: Voice, plan: str, part: int) -> Markup | str:
    title = Markup(voice.say("self_assessment.title", plan="{}")).format(plan)
    return Markup(voice.say("self_assessment.part", title="{}", part=part)).format(title) if part > 1 else title


def _numbers(commitments: tuple[Record, ...]) -> list[list[int]]:
    """Return the numbers of the commitments of each part, where there is more than one part."""
    if len(commitments) <= PART:
        return []
    return [
        [record.get("number") for record in commitments[start : start + PART]]
        for start in range(0, len(commitments), PART)
    ]


def _stage(voice: Voice, shown: tuple[Record, ...]) -> str:
    if not shown:
        return ""
    stage = voice.edition.derived.row("self_assessment", shown[0].id)["stage"]
    code = voice.edition.catalog.code("self_assessment_stages", stage)
    if code is None:
        return ""
    day = voice.day(voice.edition.derived.as_of)
    sentence = Markup(voice.say("self_assessment.stage", day="{}", stage="{}", why="{}"))
    return sentence.format(day, voice.text(code, "label"), voice.text(code, "definition"))


def _commitment(voice: Voice, record: Record) -> dict[str, Any]:
    """Return the fields of the form for a commitment, in its order."""
    fields = voice.edition.schemas["commitments"].by_name
    absent = Markup('<span class="missing">{}</span>').format(voice.say("fact.missing"))
    rows: list[tuple[str, list[str]]] = [
        ("dates", [_dates(voice, record)]),
        ("lead", _leads(voice, record)),
        ("description", [shown_value(voice, record, fields[name]) for name in TEXTS]),
        ("problem", [shown_value(voice, record, fields["problem"])]),
        ("relevance", _relevance(voice, record)),
        ("completion", [_completion(voice, record)]),
        ("results", _results(voice, record)),
        ("next", _next_steps(voice, record)),
        ("evidence", _evidence(voice, record)),
    ]
    return {
        "id": record.id.rsplit("-", 1)[-1],
        "href": voice.link("commitment", record.id),
        "number": record.get("number"),
        "heading": heading(voice, record)[0],
        "rows": [
            (voice.say(FIELDS[key]), [entry for entry in entries if entry] or [_absent(voice, key, absent)])
            for key, entries in rows
        ],
    }


FIELDS = {
    "dates": "form.dates",
    "lead": "form.lead",
    "description": "form.description",
    "problem": "form.problem",
    "relevance": "form.relevance",
    "completion": "form.completion",
    "results": "form.results",
    "next": "form.next",
    "evidence": "form.evidence",
}
"""Phrases for the fields of the form."""


def _absent(voice: Voice, key: str, otherwise: Markup) -> Markup:
    """Return what stands where there is nothing: a report that does not exist, or a fact that no source states."""
    if key not in ("results", "next", "evidence"):
        return otherwise
    return Markup('<span class="missing">{}</span>').format(voice.say("form.not_reported"))


def _dates(voice: Voice, record: Record) -> Markup | str:
    start, end = record.get("start_date"), record.get("end_date")
    if not start and not end:
        return ""
    unknown = voice.say("fact.missing_short")
    return Markup("{} – {}").format(*(voice.day(day) if day else unknown for day in (start, end)))


def _leads(voice: Voice, record: Record) -> list[str]:
    catalog = voice.edition.catalog
    return [
        voice.text(organisation, "name")
        for row in catalog.children(record, "commitment_organisations")
        if row.get("role") == "lead" and (organisation := catalog.find("organisations", row.get("organisation_id")))
    ]


def _relevance(voice: Voice, record: Record) -> list[str]:
    item = voice.edition.schemas["commitment_values"].by_name["value_code"]
    rows = voice.edition.catalog.children(record, "commitment_values")
    return [voice.title_label(item.codelist, row.get("value_code")) for row in rows]


def _completion(voice: Voice, record: Record) -> Markup:
    level = voice.edition.derived.row("self_assessment", record.id)["completion_level"]
    status = voice.edition.derived.row("commitment_summary", record.id)["government_status"]
    label = Markup("<b>{}</b>").format(voice.title_label("self_assessment_levels", level))
    if status is None:
        return label
    return Markup("{} ({})").format(label, voice.say("form.reported", status=voice.label("statuses", status)))


def _results(voice: Voice, record: Record) -> list[str]:
    """Return what the newest reports say: of the whole commitment, then of each milestone reported on."""
    told = [_told(voice, voice.say("report.whole"), _newest(voice, record, ""))]
    for milestone in milestones_of(voice, record):
        name = voice.say("report.milestone", number=milestone.get("number"))
        told.append(_told(voice, name, _newest(voice, record, milestone.id)))
    return told


def _newest(voice: Voice, record: Record, milestone: str) -> tuple[Record, Record] | None:
    """Return the newest update and item with a status for a milestone, or for the whole commitment."""
    catalog = voice.edition.catalog
    found = [
        (update, item)
        for update in catalog.referring("updates", "commitment_id", record.id)
        for item in catalog.children(update, "update_items")
        if item.get("status") and (item.get("milestone_id") or "") == milestone
    ]
    return max(found, key=lambda pair: (pair[0].get("reported_on"), pair[0].id), default=None)


def _told(voice: Voice, what: str, newest: tuple[Record, Record] | None) -> str:
    if newest is None:
        return ""
    update, item = newest
    note = voice.rich(item, voice.edition.schemas["update_items"].by_name["note"])
    return Markup("{}: {} ({}){}{}").format(
        what,
        voice.label("statuses", item.get("status")),
        voice.day(update.get("reported_on")),
        ". " if note else "",
        note,
    )


def _next_steps(voice: Voice, record: Record) -> list[str]:
    """Return the milestones still to be done with their deadlines, and what goes on in another plan."""
    steps: list[str] = []
    for milestone in milestones_of(voice, record):
        row = voice.edition.derived.row("milestone_schedule", milestone.id)
        if row["schedule_status"] in OPEN:
            due = voice.day(row["due_current"]) if row["due_current"] else voice.say("fact.missing_short")
            name = voice.say("report.milestone", number=milestone.get("number"))
            steps.append(Markup("{}: {} {}").format(name, voice.say("milestone.due"), due))
    for link in voice.edition.catalog.children(record, "commitment_links"):
        if link.get("relation") == "continued_by":
            target = voice.edition.catalog.find("commitments", link.get("target"))
            name = heading(voice, target)[0] if target else str(link.get("target"))
            steps.append(Markup("{}: {}").format(voice.title_label("relations", "continued_by"), name))
    return steps


def _evidence(voice: Voice, record: Record) -> list[str]:
    catalog = voice.edition.catalog
    proofs: list[str] = []
    for update in catalog.referring("updates", "commitment_id", record.id):
        for item in catalog.children(update, "update_items"):
            for proof in catalog.children(item, "evidence"):
                kind, dated = voice.title_label("evidence_kinds", proof.get("kind")), voice.partial(proof, "dated_on")
                name = voice.text(proof, "title")
                if proof.get("url"):
                    name = Markup('<a href="{}" rel="external">{}</a>').format(proof.get("url"), name)
                proofs.append(Markup("{}: {}{}{}").format(kind, name, ", " if dated else "", dated))
    return proofs

"""The page of an indicator: value, target, chart, all values by group, progress by each method, what it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from markupsafe import Markup

from site_builder.nouns.output import LATEST
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.plan.hosting import ending
from site_builder.writers.facts import Fact, facts_of
from site_builder.writers.markup import escaped
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._commitments import plain_heading
from site_builder.writers.pages._downloads import citations, cited_for_programs, size_of
from site_builder.writers.pages._frameworks.naming import placed
from site_builder.writers.pages._indicator_chart import chart_file, chart_of
from site_builder.writers.pages._indicator_groups import by_group
from site_builder.writers.pages._indicator_multiples import multiples_of
from site_builder.writers.pages._indicator_progress import progress_tables, progress_together
from site_builder.writers.pages._indicator_sheet import sheet_of
from site_builder.writers.pages._indicator_values import values_of
from site_builder.writers.pages._indicators import (
    ground_of,
    group_of,
    groups_of,
    in_unit,
    is_assumed,
    latest_of,
    period,
    sources_of,
    target_said,
)
from site_builder.writers.publication import Distribution
from site_builder.writers.voice import Voice

TEMPLATE = "indicator.html"
PLACED = frozenset({"name", "definition", "illustrative", "unit_multiplier"})
CONCEPT_FIELDS = {"definition": "definition", "unit_of_measure": "unit"}
"""Concepts of metadata that a field of the indicator answers."""
AVAILABILITY = "availability_and_disaggregation"
"""The concept that the table of availability answers."""
FILES = (
    "observations",
    "series",
    "targets",
    "progress",
    "progress_summary",
    "progress_inputs",
    "indicators",
    "indicator_metadata",
)


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for record in catalog.rows("indicators"):
        yield from in_languages("indicator", record.id, f"indicators/{record.id}", catalog)


def view(voice: Voice) -> dict[str, Any]:
    catalog = voice.edition.catalog
    record = catalog.by_id["indicators"][voice.page.subject]
    name, definition = voice.plain(record, "name"), voice.edition.schemas["indicators"].by_name["definition"]
    targets = catalog.referring("targets", "indicator_id", record.id)
    names = {code: catalog.text(record, "name").shown(code)[0] for code in catalog.codes}
    return {
        "title": name,
        "heading": voice.text(record, "name"),
        "origin": voice.origin(record, "name"),
        "description": voice.plain(record, "definition") or name,
        "crumbs": [
            Crumb(voice.link("home"), voice.say("home")),
            Crumb(voice.link("indicators"), voice.say("indicators")),
        ],
        "here": voice.text(record, "name"),
        "lede": voice.rich(record, definition),
        "lede_origin": voice.origin(record, "definition"),
        "id": record.id,
        "illustrative": bool(record.get("illustrative")),
        "summary": _summary(voice, record, targets),
        "chart": chart_of(voice, record),
        "values": values_of(voice, record),
        "groups": by_group(voice, record),
        "multiples": multiples_of(voice, record),
        "progress": progress_tables(voice, record),
        "together": progress_together(voice, record),
        "methods": voice.link("methods"),
        "facts": facts_of(voice, record, besides=PLACED),
        "metadata": _metadata(voice, record),
        "untold": _untold(voice, record),
        "outcomes": _outcomes(voice, record),
        "measures": _measures(voice, record),
        "own_files": _files(voice, record),
        "files": [
            (
                voice.field_label_of_table(table),
                voice.link("table", table),
                voice.to(f"{LATEST}{table}.csv"),
                voice.to(f"{LATEST}{table}.json"),
            )
            for table in FILES
        ],
        "attributions": sources_of(voice, record),
        "citations": citations(voice, "indicator.cite", name=names, id=record.id),
        "cited_for_programs": cited_for_programs(voice),
    }


def _summary(voice: Voice, indicator: Record, targets: Iterable[Record]) -> list[Fact]:
    """Return the latest value, and each target with its baseline; what is not known is said."""
    latest = latest_of(voice, indicator)
    if latest:
        value = voice.say(
            "indicator.in_year", value=in_unit(voice, latest[1].get("value"), latest[0]), year=period(voice, latest[1])
        )
        group = group_of(voice, latest[0])
        facts = [Fact(voice.say("indicator.latest") + (f" ({group})" if group else ""), value)]
    else:
        known = ground_of(voice).series_of(indicator.id)
        facts = [
            Fact(
                voice.say("indicator.latest"),
                voice.say("indicator.groups_only" if known else "indicator.no_values"),
                missing=True,
            )
        ]
    found = False
    for target in targets:
        found = True
        series = voice.edition.catalog.find("series", target.get("series_id") or "")
        whose = f" ({groups_of(voice, [series])[series.id]})" if series else ""
        if target.get("base_value") is not None and target.get("base_year") is not None:
            base = in_unit(voice, target.get("base_value"), series or indicator)
            said = voice.say("indicator.in_year", value=base, year=str(target.get("base_year")))
            facts.append(Fact(voice.say("indicator.baseline") + whose, said, origin=voice.origin(target, "base_value")))
        label = voice.say("indicator.target_assumed" if is_assumed(voice, target) else "indicator.target")
        said = target_said(voice, target, series or indicator)
        notes = [
            voice.text(target, "note"),
            voice.say("indicator.illustrative_word") if target.get("illustrative") else "",
        ]
        shown = Markup("<br>").join([said, *(note for note in notes if note)])
        own = voice.origin(target, "target_value")
        refs = tuple(dict.fromkeys((*own.refs, *voice.refs(target.get("source_id")))))
        facts.append(Fact(label + whose, shown, origin=type(own)(own.word, refs, own.note)))
    if not found:
        facts.append(Fact(voice.say("indicator.target"), voice.say("indicator.no_target"), missing=True))
    return facts


def _metadata(voice: Voice, indicator: Record) -> list[Fact]:
    """Return what is known of how the values are made, in the order of the concepts."""
    told = {
        row.get("concept"): row
        for row in voice.edition.catalog.referring("indicator_metadata", "indicator_id", indicator.id)
    }
    content = voice.edition.schemas["indicator_metadata"].by_name["content"]
    return [
        Fact(
            voice.title_label("sdg_metadata_concepts", concept),
            voice.rich(told[concept], content),
            origin=voice.origin(told[concept], "content"),
        )
        for concept in _concepts(voice)
        if concept in told
    ]


def _concepts(voice: Voice) -> tuple[str, ...]:
    """Return the codes of what metadata may tell, in their order; worked out once."""
    key, memory = ("concepts", ""), voice.edition.memory
    if key not in memory:
        concepts = voice.edition.catalog.codes_of.get("sdg_metadata_concepts", ())
        memory[key] = tuple(concept.get("code") for concept in concepts)
    return cast("tuple[str, ...]", memory[key])


def _untold(voice: Voice, indicator: Record) -> str:
    """Return the concepts of which our sources say nothing, in words or as a field of the indicator."""
    rows = voice.edition.catalog.referring("indicator_metadata", "indicator_id", indicator.id)
    told = {row.get("concept") for row in rows}
    told |= {concept for concept, name in CONCEPT_FIELDS.items() if indicator.get(name) or voice.plain(indicator, name)}
    if voice.edition.catalog.referring("availability", "indicator_id", indicator.id):
        told.add(AVAILABILITY)
    names = [voice.label("sdg_metadata_concepts", concept) for concept in _concepts(voice) if concept not in told]
    return voice.say("indicator.untold", names=Markup(", ".join(map(escaped, names)))) if names else ""


def _files(voice: Voice, indicator: Record) -> list[dict[str, str]]:
    """Return the files of this indicator alone, as far as this edition has them, with what each is for."""
    names = (f"{LATEST}indicators/{indicator.id}.{kind}" for kind in ("csv", "json"))
    weights = voice.edition.weights
    found = [
        {
            "name": form.name,
            "href": voice.to(path),
            "use": voice.say(f"indicator.use_{ending(path).removeprefix('.')}"),
            "size": size_of(voice, form),
        }
        for path in names
        if path in weights
        for form in (Distribution(path, weights[path]),)
    ]
    chart = chart_file(indicator.id, voice.code)
    if chart in voice.edition.plan.files:
        size = voice.say("size.bytes", count=len(sheet_of(voice, indicator)))
        name = chart.rpartition("/")[2]
        found.append({"name": name, "href": voice.to(chart), "use": voice.say("indicator.use_svg"), "size": size})
    return found


def _outcomes(voice: Voice, indicator: Record) -> list[dict[str, Any]]:
    catalog = voice.edition.catalog
    return [
        {
            "name": placed(voice, outcome, with_mark=False),
            "decision": voice.label("indicator_decisions", link.get("decision")),
            "rationale": voice.text(link, "rationale"),
            "illustrative": bool(link.get("illustrative") or outcome.get("illustrative")),
        }
        for link in catalog.referring("outcome_indicators", "indicator_id", indicator.id)
        if (outcome := catalog.find("outcomes", link.get("outcome_id")))
    ]


def _measures(voice: Voice, indicator: Record) -> list[dict[str, Any]]:
    catalog = voice.edition.catalog
    return [
        {
            "name": voice.text(measure, "name"),
            "commitment": plain_heading(voice, commitment),
            "href": voice.link("commitment", commitment.id),
        }
        for link in catalog.referring("indicator_measures", "indicator_id", indicator.id)
        if (measure := catalog.find("measures", link.get("measure_id")))
        and (commitment := catalog.find("commitments", measure.get("commitment_id")))
    ]

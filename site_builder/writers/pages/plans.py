"""All plans, newest first, and their comparison by what independent reviewers found on completion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from site_builder.derive.completion import LEVELS, NOT_KNOWN
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.readers.formats import capital
from site_builder.writers.charts.stacked import draw_stacked
from site_builder.writers.package import LATEST
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._bands import band
from site_builder.writers.pages._commitments import milestones_of, period
from site_builder.writers.pages._completion import TOGETHER, Line, chart, lines
from site_builder.writers.pages._plans import all_plans, meta, standing
from site_builder.writers.shapes import COMPLETION
from site_builder.writers.voice import Voice

TEMPLATE = "plans.html"


@dataclass(frozen=True, slots=True)
class Column:
    """A level as the head of a column; `name` is without markup, for the label that a row on a phone shows."""

    level: str
    shape: str
    word: str
    name: str
    language: str
    """Language of the name where it is not that of the page."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("plans", "", "plans", catalog)


def chart_path(language: str) -> str:
    """Return where the chart lies as a file."""
    return f"{language}/plans/completion.svg"


def view(voice: Voice) -> dict[str, Any]:
    plans = all_plans(voice)
    compared = [line for plan in plans for line in lines(voice, plan)]
    drawing = chart(voice, compared)
    return {
        "title": voice.say("plans"),
        "description": voice.say("plans.description", count=len(plans)),
        "crumbs": [Crumb(voice.link("home"), voice.say("home"))],
        "here": voice.say("plans"),
        "lede": voice.say("plans.lede", count=len(plans)),
        "plans": [_plan(voice, plan) for plan in plans],
        "key": voice.say("band.small_key"),
        "chart": Markup(draw_stacked(drawing)) if drawing.bars else "",
        "levels": [_column(voice, level) for level in LEVELS],
        "unknown": _column(voice, NOT_KNOWN),
        "together": _column(voice, TOGETHER),
        "lines": [row for plan in plans for row in _rows(voice, plan)],
        "table": voice.link("table", "plan_completion"),
        "csv": voice.to(f"{LATEST}plan_completion.csv"),
        "json": voice.to(f"{LATEST}plan_completion.json"),
        "svg": voice.to(chart_path(voice.code)),
    }


def _column(voice: Voice, level: str) -> Column:
    record = voice.edition.catalog.by_id["codelists"][f"completion_levels/{level}"]
    name, language = voice.edition.catalog.text(record, "label").shown(voice.code)
    return Column(
        level,
        COMPLETION.get(level, ""),
        voice.title_label("completion_levels", level),
        capital(name),
        "" if language == voice.code else language,
    )


def _plan(voice: Voice, plan: Record) -> dict[str, Any]:
    commitments = voice.edition.commitments_of.get(plan.id, ())
    milestones = tuple(record for commitment in commitments for record in milestones_of(voice, commitment))
    return {
        "number": plan.get("number"),
        "href": voice.link("plan", plan.id),
        "title": voice.text(plan, "title"),
        "meta": meta(voice, plan),
        "band": band(voice, plan, milestones, id_=f"b-{plan.id}", small=True),
        "known": standing(voice, plan),
    }


def _rows(voice: Voice, plan: Record) -> list[dict[str, Any]]:
    """Return the rows of a plan in the table: one for each basis, or one that says that nothing is known."""
    named = {
        "href": voice.link("plan", plan.id),
        "name": voice.text(plan, "short_title"),
        "period": period(voice, plan),
    }
    found = [{**named, **_figures(voice, line)} for line in lines(voice, plan)]
    return found or [{**named, "basis": "", "nothing": voice.say("plans.nothing_known"), "total": ""}]


def _figures(voice: Voice, line: Line) -> dict[str, Any]:
    number = voice.formats.number
    return {
        "basis": "" if line.is_blank else voice.label("completion_bases", line.basis),
        "nothing": voice.say("lede.plan_not_found") if line.is_blank else "",
        "joint": number(line.counts[TOGETHER]) if line.is_joint else "",
        "counts": {level: number(count) for level, count in line.counts.items()},
        "unknown": number(line.counts.get(NOT_KNOWN, 0)),
        "total": number(line.total),
        "whose": [_whose(voice, name) for name in line.assessments],
    }


def _whose(voice: Voice, name: str) -> tuple[str, tuple[int, ...]]:
    assessment = voice.edition.catalog.by_id["assessments"][name]
    return voice.title_label("assessment_kinds", assessment.get("kind")), voice.refs(assessment.get("source_id"))

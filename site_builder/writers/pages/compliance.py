"""The page that tests the repository: what OGP asks of it, what was counted, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from site_builder.nouns.derived import Row
from site_builder.nouns.output import LATEST
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._commitments import by_plan
from site_builder.writers.shapes import RESULT
from site_builder.writers.voice import Voice

TEMPLATE = "compliance.html"
TABLE = "repository_compliance"
METER = "c09"
"""The requirement that knows until when everything is up to date."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("compliance", "", "compliance", catalog)


def view(voice: Voice) -> dict[str, Any]:
    plan = voice.edition.main_plan
    rows = [row for row in voice.edition.derived.tables[TABLE] if plan and row["plan_id"] == plan.id]
    results = Counter(row["result"] for row in rows)
    lede = _lede(voice, rows)
    return {
        "title": voice.say("compliance"),
        "description": voice.say("compliance.description", count=len(rows)),
        "crumbs": [Crumb(voice.link("home"), voice.say("home"))],
        "here": voice.say("compliance"),
        "plan": Markup('<a href="{}">{}</a>').format(voice.link("plan", plan.id), voice.text(plan, "short_title"))
        if plan
        else "",
        "lede": lede,
        "counts": [
            (
                voice.formats.number(results[code.get("code")]),
                voice.title_label("repository_results", code.get("code")),
                voice.text(code, "definition"),
            )
            for code in voice.edition.catalog.codes_of.get("repository_results", ())
        ],
        "total": voice.say("compliance.total", count=len(rows)),
        "tested": [_tested(voice, row) for row in rows],
        "others": _others(voice, plan),
        "packs": [
            (
                voice.text(plan, "short_title"),
                voice.link("self-assessment", plan.id),
                [(voice.to(f"{LATEST}packs/{record.id}.zip"), record.id) for record in commitments],
            )
            for plan, commitments in by_plan(voice)
        ],
        "whole": voice.to(f"{LATEST}overview.csv"),
        "csv": voice.to(f"{LATEST}{TABLE}.csv"),
        "json": voice.to(f"{LATEST}{TABLE}.json"),
        "dictionary": voice.link("table", TABLE),
    }


def _lede(voice: Voice, rows: list[Row]) -> str:
    """Return the sentence of the meter: up to date until when, since when no longer, or never."""
    meter = next((row for row in rows if row["requirement_id"] == METER), None)
    if meter is None:
        return voice.say("compliance.no_plan")
    until = meter["up_to_date_until"]
    if until is None:
        fresh = next(row for row in rows if row["requirement_id"] == "c08")
        return voice.say("compliance.never", fresh=fresh["met_count"], total=fresh["total_count"])
    key = "compliance.until" if until >= meter["as_of"] else "compliance.lapsed"
    return Markup(voice.say(key, day="{}")).format(voice.day(until))


def _tested(voice: Voice, row: Row) -> dict[str, Any]:
    code = voice.edition.catalog.code("repository_requirements", row["requirement_id"])
    return {
        "id": row["requirement_id"],
        "name": row["requirement_id"].upper(),
        "label": voice.text(code, "label") if code else "",
        "counted": voice.text(code, "definition") if code else "",
        "origins": Markup(", ").join(voice.label("repository_origins", origin) for origin in row["origins"].split()),
        **_result(voice, row),
        "found": voice.say("plan.out_of", value=voice.formats.number(row["met_count"]), total=row["total_count"])
        if row["total_count"]
        else "",
        "notes": [voice.label("repository_notes", note) for note in (row["notes"] or "").split()],
    }


def _result(voice: Voice, row: Row) -> dict[str, str]:
    return {"shape": RESULT[row["result"]], "result": voice.title_label("repository_results", row["result"])}


def _others(voice: Voice, main: Record | None) -> dict[str, Any] | None:
    """Return the results of the other plans side by side; None where there is no other plan."""
    plans = [plan for plan, _ in by_plan(voice) if plan != main]
    if not plans:
        return None
    by_requirement: dict[str, dict[str, Row]] = {}
    for row in voice.edition.derived.tables[TABLE]:
        by_requirement.setdefault(row["requirement_id"], {})[row["plan_id"]] = row
    return {
        "plans": [voice.text(plan, "short_title") for plan in plans],
        "rows": [
            {
                "name": requirement.upper(),
                "label": voice.label("repository_requirements", requirement),
                "results": [
                    {"plan": voice.say("compliance.plan", number=plan.get("number")), **_result(voice, rows[plan.id])}
                    for plan in plans
                ],
            }
            for requirement, rows in sorted(by_requirement.items())
        ],
    }

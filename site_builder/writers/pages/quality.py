"""The page on the quality of the content: findings, translations, where values come from, what is missing, how old."""

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
from site_builder.writers.pages._rules import in_code
from site_builder.writers.pages._translations import totals
from site_builder.writers.voice import Voice

TEMPLATE = "quality.html"
TABLES = (
    "findings",
    "waivers",
    "translation_state",
    "translation_summary",
    "provenance_summary",
    "form_answers",
    "freshness",
)
"""Tables from which the page is made."""
GROUPS = {
    "standing": ("quality.standing", "quality.none_standing"),
    "waived": ("quality.waived", "quality.none_waived"),
}
"""States of a finding, with the phrases for some and for none."""
FINDINGS_SHOWN = 200
"""Findings of each state on the page; all stand in the table."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("quality", "", "quality", catalog)


def view(voice: Voice) -> dict[str, Any]:
    derived = voice.edition.derived.tables
    findings = derived["findings"]
    states = Counter(row["state"] for row in findings)
    return {
        "title": voice.say("quality"),
        "description": voice.say("quality.description"),
        "crumbs": [Crumb(voice.link("home"), voice.say("home"))],
        "here": voice.say("quality"),
        "lede": voice.say("quality.lede", standing=states["standing"], waived=states["waived"]),
        "rules": voice.link("rules"),
        "fields": voice.link("fields"),
        "files": [
            (voice.field_label_of_table(name), voice.link("table", name), voice.to(f"{LATEST}{name}.csv"))
            for name in TABLES
        ],
        "groups": [_group(voice, state, findings) for state in GROUPS],
        "totals": totals(voice),
        "translations": voice.link("translations"),
        "provenance_totals": _provenance_totals(voice),
        "provenance": _provenance(voice),
        "missing": [_missing(voice, plan) for plan, commitments in by_plan(voice) if commitments],
        "freshness": [_freshness(voice, plan) for plan, commitments in by_plan(voice) if commitments],
    }


def _group(voice: Voice, state: str, findings: tuple[Row, ...]) -> dict[str, Any]:
    rows = [row for row in findings if row["state"] == state]
    some, none = GROUPS[state]
    return {
        "state": state,
        "caption": voice.say(some, count=len(rows)) if rows else voice.say(none),
        "rows": [_finding(voice, row) for row in rows[:FINDINGS_SHOWN]],
        "more": voice.say("quality.more", count=len(rows) - FINDINGS_SHOWN) if len(rows) > FINDINGS_SHOWN else "",
    }


def _finding(voice: Voice, row: Row) -> dict[str, Any]:
    return {
        "rule": row["rule"],
        "explained": voice.link("rule", row["rule"]),
        "severity": voice.title_label("severities", row["severity"]),
        "message": in_code(_in_language(voice, row, "message")),
        "place": f"{row['file']}:{row['line']}",
        "record": row["record_id"] or "",
        "reason": _in_language(voice, row, "reason"),
    }


def _in_language(voice: Voice, row: Row, name: str) -> str:
    """Return a text in the page's language, else the one there is, marked with its language."""
    found = ((code, row.get(f"{name}_{code}")) for code in (voice.code, *voice.edition.catalog.codes))
    code, text = next(((code, text) for code, text in found if text), (voice.code, ""))
    return text if code == voice.code else Markup('<span lang="{}">{}</span>').format(code, text)


def _provenance_totals(voice: Voice) -> list[tuple[str, str]]:
    """Return for each status the number of values of which it is said."""
    totals: Counter[str] = Counter()
    for row in _rows(voice, "provenance_summary"):
        totals[row["status"]] += row["value_count"]
    codes = [code.get("code") for code in voice.edition.catalog.codes_of.get("provenance_statuses", ())]
    return [(voice.label("provenance_statuses", code), voice.formats.number(totals[code])) for code in codes]


def _provenance(voice: Voice) -> list[dict[str, Any]]:
    counts = {(row["table_name"], row["status"]): row["value_count"] for row in _rows(voice, "provenance_summary")}
    codes = [code.get("code") for code in voice.edition.catalog.codes_of.get("provenance_statuses", ())]
    return [
        {
            "table": voice.field_label_of_table(table.name),
            "counts": Markup(", ").join(
                Markup("{} {}").format(
                    voice.label("provenance_statuses", code), voice.formats.number(counts[table.name, code])
                )
                for code in codes
                if (table.name, code) in counts
            ),
        }
        for table in voice.edition.schemas
        if any((table.name, code) in counts for code in codes)
    ]


def _rows(voice: Voice, table: str) -> tuple[Row, ...]:
    return voice.edition.derived.tables[table]


def _missing(voice: Voice, plan: Record) -> dict[str, Any]:
    """Return for each question of the form in how many commitments of a plan no source answers it."""
    rows = [row for row in _rows(voice, "form_answers") if row["plan_id"] == plan.id and row["missing_count"]]
    row = voice.edition.derived.row("plan_summary", plan.id)
    return {
        "plan": voice.text(plan, "short_title"),
        "sentence": voice.say("completeness", stated=row["fact_stated_count"], total=row["fact_count"]),
        "questions": [
            (voice.formats.number(row["missing_count"]), voice.say(f"question.{row['question']}"))
            for row in sorted(rows, key=lambda row: -row["missing_count"])
        ],
        "of": voice.say("quality.of", count=row["commitment_count"]),
    }


def _freshness(voice: Voice, plan: Record) -> dict[str, Any]:
    rows = [row for row in _rows(voice, "freshness") if row["plan_id"] == plan.id]
    never = sum(row["updated_on"] is None for row in rows)
    newest = max((row["updated_on"] for row in rows if row["updated_on"]), default=None)
    return {
        "plan": voice.text(plan, "short_title"),
        "fresh": voice.say("quality.fresh", fresh=sum(row["is_fresh"] for row in rows), total=len(rows)),
        "never": voice.say("quality.never", count=never) if never else "",
        "newest": Markup(voice.say("quality.newest", day="{}")).format(voice.day(newest)) if newest else "",
    }

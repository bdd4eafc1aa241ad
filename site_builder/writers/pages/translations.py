"""The page on translations: how many texts stand in which language and how, and which wait for somebody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.derived import Row
from site_builder.nouns.output import LATEST
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._rules import in_code
from site_builder.writers.pages._translations import STATES, by_file, by_language, in_states, named, place, totals
from site_builder.writers.voice import Voice

TEMPLATE = "translations.html"
TABLES = ("translation_state", "translation_summary")
"""Tables from which the page is made."""
SHOWN = 100
"""Texts of a kind on the page; all stand in the table."""
LINES = 8
"""Lines of a file that are named."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("translations", "", "translations", catalog)


def view(voice: Voice) -> dict[str, Any]:
    rows = voice.edition.derived.tables["translation_state"]
    return {
        "title": voice.say("translations"),
        "description": voice.say("translations.description"),
        "crumbs": [Crumb(voice.link("home"), voice.say("home")), Crumb(voice.link("quality"), voice.say("quality"))],
        "here": voice.say("translations"),
        "lede": voice.say("translations.description"),
        "totals": totals(voice),
        "meanings": [
            (voice.title_label("translation_states", state), voice.text(record, "definition"))
            for state in STATES
            if (record := voice.edition.catalog.code("translation_states", state))
        ],
        "plans": _plans(voice, rows),
        "tables": _tables(voice),
        "history": "" if voice.edition.history.past.is_known else voice.say("translations.no_history"),
        "lists": [_list(voice, state, rows) for state in ("missing", "stale")],
        "how_to_check": in_code(voice.say("translations.how_to_check")),
        "unchecked": _unchecked(voice, [row for row in rows if row["state"] == "own_translation"]),
        "files": [
            (voice.field_label_of_table(name), voice.link("table", name), voice.to(f"{LATEST}{name}.csv"))
            for name in TABLES
        ],
    }


def _plans(voice: Voice, rows: Iterable[Row]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the states of the texts of each plan, then of what belongs to none."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["plan_id"] or "", []).append(row)
    told = [
        (voice.text(plan, "short_title"), by_language(voice, groups[plan.id]))
        for plan in voice.edition.catalog.rows("plans")
        if plan.id in groups
    ]
    return [*told, *([(voice.say("translations.no_plan"), by_language(voice, groups[""]))] if "" in groups else [])]


def _tables(voice: Voice) -> list[dict[str, Any]]:
    """Return for each table and field the numbers of texts in each state, by language."""
    rows: dict[tuple[str, str], dict[str, Row]] = {}
    for row in voice.edition.derived.tables["translation_summary"]:
        rows.setdefault((row["table_name"], row["field"]), {})[row["language"]] = row
    return [
        {
            "table": voice.field_label_of_table(table),
            "field": voice.field_label_of(table, name),
            "total": voice.formats.number(next(iter(states.values()))["text_count"]),
            "states": [
                (
                    named(voice, language),
                    in_states(voice, {state: states[language.code][f"{state}_count"] for state in STATES}),
                )
                for language in voice.edition.catalog.languages
            ],
        }
        for (table, name), states in rows.items()
    ]


def _list(voice: Voice, state: str, rows: Iterable[Row]) -> dict[str, Any]:
    """Return every text in a state that asks for work."""
    found = [row for row in rows if row["state"] == state]
    return {
        "state": state,
        "title": voice.title_label("translation_states", state),
        "caption": voice.say(f"translations.{state}" if found else f"translations.no_{state}", count=len(found)),
        "rows": [_text(voice, row) for row in found[:SHOWN]],
        "more": voice.say("translations.more", count=len(found) - SHOWN) if len(found) > SHOWN else "",
    }


def _text(voice: Voice, row: Row) -> dict[str, Any]:
    where = place(voice.edition.catalog, row)
    return {
        "record": row["record_id"],
        "field": voice.field_label_of(row["table_name"], row["field"]),
        "language": _language(voice, row["language"]),
        "since": voice.short_day(row["since"]) if row["since"] else "",
        "place": f"{where.file}:{where.line}" if where else "",
    }


def _language(voice: Voice, code: str) -> str:
    return next(named(voice, language) for language in voice.edition.catalog.languages if language.code == code)


def _unchecked(voice: Voice, rows: list[Row]) -> dict[str, Any]:
    """Return the files with translations of ours that nobody has checked, each with the first lines."""
    files = list(by_file(voice.edition.catalog, rows))
    return {
        "caption": voice.say("translations.unchecked" if rows else "translations.no_unchecked", count=len(rows)),
        "rows": [
            {
                "file": file,
                "language": _language(voice, language),
                "count": voice.formats.number(count),
                "lines": ", ".join(str(line) for line in lines[:LINES]) + (" …" if len(lines) > LINES else ""),
            }
            for file, language, lines, count in files
        ],
    }

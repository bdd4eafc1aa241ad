"""The methods of progress side by side: what each says of every series, how often they agree, why they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from site_builder.nouns.derived import Row
from site_builder.nouns.output import LATEST
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.readers.formats import capital
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._indicators import group_of, number, target_said, verdict
from site_builder.writers.voice import Voice

TEMPLATE = "methods.html"
ON_A_PAGE = 150
"""Indicators on a page."""
WHY = ("measure", "base", "ahead", "bounds", "thresholds", "target")
"""Reasons why methods differ, each a phrase."""
TABLES = ("progress", "progress_summary", "progress_inputs", "method_comparison")


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    # not below frameworks/ or indicators/, where it would take the address of one with this id
    for part in range(-(-len(catalog.rows("indicators")) // ON_A_PAGE)):
        subject = str(part + 1) if part else ""
        yield from in_languages("methods", subject, f"progress/all/{subject}" if part else "progress", catalog)


def view(voice: Voice) -> dict[str, Any]:
    part, catalog = int(voice.page.subject or 1), voice.edition.catalog
    shown = catalog.rows("indicators")[(part - 1) * ON_A_PAGE : part * ON_A_PAGE]
    heading = voice.say("methods")
    codes = _codes(voice)
    pairs = {(row["method"], row["other_method"]): row for row in voice.edition.derived.tables["method_comparison"]}
    asked = next(iter(pairs.values()))["question_count"]
    return {
        "title": voice.say("methods.part", number=part) if part > 1 else heading,
        "description": voice.say("methods.lede", count=asked, methods=len(codes)),
        "lede": voice.say("methods.lede", count=asked, methods=len(codes)),
        "crumbs": [
            Crumb(voice.link("home"), voice.say("home")),
            Crumb(voice.link("indicators"), voice.say("indicators")),
        ]
        + ([Crumb(voice.link("methods"), heading)] if part > 1 else []),
        "here": heading,
        "is_first": part == 1,
        "methods": [_method(voice, code, pairs[code, code]) for code in codes] if part == 1 else [],
        "agreement": _agreement(voice, codes, pairs) if part == 1 else None,
        "why": [voice.say(f"methods.why_{name}") for name in WHY],
        "heads": [voice.title_label("progress_methods", code) for code in codes],
        "rows": [row for indicator in shown for row in _rows(voice, indicator.id, codes)],
        "parts": _parts(voice, part),
        "tables": [
            (
                voice.field_label_of_table(table),
                voice.link("table", table),
                voice.to(f"{LATEST}{table}.csv"),
                voice.to(f"{LATEST}{table}.json"),
            )
            for table in TABLES
        ],
    }


def _codes(voice: Voice) -> list[str]:
    """Return the methods in the order of their list."""
    known = {row["method"] for row in voice.edition.derived.tables["method_comparison"]}
    return [
        code for record in voice.edition.catalog.codes_of["progress_methods"] if (code := record.get("code")) in known
    ]


def _method(voice: Voice, code: str, own: Row) -> dict[str, Any]:
    record = voice.edition.catalog.code("progress_methods", code)
    assert record is not None, "only methods with a code are compared"
    return {
        "id": code,
        "name": voice.title_label("progress_methods", code),
        "definition": voice.text(record, "definition"),
        "source": record.get("defined_at") or "",
        "assessed": voice.say("methods.assessed", count=own["both_count"], total=own["question_count"]),
    }


def _agreement(voice: Voice, codes: list[str], pairs: Mapping[tuple[str, str], Row]) -> list[dict[str, Any]]:
    """Return how often each two methods agree, of those that both can assess."""
    rows = [
        (one, other, pairs.get((one, other)) or pairs[other, one])
        for place, one in enumerate(codes)
        for other in codes[place + 1 :]
    ]
    return [
        {
            "one": voice.title_label("progress_methods", one),
            "other": voice.title_label("progress_methods", other),
            "same": voice.say("methods.of", count=row["same_count"], total=row["both_count"]),
            "one_only": number(voice, row["one_count"]),
            "neither": number(voice, row["neither_count"]),
        }
        for one, other, row in rows
    ]


def _levels(voice: Voice) -> Mapping[str, int | None]:
    key = ("methods", "levels")
    if key not in voice.memory:
        records = voice.edition.catalog.codes_of.get("progress_statuses", ())
        voice.memory[key] = {record.get("code"): record.get("level") for record in records}
    return cast("Mapping[str, int | None]", voice.memory[key])


def _rows(voice: Voice, indicator: str, codes: list[str]) -> list[dict[str, Any]]:
    """Return a row for each series and target of an indicator, with what each method says."""
    catalog = voice.edition.catalog
    asked: dict[tuple[str, str], dict[str, Row]] = {}
    for row in voice.edition.derived.referring("progress", "indicator_id", indicator):
        asked.setdefault((row["series_id"] or "", row["target_id"] or ""), {})[row["method"]] = row
    record, found = catalog.by_id["indicators"][indicator], []
    for (series_id, target_id), told in asked.items():
        series, target = catalog.find("series", series_id), catalog.find("targets", target_id)
        known = {level for row in told.values() if (level := _levels(voice)[row["status"]]) is not None}
        able = sum(not row["reason"] for row in told.values())
        found.append(
            {
                "name": voice.text(record, "name"),
                "href": voice.link("indicator", indicator),
                "group": group_of(voice, series) if series else "",
                "target": capital(str(target_said(voice, target, series or record))) if target else "",
                "illustrative": any(row["illustrative"] for row in told.values()),
                "said": [verdict(voice, told[code]) for code in codes],
                "differ": len(known) > 1,
                "compared": voice.say(
                    "methods.too_few" if able <= 1 else "methods.differ" if len(known) > 1 else "methods.agree"
                ),
            }
        )
    return found


def _parts(voice: Voice, part: int) -> list[tuple[str, str, bool]]:
    total = -(-len(voice.edition.catalog.rows("indicators")) // ON_A_PAGE)
    return [
        (voice.link("methods", str(place) if place > 1 else ""), voice.formats.number(place), place == part)
        for place in range(1, total + 1)
    ]

"""The list of indicators: latest value, baseline, direction, length, progress and data of each; long ones in parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from site_builder.nouns.output import LATEST
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._indicators import (
    availability,
    ground_of,
    in_unit,
    latest_of,
    number,
    period,
    progress_said,
)
from site_builder.writers.voice import Voice

TEMPLATE = "indicators.html"
ON_A_PAGE = 150
"""Indicators on a page of the list."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for part in range(_parts(catalog)):
        subject = str(part + 1) if part else ""
        yield from in_languages("indicators", subject, f"indicators/all/{subject}" if part else "indicators", catalog)


def _parts(catalog: Catalog) -> int:
    return -(-len(catalog.rows("indicators")) // ON_A_PAGE)


def view(voice: Voice) -> dict[str, Any]:
    catalog = voice.edition.catalog
    part, total = int(voice.page.subject or 1), len(catalog.rows("indicators"))
    shown = _sorted(voice)[(part - 1) * ON_A_PAGE : part * ON_A_PAGE]
    heading = voice.say("indicators")
    title = voice.say("indicators.part", number=part) if part > 1 else heading
    lede = voice.say("indicators.lede", count=total)
    return {
        "title": title,
        "description": lede,
        "crumbs": [Crumb(voice.link("home"), voice.say("home"))]
        + ([Crumb(voice.link("indicators"), heading)] if part > 1 else []),
        "here": title,
        "lede": lede,
        "frameworks": voice.link("frameworks"),
        "rows": [_row(voice, record) for record in shown],
        "parts": [
            (voice.link("indicators", str(place) if place > 1 else ""), voice.formats.number(place), place == part)
            for place in range(1, _parts(catalog) + 1)
        ],
        "methods": voice.link("methods"),
        "table": voice.link("table", "indicators"),
        "csv": voice.to(f"{LATEST}indicators.csv"),
        "json": voice.to(f"{LATEST}indicators.json"),
    }


def _sorted(voice: Voice) -> list[Record]:
    """Return the indicators by the alphabet of the language; worked out once."""
    key = ("indicators", "sorted")
    if key not in voice.memory:
        rows = voice.edition.catalog.rows("indicators")
        voice.memory[key] = sorted(
            rows, key=lambda record: (voice.formats.alphabetical(voice.plain(record, "name")), record.id)
        )
    return cast("list[Record]", voice.memory[key])


def _row(voice: Voice, indicator: Record) -> dict[str, Any]:
    catalog, latest = voice.edition.catalog, latest_of(voice, indicator)
    values = [len(ground_of(voice).values(series)) for series in ground_of(voice).series_of(indicator.id)]
    bases = [
        voice.say("indicator.in_year", value=number(voice, target.get("base_value")), year=str(target.get("base_year")))
        for target in catalog.referring("targets", "indicator_id", indicator.id)
        if target.get("base_value") is not None and target.get("base_year") is not None
    ]
    return {
        "name": voice.text(indicator, "name"),
        "href": voice.link("indicator", indicator.id),
        "illustrative": bool(indicator.get("illustrative")),
        "latest": in_unit(voice, latest[1].get("value"), latest[0]) if latest else "",
        "period": period(voice, latest[1]) if latest else "",
        "none": voice.say("indicator.groups_only" if values else "indicator.no_values"),
        "bases": list(dict.fromkeys(bases)),
        "direction": voice.title_label("directions", indicator.get("direction")),
        "length": voice.say("indicator.length", count=sum(values), series=len(values)) if values else "",
        "progress": progress_said(voice, indicator),
        "data": availability(voice, indicator),
    }

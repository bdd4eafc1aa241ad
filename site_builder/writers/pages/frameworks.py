"""The list of indicator frameworks: what each is for and how many of its outcomes have an indicator with data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._frameworks.naming import aligned, heading_of, notice, summary_of
from site_builder.writers.voice import Voice

TEMPLATE = "frameworks.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("frameworks", "", "frameworks", catalog) if catalog.rows("frameworks") else ()


def view(voice: Voice) -> dict[str, Any]:
    rows = voice.edition.catalog.rows("frameworks")
    return {
        "title": voice.say("frameworks"),
        "description": voice.say("frameworks.lede"),
        "crumbs": [Crumb(voice.link("home"), voice.say("home"))],
        "here": voice.say("frameworks"),
        "lede": voice.say("frameworks.lede"),
        "entries": [_entry(voice, framework) for framework in rows],
        "indicators": voice.link("indicators"),
        "table": voice.link("table", "frameworks"),
    }


def _entry(voice: Voice, framework: Record) -> dict[str, str]:
    summary, counted = summary_of(voice, "framework_summary", framework), aligned(voice, framework)["with_data"]
    return {
        "href": voice.link("framework", framework.id),
        "title": heading_of(voice, framework),
        "notice": notice(voice, framework),
        "meta": voice.say("framework.sizes", areas=summary["area_count"], issues=summary["issue_count"]),
        "told": voice.say("framework.data_told", count=counted["count"], total=counted["total"]),
    }

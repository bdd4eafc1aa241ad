"""The page of a facet's value: the commitments that have it, and the other values with their counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._facets import entry, heading, subjects, value_of, values
from site_builder.writers.pages._lists import groups
from site_builder.writers.voice import Voice

TEMPLATE = "facet.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for subject in subjects(catalog):
        yield from in_languages("facet", subject, f"commitments/{subject}", catalog)


def view(voice: Voice) -> dict[str, Any]:
    value = value_of(voice, voice.page.subject)
    total = len(voice.edition.catalog.rows("commitments"))
    shown, title = heading(voice, value)
    lede = voice.say("facet.count", count=len(value.commitments), total=voice.formats.number(total))
    table = value.facet.table
    return {
        "title": title,
        "heading": shown,
        "description": f"{title}. {lede}",
        "crumbs": [
            Crumb(voice.link("home"), voice.say("home")),
            Crumb(voice.link("commitments"), voice.say("commitments")),
        ],
        "here": value.label,
        "lede": lede,
        "groups": groups(voice, value.commitments),
        "siblings_heading": voice.say("facet.others", name=voice.say(f"facet.{value.facet.name}")),
        "siblings": [(*entry(voice, other), other.slug == value.slug) for other in values(voice, value.facet)],
        "table": voice.link("table", table),
        "csv": voice.to(f"data/latest/{table}.csv"),
        "json": voice.to(f"data/latest/{table}.json"),
    }

"""The list of organisations by kind; a group has no page of its own and leads to the commitments that name it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages.organisation import part_of
from site_builder.writers.voice import Voice

TEMPLATE = "organisations.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("organisations", "", "organisations", catalog)


def view(voice: Voice) -> dict[str, Any]:
    catalog = voice.edition.catalog
    by_kind: dict[str, list[Record]] = {}
    for record in catalog.rows("organisations"):
        by_kind.setdefault(record.get("kind"), []).append(record)
    groups = [
        {
            "id": kind.get("code"),
            "label": voice.title_label("organisation_kinds", kind.get("code")),
            "note": voice.text(kind, "definition"),
            "entries": [_entry(voice, record) for record in _sorted(voice, by_kind[kind.get("code")])],
        }
        for kind in catalog.codes_of.get("organisation_kinds", ())
        if kind.get("code") in by_kind
    ]
    total = sum(record.get("kind") != "group" for record in catalog.rows("organisations"))
    return {
        "title": voice.say("organisations"),
        "description": voice.say("organisations.lede", count=total),
        "crumbs": [Crumb(voice.link("home"), voice.say("home"))],
        "here": voice.say("organisations"),
        "lede": voice.say("organisations.lede", count=total),
        "groups": groups,
    }


def _sorted(voice: Voice, records: list[Record]) -> list[Record]:
    return sorted(records, key=lambda record: voice.formats.alphabetical(voice.plain(record, "name")))


def _entry(voice: Voice, record: Record) -> dict[str, Any]:
    if record.get("kind") == "group":
        href = voice.link("facet", f"organisation/{record.id}")
        # without a page of its own it is found here
        return {"id": record.id, "name": voice.text(record, "name"), "href": href, "meta": ""}
    row = voice.edition.derived.row("organisation_summary", record.id)
    return {
        "id": "",
        "name": voice.text(record, "name"),
        "href": voice.link("organisation", record.id),
        "meta": part_of(voice, row),
    }

"""The page for programs: which addresses answer with JSON, what stands there, and what will not change."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.publication import api_description
from site_builder.writers.rows import table_rows
from site_builder.writers.static_json import PROMISES, addresses
from site_builder.writers.tables import json_objects
from site_builder.writers.voice import Voice

TEMPLATE = "api.html"
SHOWN = "commitments"
"""The table of which a row is shown."""
COLUMNS = 8
"""Columns of it that are shown."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("api", "", "data/api", catalog)


def view(voice: Voice) -> dict[str, Any]:
    edition = voice.edition
    example = f"data/latest/{SHOWN}.json"
    description = api_description(edition.catalog, voice.code)
    return {
        "title": voice.say("api"),
        "description": voice.say("api.lede"),
        "crumbs": [Crumb(voice.link("home"), voice.say("home")), Crumb(voice.link("data"), voice.say("data"))],
        "here": voice.say("api"),
        "lede": voice.say("api.lede"),
        "file": (description.rpartition("/")[2], voice.to(description)),
        "example": (edition.base_url + example, voice.to(example)),
        "row": _row(voice),
        "addresses": [
            {
                "parts": address.parts,
                "href": voice.to(address.example),
                "text": voice.say(address.phrase),
                "shown": address.example if address.places else "",
            }
            for address in addresses(edition)
        ],
        "promises": [voice.say(key) for key in PROMISES],
        "tables": voice.link("data"),
    }


def _row(voice: Voice) -> str:
    """Return the begin of a row as it stands in the file, of the one that says most; empty where there is none."""
    edition = voice.edition
    table = edition.schemas[SHOWN]
    header = table.columns(edition.catalog.codes)[:COLUMNS]
    rows = [row[:COLUMNS] for row in table_rows(edition, table)]
    if not rows:
        return ""
    fullest = max(rows, key=lambda row: sum(value is not None for value in row))
    shown = json.loads(json_objects(header, [fullest])[0])
    return json.dumps(shown, ensure_ascii=False, indent=1)[:-2] + ",\n …"

"""The list of everything that the facts rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.facts import facts_of
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.voice import Voice

TEMPLATE = "sources.html"
PLACED = frozenset({"title", "url", "note"})


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("sources", "", "sources", catalog)


def view(voice: Voice) -> dict[str, Any]:
    catalog = voice.edition.catalog
    uses = Counter(row.get("source_id") for row in catalog.rows("provenance") if row.get("source_id"))
    statuses = Counter(row.get("status") for row in catalog.rows("provenance"))
    records = sorted(
        catalog.rows("sources"), key=lambda record: voice.formats.alphabetical(voice.plain(record, "title"))
    )
    return {
        "title": voice.say("sources"),
        "description": voice.say("sources.lede", count=len(records)),
        "crumbs": [Crumb(voice.link("home"), voice.say("home"))],
        "here": voice.say("sources"),
        "lede": voice.say("sources.lede", count=len(records)),
        "counts": [
            (
                voice.formats.number(statuses[code.get("code")]),
                voice.title_label("provenance_statuses", code.get("code")),
                voice.text(code, "definition"),
            )
            for code in catalog.codes_of.get("provenance_statuses", ())
        ],
        "entries": [_entry(voice, record, uses[record.id]) for record in records],
    }


def _entry(voice: Voice, record: Record, used: int) -> dict[str, Any]:
    return {
        "id": record.id,
        "title": voice.text(record, "title"),
        "href": record.get("url") or "",
        "facts": facts_of(voice, record, besides=PLACED),
        "note": voice.rich(record, voice.edition.schemas["sources"].by_name["note"]),
        "used": voice.say("sources.used", count=used),
    }

"""The permanent address of a thing: language-neutral, leads to its page in each language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.plan.identity import identifier, identifier_path
from site_builder.readers.layout import IDENTIFIED
from site_builder.writers.head import NAMES
from site_builder.writers.voice import Voice

TEMPLATE = "identifier.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for table in IDENTIFIED:
        for record in catalog.rows(table):
            if record.get("kind") != "group":
                yield Page("identifier", f"{table}/{record.id}", "", identifier_path(table, record.id) + "index.html")


def view(voice: Voice) -> dict[str, Any]:
    catalog = voice.edition.catalog
    table, _, record_id = voice.page.subject.partition("/")
    record = catalog.by_id[table][record_id]
    texts = [catalog.text(record, name) for name in NAMES[table]]
    names = next((text.by_language for text in texts if text), {})
    return {
        "title": record_id,
        "description": identifier(catalog, table, record_id),
        "identifier": identifier(catalog, table, record_id),
        "offers": [
            (
                language,
                voice.link(IDENTIFIED[table], record_id, language=language.code),
                names.get(language.code, record_id),
            )
            for language in catalog.languages
        ],
    }

"""The page of a table: its data dictionary and downloads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.nouns.text import Text
from site_builder.writers.dictionary import Column, columns_of
from site_builder.writers.package import LATEST
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.rows import row_count
from site_builder.writers.voice import Voice

TEMPLATE = "table.html"
CODES_SHOWN = 30
"""Codes of a list that the dictionary names on the page; all stand in codelists.csv."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for table in schemas:
        yield from in_languages("table", table.name, f"data/{table.name}", catalog)


def view(voice: Voice) -> dict[str, Any]:
    edition = voice.edition
    table = edition.schemas[voice.page.subject]
    label = Text(table.labels)
    return {
        "title": voice.say("table.title", name=label.shown(voice.code)[0]),
        "heading": voice.shown(label),
        "name": table.name,
        "description": Text(table.descriptions).shown(voice.code)[0],
        "lede": voice.shown(Text(table.descriptions)),
        "crumbs": [
            Crumb(voice.link("home"), voice.say("home")),
            Crumb(voice.link("data"), voice.say("data")),
        ],
        "here": voice.shown(label),
        "rows": voice.say("table.rows", count=row_count(edition, table)),
        "csv": voice.to(f"{LATEST}{table.name}.csv"),
        "json": voice.to(f"{LATEST}{table.name}.json"),
        "key": ", ".join(table.key),
        "columns": [_column(voice, column) for column in columns_of(edition, table)],
    }


def _column(voice: Voice, column: Column) -> dict[str, Any]:
    codes = voice.edition.catalog.codes_of.get(column.codelist, ()) if column.codelist else ()
    return {
        "name": column.name,
        "type": column.type,
        "type_name": voice.say(f"type.{column.type}"),
        "required": column.required,
        "label": voice.shown(Text(column.labels)),
        "text": voice.shown(Text(column.descriptions)),
        "references": column.references,
        "href": voice.link("table", column.references) if column.references else "",
        "codelist": column.codelist,
        "codes": [
            (record.get("code"), voice.label(column.codelist, record.get("code"))) for record in codes[:CODES_SHOWN]
        ],
        "more": len(codes) > CODES_SHOWN,
    }

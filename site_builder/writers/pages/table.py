"""The page of a table: its first rows, its data dictionary, its files, and how it is cited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.output import LATEST
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas, Table
from site_builder.nouns.text import Text
from site_builder.writers.dictionary import Column, columns_of
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._cells import cell, headings
from site_builder.writers.pages._downloads import citations, cited_for_programs, downloads
from site_builder.writers.publication import of_table
from site_builder.writers.rows import first_rows, row_count
from site_builder.writers.voice import Voice

TEMPLATE = "table.html"
CODES_SHOWN = 30
"""Codes of a list that the dictionary names on the page; all stand in codelists.csv."""

ROWS_SHOWN, COLUMNS_SHOWN = 20, 7
"""Rows and columns that the page shows of a table; the files hold all."""


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
        "downloads": downloads(voice, of_table(edition, table).distributions),
        "sums": voice.to(f"{LATEST}SHA256SUMS"),
        "citations": citations(voice, "data.cite_table", name=_labels(voice, table), table=table.name),
        "cited_for_programs": cited_for_programs(voice),
        "preview": _preview(voice, table),
        "key": ", ".join(table.key),
        "columns": [_column(voice, column) for column in columns_of(edition, table)],
    }


def _labels(voice: Voice, table: Table) -> dict[str, str]:
    """Return the name of a table in every language."""
    return {code: Text(table.labels).shown(code)[0] for code in voice.edition.catalog.codes}


def _preview(voice: Voice, table: Table) -> dict[str, Any]:
    """Return the first rows with the first columns that have a value in one of them."""
    columns = table.columns(voice.edition.catalog.codes)
    rows = first_rows(voice.edition, table, ROWS_SHOWN)
    known = headings(voice, columns, [table])
    filled = [item for item in known if any(row[place] is not None for row in rows for place in item.places.values())]
    shown = filled[:COLUMNS_SHOWN]
    count = row_count(voice.edition, table)
    return {
        "headings": shown,
        "rows": [[cell(voice, heading, row) for heading in shown] for row in rows],
        "caption": voice.say("table.preview_caption", count=count, rows=len(rows), columns=len(shown), all=len(known)),
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

"""The data page: the package, its files and every table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.nouns.text import Text
from site_builder.writers.package import LATEST, descriptor_name, zip_name
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.publication import CATALOGUE
from site_builder.writers.rows import row_count
from site_builder.writers.voice import Voice

TEMPLATE = "data.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("data", "", "data", catalog)


def view(voice: Voice) -> dict[str, Any]:
    edition = voice.edition
    site = edition.catalog.site
    names = [
        zip_name(edition.catalog),
        *(descriptor_name(edition.catalog, code) for code in edition.catalog.codes),
        "data_dictionary.csv",
        "codelists.csv",
        "csvw-metadata.json",
        "CITATION.cff",
        "citation.bib",
        "SHA256SUMS",
    ]
    return {
        "title": voice.say("data"),
        "description": voice.say("data.lede", count=len(edition.schemas.tables)),
        "crumbs": [Crumb(voice.link("home"), voice.say("home"))],
        "here": voice.say("data"),
        "lede": voice.say("data.lede", count=len(edition.schemas.tables)),
        "files": [*((name, voice.to(LATEST + name)) for name in names), ("catalog.jsonld", voice.to(CATALOGUE))],
        "api": voice.link("api"),
        "tables": [
            {
                "name": table.name,
                "label": voice.shown(Text(table.labels)),
                "text": voice.shown(Text(table.descriptions)),
                "href": voice.link("table", table.name),
                "rows": voice.formats.number(row_count(edition, table)),
                "csv": voice.to(f"{LATEST}{table.name}.csv"),
                "json": voice.to(f"{LATEST}{table.name}.json"),
            }
            for table in edition.schemas
        ],
        "cite": voice.say(
            "data.cite",
            publisher=voice.plain(site, "publisher"),
            title=voice.plain(site, "title"),
            day=voice.formats.day(edition.derived.as_of),
            licence=site.get("content_licence"),
        ),
    }

"""The data page: the package, its files and every table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.output import LATEST
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas, Table
from site_builder.nouns.text import Text
from site_builder.plan.hosting import ending
from site_builder.writers.forms.ogp import NAME as OGP_FILE
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._downloads import Download, citations, cited_for_programs, downloads
from site_builder.writers.publication import CATALOGUE, api_description, of_plans, of_table, whole
from site_builder.writers.rows import row_count
from site_builder.writers.voice import Voice

TEMPLATE = "data.html"
FIRST = (".xlsx", ".zip", ".sqlite", "data_dictionary", "datapackage")
"""What the names of the files hold that stand first, in their order on the page: first those with all tables."""
PARTS = ("indicators", "frameworks", "questions", "examples", "releases", "api", "fields")
"""Kinds of the pages that belong to the data."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("data", "", "data", catalog)


def view(voice: Voice) -> dict[str, Any]:
    edition = voice.edition
    catalog = edition.catalog
    every, machines = whole(edition), (CATALOGUE, api_description(catalog, voice.code))
    files = downloads(voice, every.distributions)
    lede = voice.say("data.lede", count=len(edition.schemas.tables))
    return {
        "title": voice.say("data"),
        "description": lede,
        "crumbs": [Crumb(voice.link("home"), voice.say("home"))],
        "here": voice.say("data"),
        "lede": lede,
        "parts": [(href, voice.say(kind)) for kind in PARTS if (href := voice.link(kind))],
        "downloads": sorted(files, key=_by_use),
        "plans": [
            (voice.text(plan.plans[0], "short_title"), downloads(voice, plan.distributions))
            for plan in of_plans(edition)
        ],
        "machines": [(path.rpartition("/")[2], voice.to(path)) for path in machines if path in edition.plan.files],
        "sums": voice.to(f"{LATEST}SHA256SUMS"),
        "ogp": {"name": OGP_FILE, "href": voice.to(LATEST + OGP_FILE)},
        "tables": [_table(voice, table) for table in edition.schemas],
        "citations": citations(voice, "data.cite"),
        "cited_for_programs": cited_for_programs(voice),
        "licence_name": catalog.site.get("content_licence"),
    }


def _by_use(download: Download) -> int:
    """Return the place of a file among all; sorting keeps the others in their order."""
    return next((place for place, part in enumerate(FIRST) if part in download.name), len(FIRST))


def _table(voice: Voice, table: Table) -> dict[str, Any]:
    edition = voice.edition
    return {
        "name": table.name,
        "label": voice.shown(Text(table.labels)),
        "text": voice.shown(Text(table.descriptions)),
        "href": voice.link("table", table.name),
        "rows": voice.formats.number(row_count(edition, table)),
        "forms": [
            (ending(form.name)[1:].upper(), voice.to(form.path)) for form in of_table(edition, table).distributions
        ],
    }

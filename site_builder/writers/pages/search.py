"""The search page: a form and a list that the script fills; without it, the way to the list of everything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.voice import Voice

TEMPLATE = "search.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("search", "", "search", catalog)


def view(voice: Voice) -> dict[str, Any]:
    return {
        "title": voice.say("search"),
        "description": voice.say("search.description", title=voice.plain(voice.edition.catalog.site, "title")),
        "crumbs": [Crumb(voice.link("home"), voice.say("home"))],
        "here": voice.say("search"),
        "scripts": ("search.js",),
        # the script puts the number of results where the sign stands
        "some": voice.say("search.some", number="#"),
        "found": voice.say("search.found", number="#"),
    }

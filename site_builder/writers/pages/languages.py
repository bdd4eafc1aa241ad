"""The page at `/`: offers the languages, each in its own name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.voice import Voice

TEMPLATE = "languages.html"
MANIFEST = "manifest.webmanifest"
"""Linked from this page alone: it is the one that an installed site opens, and it has no script to load."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    yield Page("languages", "", "", "index.html")


def view(voice: Voice) -> dict[str, Any]:
    catalog = voice.edition.catalog
    titles = catalog.text(catalog.site, "title").by_language
    return {
        "title": " · ".join(titles.values()),
        "description": voice.plain(catalog.site, "description"),
        "manifest": voice.to(MANIFEST),
        "titles": list(titles.items()),
        "offers": [(language, voice.link("home", language=language.code)) for language in catalog.languages],
    }

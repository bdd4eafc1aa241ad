"""The page that says whom to ask and how to report a mistake."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.voice import Voice

TEMPLATE = "contact.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("contact", "", "contact", catalog)


def view(voice: Voice) -> dict[str, Any]:
    site = voice.edition.catalog.site
    repository = str(site.get("repository_url") or "").rstrip("/")
    return {
        "title": voice.say("contact"),
        "description": voice.say("contact.description"),
        "crumbs": [Crumb(voice.link("home"), voice.say("home"))],
        "here": voice.say("contact"),
        "scripts": ("contact.js",),
        "office": voice.text(site, "contact"),
        "inbox": site.get("contact_url") or "",
        "issues": f"{repository}/issues/new" if repository else "",
        "corrections": voice.link("prose", "corrections"),
        "offices": [
            (voice.text(plan, "short_title"), voice.text(plan, "contact"))
            for plan in voice.edition.catalog.rows("plans")
            if voice.edition.catalog.text(plan, "contact")
        ],
    }

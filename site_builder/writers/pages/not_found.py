"""The page shown for an address where nothing is: one a language, and one at the root in all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.voice import Voice

TEMPLATE = "not_found.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    yield Page("not-found", "", "", "404.html")
    for code in catalog.codes:
        yield Page("not-found", "", code, f"{code}/404.html")


def view(voice: Voice) -> dict[str, Any]:
    languages = [voice.language] if voice.page.language else list(voice.edition.catalog.languages)
    words = voice.edition.theme.words
    return {
        "title": voice.say("not_found"),
        "description": voice.say("not_found"),
        "crumbs": [],
        "here": "",
        "messages": [
            {
                "code": language.code,
                "heading": words[language.code].say("not_found"),
                "text": words[language.code].say("not_found.text"),
                "links": [
                    (voice.link(kind, language=language.code), words[language.code].say(kind))
                    for kind in ("home", "search", "a-to-z", "commitments", "organisations")
                ],
            }
            for language in languages
        ],
    }

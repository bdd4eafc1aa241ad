"""The page that lists every kind of file in which the content is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.nouns.text import Text
from site_builder.readers.blanks import blanks
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._blanks import CONTENT, shown_path
from site_builder.writers.voice import Voice

TEMPLATE = "fields.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("fields", "", "fields", catalog)


def view(voice: Voice) -> dict[str, Any]:
    edition = voice.edition
    kinds = blanks(edition.schemas, edition.catalog.codes)
    return {
        "title": voice.say("fields"),
        "description": voice.say("fields.description"),
        "crumbs": [Crumb(voice.link("home"), voice.say("home")), Crumb(voice.link("data"), voice.say("data"))],
        "here": voice.say("fields"),
        "lede": voice.say("fields.lede", folder=Markup('<code translate="no">{}</code>').format(CONTENT)),
        "kinds": [
            {
                "label": voice.shown(Text(blank.labels)),
                "text": voice.shown(Text(blank.descriptions)),
                "path": shown_path(blank.kind.path),
                "href": voice.link("file-kind", blank.name),
                "id": blank.name,
            }
            for blank in kinds
        ],
        "dictionary": voice.link("data"),
        "rules": voice.link("rules"),
    }

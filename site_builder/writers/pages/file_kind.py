"""The page of a kind of file: where it stands, every key of it, what is written there, an example."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.nouns.text import Text
from site_builder.readers.blanks import blanks
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._blanks import sections, shown_path
from site_builder.writers.voice import Voice

TEMPLATE = "file_kind.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for blank in blanks(schemas, catalog.codes):
        yield from in_languages("file-kind", blank.name, f"fields/{blank.name}", catalog)


def view(voice: Voice) -> dict[str, Any]:
    edition = voice.edition
    blank = next(blank for blank in blanks(edition.schemas, edition.catalog.codes) if blank.name == voice.page.subject)
    label = Text(blank.labels)
    return {
        "title": voice.say("fields.title", name=label.shown(voice.code)[0]),
        "description": Text(blank.descriptions).shown(voice.code)[0],
        "crumbs": [Crumb(voice.link("home"), voice.say("home")), Crumb(voice.link("fields"), voice.say("fields"))],
        "here": voice.shown(label),
        "heading": voice.shown(label),
        "lede": voice.shown(Text(blank.descriptions)),
        "path": shown_path(blank.kind.path),
        "sections": list(sections(voice, blank.lines, blank.kind.table)),
        "table": voice.link("table", blank.kind.table) if blank.kind.table else "",
    }

"""The permanent address of a thing that was withdrawn: when, why, and what took its place, in every language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Language
from site_builder.nouns.schema import Schemas
from site_builder.plan.identity import identifier, identifier_path, withdrawn_things
from site_builder.readers.formats import Formats
from site_builder.writers.voice import Voice
from site_builder.writers.withdrawn import Withdrawn, withdrawn

TEMPLATE = "withdrawn.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for row in withdrawn_things(catalog):
        table, thing = row.get("thing_table"), row.get("thing_id")
        yield Page("withdrawn", f"{table}/{thing}", "", identifier_path(table, thing) + "index.html")


def view(voice: Voice) -> dict[str, Any]:
    catalog = voice.edition.catalog
    table, _, thing = voice.page.subject.partition("/")
    row = next(
        row for row in withdrawn_things(catalog) if (row.get("thing_table"), row.get("thing_id")) == (table, thing)
    )
    gone = withdrawn(voice.edition, row)
    return {
        "title": thing,
        "description": identifier(catalog, table, thing),
        "identifier": identifier(catalog, table, thing),
        "parts": [_part(voice, gone, language) for language in catalog.languages],
        "next": gone.successor,
        "next_href": voice.to(gone.successor.path) if gone.successor and gone.successor.path else "",
    }


def _part(voice: Voice, gone: Withdrawn, language: Language) -> dict[str, Any]:
    """Return what is said in a language."""
    words = voice.edition.theme.words[language.code]
    reason, spoken = gone.reason.shown(language.code)
    names = gone.successor.names or {} if gone.successor else {}
    return {
        "language": language,
        "name": gone.names.get(language.code, ""),
        "told": words.say("withdrawn.day", day=Formats(language).day(gone.day)),
        "reason": reason,
        "spoken": spoken if spoken != language.code else "",
        "next": words.say("withdrawn.next") if gone.successor else words.say("withdrawn.nothing_next"),
        "next_name": names.get(language.code) or (gone.successor.id if gone.successor else ""),
    }

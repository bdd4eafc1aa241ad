"""The list of all commitments, plan by plan, with the ways to narrow it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._facets import entry, tokens, useful
from site_builder.writers.pages._lists import groups
from site_builder.writers.voice import Voice

TEMPLATE = "commitments.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("commitments", "", "commitments", catalog)


def view(voice: Voice) -> dict[str, Any]:
    total = len(voice.edition.catalog.rows("commitments"))
    return {
        "title": voice.say("commitments"),
        "description": voice.say("commitments.description", count=total),
        "crumbs": [Crumb(voice.link("home"), voice.say("home"))],
        "here": voice.say("commitments"),
        "lede": voice.say("commitments.lede", count=total),
        "key": voice.say("band.small_key"),
        "groups": groups(voice),
        "facets": [
            {
                "name": facet.name,
                "label": voice.say(f"facet.{facet.name}"),
                "values": [entry(voice, value) for value in found],
            }
            for facet, found in useful(voice)
        ],
        "tokens": tokens(voice),
        "found": _found(voice, total),
        "table": voice.link("table", "commitments"),
        "csv": voice.to("data/latest/commitments.csv"),
        "json": voice.to("data/latest/commitments.json"),
        "scripts": ("narrow.js",),
    }


def _found(voice: Voice, total: int) -> dict[str, str]:
    """Return the sentence that counts what is found, by plural form; the script puts the count in place of a #."""
    phrase = voice.words.phrases["narrow.found"]
    forms = {"other": phrase} if isinstance(phrase, str) else phrase
    return {form: text.format(count="#", total=voice.formats.number(total)) for form, text in sorted(forms.items())}

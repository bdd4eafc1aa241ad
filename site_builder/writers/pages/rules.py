"""The page that lists every rule by which the content is checked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import Crumb
from site_builder.writers.pages._rules import in_code, speaking
from site_builder.writers.voice import Voice

TEMPLATE = "rules.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for code in speaking(catalog):
        yield Page("rules", "", code, f"{code}/rules/index.html")


def view(voice: Voice) -> dict[str, Any]:
    book, wording = voice.edition.catalog.rulebook, voice.edition.wording
    return {
        "title": voice.say("rules"),
        "description": voice.say("rules.description"),
        "crumbs": [Crumb(voice.link("home"), voice.say("home")), Crumb(voice.link("quality"), voice.say("quality"))],
        "here": voice.say("rules"),
        "lede": voice.say("rules.lede", count=len(book.rules)),
        "fields": voice.link("fields"),
        "families": [
            {
                "title": family.title[voice.code],
                "rules": [
                    {
                        "name": rule.name,
                        "href": voice.link("rule", rule.name),
                        "severity": voice.title_label("severities", rule.severity),
                        "message": in_code(wording.template(rule.name, voice.code)),
                    }
                    for rule in family.rules
                ],
            }
            for family in book.families
        ],
    }

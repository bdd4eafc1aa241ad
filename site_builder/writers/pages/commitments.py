"""The list of all commitments, plan by plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._commitments import by_plan, item, period
from site_builder.writers.voice import Voice

TEMPLATE = "commitments.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("commitments", "", "commitments", catalog)


def view(voice: Voice) -> dict[str, Any]:
    groups = by_plan(voice)
    total = sum(len(commitments) for _, commitments in groups)
    return {
        "title": voice.say("commitments"),
        "description": voice.say("commitments.description", count=total),
        "crumbs": [Crumb(voice.link("home"), voice.say("home"))],
        "here": voice.say("commitments"),
        "lede": voice.say("commitments.lede", count=total),
        "key": voice.say("band.small_key"),
        "groups": [
            {
                "plan": voice.text(plan, "title"),
                "href": voice.link("plan", plan.id),
                "period": period(voice, plan),
                "entries": [item(voice, record) for record in commitments],
            }
            for plan, commitments in groups
        ],
        "table": voice.link("table", "commitments"),
        "csv": voice.to("data/latest/commitments.csv"),
        "json": voice.to("data/latest/commitments.json"),
    }

"""The card of a commitment: a small page that other sites may show in a frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import in_languages
from site_builder.writers.pages._answers import in_brief
from site_builder.writers.pages._bands import band
from site_builder.writers.pages._commitments import heading, milestones_of, plain_heading, plan_of
from site_builder.writers.voice import Voice

TEMPLATE = "embed.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for record in catalog.rows("commitments"):
        yield from in_languages("embed", record.id, f"embed/{record.id}", catalog)


def view(voice: Voice) -> dict[str, Any]:
    record = voice.edition.catalog.by_id["commitments"][voice.page.subject]
    plan = plan_of(voice, record)
    name = plain_heading(voice, record)
    return {
        "title": voice.say(
            "embed.title", number=record.get("number"), plan=voice.plain(plan, "short_title"), title=name
        ),
        "description": name,
        "heading": heading(voice, record)[0],
        "kicker": voice.say("commitment.number", number=record.get("number")),
        "plan": voice.text(plan, "short_title"),
        "href": voice.link("commitment", record.id),
        "answers": in_brief(voice, record),
        "band": band(voice, plan, milestones_of(voice, record), id_=f"b-{record.id}", small=True),
    }

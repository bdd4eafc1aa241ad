"""The first page in a language: the main plan in full, the other plans in a sentence each, ways onward."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import in_languages
from site_builder.writers.pages._bands import band, band_key
from site_builder.writers.pages._changes import feeds
from site_builder.writers.pages._commitments import heading, milestones_of, period
from site_builder.writers.pages._completion import completion_sentence
from site_builder.writers.pages._plans import all_plans, commitment_total, counts, gaps, meta, outcome
from site_builder.writers.voice import Voice

TEMPLATE = "home.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("home", "", "", catalog)


def view(voice: Voice) -> dict[str, Any]:
    site, main = voice.edition.catalog.site, voice.edition.main_plan
    return {
        "title": voice.plain(site, "title"),
        "description": voice.plain(site, "description"),
        "about": voice.text(site, "description"),
        "plan": _main(voice, main) if main else None,
        "ways": _ways(voice, main),
        "others": [_other(voice, plan) for plan in all_plans(voice) if plan != main],
        "feeds": feeds(voice, "home", ""),
    }


def _main(voice: Voice, plan: Record) -> dict[str, Any]:
    commitments = voice.edition.commitments_of.get(plan.id, ())
    milestones = tuple(record for commitment in commitments for record in milestones_of(voice, commitment))
    total = commitment_total(voice, plan)
    return {
        "number": voice.formats.number(total) if total else "",
        "kicker": Markup("{}, {}").format(voice.bare(plan, "short_title"), period(voice, plan)),
        "heading": voice.say("home.heading", count=total) if total else voice.text(plan, "title"),
        "lede": outcome(voice, plan),
        "href": voice.link("plan", plan.id),
        "band": band(voice, plan, milestones, id_=f"b-{plan.id}"),
        "band_key": band_key(voice, milestones),
        "counts": counts(voice, plan),
        "gaps": gaps(voice, plan),
        "commitments": [
            (record.get("number"), voice.link("commitment", record.id), heading(voice, record)[0])
            for record in commitments
        ],
    }


def _ways(voice: Voice, main: Record | None) -> list[tuple[str, str]]:
    """Return where to go from the first screen: all commitments, those that are late, the search."""
    ways = (
        (voice.link("commitments"), "home.all"),
        (voice.link("deadlines", main.id) if main else "", "home.late"),
        (voice.link("search"), "home.search"),
    )
    return [(href, voice.say(key)) for href, key in ways if href]


def _other(voice: Voice, plan: Record) -> dict[str, str]:
    return {
        "href": voice.link("plan", plan.id),
        "title": voice.text(plan, "title"),
        "meta": meta(voice, plan),
        "known": completion_sentence(voice, plan),
    }

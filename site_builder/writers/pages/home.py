"""The first page in a language: the newest plan, what is known of it in counts, its commitments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import in_languages
from site_builder.writers.pages._commitments import band, band_key, by_plan, heading, milestones_of, period
from site_builder.writers.voice import Voice

TEMPLATE = "home.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("home", "", "", catalog)


def view(voice: Voice) -> dict[str, Any]:
    site = voice.edition.catalog.site
    plans = by_plan(voice)
    return {
        "title": voice.plain(site, "title"),
        "description": voice.plain(site, "description"),
        "lede": voice.text(site, "description"),
        "plans": [_plan(voice, plan, commitments) for plan, commitments in plans],
    }


def _plan(voice: Voice, plan: Record, commitments: tuple[Record, ...]) -> dict[str, Any]:
    milestones = tuple(record for commitment in commitments for record in milestones_of(voice, commitment))
    return {
        "title": voice.text(plan, "title"),
        "short_title": voice.text(plan, "short_title"),
        "period": period(voice, plan),
        "href": voice.link("plan", plan.id),
        "band": band(voice, plan, milestones, id_=f"b-{plan.id}"),
        "band_key": band_key(voice, milestones),
        "count": len(commitments),
        "counts": counts(voice, plan),
        "commitments": [
            (record.get("number"), voice.link("commitment", record.id), heading(voice, record)[0])
            for record in commitments
        ],
    }


def counts(voice: Voice, plan: Record) -> list[tuple[str, str]]:
    """Return the figures of a plan, each with the sentence that gives its denominator."""
    row = voice.edition.derived.row("plan_summary", plan.id)
    total, milestones = row["commitment_count"], row["milestone_count"]
    number = voice.formats.number
    told = [
        (number(row["commitment_reported_count"]), voice.say("count.reported", total=total)),
        (number(row["commitment_completion_count"]), voice.say("count.completion", total=total)),
        (number(row["milestone_dated_count"]), voice.say("count.dated", total=milestones)),
        (number(row["milestone_done_count"]), voice.say("count.done", total=milestones)),
    ]
    if row["ended"]:
        told.append((number(row["milestone_unfinished_count"]), voice.say("count.unfinished", total=milestones)))
        told.append((number(row["milestone_not_reported_count"]), voice.say("count.not_reported", total=milestones)))
    else:
        told.append((number(row["milestone_overdue_count"]), voice.say("count.overdue", total=milestones)))
    told.append(
        (
            number(row["fact_stated_count"]),
            voice.say("count.facts", total=row["fact_count"], missing=row["fact_missing_count"]),
        )
    )
    return told

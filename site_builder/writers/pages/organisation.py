"""The page of an organisation: the commitments in which it has a part, its counts, its facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._commitments import item
from site_builder.writers.voice import Voice

TEMPLATE = "organisation.html"
PLACED = frozenset({"name"})


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for record in catalog.rows("organisations"):
        if record.get("kind") != "group":
            yield from in_languages("organisation", record.id, f"organisations/{record.id}", catalog)


def view(voice: Voice) -> dict[str, Any]:
    catalog = voice.edition.catalog
    record = catalog.by_id["organisations"][voice.page.subject]
    row = voice.edition.derived.row("organisation_summary", record.id)
    return {
        "title": voice.plain(record, "name"),
        "heading": voice.text(record, "name"),
        "description": voice.say("organisation.description", name=voice.plain(record, "name")),
        "crumbs": [
            Crumb(voice.link("home"), voice.say("home")),
            Crumb(voice.link("organisations"), voice.say("organisations")),
        ],
        "here": voice.text(record, "name"),
        "kicker": voice.title_label("organisation_kinds", record.get("kind")),
        "origin": voice.origin(record, "name"),
        "lede": voice.say("organisation.lede", lead=row["lead_count"], other=row["other_count"]),
        "milestones": voice.say(
            "organisation.milestones",
            count=row["milestone_led_count"],
            dated=row["milestone_assessed_count"],
            overdue=row["milestone_overdue_count"],
            unfinished=row["milestone_unfinished_count"],
            silent=row["milestone_not_reported_count"],
        )
        if row["milestone_led_count"]
        else "",
        "groups": _groups(voice, record),
        "facts": voice.facts(record, besides=PLACED),
        "duties": [
            (
                voice.text(plan, "short_title"),
                voice.link("plan", plan.id),
                voice.label("plan_roles", duty.get("role")),
                voice.text(duty, "duty"),
            )
            for duty in catalog.referring("plan_organisations", "organisation_id", record.id)
            if (plan := catalog.find("plans", duty.get("plan_id")))
        ],
    }


def _groups(voice: Voice, record: Record) -> list[dict[str, Any]]:
    catalog = voice.edition.catalog
    links = catalog.referring("commitment_organisations", "organisation_id", record.id)
    groups = []
    for role in catalog.codes_of.get("roles", ()):
        found = [
            catalog.find("commitments", link.get("commitment_id"))
            for link in links
            if link.get("role") == role.get("code")
        ]
        commitments = sorted(
            (entry for entry in found if entry), key=lambda entry: (entry.get("plan_id"), entry.get("number"))
        )
        if commitments:
            groups.append(
                {
                    "label": voice.title_label("roles", role.get("code")),
                    "entries": [item(voice, entry) for entry in commitments],
                }
            )
    return groups

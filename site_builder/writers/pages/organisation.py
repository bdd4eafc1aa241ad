"""The page of an organisation: its counts, what is late, its commitments by plan and role, its kin, its facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.derived import Row
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.readers.formats import capital
from site_builder.writers.facts import Fact, facts_of
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._changes import what_changed
from site_builder.writers.pages._commitments import by_plan, item, period
from site_builder.writers.pages._deadlines import SORTS, led_by, line, listed
from site_builder.writers.voice import Voice

TEMPLATE = "organisation.html"
PLACED = frozenset({"name"})
LISTS = ("overdue", "soon", "moved", "unfinished", "silent")
"""The lists of its milestones, those first that ask for something to be done."""
SHOWN = 40
"""Rows of a list on the page; of a longer one the rest stands in the table."""


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
        "lede": capital(part_of(voice, row) or voice.say("organisation.none")),
        "counts": _counts(voice, record),
        "deadlines": _deadlines(voice, record),
        "table": voice.link("table", "milestone_schedule"),
        "csv": voice.to("data/latest/milestone_schedule.csv"),
        "json": voice.to("data/latest/milestone_schedule.json"),
        "plans": _plans(voice, record),
        "facts": [*_kin(voice, record), *facts_of(voice, record, besides=PLACED)],
        **what_changed(voice, "organisation", record.id),
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


def _counts(voice: Voice, record: Record) -> list[tuple[str, str]]:
    """Return the figures, each with the sentence that gives its denominator; of milestones only where it leads some."""
    row = voice.edition.derived.row("organisation_summary", record.id)
    commitments, led = len(voice.edition.catalog.rows("commitments")), row["milestone_led_count"]
    told = [("led", row["lead_count"], commitments), ("other", row["other_count"], commitments)]
    if led:
        told.append(("dated", row["milestone_assessed_count"], led))
    ended = {_has_ended(voice, milestone) for milestone in led_by(voice, record)}
    if False in ended and row["milestone_assessed_count"]:
        told.append(("overdue", row["milestone_overdue_count"], row["milestone_assessed_count"]))
    if True in ended:
        told.append(("unfinished", row["milestone_unfinished_count"], led))
        told.append(("silent", row["milestone_not_reported_count"], led))
    return [
        (voice.formats.number(count), voice.say(f"organisation.counts.{name}", total=total))
        for name, count, total in told
    ]


def _has_ended(voice: Voice, milestone: Row) -> bool:
    """Whether the plan of a milestone has ended, so that it can be unfinished and no longer overdue."""
    return bool(voice.edition.derived.row("plan_summary", milestone["plan_id"])["ended"])


def part_of(voice: Voice, row: Row) -> str:
    """Return in how many commitments an organisation has a part, by its row of the summary; empty where in none."""
    told = [
        voice.say("organisations.lead", count=row["lead_count"]) if row["lead_count"] else "",
        voice.say("organisations.other", count=row["other_count"]) if row["other_count"] else "",
    ]
    return " · ".join(part for part in told if part)


def _deadlines(voice: Voice, record: Record) -> list[dict[str, Any]]:
    """Return the lists of milestones that it answers for, with original and current dates; empty ones are left out."""
    rows = led_by(voice, record)
    found = []
    for name in LISTS:
        kept = listed(rows, SORTS[name])
        if kept:
            shown = kept[:SHOWN]
            found.append(
                {
                    "heading": voice.say(f"deadlines.{name}"),
                    "sentence": voice.say("organisation.listed", count=len(kept), total=len(rows)),
                    "caption": voice.say(f"deadlines.caption.{name}"),
                    "rows": [line(voice, row) for row in shown],
                    "rest": voice.say("deadlines.shown", shown=len(shown), count=len(kept))
                    if len(shown) < len(kept)
                    else "",
                    "folded": name == "silent",
                }
            )
    return found


def _plans(voice: Voice, record: Record) -> list[dict[str, Any]]:
    """Return the commitments that name it, by plan and role, in the order of the code list."""
    catalog = voice.edition.catalog
    links = catalog.referring("commitment_organisations", "organisation_id", record.id)
    held = {(link.get("role"), link.get("commitment_id")) for link in links}
    wanted = {commitment for _, commitment in held}
    plans = []
    for plan, commitments in by_plan(voice):
        own = [commitment for commitment in commitments if commitment.id in wanted]
        roles = []
        for role in catalog.codes_of.get("roles", ()) if own else ():
            entries = [item(voice, commitment) for commitment in own if (role.get("code"), commitment.id) in held]
            if entries:
                roles.append({"label": voice.title_label("roles", role.get("code")), "entries": entries})
        if roles:
            name = voice.text(plan, "short_title")
            plans.append(
                {"name": name, "href": voice.link("plan", plan.id), "period": period(voice, plan), "roles": roles}
            )
    return plans


def _kin(voice: Voice, record: Record) -> list[Fact]:
    """Return the organisations that name this one as theirs: its parts, and those whose place it took."""
    facts = []
    for phrase, column in (("organisation.parts", "parent_id"), ("organisation.predecessors", "successor_id")):
        kin = voice.edition.catalog.referring("organisations", column, record.id)
        names = sorted(kin, key=lambda other: voice.formats.alphabetical(voice.plain(other, "name")))
        if names:
            origin = voice.origin(names[0], column)
            facts.append(
                Fact(
                    voice.say(phrase),
                    entries=tuple(voice.named("organisation", other) for other in names),
                    origin=origin,
                )
            )
    return facts

"""Requirements on the talk with citizens: co-creation, the forum, whom to ask, comments and answers."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from site_builder.derive.repository._ground import Ground, Outcome, Requirement, counted
from site_builder.nouns.record import Record
from site_builder.readers.date_forms import first_day, last_day

CO_CREATION = ("timeline", "invitation", "input", "reasoned_response")
"""Kinds of documents that show how a plan was made together."""
MEETINGS_A_YEAR = 2
PERSONAL = frozenset({"personal-mailbox", "mobile-number"})
"""Rules that a contact of a person would break."""


def co_creation(ground: Ground, plan: Record) -> Outcome:
    """C6: a document of each kind; an answer to a comment counts as a reasoned response."""
    catalog = ground.catalog
    kinds = {record.get("kind") for record in catalog.referring("documents", "plan_id", plan.id)}
    if catalog.referring("responses", "plan_id", plan.id):
        kinds.add("reasoned_response")
    return counted(*((kind in kinds, f"{kind}_missing") for kind in CO_CREATION))


def forum(ground: Ground, plan: Record) -> Outcome:
    """C7: who is in charge of the plan, at least two meetings in each full year of it, minutes of each meeting."""
    catalog = ground.catalog
    held = catalog.referring("meetings", "plan_id", plan.id)
    days = [record.get("held_on") for record in held]
    end = min(ground.as_of, last_day(plan.get("period_end")))
    years = [
        sum(begin <= day < after for day in days) >= MEETINGS_A_YEAR
        for begin, after in _years(first_day(plan.get("period_start")), end)
    ]
    return counted(
        (bool(catalog.children(plan, "plan_organisations")), "members_missing"),
        (years, "meetings_missing"),
        ([record.get("document_id") is not None for record in held], "minutes_missing"),
        notes=("rules_not_tested",),
    )


def _years(start: date, end: date) -> list[tuple[date, date]]:
    """Return the full years from `start` that have passed on `end`, each with the first day after it."""
    # a period never begins on 29 February: it is known to the year, the month or a first day
    starts = [date(start.year + number, start.month, min(start.day, 28)) for number in range(end.year - start.year + 2)]
    return [(begin, after) for begin, after in pairwise(starts) if (after - end).days <= 1]


def contact(ground: Ground, plan: Record) -> Outcome:
    """C10: an office for the plan, an address to write to, and no contact of a person."""
    catalog = ground.catalog
    return counted(
        (bool(catalog.text(plan, "contact")), "office_missing"),
        (catalog.site.get("contact_url") is not None, "contact_address_missing"),
        (not any(finding.name in PERSONAL for finding in ground.findings), "personal_contact"),
    )


def comments(ground: Ground, plan: Record) -> Outcome:
    """C14: a contact page in each language, an address to write to, and what was answered to each comment."""
    catalog = ground.catalog
    answered = [bool(catalog.text(row, "text")) for row in catalog.referring("responses", "plan_id", plan.id)]
    site = catalog.site
    return counted(
        (ground.pages("contact"), "page_missing"),
        (bool(site.get("contact_url") or site.get("repository_url")), "contact_address_missing"),
        (answered or [False], "answers_missing"),
    )


REQUIREMENTS = (
    Requirement("c06", ("standard_2_2", "standard_3", "standard_4_1"), co_creation),
    Requirement("c07", ("standard_1_1", "standard_5_1"), forum),
    Requirement("c10", ("contact_2016",), contact),
    Requirement("c14", ("standard_5_1",), comments),
)

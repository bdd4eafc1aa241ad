"""Owns what several pages say of a commitment: its heading, its sentences, its place in a list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from markupsafe import Markup

from site_builder.nouns.record import Record
from site_builder.readers.date_forms import last_day
from site_builder.writers.pages._answers import Brief, in_brief
from site_builder.writers.pages._bands import band
from site_builder.writers.voice import Voice


@dataclass(frozen=True)
class Item:
    """A commitment in a list."""

    id: str
    number: int
    href: str
    heading: str
    meta: str
    band: Markup
    answers: tuple[Brief, ...]


def heading(voice: Voice, commitment: Record) -> tuple[str, str, str]:
    """Return the heading, the field it stands in and the phrase that says whose title it is."""
    catalog = voice.edition.catalog
    if catalog.text(commitment, "title"):
        return voice.text(commitment, "title"), "title", "commitment.title_adopted"
    if catalog.text(commitment, "title_ogp"):
        return voice.text(commitment, "title_ogp"), "title_ogp", "commitment.title_ogp"
    return _untitled(voice, commitment), "title", "commitment.no_title"


def plain_heading(voice: Voice, commitment: Record) -> str:
    """Return the heading without markup."""
    name = "title" if voice.edition.catalog.text(commitment, "title") else "title_ogp"
    return voice.plain(commitment, name) or _untitled(voice, commitment)


def _untitled(voice: Voice, commitment: Record) -> str:
    """Return what stands in the place of a title that no source states."""
    return voice.say("commitment.untitled", id=commitment.get("ogp_id") or commitment.id)


def plan_of(voice: Voice, commitment: Record) -> Record:
    """Return the plan of a commitment."""
    plan = voice.edition.catalog.find("plans", commitment.get("plan_id"))
    assert plan is not None, "references are checked before anything is written"
    return plan


def lede(voice: Voice, commitment: Record) -> Markup:
    """Return the sentences that say how the commitment stands, before any label does."""
    row = voice.edition.derived.row("commitment_summary", commitment.id)
    plan = plan_of(voice, commitment)
    end = commitment.get("end_date") or last_day(plan.get("period_end"))
    ended = voice.edition.derived.as_of > end
    owner = "commitment" if commitment.get("end_date") else "plan"
    parts = [Markup(voice.say(f"lede.{owner}_{'ended' if ended else 'runs'}", day="{}")).format(voice.day(end))]
    if row["government_status"]:
        parts.append(
            Markup(voice.say("lede.government", status="{}")).format(voice.label("statuses", row["government_status"]))
        )
    else:
        parts.append(Markup(voice.say("lede.no_government")))
    if row["irm_completion"]:
        parts.append(
            Markup(voice.say("lede.reviewers", completion="{}")).format(
                voice.label("completions", row["irm_completion"])
            )
        )
    else:
        parts.append(Markup(voice.say("lede.no_reviewers")))
    return Markup(" ").join(parts)


def milestones_of(voice: Voice, commitment: Record) -> tuple[Record, ...]:
    """Return the milestones of a commitment by number."""
    found = voice.edition.catalog.children(commitment, "milestones")
    return tuple(sorted(found, key=lambda record: record.get("number")))


def item(voice: Voice, commitment: Record) -> Item:
    """Return a commitment as it stands in a list; only its link differs from page to page."""
    key = ("item", commitment.id)
    if key not in voice.memory:
        voice.memory[key] = _item(voice, commitment)
    return replace(cast(Item, voice.memory[key]), href=voice.link("commitment", commitment.id))


def _item(voice: Voice, commitment: Record) -> Item:
    row = voice.edition.derived.row("commitment_summary", commitment.id)
    leads = [
        voice.text(organisation, "name")
        for link in voice.edition.catalog.children(commitment, "commitment_organisations")
        if link.get("role") == "lead"
        and (organisation := voice.edition.catalog.find("organisations", link.get("organisation_id")))
    ]
    who = Markup(", ").join(leads) if leads else voice.say("commitment.no_lead_short")
    count, milestones = row["milestone_count"], milestones_of(voice, commitment)
    meta = Markup("{} · {}").format(who, voice.say("commitment.milestones", count=count)) if count else who
    small = f"b-{commitment.id}" if row["milestone_dated_count"] else ""
    return Item(
        commitment.id,
        commitment.get("number"),
        "",
        heading(voice, commitment)[0],
        meta,
        band(voice, plan_of(voice, commitment), milestones, id_=small, small=True) if small else Markup(),
        in_brief(voice, commitment),
    )


def by_plan(voice: Voice) -> list[tuple[Record, tuple[Record, ...]]]:
    """Return the plans, the main one first, then the newest, each with its commitments by number."""
    main = voice.edition.main_plan
    plans = sorted(voice.edition.catalog.rows("plans"), key=lambda plan: (plan is not main, -plan.get("number")))
    return [(plan, voice.edition.commitments_of.get(plan.id, ())) for plan in plans]


def period(voice: Voice, plan: Record) -> str:
    """Return the years of a plan: 2019–2021."""
    return f"{str(plan.get('period_start'))[:4]}–{str(plan.get('period_end'))[:4]}"

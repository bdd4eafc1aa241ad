"""Owns what several pages say of a commitment: its heading, its three answers, its band."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from markupsafe import Markup

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.readers.date_forms import first_day, last_day
from site_builder.writers.charts.band import Band, Tick, draw_band
from site_builder.writers.shapes import BY_MEANING, COMPLETION, SCHEDULE, TICK
from site_builder.writers.voice import Voice


@dataclass(frozen=True)
class Answer:
    """One of the three answers: who says what, on what basis."""

    who: str
    shape: str
    said: str
    more: str = ""
    basis: str = ""
    refs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """One of the three answers in a word."""

    short: str
    """Who answers."""
    shape: str
    said: str


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


def answers(voice: Voice, commitment: Record) -> tuple[Answer, ...]:
    """Return what the government, the reviewers and the calendar say; they are never merged."""
    row = voice.edition.derived.row("commitment_summary", commitment.id)
    return (_government(voice, row), _reviewers(voice, row), _calendar(voice, row))


def in_brief(voice: Voice, commitment: Record) -> tuple[Brief, ...]:
    """Return the three answers in a word each, worked out once a language."""
    key = ("brief", commitment.id)
    if key not in voice.memory:
        row = voice.edition.derived.row("commitment_summary", commitment.id)
        status, completion = row["government_status"], row["irm_completion"]
        voice.memory[key] = (
            Brief(voice.say("answer.government_short"), *_government_word(voice, status)),
            Brief(voice.say("answer.reviewers_short"), *_reviewers_word(voice, completion)),
            Brief(voice.say("answer.calendar_short"), *_calendar_word(voice, row["schedule_status"])),
        )
    return cast(tuple[Brief, ...], voice.memory[key])


def _government_word(voice: Voice, status: str | None) -> tuple[str, str]:
    if status is None:
        return "unknown", voice.say("answer.no_report")
    return BY_MEANING[voice.edition.catalog.means("statuses", status)], voice.title_label("statuses", status)


def _reviewers_word(voice: Voice, completion: str | None) -> tuple[str, str]:
    if completion is None:
        return "unknown", voice.say("answer.no_completion")
    return COMPLETION[completion], voice.title_label("completions", completion)


def _calendar_word(voice: Voice, status: str) -> tuple[str, str]:
    return SCHEDULE[status], voice.title_label("schedule_statuses", status)


def _government(voice: Voice, row: Row) -> Answer:
    status, basis = row["government_status"], row["government_status_basis"]
    more = "" if status else voice.say("answer.no_report_more")
    reported = Markup(voice.say("answer.reported_on", day=voice.day(row["reported_on"]))) if row["reported_on"] else ""
    said_by = voice.title_label("status_bases", basis) if status else ""
    return Answer(
        voice.say("answer.government"),
        *_government_word(voice, status),
        more,
        Markup(" ").join(part for part in (said_by, reported) if part),
    )


def _reviewers(voice: Voice, row: Row) -> Answer:
    completion, assessment_id = row["irm_completion"], row["irm_assessment_id"]
    assessment = voice.edition.catalog.find("assessments", assessment_id) if assessment_id else None
    if assessment is None:
        return Answer(
            voice.say("answer.reviewers"), *_reviewers_word(voice, None), voice.say("answer.no_completion_more")
        )
    published = voice.partial(assessment, "published_on")
    basis = (
        Markup("{}, {}").format(voice.text(assessment, "assessor"), published)
        if published
        else voice.text(assessment, "assessor")
    )
    return Answer(
        voice.say("answer.reviewers"),
        *_reviewers_word(voice, completion),
        voice.title_label("assessment_kinds", assessment.get("kind")),
        basis,
        voice.refs(assessment.get("source_id")),
    )


def _calendar(voice: Voice, row: Row) -> Answer:
    count = row["milestone_count"]
    more = (
        voice.say("answer.dated", dated=row["milestone_dated_count"], count=count)
        if count
        else voice.say("milestones.none")
    )
    if row["milestone_overdue_count"]:
        more += " " + voice.say("answer.overdue", count=row["milestone_overdue_count"])
    basis = Markup(voice.say("answer.computed", day=voice.day(voice.edition.derived.as_of)))
    return Answer(
        voice.say("answer.calendar"),
        *_calendar_word(voice, row["schedule_status"]),
        more,
        basis,
    )


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


def band(voice: Voice, plan: Record, milestones: tuple[Record, ...], *, id_: str, small: bool = False) -> Markup:
    """Return the drawing of the time band."""
    return Markup(draw_band(band_of(voice, plan, milestones, id_=id_, small=small)))


def band_of(voice: Voice, plan: Record, milestones: tuple[Record, ...], *, id_: str, small: bool = False) -> Band:
    """Return the time band of a plan with a tick for each dated milestone."""
    rows = [(record, voice.edition.derived.row("milestone_schedule", record.id)) for record in milestones]
    numbered = len({record.parent for record in milestones}) == 1
    ticks = tuple(
        Tick(row["due_current"], TICK[SCHEDULE[row["schedule_status"]]], str(record.get("number")) if numbered else "")
        for record, row in rows
        if row["due_current"]
    )
    first, last = first_day(plan.get("period_start")), last_day(plan.get("period_end"))
    as_of = voice.edition.derived.as_of
    dated, count = len(ticks), len(milestones)
    if small:
        description = voice.say("answer.dated", dated=dated, count=count) if count else voice.say("milestones.none")
    else:
        description = voice.say(
            "band.description" if count else "band.description_bare",
            first=voice.formats.day(first),
            last=voice.formats.day(last),
            as_of=voice.formats.day(as_of),
            dated=dated,
            count=count,
        )
    return Band(
        id=id_,
        first_day=first,
        last_day=last,
        as_of=as_of,
        ticks=ticks,
        title=voice.say("band.title"),
        description=description,
        small=small,
    )


def band_key(voice: Voice, milestones: tuple[Record, ...]) -> str:
    """Return the sentence that explains the band."""
    if not milestones:
        return voice.say("milestones.none")
    dated = sum(
        bool(voice.edition.derived.row("milestone_schedule", record.id)["due_current"]) for record in milestones
    )
    return voice.say("band.key", dated=dated, count=len(milestones))


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

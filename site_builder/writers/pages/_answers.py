"""Owns the three answers to what became of a commitment: government, reviewers, calendar; they are never merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from markupsafe import Markup

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.writers.shapes import BY_MEANING, COMPLETION, SCHEDULE
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

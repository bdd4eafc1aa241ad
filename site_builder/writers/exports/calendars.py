"""The calendars of deadlines and rounds (RFC 5545) of plans and organisations; the only module that knows icalendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import cast

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.nouns.text import brief
from site_builder.plan.identity import identifier, part_identifier
from site_builder.readers.formats import Formats
from site_builder.writers.follow import (
    calendar_path,
    dated_milestones,
    round_anchor,
    rounds_path,
    with_deadlines,
    with_rounds,
)
from site_builder.writers.happenings import TEXT_LENGTH, milestone_anchor, plain
from site_builder.writers.pages._changes import name_of
from site_builder.writers.voice import Voice

SUMMARIES = {
    "done_on_time": "calendar.done",
    "done_late": "calendar.done",
    "done_undated": "calendar.done",
    "withdrawn": "calendar.withdrawn",
}
"""Phrase of an event by schedule status; any other is due."""
END = b"END:VCALENDAR\r\n"


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return [
        *(calendar_path(kind, subject, code) for code in catalog.codes for kind, subject in with_deadlines(catalog)),
        *(rounds_path(plan, code) for code in catalog.codes for plan in with_rounds(catalog)),
    ]


def write(edition: Edition) -> Iterable[Output]:
    for language in edition.catalog.languages:
        formats = Formats(language)
        memory: dict[tuple[str, str], object] = {}
        for kind, subject in with_deadlines(edition.catalog):
            path = calendar_path(kind, subject, language.code)
            page = Page("calendar", subject, language.code, path)
            yield Output(path, _calendar(Voice(edition, page, formats, memory=memory), kind, subject))
        for plan in with_rounds(edition.catalog):
            path = rounds_path(plan, language.code)
            page = Page("calendar", plan, language.code, path)
            yield Output(path, _of_rounds(Voice(edition, page, formats, memory=memory), plan))


def _calendar(voice: Voice, kind: str, subject: str) -> bytes:
    """Return the calendar of a plan's or an organisation's deadlines."""
    milestones = sorted(dated_milestones(voice.edition.catalog, kind, subject), key=lambda record: record.id)
    # an event stands in the calendar of its plan and in those of who leads it: its lines are made once
    title = voice.say("calendar.title", name=plain(name_of(voice, kind, subject)))
    return _framed(voice, title, (_event(voice, record) for record in milestones))


def _framed(voice: Voice, title: str, events: Iterable[bytes]) -> bytes:
    """Return a calendar of events; it has no METHOD, for it invites nobody."""
    # Only a build writes calendars: a check and the start of every other command go without its 45 ms.
    from icalendar import Calendar  # noqa: PLC0415

    calendar = Calendar()
    calendar.add("prodid", f"-//{voice.edition.catalog.site.id}//open-action-plan//{voice.code.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", title)
    head: bytes = calendar.to_ical(sorted=False).removesuffix(END)
    return head + b"".join(events) + END


def _of_rounds(voice: Voice, subject: str) -> bytes:
    """Return the calendar of a plan's rounds of reports: the last day of each, with who still owes a report."""
    plan = voice.edition.catalog.by_id["plans"][subject]
    title = voice.say("calendar.rounds", name=plain(name_of(voice, "plan", subject)))
    rounds = sorted(voice.edition.catalog.children(plan, "rounds"), key=lambda record: record.id)
    return _framed(voice, title, (_round(voice, plan, record) for record in rounds))


def _round(voice: Voice, plan: Record, record: Record) -> bytes:
    # see above
    from icalendar import Event  # noqa: PLC0415

    edition, language, anchor = voice.edition, {"LANGUAGE": voice.code}, round_anchor(record)
    event = Event()
    event.add("uid", part_identifier(identifier(edition.catalog, "plans", plan.id), anchor))
    event.add("dtstamp", datetime.combine(edition.derived.as_of, time(), UTC))
    event.add("dtstart", record.get("due_on"))
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    name = plain(voice.text(plan, "short_title"))
    event.add("summary", voice.say("calendar.round", round=record.get("round"), name=name), parameters=language)
    lines = [voice.say("calendar.owed", day=voice.formats.day(edition.derived.as_of))]
    rows = [row for row in edition.derived.referring("round_summary", "round_id", record.id) if row["missing"]]
    for row in rows:
        named = plain(name_of(voice, "organisation", row["organisation_id"]))
        lines.append(voice.say("calendar.owes", name=named, missing=row["missing"], count=row["owed"]))
    if not rows:
        lines.append(voice.say("calendar.owed_by_nobody"))
    event.add("description", "\n".join(lines), parameters=language)
    path = edition.plan.address("rounds", plan.id, voice.code)
    if edition.base_url and path:
        event.add("url", f"{edition.base_url}{path.removesuffix('index.html')}#{anchor}")
    lines_of_event: bytes = event.to_ical(sorted=False)
    return lines_of_event


def _event(voice: Voice, milestone: Record) -> bytes:
    """Return the lines of an event, worked out once a language."""
    key = ("event", milestone.id)
    if key not in voice.memory:
        voice.memory[key] = _lines(voice, milestone)
    return cast(bytes, voice.memory[key])


def _lines(voice: Voice, milestone: Record) -> bytes:
    # see above
    from icalendar import Event  # noqa: PLC0415

    edition = voice.edition
    row = edition.derived.row("milestone_schedule", milestone.id)
    commitment = edition.catalog.by_id["commitments"][milestone.get("commitment_id")]
    title = brief(plain(voice.text(milestone, "title")), TEXT_LENGTH)
    language = {"LANGUAGE": voice.code}
    anchor = milestone_anchor(milestone.id)
    event = Event()
    event.add("uid", part_identifier(identifier(edition.catalog, "commitments", commitment.id), anchor))
    event.add("dtstamp", datetime.combine(edition.derived.as_of, time(), UTC))
    event.add("dtstart", row["due_current"])
    event.add("sequence", row["date_move_count"])
    event.add("status", "CANCELLED" if row["schedule_status"] == "withdrawn" else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    phrase = SUMMARIES.get(row["schedule_status"], "calendar.due")
    event.add("summary", voice.say(phrase, title=title), parameters=language)
    event.add("description", _description(voice, milestone, commitment), parameters=language)
    path = edition.plan.address("commitment", commitment.id, voice.code)
    if edition.base_url and path:
        event.add("url", f"{edition.base_url}{path.removesuffix('index.html')}#{anchor}")
    lines: bytes = event.to_ical(sorted=False)
    return lines


def _description(voice: Voice, milestone: Record, commitment: Record) -> str:
    """Return where the deadline comes from and how it stands, a line each."""
    row = voice.edition.derived.row("milestone_schedule", milestone.id)
    day = voice.formats.day
    plan = voice.edition.catalog.by_id["plans"][row["plan_id"]]
    status = row["official_status"]
    lines = [
        voice.say(
            "happening.milestone",
            plan=plain(voice.text(plan, "short_title")),
            number=commitment.get("number"),
            milestone=milestone.get("number"),
        ),
        plain(name_of(voice, "commitment", commitment.id)),
        voice.say("calendar.government", status=plain(voice.label("statuses", status)))
        if status
        else voice.say("answer.no_report"),
        voice.say(
            "calendar.calendar",
            day=day(voice.edition.derived.as_of),
            status=plain(voice.label("schedule_statuses", row["schedule_status"])),
        ),
    ]
    if first := _first_deadline(voice.edition.catalog, milestone, row["due_current"]):
        lines.append(voice.say("calendar.moved", old=day(first), new=day(row["due_current"])))
    return "\n".join(lines)


def _first_deadline(catalog: Catalog, milestone: Record, current: date) -> date | None:
    """Return the deadline before every move, None where it is the one that holds."""
    moves = catalog.referring("date_changes", "milestone_id", milestone.id)
    first: date | None = milestone.get("due_baseline") or min((move.get("old_due") for move in moves), default=None)
    return first if first != current else None

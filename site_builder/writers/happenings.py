"""Owns how a happening is said in a language: what it is, where on the site it is told, what was before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from markupsafe import Markup, escape

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.nouns.text import Text, brief
from site_builder.readers.formats import capital
from site_builder.readers.markdown import plain_field
from site_builder.writers.pages._commitments import heading
from site_builder.writers.voice import Voice

TEXT_LENGTH = 160
"""Characters of a text that is sent on: what a message shows of it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A happening in the words of a language."""

    row: Row
    label: str
    """What kind of thing happened, as it stands inside a sentence; marked where it is in another language."""
    milestone: int | None
    """Number of the milestone that it concerns."""
    said: str
    """What exactly happened, markup where it is needed; empty where the label says all."""
    kind: str
    """Kind of the page that tells of it."""
    subject: str
    anchor: str
    """Place on that page; empty: the page as a whole."""
    sent: str = ""
    """What exactly happened as it is sent on, where that is said otherwise than on a page."""


def told(voice: Voice, row: Row) -> Told:
    """Return a happening in words, worked out once a language."""
    key = ("told", row["happening_id"])
    if key not in voice.memory:
        voice.memory[key] = _told(voice, row)
    return cast(Told, voice.memory[key])


def _told(voice: Voice, row: Row) -> Told:
    catalog = voice.edition.catalog
    record = catalog.find(row["record_table"], row["record_id"])
    assert record is not None, "a happening is derived from a record"
    milestone = catalog.find("milestones", row.get("milestone_id") or "")
    return Told(
        row,
        voice.label("happening_kinds", row["kind"]),
        milestone.get("number") if milestone else None,
        _SAID[row["kind"]](voice, row, record),
        *_place(voice, row, record),
    )


def _place(voice: Voice, row: Row, record: Record) -> tuple[str, str, str]:
    """Return kind and subject of the page that tells of it, and the place there."""
    catalog, kind, commitment = voice.edition.catalog, row["kind"], row.get("commitment_id") or ""
    if kind in ("report", "status_change", "deadline_change", "evidence"):
        if row.get("milestone_id") and kind != "evidence":
            return "commitment", commitment, milestone_anchor(row["milestone_id"])
        return "commitment", commitment, report_anchor(_update_of(voice, record))
    if kind == "finding":
        return "commitment", commitment, assessment_anchor(record.get("assessment_id"))
    if kind == "assessment":
        anchor = assessment_anchor(record.id) if catalog.children(record, "plan_findings") else ""
        return "plan", row["plan_id"], anchor
    return "plan", row["plan_id"], event_anchor(record) if kind == "plan_event" else record.id


def milestone_anchor(milestone_id: str) -> str:
    """Return the place of a milestone on the page of its commitment."""
    return milestone_id.rsplit("-", 1)[-1]


def report_anchor(update: Record) -> str:
    """Return the place of a report on the page of its commitment."""
    return f"report-{update.get('round')}"


def assessment_anchor(assessment_id: str) -> str:
    """Return the place of an assessment on the page of a plan or of a commitment."""
    return f"assessment-{assessment_id}"


def event_anchor(event: Record) -> str:
    """Return the place of an event on the page of its plan."""
    return f"event-{event.id}"


def _update_of(voice: Voice, record: Record) -> Record:
    """Return the report in which a record is written."""
    while record.table != "updates":
        parent = voice.edition.catalog.find(record.parent_table, record.parent)
        assert parent is not None, "a nested record has its parent"
        record = parent
    return record


# What happened, by kind


def _text(voice: Voice, record: Record, name: str) -> str:
    """Return a text in short and without Markdown, marked with its language where that is another."""
    words, language = voice.edition.catalog.text(record, name).shown(voice.code)
    if voice.edition.schemas[record.table].by_name[name].markdown:
        words = plain_field(words)
    return voice.shown(Text({language: brief(words, TEXT_LENGTH)})) if words else ""


def _joined(*parts: str) -> str:
    """Return what there is, joined by commas."""
    return Markup(", ").join(part for part in parts if part)


def _from_to(voice: Voice, old: str, new: str) -> Markup:
    """Return the change from one value to another, in words that also a voice reads out."""
    return Markup(voice.say("happening.from_to", old="<s>{}</s>", new="<ins>{}</ins>")).format(old, new)


def _report(voice: Voice, row: Row, record: Record) -> str:
    organisation = voice.edition.catalog.find("organisations", row.get("organisation_id") or "")
    by = voice.text(organisation, "name") if organisation else ""
    return _joined(by, voice.say("report.no_change") if record.get("no_change") else "")


def _status_change(voice: Voice, row: Row, record: Record) -> str:
    new = voice.label("statuses", row["new_value"])
    if row.get("old_value") is None:
        return Markup(voice.say("happening.first_status", new="<ins>{}</ins>")).format(new)
    return _from_to(voice, voice.label("statuses", row["old_value"]), new)


def _deadline_change(voice: Voice, row: Row, record: Record) -> str:
    moved = _from_to(voice, voice.day(row["old_value"]), voice.day(row["new_value"]))
    days = voice.say("milestone.slippage", count=row["days"])
    return Markup(". ").join(part for part in (_joined(moved, days), _text(voice, record, "reason")) if part)


def _evidence(voice: Voice, row: Row, record: Record) -> str:
    return _joined(_text(voice, record, "title"), voice.label("evidence_kinds", record.get("kind")))


def _assessment(voice: Voice, row: Row, record: Record) -> str:
    return _joined(voice.title_label("assessment_kinds", record.get("kind")), _text(voice, record, "assessor"))


def _finding(voice: Voice, row: Row, record: Record) -> str:
    assessment = voice.edition.catalog.by_id["assessments"][record.get("assessment_id")]
    by = _assessment(voice, row, assessment)
    if not row.get("new_value"):
        return by
    label = voice.field_label_of("assessment_findings", "completion")
    completion = voice.label("completions", row["new_value"])
    return Markup("{}. {}: <ins>{}</ins>").format(by, label, completion)


def _document(voice: Voice, row: Row, record: Record) -> str:
    return _joined(_text(voice, record, "title"), voice.label("document_kinds", record.get("kind")))


def _meeting(voice: Voice, row: Row, record: Record) -> str:
    return _joined(_text(voice, record, "title"), voice.label("meeting_kinds", record.get("kind")))


def _decided(voice: Voice, row: Row, record: Record) -> str:
    return _text(voice, record, "text")


def _titled(voice: Voice, row: Row, record: Record) -> str:
    return _text(voice, record, "title")


_SAID: Mapping[str, Callable[[Voice, Row, Record], str]] = {
    "report": _report,
    "status_change": _status_change,
    "deadline_change": _deadline_change,
    "evidence": _evidence,
    "assessment": _assessment,
    "finding": _finding,
    "document": _document,
    "meeting": _meeting,
    "response": _decided,
    "amendment": _decided,
    "plan_event": _titled,
}
"""How each kind is said; a code of list happening_kinds each."""


# Plain text, for what is sent on


def plain(text: str) -> str:
    """Return a text without its markup."""
    return escape(text).striptags()


def title_of(voice: Voice, happening: Told) -> str:
    """Return a title that says what happened to what, without markup."""
    return voice.say("happening.title", subject=_subject(voice, happening), label=plain(happening.label))


def _subject(voice: Voice, happening: Told) -> str:
    catalog, row = voice.edition.catalog, happening.row
    plan = catalog.find("plans", row["plan_id"] or "")
    if plan is None:
        organisation = catalog.find("organisations", row.get("organisation_id") or "")
        return plain(voice.text(organisation, "name") if organisation else voice.text(catalog.site, "title"))
    name = plain(voice.text(plan, "short_title"))
    commitment = catalog.find("commitments", row.get("commitment_id") or "")
    if commitment is None:
        return name
    number = commitment.get("number")
    if happening.milestone is None:
        return voice.say("happening.commitment", plan=name, number=number)
    return voice.say("happening.milestone", plan=name, number=number, milestone=happening.milestone)


def text_of(voice: Voice, happening: Told) -> str:
    """Return what happened in at most TEXT_LENGTH characters; a date that is known in part is called so."""
    catalog, row = voice.edition.catalog, happening.row
    commitment = catalog.find("commitments", row.get("commitment_id") or "")
    about = plain(heading(voice, commitment)[0]) if commitment else ""
    parts = [capital(happening.sent or plain(happening.said)), about]
    text = ". ".join(filter(None, parts)) or capital(plain(happening.label))
    if row["happened_on_precision"] != "day":
        text = voice.say("happening.dated", day=voice.formats.day(row["happened_on"]), text=text)
    return brief(text, TEXT_LENGTH)

"""Owns how a record becomes a list of facts: label, value as shown, where it comes from, what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from site_builder.derive.completeness import QUESTIONS
from site_builder.nouns.record import Record
from site_builder.nouns.schema import Field
from site_builder.readers.formats import capital
from site_builder.readers.layout import IDENTIFIED
from site_builder.writers.voice import Origin, Voice

ABSENT_WORDS = {"missing": "fact.missing", "none_stated": "fact.none_stated"}
"""Phrase shown for a value that is not there, by provenance status."""


@dataclass(frozen=True)
class Fact:
    """A label and its value as they stand in a list of facts."""

    label: str
    value: str = ""
    entries: tuple[str, ...] = ()
    missing: bool = False
    origin: Origin = field(default_factory=Origin)

    @property
    def block(self) -> bool:
        """Whether the value brings paragraphs or lists of its own."""
        return isinstance(self.value, Markup) and self.value.startswith("<div")


def fact_of(voice: Voice, record: Record, item: Field) -> Fact | None:
    """Return a field as a fact; None where it is neither given nor spoken of."""
    value = shown_value(voice, record, item)
    if not value:
        rows = voice.rows_on(record, item.name)
        status = next((row.get("status") for row in rows if row.get("status") in ABSENT_WORDS), None)
        asked = record.table == "commitments" and item.name in QUESTIONS
        if status is None and not asked:
            return None
        return Fact(
            voice.field_label(item),
            voice.say(ABSENT_WORDS.get(status or "missing", "fact.missing")),
            missing=True,
            origin=voice.origin_in(rows),
        )
    return Fact(voice.field_label(item), value, origin=voice.origin(record, item.name))


def facts_of(voice: Voice, record: Record, *, besides: frozenset[str] = frozenset()) -> list[Fact]:
    """Return every listed field of a record as a fact, what is missing gathered at the end."""
    return gathered(voice, listed_facts(voice, record, besides=besides))


def listed_facts(voice: Voice, record: Record, *, besides: frozenset[str] = frozenset()) -> list[Fact]:
    """Return every listed field of a record as a fact, in the order of the schema, but for those `besides`."""
    table = voice.edition.schemas[record.table]
    found = (fact_of(voice, record, item) for item in table.fields if item.listed and item.name not in besides)
    return [fact for fact in found if fact is not None]


def gathered(voice: Voice, facts: list[Fact]) -> list[Fact]:
    """Return facts with those that are missing without a note in one fact at the end."""
    silent = voice.say("fact.missing")
    told: list[Fact] = []
    missing: list[str] = []
    for fact in facts:
        if fact.value != silent or fact.origin.note or fact.origin.refs:
            told.append(fact)
        else:
            missing.append(fact.label)
    if not missing:
        return told
    return [*told, Fact(capital(silent), Markup(", ").join(missing), missing=True)]


def note_once(facts: list[Fact]) -> tuple[list[Fact], str]:
    """Return facts without the note on origin that they all share, and that note: empty where they differ."""
    notes = {fact.origin.note for fact in facts}
    if len(facts) < 2 or len(notes) > 1:
        return facts, ""
    return [replace(fact, origin=replace(fact.origin, note="")) for fact in facts], notes.pop()


def shown_value(voice: Voice, record: Record, item: Field) -> str:
    """Return a field's value as it is shown; empty where there is none."""
    if item.markdown:
        return voice.rich(record, item)
    if item.localized:
        return voice.text(record, item.name)
    raw = record.get(item.name)
    if raw is None:
        return ""
    if item.codelist:
        return voice.label(item.codelist, raw)
    if item.name in voice.edition.schemas[record.table].reference_of:
        return _named(voice, voice.edition.schemas[record.table].reference_of[item.name], raw)
    return _plain_value(voice, item, raw)


def _plain_value(voice: Voice, item: Field, raw: Any) -> str:
    """Return a value that is no code and no reference as it is shown."""
    if isinstance(raw, bool):
        return voice.say("yes" if raw else "no")
    if isinstance(raw, date) or item.partial_date:
        return voice.day(raw)
    if isinstance(raw, (int, Decimal)):
        return voice.formats.number(raw)
    if item.format == "uri":
        return Markup(f'<a href="{escape(raw)}" rel="external" translate="no">{escape(raw)}</a>')
    return Markup('<span translate="no">{}</span>').format(raw)


def _named(voice: Voice, table: str, record_id: str) -> str:
    record = voice.edition.catalog.find(table, record_id)
    if record is None:
        return record_id
    name = next((item.name for item in voice.edition.schemas[table].fields if item.localized), "")
    return voice.named(IDENTIFIED.get(table, ""), record, name) if name else record_id

"""Owns what changed as it is told in a language: by plan, commitment, indicator and organisation, a line an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from urllib.parse import quote

from markupsafe import Markup

from site_builder.derive.change_set import GONE
from site_builder.derive.events.kinds import REPORTED
from site_builder.derive.events.telling import edit_of
from site_builder.nouns.change_set import Effect
from site_builder.nouns.derived import Row
from site_builder.nouns.edition import Edition
from site_builder.nouns.page import Page
from site_builder.nouns.record import Record
from site_builder.nouns.text import brief
from site_builder.readers.formats import Formats, capital, language_name
from site_builder.writers import edits
from site_builder.writers.edits import NAMED_BY_PAGE, field_of, name_in, values
from site_builder.writers.happenings import plain
from site_builder.writers.pages._commitments import plain_heading
from site_builder.writers.proposals.segments import Segment, segments
from site_builder.writers.voice import Voice

TITLE_LENGTH = 160
KINDS = (
    *("withdrawn", "evidence_removed", "status", "reopened", "date_moved", "correction", "text_changed"),
    *("translation", "value_changed", "evidence_added", "added"),
)
"""Order of the events of one thing: what a reviewer must not miss comes first."""
SUBJECTS = {"commitments": "commitment", "plans": "plan", "indicators": "indicator", "organisations": "organisation"}
"""Kind of the page that is about a record of a table; what stands in no such record is told by table."""

OWN_LINES = NAMED_BY_PAGE | SUBJECTS.keys()
"""Tables whose records the heading above a line names, or the number of the milestone."""

Place = tuple[int, int, int, str, str]
"""Where a thing stands among all: rank, number of its plan, own number, kind, id."""


@dataclass(frozen=True)
class Line:
    """An event in the words of a language."""

    event: Row
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Section:
    """What changed of one thing."""

    kind: str
    """`commitment`, `plan`, `indicator`, `organisation`; else `table`."""
    subject: str
    """Id of the thing, or name of the table."""
    title: str
    href: str
    """Its page as it is published; empty where it has none yet."""
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Narrator:
    """Says in a language what the second of two contents changed; what is gone it knows from the first."""

    after: Edition
    before: Edition | None
    code: str
    stale: Mapping[str, tuple[str, ...]]
    """Languages in which a text stayed, by id of the event."""

    @cached_property
    def now(self) -> Voice:
        return _voice(self.after, self.code)

    @cached_property
    def earlier(self) -> Voice:
        if self.before is None or self.code not in self.before.catalog.codes:
            return self.now
        return _voice(self.before, self.code)

    def sections(self, events: Iterable[Row]) -> Iterator[Section]:
        """Yield what changed by thing: plans with their commitments, indicators, organisations, all else by table."""
        told = [event for event in events if event["kind"] != "unreadable"]
        placed = sorted(((self._place(event), self._order(event), event) for event in told), key=lambda one: one[:2])
        for place, members in groupby(placed, key=lambda one: one[0]):
            kind, subject = place[3:]
            lines = tuple(self._line(event, kind) for _, _, event in members)
            yield Section(kind, subject, self._title(kind, subject), self._href(kind, subject), lines)

    # things

    def _place(self, event: Row) -> Place:
        table, record_id = event["root"]
        plan = self._find("plans", event["plan_id"] or "")
        if event["commitment_id"]:
            commitment = self._find("commitments", event["commitment_id"])
            return 0, _number(plan), 1 + _number(commitment), "commitment", event["commitment_id"]
        if event["plan_id"]:
            return 0, _number(plan), 0, "plan", event["plan_id"]
        kind = SUBJECTS.get(table, "table")
        if kind == "table":
            return 3, 0, 0, kind, table
        return 1 if kind == "indicator" else 2, 0, 0, kind, record_id

    def _order(self, event: Row) -> tuple[int, str, str, str, str]:
        kind = KINDS.index(event["kind"]) if event["kind"] in KINDS else len(KINDS)
        return kind, event["milestone_id"] or "", event["table_name"], event["record_id"], event["event_id"]

    def _find(self, table: str, record_id: str) -> Record | None:
        found = self.after.catalog.find(table, record_id)
        return found or self.earlier.edition.catalog.find(table, record_id)

    def _title(self, kind: str, subject: str) -> str:
        if kind == "table":
            return str(plain(self.now.field_label_of_table(subject)))
        table = next(name for name, known in SUBJECTS.items() if known == kind)
        record = self._find(table, subject)
        if record is None:
            return subject
        if kind != "commitment":
            return brief(plain(name_in(self.now, record)) or subject, TITLE_LENGTH)
        plan = self._find("plans", str(record.get("plan_id")))
        name = plain(self.now.text(plan, "short_title") or plan.id) if plan else ""
        number = record.get("number") or subject
        where = self.now.say("happening.commitment", plan=name, number=number)
        return brief(f"{where}: {plain_heading(self.now, record)}", TITLE_LENGTH)

    def _href(self, kind: str, subject: str) -> str:
        """Return the address of a page on the published site: what a proposal says of addresses does not count."""
        return published_at(self.before, Page(kind, subject, self.code, ""))

    def effect(self, effect: Effect) -> str:
        """Return a count that is another now."""
        plan = self._find("plans", effect.plan)
        name = plain(self.now.text(plan, "short_title")) if plan else ""
        numbers = {"before": effect.before, "after": effect.after}
        label = plain(self.now.field_label_of("plan_summary", effect.column))
        return self.after.wording.say("diff.effect", self.code, plan=name or effect.plan, label=label, **numbers)

    # lines

    def _line(self, event: Row, kind_of_thing: str) -> Line:
        code = _kind_of(self.now, event)
        voice = self.earlier if code in GONE else self.now
        is_item = code == "added" and event["table_name"] == "update_items"
        kind = plain(voice.label("happening_kinds", "report") if is_item else voice.label("event_kinds", code))
        label = capital(kind)
        milestone = voice.edition.catalog.find("milestones", event["milestone_id"] or "")
        if milestone is not None and milestone.get("number"):
            label = voice.say("happening.of_milestone", number=milestone.get("number"), label=kind)
        said = _said(voice, event)
        parts = [Segment("", f"{label}: " if said else label), *segments(said)]
        if kind_of_thing == "table" or self._is_nameless(voice, event):
            parts = [Segment("code", event["record_id"]), Segment("", " "), *parts]
        for language in self.stale.get(event["event_id"], ()):
            parts.append(Segment("", f" {self._stayed(language)}"))
        return Line(event, tuple(parts))

    def _is_nameless(self, voice: Voice, event: Row) -> bool:
        """Whether nothing but its id tells a record from its sisters."""
        if event["table_name"] in REPORTED | OWN_LINES or not event["field"]:
            return False
        record = voice.edition.catalog.find(event["table_name"], event["record_id"])
        return not (record and name_in(voice, record))

    def _stayed(self, language: str) -> str:
        spoken = {one.code: one for one in self.after.catalog.languages}
        is_known = language in spoken and self.code in spoken
        name = language_name(spoken[language], spoken[self.code]) if is_known else language
        return self.after.wording.say("diff.stayed", self.code, language=name)


def published_at(site: Edition | None, page: Page) -> str:
    """Return where a page stands on the site as it is published; empty where there is none or nobody knows."""
    path = site.plan.address(page.kind, page.subject, page.language) if site else None
    if site is None or path is None or not site.base_url.startswith(("https://", "http://")):
        return ""
    return quote(f"{site.base_url.rstrip('/')}/{path}", safe=":/")


def _voice(edition: Edition, code: str) -> Voice:
    language = next(one for one in edition.catalog.languages if one.code == code)
    return Voice(edition, Page("changes", "", code, f"{code}/index.html"), Formats(language))


def _number(record: Record | None) -> int:
    number = record.get("number") if record else None
    return number if isinstance(number, int) else 0


def _kind_of(voice: Voice, event: Row) -> str:
    """Return the kind of an event; a link to another thing that came or went was added or withdrawn."""
    key = voice.edition.schemas[event["table_name"]].key
    is_link = "/" in event["record_id"] and event["field"] in key and not (event["old_value"] and event["new_value"])
    return str(event["kind"]) if not is_link else "added" if event["new_value"] else "withdrawn"


def _said(voice: Voice, event: Row) -> str:
    """Return what exactly changed, as markup; empty where the thing and the kind of event say all."""
    if event["field"] == "provenance":
        return voice.edition.wording.say("diff.origins", voice.code)
    if not event["field"]:
        return _named(voice, event)
    if event["table_name"] in REPORTED - {"evidence"}:
        return _reported(voice, event)
    return edits.told(voice, edit_of(event)).said


def _reported(voice: Voice, event: Row) -> str:
    """Return what a report changed, or what was changed of a report: the page of its commitment names it."""
    change, _ = values(voice, event, event["old_value"] or "", event["new_value"] or "")
    if event["kind"] == "status" and not event["old_value"]:
        change = Markup(voice.say("happening.first_status", new="{}")).format(change)
    elif event["kind"] not in ("status", "reopened", "date_moved"):
        change = Markup("{}: {}").format(plain(field_of(voice, event)), change)
    days = voice.say("milestone.slippage", count=event["days"]) if event["days"] is not None else ""
    record = voice.edition.catalog.find(event["table_name"], event["record_id"])
    reason = (plain(voice.bare(record, "reason")) if record and event["reason"] else "") or event["reason"]
    told = Markup(", ").join(part for part in (change, days) if part)
    since = voice.say("event.reason", reason=reason) if reason else ""
    is_new = record is not None and event["kind"] in ("status", "reopened")
    more = _item_says(voice, record, without={"status", "reason"}) if record and is_new else ""
    return Markup(". ").join(part for part in (told, since, more) if part)


def _item_says(voice: Voice, record: Record, *, without: AbstractSet[str] = frozenset()) -> str:
    """Return what a report says of a milestone, field by field; where it lacks a language, in another."""
    schema = voice.edition.schemas[record.table]
    passed_over = {*schema.key, *schema.reference_of, *without}
    said = []
    for item in schema.fields:
        columns = item.columns((voice.code, *voice.edition.catalog.codes)) if item.localized else (item.name,)
        column = next((name for name in columns if record.get(name) is not None), None)
        if column is None or item.name in passed_over:
            continue
        event = {"table_name": record.table, "field": column}
        value, _ = values(voice, event, "", str(record.get(column)))
        said.append(Markup("{}: {}").format(plain(voice.field_label(item)), value))
    return Markup("; ").join(said)


def _named(voice: Voice, event: Row) -> str:
    """Return the name of what came or went, with that of its table unless the section or the kind tells it."""
    table = event["table_name"]
    if table in OWN_LINES - {"milestones"}:
        return ""
    record = voice.edition.catalog.find(table, event["record_id"])
    if table == "update_items" and record is not None and event["kind"] not in GONE:
        return _item_says(voice, record)
    name = (plain(name_in(voice, record)) if record else "") or event["old_value"] or event["new_value"]
    mark = "del" if event["kind"] in GONE else "ins"
    tag = mark if name else "code"
    marked = Markup(f"<{tag}>{{}}</{tag}>").format(name or event["record_id"])
    is_known = table in ("milestones", "evidence")
    return marked if is_known else Markup("{}: {}").format(plain(voice.field_label_of_table(table)), marked)

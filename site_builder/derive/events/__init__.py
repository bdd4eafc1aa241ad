"""Owns the events: one row for each thing that a publication added, changed or withdrew, with its old and new value."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from site_builder.checks.personal_data import personal_patterns, without_personal_data
from site_builder.derive.events.difference import Around, Difference, Step, Walk
from site_builder.derive.events.kinds import Change, Kinds, as_day, changes_between, is_date, kinds_of, origins_in
from site_builder.nouns.derived import Row
from site_builder.nouns.past import Flat, Past
from site_builder.nouns.record import Catalog
from site_builder.readers.date_forms import precision
from site_builder.readers.layout import IDENTIFIED, NESTED
from site_builder.readers.versions import old_kind

NAMES = ("title", "title_ogp", "name", "term", "label")
"""Fields that name a record, the first that it has counts."""
DATED = ("happened_on", "held_on", "dated_on", "completed_on")
"""Columns that say when something happened in the world."""
_OWN_IDS = frozenset(nested.table for nested in NESTED if nested.key_from)
_PROOFS = "evidence"


def event_rows(past: Past, catalog: Catalog, as_of: date) -> list[Row]:
    """Return a row for each event published by a day, sorted by id: the day, then a name made of what happened.

    `place` is that of its publication among all, for those who tell the events in their order, and `root` the record
    at the top of the file, by table and id; neither is published.

    `catalog` tells how columns and codes are meant now; the records themselves come from the past, so that a past
    that is told again in the same way is told as it was.
    """
    if not past.is_known:
        return []
    means = (kinds_of(catalog), personal_patterns(catalog))
    if means not in past.told:
        past.told.clear()
        past.told[means] = _told(past, *means)
    return [row for row in past.told[means] if row["published_on"] <= as_of]


def _told(past: Past, kinds: Kinds, personal: tuple[re.Pattern[str], ...]) -> tuple[Row, ...]:
    walk, ledger = Walk(past), _Ledger(kinds, personal)
    rows = (
        {**row, "place": place}
        for place, publication in enumerate(past.publications)
        for row in ledger.events(walk.step(publication))
    )
    return tuple(sorted(rows, key=lambda row: str(row["event_id"])))


@dataclass
class _Ledger:
    """Writes down events; remembers what was reported of each thing, by which a new report is measured."""

    kinds: Kinds
    personal: tuple[re.Pattern[str], ...]
    """What finds all that must not be published."""
    reports: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    """Day, id and status of every report, by milestone or commitment, in the order of the reports."""

    def events(self, step: Step) -> Iterator[Row]:
        """Yield the events of a publication."""
        for path in step.unreadable:
            yield self._row(step, _file(path), {}, kind="unreadable", new_value=path)
        added = {(one.record.table, one.record.id) for one in step.differences if one.old is None}
        gone = {(one.record.table, one.record.id) for one in step.differences if one.new is None}
        for difference in step.differences:
            self._remember(difference)
        for difference in step.differences:
            record = difference.record
            parent = (record.parent_table, record.parent)
            if difference.old is None:
                yield from self._added(step, difference, alone=parent not in added)
            elif difference.new is None:
                yield from self._withdrawn(step, difference, alone=parent not in gone)
            else:
                yield from self._changed(step, difference.old, difference.new, difference.around)

    def _added(self, step: Step, difference: Difference, *, alone: bool) -> Iterator[Row]:
        """Yield what the coming of a record tells; `alone`: not as a part of another that came with it."""
        record, around = difference.record, difference.around
        if record.table == _PROOFS:
            yield self._row(step, record, around, kind="evidence_added", new_value=self._name(record))
        elif record.table == "date_changes":
            yield self._moved(step, record, around)
        elif alone and (not record.parent_table or record.table in _OWN_IDS):
            yield self._row(step, record, around, kind="added", new_value=self._name(record))
        elif alone:
            column, value = self._link(record)
            yield self._row(step, record, around, kind="value_changed", field=column, new_value=value)
        if record.table == "update_items" and record.values.get("status"):
            yield from self._reported(step, record, around)

    def _withdrawn(self, step: Step, difference: Difference, *, alone: bool) -> Iterator[Row]:
        record, around = difference.record, difference.around
        if record.table == _PROOFS:
            yield self._row(step, record, around, kind="evidence_removed", old_value=self._name(record))
        elif alone and (not record.parent_table or record.table in _OWN_IDS):
            yield self._row(step, record, around, kind="withdrawn", old_value=self._name(record))
        elif alone:
            column, value = self._link(record)
            yield self._row(step, record, around, kind="value_changed", field=column, old_value=value)

    def _changed(self, step: Step, old: Flat, new: Flat, around: Around) -> Iterator[Row]:
        changed = changes_between(old, new)
        origins = origins_in(changed)
        corrects = bool(step.publication.correction)
        for column, (before, after) in changed.items():
            change = Change(new, column, before, after, changed, corrects)
            told: dict[str, Any] = {"field": column, "old_value": before, "new_value": after}
            told |= {"kind": self.kinds.of(change), "days": self.kinds.days(change)}
            if told["kind"] == "correction":
                told["reason"] = step.publication.correction
            yield self._row(step, new, around, **told)
        if origins:
            told = {"field": "provenance", "old_value": origins[0], "new_value": origins[1]}
            yield self._row(step, new, around, kind="value_changed", **told)

    def _moved(self, step: Step, record: Flat, around: Around) -> Row:
        """Return the event of a report that moves a deadline."""
        old, new = record.values.get("old_due"), record.values.get("new_due")
        first, last = as_day(old), as_day(new)
        days = (last - first).days if first and last else None
        told = {"field": "new_due", "old_value": old, "new_value": new, "days": days}
        return self._row(step, record, around, kind="date_moved", **told, reason=self._text(record, "reason"))

    def _reported(self, step: Step, record: Flat, around: Around) -> Iterator[Row]:
        """Yield the status of a new report where the report before it gave another."""
        reports, told = self.reports[_thing(record, around)], _report(record, around)
        place = bisect_left(reports, told)
        old, new = reports[place - 1][2] if place else None, told[2]
        if old != new:
            values = {"field": "status", "old_value": old, "new_value": new, "reason": self._text(record, "reason")}
            yield self._row(step, record, around, kind=self.kinds.of_status(old, new), **values)

    def _remember(self, difference: Difference) -> None:
        """Keep the reports as they stand after a publication."""
        if difference.record.table != "update_items":
            return
        reports = self.reports.setdefault(_thing(difference.record, difference.around), [])
        reports[:] = [report for report in reports if report[1] != difference.record.id]
        if difference.new is not None and difference.new.values.get("status"):
            insort(reports, _report(difference.new, difference.around))

    # rows

    def _row(self, step: Step, record: Flat, around: Around, **told: Any) -> Row:
        publication = step.publication
        texts = {name: self._published(told.get(name)) for name in ("old_value", "new_value", "reason")}
        happened = next((record.values[name] for name in DATED if is_date(record.values.get(name))), None)
        reported = _above(record, around, "reported_on")
        name = (publication.commit, told["kind"], record.table, record.id, told.get("field") or "")
        mark = sha256("\0".join((*name, texts["new_value"] or "")).encode()).hexdigest()[:12]
        return {
            "event_id": f"event-{publication.day.isoformat()}-{mark}",
            "published_on": publication.day,
            "commit_id": publication.commit,
            "pull_request": publication.pull_request,
            "table_name": record.table,
            "record_id": record.id,
            "field": told.get("field"),
            "kind": told["kind"],
            **texts,
            "days": told.get("days"),
            "happened_on": happened,
            "happened_on_precision": precision(happened) if happened else None,
            "reported_on": date.fromisoformat(reported) if is_date(reported) and len(reported) == 10 else None,
            "plan_id": record.plan or None,
            "commitment_id": _above(record, around, "commitment_id") or None,
            "milestone_id": _above(record, around, "milestone_id") or None,
            "decision": self._published(self._text(record, "decision")),
            "root": _root(record, around),
        }

    def _published(self, text: str | None) -> str | None:
        """Return a text of the past as it may be published again: what was taken out for good stays out."""
        return without_personal_data(text, self.personal) if text else None

    def _text(self, record: Flat, name: str) -> str | None:
        """Return a text of a record in the first language that it has."""
        columns = (name, *(f"{name}_{code}" for code in self.kinds.codes))
        return next((record.values[column] for column in columns if column in record.values), None)

    def _name(self, record: Flat) -> str | None:
        return next((text for name in NAMES if (text := self._text(record, name))), None)

    def _link(self, record: Flat) -> tuple[str, str]:
        """Return the column that tells a row without an id from its sisters, and its value."""
        inherited = {column for nested in NESTED if nested.table == record.table for column, _ in nested.inherit}
        key = self.kinds.schemas[record.table].key
        column = next((name for name in key if name not in inherited), key[-1])
        return column, record.values.get(column, "")


def _file(path: str) -> Flat:
    """Return the record that a file should have held, for a version that cannot be read."""
    known = old_kind(path)
    assert known is not None, "only files of records are read"
    kind, names = known
    table = kind.table or next(nested.table for nested in NESTED if nested.parent == kind.path)
    values = {column: pattern.format(**names) for column, pattern in kind.fill}
    own = kind.key.format(**names) if kind.table and "id" in names else path
    if kind.table in IDENTIFIED:
        values[f"{IDENTIFIED[kind.table]}_id"] = own
    plan = names.get("plan") or (own if kind.table == "plans" else "")
    return Flat(table, own, "", "", plan, values)


def _above(record: Flat, around: Around, column: str) -> str:
    """Return the value of a column in a record or in the nearest one in which it stands; empty: in none."""
    at: Flat | None = record
    while at is not None:
        if column in at.values:
            return at.values[column]
        at = around.get((at.parent_table, at.parent))
    return ""


def _root(record: Flat, around: Around) -> tuple[str, str]:
    """Return the record at the top of the file in which a record stands, by table and id."""
    at = record
    while (above := around.get((at.parent_table, at.parent))) is not None:
        at = above
    return at.table, at.id


def _thing(item: Flat, around: Around) -> str:
    """Return the milestone that an item of a report is about, else the commitment."""
    return item.values.get("milestone_id") or _above(item, around, "commitment_id")


def _report(item: Flat, around: Around) -> tuple[str, str, str]:
    return _above(item, around, "reported_on"), item.id, item.values.get("status", "")

"""Owns which events pages and feeds tell, and when many of one kind are told as one; the table has them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from site_builder.derive.events.kinds import REPORTED
from site_builder.derive.happenings import PLAN_TABLES
from site_builder.nouns.derived import Row
from site_builder.readers.date_forms import first_day

FEW = 3
"""Events of one kind, in one table and field, that a commit may have before they are told as one."""
_TOLD_BY_REPORTS = frozenset({"added", "status", "reopened", "date_moved", "evidence_added"})
"""Kinds that follow from a new report: what it changed is told as what happened."""
_DATED = frozenset({*PLAN_TABLES, "assessments"})
"""Tables whose new records are told as what happened, on the day that they bear."""
_WITH_ASSESSMENTS = frozenset({"assessment_findings", "finding_values", "plan_findings"})


def edit_rows(events: Iterable[Row]) -> list[Row]:
    """Return the events that are told beside what happened, in the form of happenings.

    Told is what concerns a plan or an organisation, but not a second time what a report, a finding or a document
    tells by itself, nor where values come from.
    """
    return [edit_of(event) for event in events if _is_told(event)]


def _is_told(event: Row) -> bool:
    table, kind = event["table_name"], event["kind"]
    if not event["plan_id"] and table != "organisations":
        return False
    if (table in REPORTED and kind in _TOLD_BY_REPORTS) or event["field"] == "provenance":
        return False
    is_new = kind == "added" or (kind == "value_changed" and not event["old_value"])
    return not (is_new and (table in _DATED or table in _WITH_ASSESSMENTS))


def edit_of(event: Row) -> Row:
    """Return an event in the form of a happening."""
    return {
        "happening_id": event["event_id"],
        "happened_on": event["published_on"].isoformat(),
        "happened_on_precision": "day",
        "kind": event["kind"],
        "plan_id": event["plan_id"],
        "commitment_id": event["commitment_id"],
        "milestone_id": event["milestone_id"],
        "organisation_id": event["record_id"] if event["table_name"] == "organisations" else None,
        "event": event,
        "count": 1,
    }


def in_short(edits: Iterable[Row], about: str) -> list[Row]:
    """Return edits, the newest day first and by thing within a day; many alike of one commit are one.

    `about` names the thing of which they are told, so that the one for many has an id of its own there.
    """
    alike: dict[tuple[Any, ...], list[Row]] = {}
    for edit in edits:
        event = edit["event"]
        key = (event["commit_id"], event["kind"], event["table_name"], event["field"])
        alike.setdefault(key, []).append(edit)
    told = [row for key, rows in alike.items() for row in ([_many(rows, key, about)] if len(rows) > FEW else rows)]
    told.sort(key=_within_a_day)
    return sorted(told, key=lambda row: str(row["happened_on"]), reverse=True)


def _within_a_day(row: Row) -> tuple[str, str, str, int, str]:
    thing = row["plan_id"] or "", row["commitment_id"] or "", row["organisation_id"] or ""
    return *thing, -row["event"]["place"], row["happening_id"]


def _many(rows: list[Row], key: tuple[Any, ...], about: str) -> Row:
    """Return one row for many alike, about what they all concern."""
    mark = sha256("\0".join([about, *(str(part) for part in key)]).encode()).hexdigest()[:12]
    shared = {name: _shared(rows, name) for name in ("plan_id", "commitment_id", "milestone_id", "organisation_id")}
    return {**rows[0], "happening_id": f"events-{rows[0]['happened_on']}-{mark}", **shared, "count": len(rows)}


def _shared(rows: Iterable[Mapping[str, Any]], name: str) -> str | None:
    values = {row[name] for row in rows}
    return next(iter(values)) if len(values) == 1 else None


def with_happenings(happenings: Iterable[Row], edits: Iterable[Row]) -> list[Row]:
    """Return both, the newest first; on one day what happened stands before what was edited."""
    return sorted([*happenings, *edits], key=lambda row: first_day(row["happened_on"]), reverse=True)

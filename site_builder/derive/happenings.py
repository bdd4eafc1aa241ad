"""Owns what happened and when: a row for each dated thing that the content itself records, with old and new value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.date_forms import first_day, precision

PLAN_TABLES = {
    "documents": ("document", "dated_on"),
    "meetings": ("meeting", "held_on"),
    "responses": ("response", "dated_on"),
    "amendments": ("amendment", "dated_on"),
    "plan_events": ("plan_event", "happened_on"),
}
"""Kind and day of the records of a plan that are each a happening."""

KINDS = ("report", "status_change", "deadline_change", "evidence", "assessment", "finding")
ORDER = {kind: place for place, kind in enumerate((*KINDS, *(kind for kind, _ in PLAN_TABLES.values())))}
"""Place of each kind among what happened on a day: a report stands before what it changed."""


def happening_rows(catalog: Catalog) -> list[Row]:
    """Return a row for each dated thing of a catalog as it is seen on a day, sorted by id.

    The id is made of the kind and of the id of the record that tells of it, so that it stays the same whatever
    is added before or after. A record without a date is left out: it is not known when it happened.
    """
    found = [*_reported(catalog), *_assessed(catalog), *_of_plans(catalog)]
    return sorted(found, key=lambda row: str(row["happening_id"]))


def newest_first(rows: Iterable[Row]) -> list[Row]:
    """Return happenings with the newest first, those of a day by commitment and kind.

    A month or a year counts from its first day.
    """
    together = sorted(rows, key=_within_a_day)
    return sorted(together, key=lambda row: first_day(row["happened_on"]), reverse=True)


def _within_a_day(row: Row) -> tuple[str, str, str, int, str]:
    return row["happened_on"], row["plan_id"], row.get("commitment_id") or "", ORDER[row["kind"]], row["happening_id"]


def _row(catalog: Catalog, kind: str, record: Record, **values: Any) -> dict[str, Any]:
    """Return the row of a happening; `happened_on` is a day or a partial date."""
    happened_on = str(values.pop("happened_on"))
    return {
        "happening_id": f"{kind.replace('_', '-')}-{record.id.replace('/', '-')}",
        "happened_on": happened_on,
        "happened_on_precision": precision(happened_on),
        "kind": kind,
        **values,
        "source_id": record.get("source_id") or _told_source(catalog, record),
        "record_table": record.table,
        "record_id": record.id,
    }


def _told_source(catalog: Catalog, record: Record) -> str | None:
    """Return the first source that stands behind a record."""
    return next((row.get("source_id") for row in catalog.provenance_of(record) if row.get("source_id")), None)


def _reported(catalog: Catalog) -> Iterator[Row]:
    """Yield every report and what it changed, in the order of the reports."""
    plans = {record.id: record.get("plan_id") for record in catalog.rows("commitments")}
    last: dict[str, str] = {}
    for update in sorted(catalog.rows("updates"), key=lambda record: (record.get("reported_on"), record.id)):
        shared = {
            "happened_on": update.get("reported_on"),
            "plan_id": plans.get(update.get("commitment_id")),
            "commitment_id": update.get("commitment_id"),
            "organisation_id": update.get("organisation_id"),
        }
        yield _row(catalog, "report", update, **shared)
        for item in catalog.children(update, "update_items"):
            yield from _changed(catalog, item, {**shared, "milestone_id": item.get("milestone_id")}, last)


def _changed(catalog: Catalog, item: Record, shared: Mapping[str, Any], last: dict[str, str]) -> Iterator[Row]:
    """Yield what an item of a report changed; `last` holds the status reported last, by milestone or commitment."""
    thing, status = shared["milestone_id"] or shared["commitment_id"], item.get("status")
    if status and status != last.get(thing):
        yield _row(catalog, "status_change", item, **shared, old_value=last.get(thing), new_value=status)
        last[thing] = status
    for move in catalog.children(item, "date_changes"):
        old, new = move.get("old_due"), move.get("new_due")
        reason = {f"reason_{code}": move.get(f"reason_{code}") for code in catalog.codes}
        dates = {"old_value": old.isoformat(), "new_value": new.isoformat(), "days": (new - old).days}
        yield _row(catalog, "deadline_change", move, **shared, **dates, **reason)
    for proof in catalog.children(item, "evidence"):
        yield _row(catalog, "evidence", proof, **shared)


def _assessed(catalog: Catalog) -> Iterator[Row]:
    """Yield every assessment and what it found of each commitment, on the day of its publication."""
    for assessment in catalog.rows("assessments"):
        shared = {"happened_on": assessment.get("published_on"), "plan_id": assessment.get("plan_id")}
        if not shared["happened_on"]:
            continue
        row = _row(catalog, "assessment", assessment, **shared)
        yield row
        for finding in catalog.children(assessment, "assessment_findings"):
            yield {
                **_row(catalog, "finding", finding, **shared),
                "commitment_id": finding.get("commitment_id"),
                "new_value": finding.get("completion"),
                "source_id": row["source_id"],
            }


def _of_plans(catalog: Catalog) -> Iterator[Row]:
    for table, (kind, column) in PLAN_TABLES.items():
        for record in catalog.rows(table):
            day: date | str | None = record.get(column)
            if day:
                yield _row(
                    catalog,
                    kind,
                    record,
                    happened_on=day,
                    plan_id=record.get("plan_id"),
                    commitment_id=record.get("commitment_id"),
                )

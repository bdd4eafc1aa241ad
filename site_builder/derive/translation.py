"""Owns the state of every text in every language: given, translated by us, checked, stale, missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from site_builder.derive.staleness import TextOf, changed_since
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Catalog, Record

STATES = ("present", "own_translation", "missing", "checked", "stale")
"""Every state of a text, in the order of the columns that count them."""


def translation_rows(catalog: Catalog, events: Iterable[Row] = ()) -> Iterator[Row]:
    """Yield a row a text and language; a text that no language has is no text.

    Stale is what the events of the content's history show to be so; without a history nothing is told of it.
    """
    codes, behind = catalog.codes, changed_since(events, catalog)
    for table in catalog.written_tables():
        written, texts = catalog.columns(table.name), [item for item in table.fields if item.localized]
        # a long table rarely says anything in words
        fields = [(item.name, item.columns(codes)) for item in texts if any(map(written.values, item.columns(codes)))]
        if not fields:
            continue
        for record in catalog.rows(table.name):
            given = [(name, columns) for name, columns in fields if any(column in record.cells for column in columns)]
            if not given:
                continue
            told, plan = catalog.told_of(record), _plan(catalog, record)
            for name, columns in given:
                for code, column in zip(codes, columns, strict=True):
                    state, since = _state(record, column, told.get(column, ()), behind)
                    yield {
                        "table_name": table.name,
                        "record_id": record.id,
                        "field": name,
                        "language": code,
                        "state": state,
                        "since": since,
                        "plan_id": plan,
                    }


def _state(
    record: Record, column: str, told: Iterable[Record], behind: Mapping[TextOf, tuple[date, ...]]
) -> tuple[str, date | None]:
    """Return the state of a text and the day since which it is so, where one is known."""
    if column not in record.cells:
        return "missing", None
    rows = tuple(told)
    days = behind.get((record.table, record.id, column), ())
    if not rows and not days:
        return "present", None
    checked = max((row.get("checked_on") for row in rows if row.get("checked_on")), default=None)
    after = next((day for day in days if checked is None or day > checked), None)
    if after is not None:
        return "stale", after
    if checked is not None:
        return "checked", checked
    ours = any(row.get("status") == "own_translation" for row in rows)
    return ("own_translation" if ours else "present"), None


def _plan(catalog: Catalog, record: Record) -> str | None:
    """Return the plan to which a record belongs, None where it belongs to none."""
    if record.table == "plans":
        return record.id
    if record.table == "provenance":
        about = catalog.find(record.get("table_name"), record.get("record_id"))
        return _plan(catalog, about) if about else None
    return next((name for name in record.context if catalog.find("plans", name)), None)


def translation_counts(rows: Iterable[Row], as_of: date) -> Iterator[Row]:
    """Yield a row a table, field and language with the number of texts in each state."""
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for row in rows:
        counts.setdefault((row["table_name"], row["field"], row["language"]), Counter())[row["state"]] += 1
    for (table, name, language), states in sorted(counts.items()):
        yield {
            "table_name": table,
            "field": name,
            "language": language,
            "text_count": sum(states.values()),
            "present_count": states["present"],
            "own_translation_count": states["own_translation"],
            "missing_count": states["missing"],
            "as_of": as_of,
            "checked_count": states["checked"],
            "stale_count": states["stale"],
        }


def provenance_counts(catalog: Catalog, as_of: date) -> Iterator[Row]:
    """Yield a row a table and status of provenance with the number of values of which it is said."""
    told = set(catalog.columns("provenance").side_by_side("table_name", "status", "record_id", "field"))
    values = Counter((table, status) for table, status, _, _ in told)
    for (table, status), count in sorted(values.items()):
        yield {"table_name": table, "status": status, "value_count": count, "as_of": as_of}

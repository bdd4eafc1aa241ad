"""Owns since when a text lags behind the other languages: theirs was reworded after it, as the events tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Catalog
from site_builder.nouns.text import same_words

TextOf = tuple[str, str, str]
"""Table, id and column (`title_en`) of a text in one language."""


class _Edit(NamedTuple):
    """What one publication did to a text."""

    day: date
    new: frozenset[str]
    """Columns that came or went with it."""
    reworded: frozenset[str]


def changed_since(events: Iterable[Row], catalog: Catalog) -> Mapping[TextOf, tuple[date, ...]]:
    """Return for each text the days on which another language was reworded after it, the oldest first.

    A text that is reworded later has caught up, and does not make the other stale in turn. A translation of ours
    that is bettered leaves what it was made from as it is. A text that comes for the first time is of that day.
    """
    edits: dict[tuple[str, str, str], dict[int, tuple[date, set[str], set[str]]]] = {}
    for event in events:
        column = event["field"] or ""
        stem = _stem(catalog, event["table_name"], column)
        if not stem or event["kind"] == "unreadable":
            continue
        old, new = event["old_value"], event["new_value"]
        steps = edits.setdefault((event["table_name"], event["record_id"], stem), {})
        _, added, reworded = steps.setdefault(event["place"], (event["published_on"], set(), set()))
        if old is None or new is None:
            added.add(column)
        elif not same_words(old, new):
            reworded.add(column)
    found: dict[TextOf, tuple[date, ...]] = {}
    for (table, record_id, stem), steps in edits.items():
        ordered = [_Edit(day, frozenset(new), frozenset(again)) for _, (day, new, again) in sorted(steps.items())]
        columns = tuple(f"{stem}_{code}" for code in catalog.codes)
        for column, days in _behind(ordered, columns, _ours(catalog, table, record_id)).items():
            found[table, record_id, column] = days
    return found


def _stem(catalog: Catalog, table: str, column: str) -> str:
    """Return the field of a text in one language, empty where the column is none."""
    stem, _, code = column.rpartition("_")
    if code not in catalog.codes or table not in catalog.schemas:
        return ""
    item = catalog.schemas[table].by_name.get(stem)
    return stem if item is not None and item.localized else ""


def _ours(catalog: Catalog, table: str, record_id: str) -> frozenset[str]:
    """Return the columns of a record that are our translations."""
    record = catalog.find(table, record_id)
    told = catalog.told_of(record) if record else {}
    return frozenset(
        column for column, rows in told.items() if any(row.get("status") == "own_translation" for row in rows)
    )


def _behind(edits: Iterable[_Edit], columns: tuple[str, ...], ours: frozenset[str]) -> dict[str, tuple[date, ...]]:
    behind: dict[str, list[date]] = {}
    for edit in edits:
        caught_up = edit.reworded & behind.keys()
        for column in edit.new | edit.reworded:
            behind.pop(column, None)
        leading = edit.reworded - caught_up
        for column in columns:
            if column in edit.new | edit.reworded or not leading:
                continue
            if column in ours or leading - ours:
                behind.setdefault(column, []).append(edit.day)
    return {column: tuple(days) for column, days in behind.items()}

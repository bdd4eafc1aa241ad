"""Owns what stands in a record although nobody wrote it there: what its parent says, totals, ids made of codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from site_builder.nouns.record import Cell
from site_builder.nouns.schema import Field, Table
from site_builder.readers.drafts import Draft
from site_builder.readers.layout import DIMENSIONS, MARK, TOTAL

USUAL: Mapping[str, Mapping[str, Any]] = {
    "indicators": {"unit_multiplier": 0},
    "observations": {"observation_status": "A", "series_break": False},
}
"""What a column holds where nobody wrote anything, by table."""
BREAK = "B"
"""SDMX status of a value before which the series was measured in another way."""
JOINTS = {"period": "", "period_end": "to-", "vintage": "v"}
"""What stands in an id before a part of it."""


def dimensions_of(series: Table) -> tuple[Field, ...]:
    """Return the columns in which a series is broken down, in the order of the schema."""
    return series.coded_by(DIMENSIONS)


def usual_values(table: Table) -> dict[str, Any]:
    """Return what the columns of a table hold where nobody wrote anything: a blank dimension is the total."""
    totals = {item.name: TOTAL for item in dimensions_of(table)} if table.name == "series" else {}
    return {**totals, **USUAL.get(table.name, {})}


def fill_defaults(draft: Draft, from_parent: Iterable[str]) -> None:
    """Fill the columns that were not written: from the parent, then with what is usual; not what was misspelt."""
    parent = draft.parent.cells if draft.parent else {}
    for column in from_parent:
        if column in parent and _is_free(draft, column):
            draft.cells[column] = parent[column]
    status = draft.cells.get("observation_status")
    if draft.table.name == "observations" and status is not None and status.value == BREAK:
        draft.cells["series_break"] = Cell(value=True, location=status.location)
    for column, value in usual_values(draft.table).items():
        if _is_free(draft, column):
            draft.cells[column] = Cell(value, draft.location)


def _is_free(draft: Draft, column: str) -> bool:
    if column in draft.cells:
        return False
    return not draft.spoiled or draft.table.key_in_yaml(draft.table.by_name[column]) not in draft.spoiled


def is_inherited(table: Table, column: str) -> bool:
    """Whether a column is filled when all records are known, so that nobody must write it."""
    return column == MARK and table.name != "frameworks"


def short_id(draft: Draft, columns: Iterable[str]) -> str:
    """Return the short id of a record that is known by its values; none where one of them could not be read."""
    names = list(columns)
    if names == ["dimensions"]:
        names = [item.name for item in dimensions_of(draft.table)]
        if any(name not in draft.cells for name in names):
            return ""
        return series_slug(str(draft.cells[name].value) for name in names)
    if not names or names[0] not in draft.cells or draft.spoiled.intersection(names):
        return ""
    return "-".join(JOINTS[name] + str(draft.cells[name].value) for name in names if name in draft.cells)


def series_slug(codes: Iterable[str]) -> str:
    """Return the short id of a series: its codes that are not totals.

    A code in other letters is a slip that is reported; until it is mended its series is one of its own, and not that
    of the total.
    """
    return "-".join([part for code in codes if code != TOTAL and (part := _slug(code))]) or "total"


@lru_cache(maxsize=4096)
def _slug(code: str) -> str:
    plain = code if code.isascii() else code.encode().hex()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")

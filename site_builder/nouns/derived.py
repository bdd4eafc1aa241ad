"""Owns the rows that are computed and not written, by table and key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

Row = Mapping[str, Any]
"""A row of a published table by column."""


@dataclass(frozen=True)
class Derived:
    """Every computed table for one as-of day."""

    as_of: date
    tables: Mapping[str, tuple[Row, ...]]

    @cached_property
    def _index(self) -> Mapping[tuple[str, str], Row]:
        keys = {
            "milestone_schedule": "milestone_id",
            "commitment_summary": "commitment_id",
            "organisation_summary": "organisation_id",
            "plan_summary": "plan_id",
            "self_assessment": "commitment_id",
            "assessment_comparison": "commitment_id",
        }
        return {(table, row[key]): row for table, key in keys.items() for row in self.tables.get(table, ())}

    @cached_property
    def _groups(self) -> dict[tuple[str, str], Mapping[Any, tuple[Row, ...]]]:
        """Rows by table and column, each grouped when it is first asked for."""
        return {}

    def referring(self, table: str, column: str, value: str) -> tuple[Row, ...]:
        """Return the rows of a computed table whose `column` holds `value`."""
        if (table, column) not in self._groups:
            groups: dict[Any, list[Row]] = {}
            for row in self.tables.get(table, ()):
                groups.setdefault(row.get(column), []).append(row)
            self._groups[table, column] = {key: tuple(rows) for key, rows in groups.items()}
        return self._groups[table, column].get(value, ())

    def row(self, table: str, record_id: str) -> Row:
        """Return the row of a thing in a computed table."""
        return self._index[table, record_id]

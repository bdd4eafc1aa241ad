"""Owns the rows that are computed and not written, by table and key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

Row = Mapping[str, Any]
"""A row of a published table by column."""


class Tables(Mapping[str, tuple[Row, ...]]):
    """Computed tables, each computed when somebody first looks into it: a page needs few of them."""

    def __init__(self, makers: Mapping[str, Callable[[], Iterable[Row]]]) -> None:
        self._makers = makers
        self._made: dict[str, tuple[Row, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Row, ...]:
        if name not in self._made:
            self._made[name] = tuple(self._makers[name]())
        return self._made[name]

    def get(self, name: str, default: Any = None) -> Any:
        """Return a table, else the default; a mistake while it is computed is not taken for its absence."""
        return self[name] if name in self._makers else default

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def and_also(self, makers: Mapping[str, Callable[[], Iterable[Row]]]) -> Tables:
        """Return these tables and some more."""
        return Tables({**{name: partial(self.__getitem__, name) for name in self}, **makers})


KEYS = {
    "milestone_schedule": "milestone_id",
    "commitment_summary": "commitment_id",
    "organisation_summary": "organisation_id",
    "plan_summary": "plan_id",
    "self_assessment": "commitment_id",
    "assessment_comparison": "commitment_id",
}
"""Columns by which rows are asked for, by table."""


@dataclass(frozen=True)
class Derived:
    """Every computed table for one as-of day."""

    as_of: date
    tables: Tables

    @cached_property
    def _indexes(self) -> dict[str, Mapping[str, Row]]:
        """Rows by key, table by table as they are asked for."""
        return {}

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
        if table not in self._indexes:
            self._indexes[table] = {row[KEYS[table]]: row for row in self.tables.get(table, ())}
        return self._indexes[table][record_id]

"""Owns the published tables of one edition, made once for every form in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from site_builder.nouns.edition import Edition
from site_builder.nouns.schema import Table
from site_builder.writers.columns import Values
from site_builder.writers.dictionary import Column, columns_of
from site_builder.writers.rows import Cells, rows_of, table_columns
from site_builder.writers.tables import Lines, csv_lines, json_lines


@dataclass(frozen=True)
class Sheet:
    """A published table: its columns in the order of the file, its rows sorted by key, made when they are asked for."""

    edition: Edition
    table: Table

    @property
    def name(self) -> str:
        return self.table.name

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return columns_of(self.edition, self.table)

    @cached_property
    def values(self) -> list[Values]:
        """The same column by column."""
        return table_columns(self.edition, self.table)

    @cached_property
    def rows(self) -> list[Cells]:
        return rows_of(self.values)

    @cached_property
    def header(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True)
class Dataset:
    """All published tables of an edition."""

    edition: Edition

    @cached_property
    def sheets(self) -> Mapping[str, Sheet]:
        """The tables by name, in the order of the package."""
        return {table.name: Sheet(self.edition, table) for table in self.edition.schemas}

    def make_rows(self) -> None:
        """Make the rows of all tables now, once for all who will work on copies of this data set."""
        for sheet in self.sheets.values():
            _ = sheet.rows

    @cached_property
    def byte_order_mark(self) -> bool:
        """Whether a CSV begins with the mark by which Excel knows UTF-8."""
        return bool(self.edition.catalog.site.get("csv_byte_order_mark"))

    @cached_property
    def csv(self) -> Mapping[str, bytes]:
        """Each table as CSV, by its name."""
        return {name: self._csv(name).content for name in self.sheets}

    def csv_of(self, name: str, rows: Sequence[Cells]) -> bytes:
        """Return some rows of a table as CSV; each is written once for all files in which it stands."""
        lines = self._csv(name)
        return lines.head + self._cut(name, lines, rows)

    def json_lines(self, name: str) -> bytes:
        """Return a table as JSON Lines."""
        return self._json(name).content

    def objects_of(self, name: str, rows: Sequence[Cells]) -> list[bytes]:
        """Return rows of a table as JSON objects; each is written once for all files in which it stands."""
        return self._cut(name, self._json(name), rows).splitlines()

    def listed(self, name: str, rows: Sequence[Cells]) -> bytes:
        """Return rows of a table as one JSON array."""
        return b"[" + self._cut(name, self._json(name), rows)[:-1].replace(b"\n", b", ") + b"]"

    def _cut(self, name: str, lines: Lines, rows: Sequence[Cells]) -> bytes:
        """Return some rows of a table as they stand in a file; most are asked for as they follow each other there."""
        if not rows:
            return b""
        places = self._places(name)
        first = places[id(rows[0])]
        end = first + len(rows)
        if self.sheets[name].rows[first:end] == rows:
            return lines.rows(first, end)
        return b"".join([lines.row(places[id(row)]) for row in rows])

    def _csv(self, name: str) -> Lines:
        header, mark = self.sheets[name].header, self.byte_order_mark
        return self._written(name, "csv", lambda columns: csv_lines(header, columns, byte_order_mark=mark))

    def _json(self, name: str) -> Lines:
        header = self.sheets[name].header
        return self._written(name, "json", lambda columns: json_lines(header, columns))

    def _written(self, name: str, form: str, write: Callable[[list[Values]], Lines]) -> Lines:
        if (name, form) not in self._lines:
            self._lines[name, form] = write(self.sheets[name].values)
        return self._lines[name, form]

    def _places(self, name: str) -> Mapping[int, int]:
        """Return the place of each row of a table, by its identity: a row stands in its sheet only."""
        if name not in self._placed:
            self._placed[name] = {id(row): place for place, row in enumerate(self.sheets[name].rows)}
        return self._placed[name]

    @cached_property
    def _lines(self) -> dict[tuple[str, str], Lines]:
        return {}

    @cached_property
    def _placed(self) -> dict[str, dict[int, int]]:
        return {}

    @cached_property
    def memory(self) -> dict[tuple[str, str], str]:
        """How each table is described in each language, worked out once for all packages that have it."""
        return {}

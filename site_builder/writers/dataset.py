"""Owns the published tables of one edition, made once for every form in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from site_builder.nouns.edition import Edition
from site_builder.nouns.schema import Table
from site_builder.writers.dictionary import Column, columns_of
from site_builder.writers.rows import Cells, table_rows
from site_builder.writers.tables import csv_file, csv_lines, json_objects


@dataclass(frozen=True)
class Sheet:
    """A published table: its columns in the order of the file, its rows sorted by key."""

    table: Table
    columns: tuple[Column, ...]
    rows: list[Cells]

    @property
    def name(self) -> str:
        return self.table.name

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
        return {
            table.name: Sheet(table, columns_of(self.edition, table), table_rows(self.edition, table))
            for table in self.edition.schemas
        }

    @cached_property
    def byte_order_mark(self) -> bool:
        """Whether a CSV begins with the mark by which Excel knows UTF-8."""
        return bool(self.edition.catalog.site.get("csv_byte_order_mark"))

    @cached_property
    def csv(self) -> Mapping[str, bytes]:
        """Each table as CSV, by its name."""
        return {name: self.csv_of(name, sheet.rows) for name, sheet in self.sheets.items()}

    def csv_of(self, name: str, rows: Iterable[Cells]) -> bytes:
        """Return some rows of a table as CSV; each is written once for all files in which it stands."""
        texts = self._written(name, "csv", csv_lines)
        return csv_file(
            self.sheets[name].header, (texts[id(row)] for row in rows), byte_order_mark=self.byte_order_mark
        )

    def object_of(self, name: str, row: Cells) -> str:
        """Return a row of a table as a JSON object; each is written once for all files in which it stands."""
        return self._objects(name)[id(row)]

    def objects(self, name: str) -> list[str]:
        """Return every row of a table as a JSON object, in their order."""
        return list(self._objects(name).values())

    def _objects(self, name: str) -> dict[int, str]:
        header = self.sheets[name].header
        return self._written(name, "json", lambda rows: json_objects(header, rows))

    def _written(self, name: str, form: str, write: Callable[[list[Cells]], list[str]]) -> dict[int, str]:
        """Return each row of a table as it is written in a form, by its identity: a row stands in its sheet only."""
        if (name, form) not in self._texts:
            rows = self.sheets[name].rows
            self._texts[name, form] = dict(zip(map(id, rows), write(rows), strict=True))
        return self._texts[name, form]

    @cached_property
    def _texts(self) -> dict[tuple[str, str], dict[int, str]]:
        return {}

    @cached_property
    def memory(self) -> dict[tuple[str, str], str]:
        """How each table is described in each language, worked out once for all packages that have it."""
        return {}

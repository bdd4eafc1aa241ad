"""Owns the published tables of one edition, made once for every form in which they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from site_builder.nouns.edition import Edition
from site_builder.nouns.schema import Table
from site_builder.writers.dictionary import Column, columns_of
from site_builder.writers.rows import Cells, table_rows
from site_builder.writers.tables import csv_bytes


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
        mark = self.byte_order_mark
        return {name: csv_bytes(sheet.header, sheet.rows, byte_order_mark=mark) for name, sheet in self.sheets.items()}

    @cached_property
    def memory(self) -> dict[tuple[str, str], str]:
        """How each table is described in each language, worked out once for all packages that have it."""
        return {}

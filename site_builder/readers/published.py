"""Owns the reading of published tables back from their files; refuses to know how they were made."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from site_builder.nouns.record import Catalog

DESCRIPTOR = "datapackage.json"


class PackageUnreadable(Exception):
    """The files are no data package of ours; the text names the one that is not understood."""


@dataclass(frozen=True)
class Row:
    """A row of a published table: its cells by column and the line at which it begins."""

    cells: Mapping[str, str]
    line: int


@dataclass(frozen=True)
class PublishedTable:
    """A table as its descriptor and its CSV tell of it."""

    name: str
    schema: Mapping[str, Any]
    content: bytes

    @cached_property
    def fields(self) -> Mapping[str, Mapping[str, Any]]:
        """Descriptions of the columns by name, in the order of the file."""
        return {field["name"]: field for field in self.schema["fields"]}

    @cached_property
    def key(self) -> tuple[str, ...]:
        return tuple(self.schema["primaryKey"])

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Rows by their key, its parts joined by a slash. Raises PackageUnreadable."""
        try:
            return self._rows()
        except (csv.Error, KeyError, ValueError) as error:
            raise PackageUnreadable(f"{self.name}.csv") from error

    def _rows(self) -> Mapping[str, Row]:
        text = io.StringIO(self.content.decode("utf-8-sig"), newline="")
        reader = csv.reader(text, strict=True)
        header = next(reader, [])
        if set(self.fields) != set(header):
            raise PackageUnreadable(f"{self.name}.csv")
        rows, line = {}, reader.line_num + 1
        for values in reader:
            cells = dict(zip(header, values, strict=True))
            rows["/".join(cells[column] for column in self.key)] = Row(cells, line)
            line = reader.line_num + 1
        return rows


Published = Mapping[str, PublishedTable]
"""Tables by name, in the order of their package."""


def read_published(files: Mapping[str, bytes]) -> Published:
    """Return the tables of a data set. Raises PackageUnreadable; `rows` of a table may do so, too."""
    try:
        package = json.loads(files[DESCRIPTOR].decode("utf-8"))
        return {
            resource["name"]: PublishedTable(resource["name"], resource["schema"], files[resource["path"]])
            for resource in package["resources"]
        }
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise PackageUnreadable(DESCRIPTOR) from error


def newest(catalog: Catalog) -> Published:
    """Return the tables of the newest release of a catalog that has one. Raises PackageUnreadable."""
    return read_published(catalog.releases[-1].files)


def last_row(catalog: Catalog, table: str, record: str) -> Row | None:
    """Return the row of a thing in the newest release that has it, None where none does."""
    for release in reversed(catalog.releases):
        try:
            published = read_published(release.files)
            row = published[table].rows.get(record) if table in published else None
        except PackageUnreadable:
            continue
        if row is not None:
            return row
    return None

"""Owns the descriptor of a data package, by Data Package 2.0: what each file, column and key is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import indent
from typing import Any

from site_builder.nouns.edition import Edition
from site_builder.nouns.record import Record
from site_builder.nouns.schema import Table
from site_builder.nouns.text import Text
from site_builder.writers.dataset import Dataset
from site_builder.writers.dictionary import Column, columns_of
from site_builder.writers.rows import Cells
from site_builder.writers.tables import csv_bytes

PROFILE = "https://datapackage.org/profiles/2.0/"


@dataclass(frozen=True)
class Package:
    """Tables that are published together, and what they are called."""

    dataset: Dataset
    name: str
    title: Text
    description: Text
    counts: Mapping[str, int]
    """Rows of each table, in the order of the package."""
    files: Mapping[str, bytes]
    """Each table as CSV, by its name."""
    sources: tuple[Record, ...]

    @property
    def edition(self) -> Edition:
        return self.dataset.edition

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(self.edition.schemas[name] for name in self.counts)


def whole(dataset: Dataset) -> Package:
    """Return the package of everything."""
    catalog = dataset.edition.catalog
    return Package(
        dataset,
        catalog.site.id,
        catalog.text(catalog.site, "title"),
        catalog.text(catalog.site, "description"),
        {name: len(sheet.rows) for name, sheet in dataset.sheets.items()},
        dataset.csv,
        catalog.rows("sources"),
    )


def part(dataset: Dataset, subject: Record, *, description: Text, rows: Mapping[str, Sequence[Cells]]) -> Package:
    """Return the package of some rows: those of one plan. Its tables are those of `rows`, empty ones too."""
    catalog, mark = dataset.edition.catalog, dataset.byte_order_mark
    place = dataset.sheets["sources"].header.index("source_id")
    named = {row[place] for row in rows["sources"]}
    return Package(
        dataset,
        f"{catalog.site.id}-{subject.id}",
        catalog.text(subject, "title"),
        description,
        {name: len(cells) for name, cells in rows.items()},
        {name: csv_bytes(dataset.sheets[name].header, cells, byte_order_mark=mark) for name, cells in rows.items()},
        tuple(record for record in catalog.rows("sources") if record.id in named),
    )


def descriptor(package: Package, language: str, *, is_archived: bool = False) -> bytes:
    """Return a Data Package 2.0 descriptor with titles in a language, for files side by side or as in the archive."""
    edition, site = package.edition, package.edition.catalog.site
    document: dict[str, Any] = {
        "$schema": PROFILE + "datapackage.json",
        "name": package.name,
        "title": package.title.shown(language)[0],
        "description": package.description.shown(language)[0],
        "created": f"{edition.derived.as_of.isoformat()}T00:00:00Z",
        "licenses": [{"name": site.get("content_licence"), "path": site.get("content_licence_url")}],
        "contributors": [{"title": edition.catalog.text(site, "publisher").shown(language)[0], "roles": ["publisher"]}],
        "sources": [_source(edition, record, language) for record in package.sources],
    }
    if edition.base_url:
        document["homepage"] = edition.base_url
    resources = (
        _joined(_written(_file(package, table, is_archived=is_archived)), _described(package.dataset, table, language))
        for table in package.tables
    )
    listed = '{\n  "resources": [\n' + ",\n".join(indent(text, "    ") for text in resources) + "\n  ]\n}"
    return (_joined(_written(document), listed) + "\n").encode("utf-8")


def _written(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


def _joined(one: str, other: str) -> str:
    """Return two JSON objects, written over several lines, as one."""
    return one.removesuffix("\n}") + ",\n" + other.removeprefix("{\n")


def _described(dataset: Dataset, table: Table, language: str) -> str:
    """Return what a resource says of its table; this takes long and is the same in every package."""
    key = (table.name, language)
    if key not in dataset.memory:
        dataset.memory[key] = _written(_told(dataset.edition, table, language))
    return dataset.memory[key]


def _source(edition: Edition, record: Record, language: str) -> dict[str, str]:
    source = {"title": edition.catalog.text(record, "title").shown(language)[0]}
    return {**source, "path": record.get("url")} if record.get("url") else source


def path_in_archive(table: str) -> str:
    """Return where a table stands in the archive: code lists at its root, the others in data/."""
    return f"{table}.csv" if table == "codelists" else f"data/{table}.csv"


def _file(package: Package, table: Table, *, is_archived: bool) -> dict[str, Any]:
    """Return what a resource says of its file."""
    content = package.files[table.name]
    return {
        "name": table.name,
        "type": "table",
        "path": path_in_archive(table.name) if is_archived else f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _told(edition: Edition, table: Table, language: str) -> dict[str, Any]:
    """Return what a resource says of its table."""
    return {
        "title": Text(table.labels).shown(language)[0],
        "description": Text(table.descriptions).shown(language)[0],
        "schema": _schema(edition, table, language),
    }


def _schema(edition: Edition, table: Table, language: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": PROFILE + "tableschema.json",
        "fields": [_field(edition, column, language) for column in columns_of(edition, table)],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.unique_keys:
        schema["uniqueKeys"] = [list(key) for key in table.unique_keys]
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": [reference.field],
                "reference": {
                    "resource": "" if reference.table == table.name else reference.table,
                    "fields": list(edition.schemas[reference.table].key),
                },
            }
            for reference in table.references
        ]
    return schema


def _field(edition: Edition, column: Column, language: str) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    constraints.update(column.constraints)
    if column.codelist:
        constraints["enum"] = [record.get("code") for record in edition.catalog.codes_of.get(column.codelist, ())]
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "format": column.format,
        "title": Text(column.labels).shown(language)[0],
        "description": Text(column.descriptions).shown(language)[0],
    }
    if constraints:
        field["constraints"] = constraints
    if column.codelist:
        field["codelist"] = column.codelist
    return field

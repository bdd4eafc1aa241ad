"""Owns the shape of everything about one commitment as one JSON object; refuses to know which tables there are.

A row stands in the most particular thing that it must name: an item of an update, an update, a milestone, else the
commitment. Where a thing has one row of a table at most, it is an object or null, else a list. What rows name beside
that stands in `named`, by table and key, and what their codes mean in `codes`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from site_builder.nouns.edition import Edition
from site_builder.nouns.schema import Schemas, Table
from site_builder.writers.dataset import Dataset, Sheet
from site_builder.writers.excerpts import Excerpt, Rows, belonging, with_named
from site_builder.writers.package import said
from site_builder.writers.tables import plain

WHOLE = "commitments"
REPEATED = frozenset({"overview", "translation_state"})
"""Tables that say again, in other words or as counts, what stands in the object already."""
PARTICULAR = ("update_item_id", "update_id", "milestone_id")
"""Columns by which a row stands inside something of the commitment, the most particular first."""
Node = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """Where the rows of each table stand."""

    schemas: Schemas

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Tables whose rows stand in the object, in the order of the package."""
        return tuple(name for name in belonging(self.schemas, WHOLE) if name not in REPEATED)

    @cached_property
    def inside(self) -> Mapping[str, tuple[Table, ...]]:
        """Tables whose rows stand in a row of another table, by the name of that."""
        found: dict[str, list[Table]] = {}
        for name in self.names:
            if name != WHOLE:
                found.setdefault(self.parent(self.schemas[name])[0], []).append(self.schemas[name])
        return {name: tuple(tables) for name, tables in found.items()}

    def parent(self, table: Table) -> tuple[str, str]:
        """Return the table in whose rows those of a table stand, and the column that names the row."""
        for column in PARTICULAR:
            if column in table.reference_of and table.by_name[column].required:
                return table.reference_of[column], column
        return WHOLE, ""

    def is_single(self, table: Table) -> bool:
        """Whether a row of a table is the only one in what it stands in."""
        target, column = self.parent(table)
        return table.key == ((column,) if column else self.schemas[target].key)


def shape_schema(schemas: Schemas, references: str) -> Node:
    """Return the shape as JSON Schema; `references` stands before the name of a table whose row is described there."""
    shape = Shape(schemas)
    named = {name: {"type": "object", "additionalProperties": {"$ref": references + name}} for name in _nameable(shape)}
    text = {"type": ["string", "null"]}
    return {
        "type": "object",
        "required": ["about", "commitment", "named", "codes"],
        "properties": {
            "about": {"type": "object", "required": ["as_of", "languages", "licence", "licence_url", "citation"]},
            "commitment": _node(shape, schemas[WHOLE], references),
            "named": {"type": "object", "properties": named, "additionalProperties": False},
            "codes": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": {"type": "object", "additionalProperties": text},
                },
            },
        },
    }


def _nameable(shape: Shape) -> tuple[str, ...]:
    targets = {reference.table for table in shape.schemas for reference in table.references}
    return tuple(name for name in with_named(shape.schemas, shape.names) if name in targets)


def _node(shape: Shape, table: Table, references: str) -> Node:
    """Return the schema of a row with what stands in it."""
    own: Node = {"$ref": references + table.name}
    inside = shape.inside.get(table.name, ())
    if not inside:
        return own
    nodes = {child.name: _node(shape, child, references) for child in inside}
    return {
        "allOf": [own],
        "required": list(nodes),
        "properties": {
            child.name: {"anyOf": [nodes[child.name], {"type": "null"}]}
            if shape.is_single(child)
            else {"type": "array", "items": nodes[child.name]}
            for child in inside
        },
    }


@dataclass(frozen=True)
class CommitmentFiles:
    """What the files of all commitments have in common."""

    dataset: Dataset

    @cached_property
    def _shape(self) -> Shape:
        return Shape(self.dataset.edition.schemas)

    @cached_property
    def _about(self) -> Node:
        edition = self.dataset.edition
        site, codes = edition.catalog.site, edition.catalog.codes
        return {
            "as_of": edition.derived.as_of,
            "languages": list(codes),
            "licence": site.get("content_licence"),
            "licence_url": site.get("content_licence_url"),
            "citation": {code: said(edition, "data.cite", code) for code in codes},
        }

    @cached_property
    def _coded(self) -> Mapping[str, tuple[tuple[int, str], ...]]:
        """Places of the columns of codes and their lists, by table."""
        return {
            name: tuple((place, column.codelist) for place, column in enumerate(sheet.columns) if column.codelist)
            for name, sheet in self.dataset.sheets.items()
        }

    def content(self, commitment: str, excerpt: Excerpt) -> bytes:
        """Return the file of a commitment; a part stands on a line."""
        parts = {
            "about": self._about,
            "commitment": self._nested(commitment, excerpt.owned),
            "named": self._named(excerpt.named),
            "codes": self._codes(excerpt.rows),
        }
        encode = json.JSONEncoder(ensure_ascii=False, default=plain).encode
        return ("{\n" + ",\n".join(f'"{name}": {encode(part)}' for name, part in parts.items()) + "\n}\n").encode()

    def _nested(self, commitment: str, rows: Rows) -> Node:
        """Return the row of the commitment with all others where they stand."""
        shape, sheets = self._shape, self.dataset.sheets
        objects = {name: [_object(sheets[name], row) for row in rows.get(name, ())] for name in shape.names}
        by_key = {name: {item[sheets[name].table.key[0]]: item for item in objects[name]} for name in shape.inside}
        for name, tables in shape.inside.items():
            for item in objects[name]:
                item.update((child.name, None if shape.is_single(child) else []) for child in tables)
        for name in shape.names:
            table = sheets[name].table
            if name != WHOLE:
                target, column = shape.parent(table)
                for item in objects[name]:
                    _place(by_key[target][item[column] if column else commitment], name, item)
        return by_key[WHOLE][commitment]

    def _named(self, rows: Rows) -> Node:
        """Return the rows that others name, by table and key, in the order of the package."""
        sheets = self.dataset.sheets
        return {
            name: {
                str(row[sheets[name].header.index(sheets[name].table.key[0])]): _object(sheets[name], row)
                for row in rows[name]
            }
            for name in sheets
            if name in rows
        }

    def _codes(self, rows: Rows) -> Node:
        """Return what the codes mean that occur in rows, by list and code."""
        used = {
            (codelist, row[place])
            for name, cells in rows.items()
            for place, codelist in self._coded[name]
            for row in cells
            if row[place] is not None
        }
        found: Node = {}
        for codelist, code in sorted(used):
            found.setdefault(codelist, {})[code] = _meaning(self.dataset.edition, codelist, code)
        return found


def _object(sheet: Sheet, row: tuple[Any, ...]) -> Node:
    return dict(zip(sheet.header, row, strict=True))


def _place(parent: Node, name: str, item: Node) -> None:
    if parent[name] is None:
        parent[name] = item
    else:
        parent[name].append(item)


def _meaning(edition: Edition, codelist: str, code: str) -> dict[str, str]:
    record = edition.catalog.code(codelist, code)
    names = (f"{name}_{language}" for name in ("label", "definition") for language in edition.catalog.codes)
    return {name: record.get(name) for name in names} if record else {}

"""Owns the shape of everything about one thing as one JSON object; refuses to know which tables there are.

A thing is a commitment or an indicator. A row stands in the most particular thing that it must name: an item of an
update, an update, a milestone, else the commitment; a series, an assessment, else the indicator. Where a thing has one
row of a table at most, it is an object or null, else a list. What rows name beside that stands in `named`, by table
and key, and what their codes mean in `codes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from site_builder.nouns.edition import Edition
from site_builder.nouns.schema import Schemas, Table
from site_builder.readers.layout import IDENTIFIED
from site_builder.writers.dataset import Dataset, Sheet
from site_builder.writers.excerpts import Excerpt, Rows, belonging, with_named
from site_builder.writers.package import said
from site_builder.writers.rows import Cells
from site_builder.writers.tables import json_text

REPEATED = frozenset({"overview", "translation_state"})
"""Tables that say again, in other words or as counts, what stands in the object already."""
PARTICULAR: Mapping[str, tuple[str, ...]] = {
    "commitments": ("update_item_id", "update_id", "milestone_id"),
    "indicators": ("progress_id", "series_id"),
}
"""Columns by which a row stands inside something of a thing, the most particular first, by the table of the thing."""
Node = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """Where the rows of each table stand."""

    schemas: Schemas
    whole: str
    """Table of the things, a key of PARTICULAR."""

    @property
    def word(self) -> str:
        """What a thing is called in its file."""
        return IDENTIFIED[self.whole]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Tables whose rows stand in the object, in the order of the package."""
        return tuple(name for name in belonging(self.schemas, self.whole) if name not in REPEATED)

    @cached_property
    def inside(self) -> Mapping[str, tuple[Table, ...]]:
        """Tables whose rows stand in a row of another table, by the name of that."""
        found: dict[str, list[Table]] = {}
        for name in self.names:
            if name != self.whole:
                found.setdefault(self.parent(self.schemas[name])[0], []).append(self.schemas[name])
        return {name: tuple(tables) for name, tables in found.items()}

    def parent(self, table: Table) -> tuple[str, str]:
        """Return the table in whose rows those of a table stand, and the column that names the row."""
        for column in PARTICULAR[self.whole]:
            if column in table.reference_of and table.by_name[column].required:
                return table.reference_of[column], column
        return self.whole, ""

    def is_single(self, table: Table) -> bool:
        """Whether a row of a table is the only one in what it stands in."""
        target, column = self.parent(table)
        return table.key == ((column,) if column else self.schemas[target].key)


def shape_schema(schemas: Schemas, whole: str, references: str) -> Node:
    """Return the shape as JSON Schema; `references` stands before the name of a table whose row is described there."""
    shape = Shape(schemas, whole)
    named = {name: {"type": "object", "additionalProperties": {"$ref": references + name}} for name in _nameable(shape)}
    text = {"type": ["string", "null"]}
    return {
        "type": "object",
        "required": ["about", shape.word, "named", "codes"],
        "properties": {
            "about": {"type": "object", "required": ["as_of", "languages", "licence", "licence_url", "citation"]},
            shape.word: _node(shape, schemas[whole], references),
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
class ThingFiles:
    """What the files of all things of a table have in common."""

    dataset: Dataset
    whole: str
    """Table of the things."""

    @cached_property
    def _shape(self) -> Shape:
        return Shape(self.dataset.edition.schemas, self.whole)

    @cached_property
    def _about(self) -> bytes:
        edition = self.dataset.edition
        site, codes = edition.catalog.site, edition.catalog.codes
        return _encoded(
            {
                "as_of": edition.derived.as_of,
                "languages": list(codes),
                "licence": site.get("content_licence"),
                "licence_url": site.get("content_licence_url"),
                "citation": {code: said(edition, "data.cite", code) for code in codes},
            }
        )

    @cached_property
    def _coded(self) -> Mapping[str, tuple[tuple[int, str], ...]]:
        """Places of the columns of codes and their lists, by table."""
        return {
            name: tuple((place, column.codelist) for place, column in enumerate(sheet.columns) if column.codelist)
            for name, sheet in self.dataset.sheets.items()
        }

    @cached_property
    def _meanings(self) -> dict[tuple[str, str], bytes]:
        """What codes mean, as far as they were asked for."""
        return {}

    def content(self, thing: str, excerpt: Excerpt) -> bytes:
        """Return the file of a thing; a part stands on a line."""
        parts = {
            "about": self._about,
            self._shape.word: self._nested(thing, excerpt.owned),
            "named": self._named(excerpt.named),
            "codes": self._codes((excerpt.owned, excerpt.named)),
        }
        return b"{\n" + b",\n".join(_pair(name, part) for name, part in parts.items()) + b"\n}\n"

    @cached_property
    def _inside(self) -> Mapping[str, tuple[tuple[Sheet, bytes, bool], ...]]:
        """Tables whose rows stand in a row of another, by the name of that; with their names as keys of JSON."""
        return {
            name: tuple((self.dataset.sheets[t.name], _encoded(t.name), self._shape.is_single(t)) for t in tables)
            for name, tables in self._shape.inside.items()
        }

    def _nested(self, thing: str, rows: Rows) -> bytes:
        """Return the row of the thing with all others where they stand."""
        shape, sheets = self._shape, self.dataset.sheets
        within: dict[tuple[str, str], list[Cells]] = {}
        for name in shape.names:
            if name != shape.whole and name in rows:
                _, column = shape.parent(sheets[name].table)
                place = sheets[name].header.index(column) if column else -1
                for parent, same in groupby(rows[name], itemgetter(place)) if column else [(thing, rows[name])]:
                    within.setdefault((name, parent), []).extend(same)
        return self._texts(sheets[shape.whole], rows[shape.whole], within)[0]

    def _texts(self, sheet: Sheet, rows: list[Cells], within: Mapping[tuple[str, str], list[Cells]]) -> list[bytes]:
        """Return rows with those that stand in each, as JSON."""
        own = self.dataset.objects_of(sheet.name, rows)
        inside = self._inside.get(sheet.name, ())
        if not inside:
            return own
        place = sheet.header.index(sheet.table.key[0])
        found = []
        for row, text in zip(rows, own, strict=True):
            parts = [text[:-1]]
            for child, key, is_single in inside:
                cells = within.get((child.name, row[place]), [])
                if child.name not in self._inside and not is_single:
                    shown = self.dataset.listed(child.name, cells)
                else:
                    texts = self._texts(child, cells, within)
                    shown = (texts[0] if texts else b"null") if is_single else _list(texts)
                parts.append(key + b": " + shown)
            found.append(b", ".join(parts) + b"}")
        return found

    def _named(self, rows: Rows) -> bytes:
        """Return the rows that others name, by table and key, in the order of the package."""
        tables = []
        for name, sheet in self.dataset.sheets.items():
            if name in rows:
                place = sheet.header.index(sheet.table.key[0])
                keys = (str(row[place]) for row in rows[name])
                texts = self.dataset.objects_of(name, rows[name])
                tables.append(_pair(name, _object(map(_pair, keys, texts))))
        return _object(tables)

    def _codes(self, parts: Iterable[Rows]) -> bytes:
        """Return what the codes mean that occur in rows, by list and code."""
        used: set[tuple[str, str]] = set()
        for name, cells in (item for rows in parts for item in rows.items()):
            for place, codelist in self._coded[name]:
                used |= {(codelist, code) for code in set(map(itemgetter(place), cells)) if code is not None}
        lists = groupby(sorted(used), itemgetter(0))
        return _object(_pair(codelist, _object(map(self._meaning, codes))) for codelist, codes in lists)

    def _meaning(self, named: tuple[str, str]) -> bytes:
        """Return a code of a list with what it means."""
        if named not in self._meanings:
            self._meanings[named] = _pair(named[1], _encoded(_meaning(self.dataset.edition, *named)))
        return self._meanings[named]


def _encoded(value: Any) -> bytes:
    return json_text(value).encode("utf-8")


def _pair(name: str, text: bytes) -> bytes:
    """Return a member of a JSON object."""
    return _encoded(name) + b": " + text


def _object(members: Iterable[bytes]) -> bytes:
    return b"{" + b", ".join(members) + b"}"


def _list(items: Iterable[bytes]) -> bytes:
    return b"[" + b", ".join(items) + b"]"


def _meaning(edition: Edition, codelist: str, code: str) -> dict[str, str]:
    record = edition.catalog.code(codelist, code)
    names = (f"{name}_{language}" for name in ("label", "definition") for language in edition.catalog.codes)
    return {name: record.get(name) for name in names} if record else {}

"""Owns what may be written in each kind of file: its keys in order and what each takes, by schemas and layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from site_builder.nouns.file_kind import FileKind, Nested
from site_builder.nouns.schema import Field, Schemas, Table
from site_builder.readers.defaults import is_inherited, usual_values
from site_builder.readers.layout import FILES, filled, nested_in
from site_builder.readers.provenance import QUESTIONS

PROVENANCE = "provenance"
REQUIRED, OPTIONAL = True, False


class Shape(Enum):
    """What stands under a key."""

    VALUE = "value"
    TEXTS = "texts"
    """A text in every language."""
    CODES = "codes"
    """A list of plain codes or ids."""
    RECORD = "record"
    RECORDS = "records"


@dataclass(frozen=True)
class Line:
    """A key of a file and what is written under it."""

    key: str
    shape: Shape
    required: bool
    labels: Mapping[str, str]
    """Names by language."""
    descriptions: Mapping[str, str]
    item: Field | None = None
    """The field, where values or texts are written."""
    refers_to: str = ""
    """Table whose ids are written."""
    lines: tuple[Line, ...] = ()
    """The keys of a record below."""
    table: str = ""
    """Table of the records below."""
    names: tuple[str, ...] = ()
    """The names that a list of fields may hold."""


@dataclass(frozen=True)
class Blank:
    """A kind of file as somebody fills it in."""

    name: str
    kind: FileKind
    lines: tuple[Line, ...]
    labels: Mapping[str, str]
    descriptions: Mapping[str, str]


@lru_cache(maxsize=8)
def blanks(schemas: Schemas, languages: tuple[str, ...]) -> tuple[Blank, ...]:
    """Return every kind of YAML file below the content folder, in the order of the layout."""
    return tuple(_Drawing(schemas, languages).blank(kind) for kind in FILES)


def blank_of(table: str, schemas: Schemas, languages: tuple[str, ...]) -> Blank:
    """Return the kind of file in which each record of a table has a file of its own."""
    return _Drawing(schemas, languages).blank(next(kind for kind in FILES if kind.table == table))


@dataclass(frozen=True)
class _Drawing:
    """The drawing of blanks from schemas."""

    schemas: Schemas
    languages: tuple[str, ...]

    def blank(self, kind: FileKind) -> Blank:
        if not kind.table:
            lists = nested_in(kind.path)
            given = [column for column, _ in kind.fill]
            lines = tuple(self._nested(key, nested, given) for key, nested in lists.items())
            first = self.schemas[next(iter(lists.values())).table]
            return Blank(_name(kind), kind, lines, first.labels, first.descriptions)
        table = self.schemas[kind.table]
        given = [column for column, _ in kind.fill]
        if kind.key.strip("{}") != table.key[0]:
            given.append(table.key[0])
        return Blank(_name(kind), kind, tuple(self._lines(table, given)), table.labels, table.descriptions)

    def _lines(self, table: Table, given: Iterable[str], nested: Nested | None = None) -> Iterator[Line]:
        """Yield the keys of a record; nobody writes those columns that are given."""
        written_by_program = {*given, *filled(table.name)}
        optional = {*usual_values(table), *(nested.defaults if nested else ())}
        if nested and nested.id_from:
            optional.add(table.key[0])
        for key, item in table.by_column_stem.items():
            if item.name in written_by_program:
                continue
            required = item.required and item.name not in optional and not is_inherited(table, item.name)
            shape = Shape.TEXTS if item.localized else Shape.VALUE
            refers_to = table.reference_of.get(item.name, "")
            yield Line(key, shape, required, item.labels, item.descriptions, item, refers_to)
        for key, inner in nested_in(table.name).items():
            yield self._nested(key, inner, [column for column, _ in inner.inherit])
        yield self._origins(table)

    def _nested(self, key: str, nested: Nested, given: Iterable[str]) -> Line:
        table = self.schemas[nested.table]
        if nested.code:
            item = table.by_name[nested.code]
            refers_to = table.reference_of.get(item.name, "")
            return Line(key, Shape.CODES, OPTIONAL, table.labels, table.descriptions, item, refers_to)
        own = [table.key[0]] if nested.key_from and "{id}" not in nested.key_from else []
        lines = tuple(self._lines(table, [*given, *own], nested))
        shape = Shape.RECORD if nested.single else Shape.RECORDS
        return Line(key, shape, OPTIONAL, table.labels, table.descriptions, lines=lines, table=table.name)

    def _origins(self, table: Table) -> Line:
        """Return the key under which a record says where its values come from."""
        told = self.schemas[PROVENANCE]
        fields, status, source, note = (told.by_name[name] for name in ("field", "status", "source_id", "note"))
        target = told.reference_of[source.name]
        names = tuple(_names(table, self.languages))
        lines = (
            Line("fields", Shape.CODES, REQUIRED, fields.labels, fields.descriptions, fields, names=names),
            Line("status", Shape.VALUE, REQUIRED, status.labels, status.descriptions, status),
            Line("source", Shape.VALUE, OPTIONAL, source.labels, source.descriptions, source, target),
            Line("sources", Shape.CODES, OPTIONAL, source.labels, source.descriptions, source, target),
            Line("note", Shape.TEXTS, OPTIONAL, note.labels, note.descriptions, note),
        )
        return Line(PROVENANCE, Shape.RECORDS, OPTIONAL, told.labels, told.descriptions, lines=lines, table=told.name)


def _name(kind: FileKind) -> str:
    """Return the name of a kind of file: its table, or the file or folder where it has none."""
    *folders, last = kind.path.removesuffix(".yaml").split("/")
    return kind.table or (folders[-1] if "{" in last else last)


def _names(table: Table, languages: tuple[str, ...]) -> Iterator[str]:
    """Yield what an entry of provenance may name: fields, texts in one language, nested lists."""
    for key, item in table.by_column_stem.items():
        yield key
        if item.localized:
            yield from (f"{key}.{language}" for language in languages)
    yield from nested_in(table.name)
    yield from QUESTIONS

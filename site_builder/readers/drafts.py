"""Owns what a file says before it is joined with the others: drafts of records, and the grammar that reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, NamedTuple

from site_builder.nouns.diagnostic import Diagnostic, Location
from site_builder.nouns.record import Cell, Record
from site_builder.nouns.schema import Field, Schemas, Table
from site_builder.readers.casting import Reader
from site_builder.readers.yaml_tree import Scalar


@dataclass(slots=True)
class Origin:
    """An entry of `provenance:` as it was written."""

    location: Location
    fields: list[Scalar]
    cells: dict[str, Cell]
    sources: list[Cell]


@dataclass(slots=True)
class Origins:
    """The entries of a record, and the rows into which they were spread the last time."""

    entries: list[Origin] = field(default_factory=list)
    spread: Spread | None = None

    def __bool__(self) -> bool:
        return bool(self.entries)


class Spread(NamedTuple):
    """Rows of provenance, what is wrong with the entries, and the values of which they speak."""

    shape: Shape
    rows: tuple[Record, ...]
    findings: tuple[Diagnostic, ...]


Shape = tuple[str, tuple[str, ...], tuple[Any, ...]]
"""Id of a record, its columns, and the same of the records nested in it: on nothing else does a spread depend."""


@dataclass(slots=True)
class Draft:
    """A record as it stands in its file: references as typed, composite keys not joined yet."""

    table: Table
    location: Location
    cells: dict[str, Cell] = field(default_factory=dict)
    id: str = ""
    parent: Draft | None = None
    context: tuple[str, ...] = ()
    """Ids that a short reference may continue: the commitment, the plan."""
    lists: dict[str, tuple[str, Location]] = field(default_factory=dict)
    """Nested lists that were written: table and place by key."""
    origins: Origins = field(default_factory=Origins)
    """Entries under `provenance:`."""
    spoiled: set[str] = field(default_factory=set)
    """Keys about which something was reported: nothing that follows from it is reported again."""

    @property
    def shown_id(self) -> str:
        """Id under which its mistakes are reported: its own, else that of the record in which it is nested."""
        return self.id or (self.parent.shown_id if self.parent else "")


def copies(drafts: Iterable[Draft]) -> list[Draft]:
    """Return drafts that can be joined with others while these stay as they were read; a parent stands before."""
    made: dict[int, Draft] = {}
    for draft in drafts:
        copy = Draft(draft.table, draft.location, draft.cells.copy(), draft.id, context=draft.context)
        copy.parent = None if draft.parent is None else made[id(draft.parent)]
        copy.lists, copy.origins, copy.spoiled = draft.lists, draft.origins, draft.spoiled.copy()
        made[id(draft)] = copy
    return list(made.values())


@dataclass(frozen=True, eq=False)
class Grammar:
    """What reading needs to know: tables, languages, one reader a field."""

    schemas: Schemas
    languages: tuple[str, ...]

    @cached_property
    def _readers(self) -> dict[tuple[str, str], Reader]:
        return {}

    @cached_property
    def _indexes(self) -> dict[str, Mapping[str, int]]:
        return {}

    def index_of(self, table: Table) -> Mapping[str, int]:
        """Return the place of each column of a table among the values of a long row; one object for all rows."""
        if table.name not in self._indexes:
            fields = (item.columns(self.languages) if item.localized else (item.name,) for item in table.fields)
            self._indexes[table.name] = {name: place for place, name in enumerate(chain.from_iterable(fields))}
        return self._indexes[table.name]

    def reader(self, table: Table, item: Field) -> Reader:
        """Return the reader of a field, made once."""
        key = (table.name, item.name)
        if key not in self._readers:
            self._readers[key] = Reader(item)
        return self._readers[key]


@lru_cache(maxsize=8)
def grammar_of(schemas: Schemas, languages: tuple[str, ...]) -> Grammar:
    """Return the grammar of schemas, the same each time: what was read by it needs not be read again."""
    return Grammar(schemas, languages)

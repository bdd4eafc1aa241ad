"""Owns what a report on a framework is made of: parts with sentences, tables, a rule and the files they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from site_builder.nouns.output import LATEST
from site_builder.writers.voice import Voice


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table on a page; the first one heads the rows."""

    label: str
    is_number: bool = False

    @property
    def plain(self) -> str:
        """The label as it stands before a cell on a phone."""
        return Markup(self.label).striptags()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on a page."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    is_folded: bool = False
    """Whether it opens when a reader asks for it: what stands in it can be read from another table of the part."""


@dataclass(frozen=True, slots=True)
class Cell:
    """An issue seen through a concept: the shape and the word of its mark; empty where nobody reviewed it."""

    concept: str
    shape: str
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    """An issue in the matrix, with its totals."""

    name: str
    cells: tuple[Cell, ...]
    share: str
    unreviewed: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """The issues by area against the concepts by dimension."""

    caption: str
    dimensions: tuple[tuple[str, int], ...]
    """Each with the number of its concepts."""
    concepts: tuple[str, ...]
    areas: tuple[tuple[str, tuple[Line, ...]], ...]
    totals: tuple[str, ...]
    """Covered of relevant, by concept; then of all."""
    key: tuple[tuple[str, str, str], ...]
    """Shape, word and definition of each mark."""


@dataclass(frozen=True, slots=True)
class File:
    """A published table on which a part rests."""

    name: str
    href: str
    csv: str
    json: str


@dataclass(frozen=True, slots=True)
class Part:
    """A report, or one of two that stand on a page: its heading has an anchor."""

    id: str
    heading: str
    told: tuple[str, ...]
    """Sentences that say what the tables show."""
    rule: str
    """What is counted, and of what."""
    files: tuple[File, ...]
    is_illustrative: bool
    grids: tuple[Grid, ...] = ()
    matrix: Matrix | None = None
    is_wide: bool = False


def files_of(voice: Voice, *tables: str) -> tuple[File, ...]:
    """Return published tables with their pages and files."""
    return tuple(
        File(
            voice.field_label_of_table(table),
            voice.link("table", table),
            voice.to(f"{LATEST}{table}.csv"),
            voice.to(f"{LATEST}{table}.json"),
        )
        for table in tables
    )


def columns_of(voice: Voice, *wanted: tuple[str, str]) -> Iterator[Column]:
    """Yield columns headed as the schema labels them, each named by table and column; counts stand to the right."""
    for table, name in wanted:
        item = voice.edition.schemas[table].by_name[name]
        yield Column(voice.field_label(item), item.type in ("integer", "number"))


def joined(names: Iterable[str]) -> Markup:
    """Return names one after the other."""
    return Markup(", ").join(names)

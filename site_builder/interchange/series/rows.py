"""Owns what a table of others is once it was read: rows in our columns, grouped by what they have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.interchange.series.codes import Codes
from site_builder.interchange.series.ledger import Ledger
from site_builder.interchange.series.mapping import Mapped
from site_builder.nouns.diagnostic import Diagnostic, Location
from site_builder.nouns.schema import Field
from site_builder.readers.csv_header import value_columns
from site_builder.readers.csv_text import CsvText
from site_builder.readers.defaults import dimensions_of
from site_builder.readers.drafts import Grammar

Keys = tuple[str, ...]


@dataclass
class Group:
    """What rows of one series have in common."""

    indicator: str
    """Id of the indicator; in a tree of Open SDG given when the whole file was read."""
    codes: Keys
    """Codes of the dimensions, in the order of the schema."""
    facts: Mapping[str, str]
    """Unit and multiplier, where the table tells them."""
    series: str = ""
    """Name of the series within the file."""
    unit_as_written: str = ""
    rows: int = 0
    line: int = 0
    """Line of its first row."""


@dataclass(frozen=True, slots=True)
class Row:
    """A value and what is told of it, by the columns of our sheets."""

    group: Group
    cells: Keys
    line: int
    at: int = -1
    """Place of its value in the line, where the line has a value for each of many years."""


@dataclass(frozen=True)
class Terms:
    """What reading needs to know: tables, languages, codes, the mapping."""

    grammar: Grammar
    codes: Codes
    mapped: Mapped
    missing_status: str
    """Code of the status that says that there is no value."""
    is_strict: bool = True
    """Whether a column or a group that nobody named is a mistake; else it is left out and told."""

    @property
    def sheet(self) -> dict[str, tuple[str, Field]]:
        """Columns of a sheet of ours, without the dimensions: column and field by name."""
        return value_columns(self.grammar)

    @property
    def dimensions(self) -> tuple[str, ...]:
        return tuple(item.name for item in dimensions_of(self.grammar.schemas["series"]))


@dataclass
class Table:
    """A table as it was read."""

    file: str
    text: CsvText | None = None
    rows: list[Row] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    """Place in the row by column of ours."""
    findings: list[Diagnostic] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    read: int = 0
    """Rows that say something."""

    def place(self, row: Row, column: str) -> tuple[Location, int]:
        """Return where a cell of a row stands, and its length; the line where it has none.

        Where years stand across, the period is in the first line and the rest belongs to the value.
        """
        if self.text is not None and column in self.places:
            return self.text.place(row.line, self.places[column])
        if self.text is None or row.at < 0:
            return Location(self.file, row.line), 1
        return self.text.place(1 if column.startswith("period") else row.line, row.at)

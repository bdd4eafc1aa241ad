"""Owns the catalog: all records of a content with their relations, its languages and its pages of prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from site_builder.nouns.columns import Columns, Groups
from site_builder.nouns.diagnostic import Location
from site_builder.nouns.release import Release
from site_builder.nouns.row_cells import Cell as Cell
from site_builder.nouns.rule import Rulebook
from site_builder.nouns.schema import Schemas, Table
from site_builder.nouns.text import Text
from site_builder.nouns.written_row import Record as Record


@dataclass(frozen=True)
class Inflection:
    """How the words of a language change, as far as search looks past it; empty: words count as they are written."""

    alike: str = ""
    """Pairs of letters, apart by spaces: the first is read as the second."""
    dropped: str = ""
    """Letters that do not count after the first of them in a word: vowels that endings bring and take."""
    endings: str = ""
    """What is cut, each with what comes instead: `ies=y s=`."""


@dataclass(frozen=True)
class Language:
    """A language of the site."""

    code: str
    name: str
    format_locale: str
    alphabet: str = ""
    direction: str = "ltr"
    """Direction of the letters of a line: ltr or rtl."""
    writing_mode: str = "horizontal-tb"
    """How lines are set, as CSS names it; vertical-lr for the Mongolian script."""
    inflection: Inflection = Inflection()


@dataclass(frozen=True)
class Catalog:
    """All records of the content, by table and sorted by id, with their relations."""

    schemas: Schemas
    languages: tuple[Language, ...]
    tables: Mapping[str, tuple[Record, ...]]
    prose: Mapping[tuple[str, str], Prose] = field(default_factory=dict)
    """Pages of prose by slug and language."""
    unread: frozenset[str] = frozenset()
    """Ids of records, and `codelists/<list>`, that could not be read: what names them is no mistake of its own."""
    releases: tuple[Release, ...] = ()
    """What was published of it before, the oldest first."""
    published: Catalog | None = None
    """The content before a proposed change; None where no change is judged."""
    rulebook: Rulebook = field(default_factory=Rulebook)
    """What the site explains of the rules by which its content is checked."""
    as_of: date | None = None
    """The day of the picture; what is dated later is not known yet. None: what depends on the day is not judged."""
    run_on: date | None = None
    """The day on which the program runs, beyond which nothing can have happened; None where it is not known."""

    def is_unread(self, value: str) -> bool:
        """Whether an id belongs to something that could not be read, itself or as a part of it."""
        return any(value == name or value.startswith(f"{name}-") for name in self.unread)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of the languages, in order."""
        return tuple(language.code for language in self.languages)

    @cached_property
    def by_id(self) -> ById:
        """Records by table and id."""
        return ById(self.tables)

    def rows(self, table: str) -> tuple[Record, ...]:
        """Return the records of a table, sorted by id."""
        return self.tables.get(table, ())

    @cached_property
    def _columns(self) -> dict[str, Columns]:
        return {}

    def columns(self, table: str) -> Columns:
        """Return the records of a table column by column."""
        if table not in self._columns:
            self._columns[table] = Columns(self.rows(table))
        return self._columns[table]

    def with_tables(self, tables: Mapping[str, tuple[Record, ...]]) -> Catalog:
        """Return the catalog with other tables; what was found out about those that stayed is not lost."""
        made = replace(self, tables=tables)
        stayed = {name: columns for name, columns in self._columns.items() if made.rows(name) is self.rows(name)}
        made._columns.update(stayed)
        return made

    def find(self, table: str, record_id: str) -> Record | None:
        """Return a record by its full id."""
        known = self.by_id.made.get(table)
        if known is None:
            known = self.by_id.get(table, {})
        return known.get(record_id)

    def children(self, record: Record, table: str) -> tuple[Record, ...]:
        """Return the records of `table` that are written inside `record`."""
        return tuple(self.columns(table).by_parent.get((record.table, record.id), ()))

    def referring(self, table: str, field_name: str, record_id: str) -> tuple[Record, ...]:
        """Return the records of `table` whose `field_name` names `record_id`."""
        return tuple(self.columns(table).grouped(field_name).get(record_id, ()))

    def told_of(self, record: Record) -> Groups:
        """Return the rows of provenance that speak of a record's values, by column (or question)."""
        return self._told.get((record.table, record.id), {})

    @cached_property
    def _told(self) -> Mapping[tuple[str, ...], Groups]:
        return self.columns("provenance").grouped_deeply(("table_name", "record_id"), "field")

    def provenance_of(self, record: Record) -> tuple[Record, ...]:
        """Return the rows of provenance that speak of a record's values."""
        return tuple(row for rows in self.told_of(record).values() for row in rows)

    def text(self, record: Record, field_name: str) -> Text:
        """Return a localized field of a record in all its languages."""
        return record.text(field_name, self.codes)

    @cached_property
    def site(self) -> Record:
        """The one record of the site's own settings."""
        return self.tables["site"][0]

    def code(self, codelist: str, code: str) -> Record | None:
        """Return the record of a code."""
        return self.find("codelists", f"{codelist}/{code}")

    @cached_property
    def codes_of(self) -> Mapping[str, tuple[Record, ...]]:
        """Codes by list, in the order of the list."""
        lists: dict[str, list[Record]] = {}
        for record in sorted(self.rows("codelists"), key=lambda item: (item.get("list"), item.get("position"))):
            lists.setdefault(record.get("list"), []).append(record)
        return {name: tuple(records) for name, records in lists.items()}

    def means(self, codelist: str, code: str | None) -> str:
        """Return the fixed word on which the program relies for a code, empty where there is none."""
        record = self.code(codelist, code) if code else None
        return str(record.get("means") or "") if record else ""

    def written_tables(self) -> Iterator[Table]:
        """Yield the tables that people write, in the order of the package."""
        return (table for table in self.schemas if table.name in self.tables)


class ById(Mapping[str, Mapping[str, Record]]):
    """Records by table and id, a table when it is asked for: nobody looks for one of 200,000 values by its id."""

    def __init__(self, tables: Mapping[str, tuple[Record, ...]]) -> None:
        self._tables = tables
        self.made: dict[str, Mapping[str, Record]] = {}
        """The tables for which somebody asked."""

    def __getitem__(self, table: str) -> Mapping[str, Record]:
        if table not in self.made:
            self.made[table] = {record.id: record for record in self._tables[table]}
        return self.made[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


@dataclass(frozen=True)
class Prose:
    """A page of prose: Markdown with the place where it was written."""

    slug: str
    language: str
    markdown: str
    location: Location

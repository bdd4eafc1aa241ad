"""Owns what a table and a field are; refuses to know the files in which they are described."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Field:
    """A field of a Table Schema with the properties of ours."""

    name: str
    type: str
    format: str = "default"
    constraints: Mapping[str, Any] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    """Title by language."""
    descriptions: Mapping[str, str] = field(default_factory=dict)
    """Meaning by language."""
    localized: bool = False
    """Text in every language: one column a language."""
    markdown: bool = False
    """The text may use the small Markdown set."""
    listed: bool = True
    """Listed among the facts of a record's page."""
    codelist: str = ""
    """Name of the code list that its values come from."""
    partial_date: bool = False
    """A year, a month or a day; published with a column for the precision."""

    @property
    def required(self) -> bool:
        return bool(self.constraints.get("required"))

    @property
    def is_plain_text(self) -> bool:
        """Whether a person writes free text here, so that ` #` would cut it short."""
        coded = self.codelist or self.partial_date or self.format == "uri" or "pattern" in self.constraints
        return self.type == "string" and not coded

    @property
    def holds_words(self) -> bool:
        """Whether somebody can write what they like here: no code, no id, no date."""
        is_id = str(self.constraints.get("pattern", "")).startswith("^[a-z][a-z0-9]*(-")
        return self.type == "string" and not (self.codelist or self.partial_date or is_id)

    def columns(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """Return the names of the columns that this field has in a published table."""
        if self.localized:
            return tuple(f"{self.name}_{language}" for language in languages)
        return (self.name, f"{self.name}_precision") if self.partial_date else (self.name,)


@dataclass(frozen=True)
class Reference:
    """A foreign key over one column; `table` is the referenced one."""

    field: str
    table: str


@dataclass(frozen=True)
class Table:
    """A table: its fields in order, its key, its references."""

    name: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...] = ()
    references: tuple[Reference, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    """The file in which it is described, as findings name it."""

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        return {item.name: item for item in self.fields}

    @cached_property
    def reference_of(self) -> Mapping[str, str]:
        """Referenced table by field name."""
        return {item.field: item.table for item in self.references}

    def columns(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """Return the published columns in order."""
        return tuple(name for item in self.fields for name in item.columns(languages))

    def columns_of_words(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """Return the columns in which somebody can write what they like."""
        free = (item for item in self.fields if item.holds_words and item.name not in self.reference_of)
        return tuple(name for item in free for name in item.columns(languages))

    @cached_property
    def required(self) -> Mapping[str, Field]:
        """Fields that must be given, by the key that an editor writes."""
        return {key: item for key, item in self.by_column_stem.items() if item.required}

    @cached_property
    def by_column_stem(self) -> Mapping[str, Field]:
        """Fields by the key that an editor writes: `organisation` for `organisation_id`."""
        return {self.key_in_yaml(item): item for item in self.fields}

    @cached_property
    def _by_codelist(self) -> dict[str, tuple[Field, ...]]:
        return {}

    def coded_by(self, lists: str) -> tuple[Field, ...]:
        """Return the fields whose code lists have names that begin so."""
        if lists not in self._by_codelist:
            self._by_codelist[lists] = tuple(item for item in self.fields if item.codelist.startswith(lists))
        return self._by_codelist[lists]

    def key_in_yaml(self, item: Field) -> str:
        """Return the key under which an editor writes a field.

        A table's own key of one part is `id`, a reference loses its ending `_id`.
        """
        if self.key == (item.name,) and item.name not in self.reference_of and item.name.endswith(("_id", "_code")):
            return "id"
        if item.name in self.reference_of and item.name.endswith("_id"):
            return item.name.removesuffix("_id")
        return item.name


@dataclass(frozen=True, eq=False)
class Schemas:
    """All tables of the data package, in its order."""

    tables: Mapping[str, Table]
    name: str = "open-action-plan"

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def __iter__(self) -> Iterator[Table]:
        return iter(self.tables.values())

    def __contains__(self, name: object) -> bool:
        return name in self.tables

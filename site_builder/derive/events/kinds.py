"""Owns what kind of event a change of a value is, as the schemas describe its column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from site_builder.nouns.past import Flat
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Field, Schemas
from site_builder.readers.date_forms import ISO_PARTIAL, last_day, read_partial
from site_builder.readers.layout import NESTED
from site_builder.readers.versions import ORIGIN

STATUSES = "statuses"
"""The code list of what the government reports."""
OPEN = frozenset({"waiting", "open"})
"""Meanings of a status under which something is still to be done."""


def _below(table: str) -> set[str]:
    """Return a table and all that is nested in it."""
    return {table}.union(*(_below(nested.table) for nested in NESTED if nested.parent == table))


REPORTED = frozenset(_below("updates"))
"""Tables written in reports: these are only added to, so that another value of theirs is a correction."""


@dataclass(frozen=True)
class Column:
    """A column as far as the schemas know it."""

    item: Field | None
    language: str = ""
    """Language of its texts, where it has one."""
    is_reference: bool = False


@dataclass(frozen=True)
class Kinds:
    """Tells kinds of change apart, for the content as it is now described: by nothing else in it."""

    schemas: Schemas
    codes: tuple[str, ...]
    means: tuple[tuple[str, str], ...]
    """Statuses and what they mean."""
    adopted: tuple[tuple[str, str], ...]
    """Plans and the language in which each was adopted."""
    columns: dict[tuple[str, str], Column] = field(default_factory=dict, compare=False)
    """Columns that were met, looked up once."""

    def of(self, change: Change) -> str:
        """Return the kind of a change: a code of event_kinds."""
        kind = self._plain(change)
        if kind in ("status", "reopened"):
            kind = self.of_status(change.old, change.new)
        is_settled = change.record.table in REPORTED or change.publication_corrects
        return "correction" if change.old is not None and is_settled else kind

    def _plain(self, change: Change) -> str:
        column = self.column(change.record.table, change.column)
        item, both = column.item, change.old is not None and change.new is not None
        if item is not None and item.name == "status" and item.codelist:
            return "status"
        if item is not None and _is_date(item):
            # a day `_on` which something happened is not moved by being written differently
            return "date_moved" if both and not item.name.endswith("_on") else "value_changed"
        if column.language:
            return "translation" if self._is_translation(change, column.language) else "text_changed"
        is_text = item is not None and item.is_plain_text and not column.is_reference
        return "text_changed" if is_text else "value_changed"

    def _is_translation(self, change: Change, language: str) -> bool:
        """Whether a text in another language than the adopted one came or changed while the adopted one stayed."""
        adopted = self.adopted_language(change.record.plan)
        if language == adopted or change.new is None:
            return False
        return change.old is None or f"{change.column.removesuffix(language)}{adopted}" not in change.together

    def of_status(self, old: str | None, new: str | None) -> str:
        """Return whether a status only changed or what was done is open again."""
        means = self._meanings.get
        return "reopened" if means(old or "") == "done" and means(new or "") in OPEN else "status"

    def adopted_language(self, plan: str) -> str:
        """Return the language in which a plan was adopted; where it is not known, the first of the site."""
        return self._adopted_in.get(plan) or self.codes[0]

    @cached_property
    def _meanings(self) -> Mapping[str, str]:
        return dict(self.means)

    @cached_property
    def _adopted_in(self) -> Mapping[str, str]:
        return dict(self.adopted)

    def column(self, table: str, name: str) -> Column:
        """Return what is known of a column; one of an old schema may still end in a language."""
        if (table, name) not in self.columns:
            self.columns[table, name] = self._column(table, name)
        return self.columns[table, name]

    def _column(self, table: str, name: str) -> Column:
        schema, codes = self.schemas[table], self.codes
        language = next((code for code in codes if name.endswith(f"_{code}")), "")
        item = schema.by_name.get(name)
        if item is not None:
            return Column(item, "", name in schema.reference_of or name in schema.key)
        return Column(schema.by_name.get(name.removesuffix(f"_{language}")) if language else None, language)

    def days(self, change: Change) -> int | None:
        """Return by how many days a date was moved; one known to the month or year counts from its last day."""
        item = self.column(change.record.table, change.column).item
        if item is None or not _is_date(item):
            return None
        old, new = as_day(change.old), as_day(change.new)
        return (new - old).days if old and new else None


def kinds_of(catalog: Catalog) -> Kinds:
    """Return what a content as it is now tells of the kinds of change."""
    statuses = (
        (str(record.get("code")), str(record.get("means") or "")) for record in catalog.codes_of.get(STATUSES, ())
    )
    adopted = ((plan.id, str(plan.get("adopted_language") or "")) for plan in catalog.rows("plans"))
    return Kinds(catalog.schemas, catalog.codes, tuple(statuses), tuple(adopted))


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is not what it was."""

    record: Flat
    column: str
    old: str | None
    new: str | None
    together: Mapping[str, object]
    """Columns of the record that changed at once."""
    publication_corrects: bool


def changes_between(old: Flat, new: Flat) -> dict[str, tuple[str | None, str | None]]:
    """Return the columns that changed with both values; white space alone, as formatters set it, is no change."""
    changed = {}
    for column in sorted(old.values.keys() | new.values.keys()):
        before, after = old.values.get(column), new.values.get(column)
        if before != after and (before is None or after is None or before.split() != after.split()):
            changed[column] = before, after
    return changed


def origins_in(changed: dict[str, tuple[str | None, str | None]]) -> tuple[str, str] | None:
    """Take out where values come from and return it as one change; None where it stayed."""
    told = {column: changed.pop(column) for column in list(changed) if column.startswith(ORIGIN)}
    if not told:
        return None
    sides = [
        "; ".join(f"{column.removeprefix(ORIGIN)}: {pair[side]}" for column, pair in told.items() if pair[side])
        for side in (0, 1)
    ]
    return sides[0], sides[1]


def as_day(text: str | None) -> date | None:
    """Return the last day that a date covers as it was typed, None where it is none."""
    return last_day(text) if text and is_date(text) else None


def is_date(text: str | None) -> bool:
    """Whether a text that was once typed is a day, a month or a year that exists."""
    return bool(text) and ISO_PARTIAL.fullmatch(text or "") is not None and isinstance(read_partial(text or ""), str)


def _is_date(item: Field) -> bool:
    return item.type == "date" or item.partial_date

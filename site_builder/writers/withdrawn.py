"""Owns what is said of a thing that was withdrawn: what it was called, when and why it went, what took its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.nouns.edition import Edition
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.text import Text
from site_builder.plan.identity import identifier, identifier_path
from site_builder.readers.layout import IDENTIFIED, thing_tables
from site_builder.readers.published import last_row
from site_builder.writers.head import NAMES


@dataclass(frozen=True)
class Successor:
    """What took the place of a thing."""

    id: str
    identifier: str = ""
    """Empty where it has no permanent address of its own, as a milestone."""
    path: str = ""
    """Path of its permanent address."""
    names: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Withdrawn:
    """A thing that is gone and whose address stays."""

    table: str
    id: str
    day: date
    reason: Text
    names: Mapping[str, str]
    """By language, as the newest release that had it called it; empty where it was in none."""
    successor: Successor | None


def withdrawn(edition: Edition, row: Record) -> Withdrawn:
    """Return what is known of a withdrawn thing by its tombstone."""
    catalog = edition.catalog
    table, thing = row.get("thing_table"), row.get("thing_id")
    reason = catalog.text(row, "reason")
    return Withdrawn(table, thing, row.get("withdrawn_on"), reason, _names(catalog, table, thing), _next(catalog, row))


def names_of(catalog: Catalog, record: Record) -> Mapping[str, str]:
    """Return the name of an identified thing by language."""
    texts = (catalog.text(record, name) for name in NAMES[record.table])
    return next((text.by_language for text in texts if text), {})


def _names(catalog: Catalog, table: str, thing: str) -> Mapping[str, str]:
    row = last_row(catalog, table, thing)
    for name in NAMES[table] if row else ():
        assert row is not None
        found = {code: row.cells[f"{name}_{code}"] for code in catalog.codes if row.cells.get(f"{name}_{code}")}
        if found:
            return found
    return {}


def _next(catalog: Catalog, row: Record) -> Successor | None:
    """Return the successor; where its id stands in several tables, the one in the table of what it follows."""
    name = row.get("successor_id")
    if not name:
        return None
    tables = sorted(thing_tables(catalog.schemas), key=lambda table: table != row.get("thing_table"))
    record = next((found for table in tables if (found := catalog.find(table, name))), None)
    if record is None or record.table not in IDENTIFIED or record.get("kind") == "group":
        return Successor(name)
    path = f"{identifier_path(record.table, name)}index.html"
    return Successor(name, identifier(catalog, record.table, name), path, names_of(catalog, record))

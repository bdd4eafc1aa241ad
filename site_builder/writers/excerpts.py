"""Owns excerpts of the data: what belongs to one commitment or one plan, in every table, and what those rows name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from site_builder.nouns.schema import Schemas, Table
from site_builder.writers.dataset import Dataset, Sheet
from site_builder.writers.rows import Cells

OWNERS: Mapping[str, tuple[str, ...]] = {
    "commitments": ("commitment_id", "update_id", "update_item_id", "milestone_id"),
    "indicators": ("indicator_id", "series_id", "progress_id"),
    "plans": ("plan_id", "commitment_id", "assessment_id", "update_id", "update_item_id", "milestone_id"),
}
"""Columns by which a row belongs to a thing of a table: directly, or through a row that does; the first that says."""
OF_THE_SITE = frozenset({"site"})
"""Tables that name a plan and do not belong to it."""
SPEAKING = ("table_name", "record_id")
"""Columns of the tables that speak of rows of other tables, and belong where those do."""

Rows = dict[str, list[Cells]]
"""Rows by table."""


@dataclass(frozen=True)
class Excerpt:
    """What belongs to one thing, and what is named there and belongs to no thing or to another."""

    dataset: Dataset
    owned: Rows = field(default_factory=dict)
    named: Rows = field(default_factory=dict)

    @cached_property
    def rows(self) -> Rows:
        """All rows, in the order of the package and of its tables."""
        sheets = self.dataset.sheets
        return {
            name: _in_order(sheet, [*self.owned.get(name, ()), *self.named.get(name, ())])
            for name, sheet in sheets.items()
            if name in self.owned or name in self.named
        }


def _in_order(sheet: Sheet, rows: list[Cells]) -> list[Cells]:
    places = [sheet.header.index(name) for name in sheet.table.key]
    return sorted(rows, key=lambda row: [(row[place] is not None, row[place]) for place in places])


def belonging(schemas: Schemas, kind: str) -> tuple[str, ...]:
    """Return the names of the tables whose rows belong to things of a kind, in the order of the package."""
    return tuple(table.name for table in schemas if table.name not in OF_THE_SITE and _tells_owner(table, kind))


def _tells_owner(table: Table, kind: str) -> bool:
    return any(name in table.by_name for name in OWNERS[kind]) or _speaks(table)


def _speaks(table: Table) -> bool:
    return all(name in table.by_name for name in SPEAKING)


def with_named(schemas: Schemas, names: Iterable[str]) -> tuple[str, ...]:
    """Return tables and all that they refer to, directly or not, in the order of the package."""
    found, pending = set(names), list(names)
    while pending:
        targets = {reference.table for reference in schemas[pending.pop()].references} - found
        found |= targets
        pending += targets
    return tuple(table.name for table in schemas if table.name in found)


def excerpts(dataset: Dataset, kind: str) -> Mapping[str, Excerpt]:
    """Return the excerpt of every commitment or plan by its id; each table is read through once."""
    found = {record.id: Excerpt(dataset) for record in dataset.edition.catalog.rows(kind)}
    ledger = _Ledger(kind, {OWNERS[kind][0]: {thing: thing for thing in found}})
    names = belonging(dataset.edition.schemas, kind)
    # what speaks of rows of other tables comes after them
    for name in sorted(names, key=lambda name: _speaks(dataset.sheets[name].table)):
        for row, owner in ledger.owned(dataset.sheets[name]):
            found[owner].owned.setdefault(name, []).append(row)
    _add_named(dataset, found.values())
    return found


@dataclass(frozen=True)
class _Ledger:
    """Which thing every row belongs to, as far as the tables were read."""

    kind: str
    known: dict[str, dict[str, str]]
    """Owner by column and value."""
    records: dict[tuple[str, str], str] = field(default_factory=dict)
    """Owner by table and key."""

    def owned(self, sheet: Sheet) -> Iterator[tuple[Cells, str]]:
        """Yield the rows of a table that belong to a thing, with it, and remember them."""
        header, key = sheet.header, sheet.table.key
        places = [(header.index(name), self.known.setdefault(name, {})) for name in OWNERS[self.kind] if name in header]
        keys = [header.index(name) for name in key]
        spoken = [header.index(name) for name in SPEAKING] if _speaks(sheet.table) else []
        own = self.known.get(key[0]) if len(key) == 1 else None
        for row in sheet.rows:
            owner = next((known[row[place]] for place, known in places if row[place] in known), None)
            if owner is None and spoken:
                owner = self.records.get((row[spoken[0]], row[spoken[1]]))
            if owner is not None:
                if own is not None:
                    own[row[keys[0]]] = owner
                self.records[sheet.name, "/".join(str(row[place]) for place in keys)] = owner
                yield row, owner


def _add_named(dataset: Dataset, found: Iterable[Excerpt]) -> None:
    """Add to each excerpt what its rows name, what that names, and so on."""
    targets = {reference.table for table in dataset.edition.schemas for reference in table.references}
    keys = {name: sheet.header.index(sheet.table.key[0]) for name, sheet in dataset.sheets.items() if name in targets}
    known = {name: {row[place]: row for row in dataset.sheets[name].rows} for name, place in keys.items()}
    places = {
        name: [(sheet.header.index(column), target) for column, target in sheet.table.reference_of.items()]
        for name, sheet in dataset.sheets.items()
    }
    for excerpt in found:
        there = {name: {row[place] for row in excerpt.owned.get(name, ())} for name, place in keys.items()}
        pending = [(name, row) for name, rows in excerpt.owned.items() for row in rows]
        while pending:
            name, row = pending.pop()
            for place, target in places[name]:
                value = row[place]
                if value is not None and value not in there[target] and value in known[target]:
                    there[target].add(value)
                    excerpt.named.setdefault(target, []).append(known[target][value])
                    pending.append((target, known[target][value]))

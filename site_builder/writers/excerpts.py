"""Owns excerpts of the data: what belongs to one commitment or one plan, in every table, and what those rows name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

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
    order = sorted(names, key=lambda name: _speaks(dataset.sheets[name].table))
    spoken_of = {row[place] for sheet, (place, _) in _speaking(dataset, order) for row in sheet.rows}
    for name in order:
        sheet = dataset.sheets[name]
        rows = iter(sheet.rows)
        # what belongs to one thing mostly stands together
        for owner, same in groupby(ledger.owners(sheet, is_spoken_of=name in spoken_of)):
            run = [*islice(rows, len([*same]))]
            if owner is not None:
                found[owner].owned.setdefault(name, []).extend(run)
    _add_named(dataset, found.values())
    return found


def _speaking(dataset: Dataset, names: Iterable[str]) -> Iterator[tuple[Sheet, list[int]]]:
    """Yield the tables that speak of rows of others, and where they name those."""
    for sheet in map(dataset.sheets.__getitem__, names):
        if _speaks(sheet.table):
            yield sheet, [sheet.header.index(name) for name in SPEAKING]


@dataclass(frozen=True)
class _Ledger:
    """Which thing every row belongs to, as far as the tables were read."""

    kind: str
    known: dict[str, dict[str, str]]
    """Owner by column and value."""
    records: dict[tuple[str, str], str] = field(default_factory=dict)
    """Owner by table and key, of tables that others speak of."""

    def owners(self, sheet: Sheet, *, is_spoken_of: bool) -> list[str | None]:
        """Return for each row of a table the thing to which it belongs, None where it belongs to none; remember it."""
        header, key, rows = sheet.header, sheet.table.key, sheet.rows
        owners: list[str | None] = [None] * len(rows)
        if _speaks(sheet.table):
            spoken = itemgetter(*(header.index(name) for name in SPEAKING))
            owners = list(map(self.records.get, map(spoken, rows)))
        for name in reversed(OWNERS[self.kind]):  # the first that says is asked last
            if name in header:
                asked, known = map(itemgetter(header.index(name)), rows), self.known.setdefault(name, {})
                owners = [known.get(value, owner) for value, owner in zip(asked, owners, strict=True)]
        places = [header.index(name) for name in key]
        own = self.known.get(key[0]) if len(key) == 1 else None
        if own is not None:
            own |= {row[places[0]]: owner for row, owner in zip(rows, owners, strict=True) if owner is not None}
        if is_spoken_of:
            for row, owner in zip(rows, owners, strict=True):
                if owner is not None:
                    self.records[sheet.name, "/".join(str(row[place]) for place in places)] = owner
        return owners


def _add_named(dataset: Dataset, found: Iterable[Excerpt]) -> None:
    """Add to each excerpt what its rows name, what that names, and so on."""
    targets = {reference.table for table in dataset.edition.schemas for reference in table.references}
    keys = {name: sheet.header.index(sheet.table.key[0]) for name, sheet in dataset.sheets.items() if name in targets}
    known = {name: {row[place]: row for row in dataset.sheets[name].rows} for name, place in keys.items()}
    references = {
        name: [(sheet.header.index(column), target) for column, target in sheet.table.reference_of.items()]
        for name, sheet in dataset.sheets.items()
    }
    # the first place once more, so that what is picked is a tuple also where there is one
    picks = {name: itemgetter(*(place for place, _ in [*told, told[0]])) for name, told in references.items() if told}

    def names_of(table: str, rows: Sequence[Cells]) -> list[tuple[str, tuple[Any, ...]]]:
        """Return what rows of a table name: many name the same, and the last that does counts."""
        named = dict.fromkeys(map(picks[table], reversed(rows))) if table in picks else {}
        return [(table, values) for values in reversed(named)]

    for excerpt in found:
        there = {name: {row[place] for row in excerpt.owned.get(name, ())} for name, place in keys.items()}
        pending = [item for name, rows in excerpt.owned.items() for item in names_of(name, rows)]
        while pending:
            name, values = pending.pop()
            for (_, target), value in zip(references[name], values, strict=False):
                if value is not None and value not in there[target] and value in known[target]:
                    there[target].add(value)
                    excerpt.named.setdefault(target, []).append(known[target][value])
                    pending += names_of(target, [known[target][value]])

"""Owns the promise that links from thing to thing lead to something, and never back to where they began."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from site_builder.checks._about import about
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.suggest import closest

_OGP_ID = re.compile(r"([A-Z]+)([0-9]+)")
MUTUAL = frozenset({"same_as_id"})
"""References that hold in both directions, so that two records may name each other."""

Steps = Mapping[str, Record]
"""Rows by the id from which they lead on."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield commitments that continue what does not exist, and chains that end where they began."""
    yield from _unknown(catalog)
    for table in catalog.written_tables():
        for column, target in table.reference_of.items():
            if target == table.name and column not in MUTUAL:
                linked = (row for row in catalog.rows(table.name) if row.get(column))
                twice = _taken_twice(catalog, table.name)
                yield from _cycles({row.id: row for row in linked if row.id not in twice}, column)
    moved = {row.get("milestone_id"): row for row in catalog.rows("update_items") if row.get("continued_in_id")}
    yield from _cycles(moved, "continued_in_id")
    continuing = {row.get("commitment_id"): row for row in catalog.rows("commitment_links") if _continues(row)}
    yield from _cycles(continuing, "target")


def _taken_twice(catalog: Catalog, table: str) -> frozenset[str]:
    """Return the ids that several records have, which is told there: such a record may seem to lead to itself."""
    rows = catalog.rows(table)
    if len(rows) == len(catalog.by_id[table]):
        return frozenset()
    return frozenset(name for name, count in Counter(row.id for row in rows).items() if count > 1)


def _continues(row: Record) -> bool:
    return bool(row.get("relation") == "continues" and row.get("target"))


def _cycles(steps: Steps, column: str) -> Iterator[Diagnostic]:
    """Yield each cycle once, at the first of its members by id."""
    done: set[str] = set()
    for start in sorted(name for name in steps if name):
        trail: list[str] = []
        here = start
        while here in steps and here not in done:
            done.add(here)
            trail.append(here)
            here = steps[here].get(column)
        if here in trail:
            cycle = trail[trail.index(here) :]
            first = cycle.index(min(cycle))
            chain = [*cycle[first:], *cycle[: first + 1]]
            yield about("reference-cycle", steps[chain[0]], column, value=" → ".join(chain))


def _unknown(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield links to a commitment that is not there; OGP's ids beyond those that are known here may be right."""
    known = catalog.by_id.get("commitments", {})
    ogp_ids = {str(record.get("ogp_id")) for record in known.values() if record.get("ogp_id")}
    ranges: dict[str, list[int]] = {}
    for shaped in filter(None, map(_OGP_ID.fullmatch, ogp_ids)):
        ranges.setdefault(shaped[1], []).append(int(shaped[2]))
    for row in catalog.rows("commitment_links"):
        target = row.get("target")
        if target is None or target in known or target in ogp_ids or catalog.is_unread(target):
            continue
        match = _OGP_ID.fullmatch(target)
        numbers = ranges.get(match[1], []) if match else []
        if match and not (numbers and min(numbers) <= int(match[2]) <= max(numbers)):
            continue
        suggestion = closest(target, ogp_ids if match else known)
        yield about("lineage-unknown", row, "target", value=target, suggestion=suggestion)

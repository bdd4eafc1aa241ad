"""Owns how two published data sets differ, cell by cell; refuses to know what a table is about.

What changes with the calendar alone is left out (`is_of_the_day`): a difference is one of content. Rows that follow
from it in computed tables are told like all others; whoever counts can leave these tables out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from site_builder.nouns.release import Change, Difference
from site_builder.readers.published import Published, PublishedTable

PLACES = frozenset({("findings", "line"), ("findings", "column_number")})
"""Columns that tell where in a file something stands: a line above moves them all."""

_TOLD = ("findings", "message_")
"""Table and beginning of the columns whose texts count days: their numbers change while nothing is edited."""
_NUMBER = re.compile(r"\d+")


def is_of_the_day(table: str, column: str) -> bool:
    """Whether a column changes without any change of content: with each day, or with a line in a file."""
    return column == "as_of" or "_days_" in f"_{column}" or (table, column) in PLACES


def differences(old: Published, new: Published) -> tuple[Change, ...]:
    """Return everything that differs: tables in the order of the new package, then those that are gone.

    Columns come before rows, rows by their key, the cells of a row in the order of the file. The rows of a table that
    came or went are not listed one by one, nor the cells of such a row.
    """
    return tuple(_differences(old, new))


def _differences(old: Published, new: Published) -> Iterator[Change]:
    for name, table in new.items():
        if name in old:
            yield from _in_table(old[name], table)
        else:
            yield Change(name, Difference.TABLE_ADDED)
    for name in old:
        if name not in new:
            yield Change(name, Difference.TABLE_REMOVED)


def _in_table(old: PublishedTable, new: PublishedTable) -> Iterator[Change]:
    for column in new.fields:
        if column not in old.fields:
            yield Change(new.name, Difference.COLUMN_ADDED, column=column)
    for column in old.fields:
        if column not in new.fields:
            yield Change(new.name, Difference.COLUMN_REMOVED, column=column)
    if old.content == new.content:
        return
    shared = [column for column in new.fields if column in old.fields and not is_of_the_day(new.name, column)]
    for record in sorted({*old.rows, *new.rows}):
        if record not in old.rows:
            yield Change(new.name, Difference.ADDED, record)
        elif record not in new.rows:
            yield Change(new.name, Difference.REMOVED, record)
        else:
            before, after = old.rows[record].cells, new.rows[record].cells
            for column in shared:
                if not _is_same(before[column], after[column], table=new.name, column=column):
                    yield Change(new.name, Difference.CHANGED, record, column, before[column], after[column])


def _is_same(before: str, after: str, *, table: str, column: str) -> bool:
    """Whether two cells say the same; a finding that only counts further does."""
    if before == after:
        return True
    told = table == _TOLD[0] and column.startswith(_TOLD[1])
    return told and _NUMBER.sub("", before) == _NUMBER.sub("", after)


def count_changes(changes: Iterable[Change]) -> Mapping[str, Mapping[str, int]]:
    """Return how many changes of each kind there are, by table, in their order."""
    counts: dict[str, dict[str, int]] = {}
    for change in changes:
        of_table = counts.setdefault(change.table, {})
        of_table[change.kind] = of_table.get(change.kind, 0) + 1
    return counts

"""Owns which ids are taken, were ever taken, and which comes next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from site_builder.nouns.record import Catalog
from site_builder.readers.published import newest

_COUNTED = re.compile(r"([a-z][a-z-]*?)([0-9]+)")
WIDTH = 2
"""Digits of the first number: c01."""


def taken_ids(catalog: Catalog, table: str) -> frozenset[str]:
    """Return every id that names or named something in a table: in the content, in a tombstone, in a release."""
    return frozenset(
        {
            *catalog.by_id.get(table, {}),
            *(str(row.get("thing_id")) for row in catalog.rows("tombstones")),
            *_released(catalog, table),
        }
    )


def _released(catalog: Catalog, table: str) -> Iterator[str]:
    """Yield the ids of the newest release: it has those of all earlier ones, or their tombstones."""
    if not catalog.releases:
        return
    published = newest(catalog)
    for name, column in ((table, ""), ("tombstones", "thing_id")):
        if name in published:
            rows = published[name].rows.items()
            yield from (row.cells[column] if column else key for key, row in rows)


def next_id(taken: Iterable[str], above: str, *, usual: str) -> str:
    """Return the next short id below another: after c01 and c02 comes c03; `usual` is the letter of the first."""
    prefix = f"{above}-" if above else ""
    short = [name.removeprefix(prefix) for name in taken if name.startswith(prefix)]
    counted = [match for name in short if (match := _COUNTED.fullmatch(name))]
    if not counted:
        return f"{usual}{1:0{WIDTH if above else 1}}"
    letters = Counter(match[1] for match in counted).most_common(1)[0][0]
    numbers = [match[2] for match in counted if match[1] == letters]
    return f"{letters}{max(map(int, numbers)) + 1:0{min(map(len, numbers))}}"

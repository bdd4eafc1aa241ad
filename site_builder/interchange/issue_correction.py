"""Owns where in the content the thing stands that somebody calls wrong: by its id, or by the address of its page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.nouns.diagnostic import Location
from site_builder.nouns.record import Catalog

_PARTS = re.compile(r"[^\w-]+")
_LONGEST = 2_000


def places_of(written: str, catalog: Catalog) -> tuple[Location, ...]:
    """Return where the things are written whose ids stand in an answer, sorted, each once; none where none is known."""
    names = set(_PARTS.split(written[:_LONGEST]))
    return tuple(sorted(set(_named(names, catalog))))


def _named(names: set[str], catalog: Catalog) -> Iterator[Location]:
    for table in catalog.written_tables():
        if table.name != "codelists":
            for name in names & catalog.by_id[table.name].keys():
                yield catalog.by_id[table.name][name].location

"""Owns which series bear a code that no list has: two that look like one for its sake are not told a second time."""

from __future__ import annotations

from site_builder.nouns.record import Catalog, Record
from site_builder.readers.defaults import dimensions_of


def has_unknown_code(catalog: Catalog, series: Record) -> bool:
    """Whether a code of a series is in no list."""
    return any(
        code is not None and all(known.get("code") != code for known in catalog.codes_of.get(item.codelist, ()))
        for item in dimensions_of(catalog.schemas["series"])
        for code in (series.get(item.name),)
    )

"""Owns the question how far the values of an indicator can go."""

from __future__ import annotations

from collections.abc import Set
from decimal import Decimal

from site_builder.nouns.record import Catalog, Record


def is_share(catalog: Catalog, indicator: Record, series: Record | None = None) -> bool:
    """Whether the values of an indicator, or of one of its series, are per cent that cannot exceed a hundred."""
    unit = (series or indicator).get("unit") or indicator.get("unit")
    return catalog.means("units", unit) == "percent" and not indicator.get("may_exceed_100")


def is_impossible(value: Decimal, *, share: bool, limit: Decimal | None) -> bool:
    """Whether a value lies where none can be."""
    return (share and not 0 <= value <= 100) or (limit is not None and value > limit)


def shares_of(catalog: Catalog) -> Set[str]:
    """Return the series, by id, whose values are such per cent."""
    known = catalog.by_id["indicators"]
    of = ((series, known.get(series.get("indicator_id"))) for series in catalog.rows("series"))
    return {series.id for series, indicator in of if indicator and is_share(catalog, indicator, series)}


def is_any_impossible(ends: tuple[Decimal, Decimal], *, share: bool, limit: Decimal | None) -> bool:
    """Whether any of some values lies where none can be: then the least or the greatest does."""
    return any(is_impossible(value, share=share, limit=limit) for value in ends)

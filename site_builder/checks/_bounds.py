"""Owns the question how far the values of an indicator can go."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from site_builder.nouns.record import Catalog, Record


def is_share(catalog: Catalog, indicator: Record, series: Record | None = None) -> bool:
    """Whether the values of an indicator, or of one of its series, are per cent that cannot exceed a hundred."""
    unit = (series or indicator).get("unit") or indicator.get("unit")
    return catalog.means("units", unit) == "percent" and not indicator.get("may_exceed_100")


def is_impossible(value: Decimal, *, share: bool, limit: Decimal | None) -> bool:
    """Whether a value lies where none can be."""
    return (share and not 0 <= value <= 100) or (limit is not None and value > limit)


def is_any_impossible(values: Collection[Decimal], *, share: bool, limit: Decimal | None) -> bool:
    """Whether any of some values lies where none can be: then the least or the greatest does."""
    if not values or not (share or limit is not None):
        return False
    return any(is_impossible(value, share=share, limit=limit) for value in (min(values), max(values)))

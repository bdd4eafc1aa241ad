"""Owns the promise that an amount of money says of which year its prices are; the currency stands in its unit."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks._about import about
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog

MONEY = "money"
"""What a unit means that counts money."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield the amounts of money of commitments without a year."""
    for measure in catalog.rows("measures"):
        unit = measure.get("unit")
        is_amount = measure.get("value") is not None and catalog.means("units", unit) == MONEY
        if is_amount and measure.get("period") is None and "period" not in measure.spoiled:
            yield about("money-without-year", measure, "value", severity=Severity.WARNING, unit=unit)

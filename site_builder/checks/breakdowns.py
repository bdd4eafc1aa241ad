"""Owns the doubt about parts that do not add up to their total, or shares to a hundred."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from site_builder.checks._about import about
from site_builder.checks.runs_of_values import newest_versions
from site_builder.nouns.columns import values_of
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.defaults import dimensions_of
from site_builder.readers.layout import TOTAL

WHOLE: Mapping[str, frozenset[str]] = {"sex": frozenset({"F", "M"}), "urbanisation": frozenset({"U", "R"})}
"""Breakdowns whose codes leave nobody out, by column."""
Parts = dict[str, Record]
"""Series by their code in one dimension."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield totals that their parts do not give, and shares that do not make a hundred. All are warnings."""
    for indicator in catalog.rows("indicators"):
        series = catalog.referring("series", "indicator_id", indicator.id)
        if len(series) < 2:
            continue
        means = catalog.means("units", indicator.get("unit"))
        if means != "people" and not (means == "percent" and indicator.get("parts_add_up")):
            continue
        for column, parts in _families(catalog, series):
            whole = WHOLE.get(column, frozenset())
            if means == "people" and whole and whole <= set(parts):
                yield from _sums(catalog, {code: parts[code] for code in (*sorted(whole), TOTAL) if code in parts})
            elif means == "percent":
                yield from _shares(catalog, {code: part for code, part in parts.items() if code != TOTAL})


def _families(catalog: Catalog, series: tuple[Record, ...]) -> Iterator[tuple[str, Parts]]:
    """Yield the series that differ in one dimension only, by the column of that dimension."""
    columns = [item.name for item in dimensions_of(catalog.schemas["series"])]
    codes = values_of(series, *columns, "unit", "unit_multiplier")
    for place, column in enumerate(columns):
        families: dict[tuple[object, ...], Parts] = {}
        for record, known in zip(series, codes, strict=True):
            families.setdefault(known[:place] + known[place + 1 :], {})[str(known[place])] = record
        yield from ((column, parts) for parts in families.values() if len(parts) > 1)


def _by_period(catalog: Catalog, series: Record) -> dict[tuple[object, object], Record]:
    return {(row.get("period"), row.get("period_end")): row for row in newest_versions(catalog, series)}


def _rounding(rows: list[Record]) -> Decimal:
    """Return how far a sum may be from its total because every value was rounded."""
    decimals = max(-int(row.get("value").as_tuple().exponent) for row in rows)
    return Decimal(len(rows)) * Decimal(10) ** -decimals / 2


def _is_explained(row: Record) -> bool:
    return bool(row.get("confirmed")) or any(column.startswith("note_") for column in row.cells)


def _is_below_zero(row: Record) -> bool:
    """Whether a number of people is told to be wrong already."""
    return bool(row.get("value") < 0) and not row.get("confirmed")


def _sums(catalog: Catalog, parts: Parts) -> Iterator[Diagnostic]:
    if TOTAL not in parts:
        return
    values = {code: _by_period(catalog, part) for code, part in parts.items()}
    for period, total in values.pop(TOTAL).items():
        rows = [of_part[period] for of_part in values.values() if period in of_part]
        if len(rows) < len(values) or _is_explained(total) or any(map(_is_below_zero, rows)):
            continue
        added = sum((row.get("value") for row in rows), Decimal(0))
        if abs(added - total.get("value")) > _rounding([*rows, total]):
            shown = " + ".join(str(row.get("value")) for row in rows)
            yield about(
                "parts-differ-from-total",
                total,
                "value",
                severity=Severity.WARNING,
                parts=shown,
                value=total.get("value"),
            )


def _shares(catalog: Catalog, parts: Parts) -> Iterator[Diagnostic]:
    if len(parts) < 2:
        return
    values = [_by_period(catalog, part) for part in parts.values()]
    for period, first in values[0].items():
        rows = [of_part[period] for of_part in values if period in of_part]
        added = sum((row.get("value") for row in rows), Decimal(0))
        if abs(added - 100) > max(_rounding(rows), Decimal(1)) and not any(map(_is_explained, rows)):
            yield about("shares-differ-from-100", first, "value", severity=Severity.WARNING, value=added)

"""Owns the promise that a target lies where its indicator should go."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from site_builder.checks._about import about
from site_builder.checks._bounds import is_share
from site_builder.checks.runs_of_values import newest_versions
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.defaults import dimensions_of
from site_builder.readers.layout import TOTAL

FAR = 50
"""How many times a share of at least one can shrink until somebody should look whether its target is in per cent."""
SIGNS = {"increase": 1, "decrease": -1}


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield targets on the wrong side, without a way to get there, or of another indicator."""
    for target in catalog.rows("targets"):
        indicator = catalog.find("indicators", target.get("indicator_id") or "")
        if indicator is None:
            continue
        series = catalog.find("series", target.get("series_id") or "")
        if series is not None and series.get("indicator_id") != indicator.id:
            yield about("series-of-another", target, "series_id", value=series.id, other=series.get("indicator_id"))
            continue
        yield from _years(target)
        yield from _another(catalog, target)
        yield from _baseline(catalog, target, indicator, series or _total(catalog, indicator))
        yield from _band(target, indicator)
        value = target.get("target_value")
        if value is not None and is_share(catalog, indicator, series) and not 0 <= value <= 100:
            yield about("percent-outside", target, "target_value", value=value)


def _total(catalog: Catalog, indicator: Record) -> Record | None:
    """Return the series that stands for the whole of an indicator: the one named so, else that of the total."""
    every = catalog.referring("series", "indicator_id", indicator.id)
    named = [series for series in every if series.get("headline")]
    if named:
        return named[0] if len(named) == 1 else None
    columns = [item.name for item in dimensions_of(catalog.schemas["series"])]
    whole = (series for series in every if all(series.get(column) == TOTAL for column in columns))
    return next(whole, None)


def _years(target: Record) -> Iterator[Diagnostic]:
    base, year = target.get("base_year"), target.get("target_year")
    if base is None and target.get("base_value") is not None and "base_year" not in target.spoiled:
        yield about("baseline-without-year", target, "base_value")
    if base is not None and year is not None and base >= year:
        yield about("target-year-too-early", target, "target_year", value=year, other=base)


def _baseline(catalog: Catalog, target: Record, indicator: Record, series: Record | None) -> Iterator[Diagnostic]:
    """Yield a target that lies behind the value from which it starts, or is that value."""
    value, base, year = target.get("target_value"), target.get("base_value"), target.get("base_year")
    if base is None and year is not None:
        base = _value_in(catalog, series, year)
        if base is None and "base_value" not in target.spoiled:
            yield about("baseline-without-value", target, "base_year", severity=Severity.WARNING, year=year)
    elif base is not None and year is not None:
        yield from _differs(target, _value_in(catalog, series, year))
    direction = indicator.get("direction")
    if value is not None and direction == "none":
        yield about("target-without-direction", target, "target_value", severity=Severity.WARNING, value=value)
    if value is None or base is None or direction not in SIGNS:
        return
    if value == base:
        yield about("target-equals-base", target, "target_value", severity=Severity.WARNING, value=value)
    elif (value - base) * SIGNS[direction] < 0:
        yield about("target-wrong-side", target, "target_value", value=value, other=base, direction=direction)
    elif (
        is_share(catalog, indicator, series)
        and 0 < value < 1 <= base
        and base >= FAR * value
        and not _is_explained(target)
    ):
        yield about("target-far-off", target, "target_value", severity=Severity.WARNING, value=value, other=base)


def _is_explained(target: Record) -> bool:
    return any(column.startswith("note_") for column in target.cells)


def _differs(target: Record, observed: Decimal | None) -> Iterator[Diagnostic]:
    """Yield a baseline that is not the value of its year, but for the digits to which it is rounded."""
    base = target.get("base_value")
    if observed is None or _is_explained(target) or round(observed, max(0, -int(base.as_tuple().exponent))) == base:
        return
    year = target.get("base_year")
    yield about(
        "baseline-differs", target, "base_value", severity=Severity.WARNING, value=base, other=observed, year=year
    )


def _another(catalog: Catalog, target: Record) -> Iterator[Diagnostic]:
    """Yield a target where another one of the same origin is set for the same series and year."""
    same = ("series_id", "origin", "target_year")
    for other in catalog.referring("targets", "indicator_id", target.get("indicator_id")):
        if other.id >= target.id or _is_explained(target) or any(other.get(name) != target.get(name) for name in same):
            continue
        value, known, year = target.get("target_value"), other.get("target_value"), target.get("target_year")
        yield about(
            "target-twice", target, "target_value", severity=Severity.WARNING, value=value, other=known, year=year
        )
        return


def _value_in(catalog: Catalog, series: Record | None, year: int) -> Decimal | None:
    for row in newest_versions(catalog, series) if series else ():
        if str(row.get("period")).startswith(str(year)):
            value: Decimal = row.get("value")
            return value
    return None


def _band(target: Record, indicator: Record) -> Iterator[Diagnostic]:
    low, high = target.get("target_value"), target.get("target_value_to")
    if indicator.get("direction") == "band" and high is None and "target_value_to" not in target.spoiled:
        yield about("band-without-end", target, "target_value")
    elif low is not None and high is not None and high < low:
        yield about("band-upside-down", target, "target_value_to", value=high, other=low)

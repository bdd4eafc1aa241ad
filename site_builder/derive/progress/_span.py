"""Owns the two points that growth is measured between, and growth itself."""

from __future__ import annotations

from math import copysign, inf, isclose, isfinite

from site_builder.nouns.progress import Point, Trend, Verdict, not_assessed

DIRECTIONS = {"increase": 1, "decrease": -1}
Span = tuple[Point, Point]


def growth(last: float, first: float, years: int) -> float:
    """Return the compound annual growth rate, as a part of one a year; both values have the same sign."""
    return float((last / first) ** (1 / years)) - 1


def grown(value: float, rate: float, years: int) -> float:
    """Return what a value grows to; infinity where no number holds it."""
    try:
        return value * float((1 + rate) ** years)
    except (OverflowError, ZeroDivisionError):
        return copysign(inf, value)


def opposed(one: float, other: float) -> bool:
    """Whether one value is below zero and the other above."""
    return one < 0 < other or other < 0 < one


def reaches(value: float, threshold: float) -> bool:
    """Whether a value is at or above a threshold; what only the last digits of a calculation separate is at it."""
    return value > threshold or isclose(value, threshold, rel_tol=1e-12, abs_tol=1e-15)


def span_of(trend: Trend) -> Span | Verdict:
    """Return the first point from the base year on and the latest one, or why there are no two to compare.

    Methods that measure growth know two directions; of any other there is nothing to compare.
    """
    if trend.direction not in DIRECTIONS:
        return not_assessed("no_direction" if trend.direction in ("", "none") else "direction_not_covered")
    if trend.has_doubles:
        return not_assessed("several_values_a_year")
    if any(not isfinite(point.value) for point in trend.points):
        return not_assessed("no_number")
    later = [point for year, point in trend.by_year.items() if year >= trend.base_year]
    if not later:
        return not_assessed("no_value_since_base_year" if trend.points else "no_values")
    base, current = later[0], later[-1]
    if base.year == current.year:
        return not_assessed("one_year_only", base=base, current=current)
    if trend.broken_between(base, current):
        return not_assessed("series_break", base=base, current=current)
    return base, current

"""Owns what the two measures of ESCAP's SDG progress assessment have in common: the distance gone to the target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from site_builder.derive.progress._logit import predicted
from site_builder.derive.progress._span import DIRECTIONS
from site_builder.nouns.progress import Input, Point, Trend, Verdict, not_assessed

ALL_THE_WAY = 10.0
ON_TRACK = 9.0


@dataclass(frozen=True)
class Classes:
    """What a measure above 9, above 0 and below is called."""

    high: str
    middle: str
    low: str


def judge_distance(trend: Trend, year: int, classes: Classes) -> Verdict:
    """Return the part of the way from the base year to the target that a year has gone, times ten."""
    points = tuple(trend.by_year.values())
    if reason := _why_not(trend, points):
        ends = {"base": points[0], "current": points[-1]} if points else {}
        return not_assessed(reason, **ends)
    assert trend.target is not None, "without a target there is a reason"
    assert trend.scale, "without a scale there is a reason"
    start, there = predicted(points, trend.base_year, trend.scale), predicted(points, year, trend.scale)
    inputs = (Input("scale", trend.scale), Input("value_count", len(points)))
    base, current = Point(trend.base_year, start), Point(year, there)
    if start == trend.target and not _is_met(trend, there):
        return not_assessed("target_equals_base", base=base, current=current)
    value = ALL_THE_WAY if _is_met(trend, there) else _gone(trend, start, there)
    status = classes.high if value > ON_TRACK else classes.middle if value > 0 else classes.low
    return Verdict(status, value, None, base, current, trend.target, trend.target_year, inputs=inputs)


def _why_not(trend: Trend, points: tuple[Point, ...]) -> str:
    checks: Mapping[str, bool] = {
        "no_direction": trend.direction in ("", "none"),
        "direction_not_covered": trend.direction == "band",
        "no_target": trend.target is None,
        "target_year_passed": trend.target_year <= trend.base_year,
        "several_values_a_year": trend.has_doubles,
        "no_values": not points,
        "one_year_only": len(points) == 1,
        "no_number": any(not isfinite(point.value) for point in points),
        "no_limit": not trend.scale,
        "out_of_bounds": any(not 0 <= point.value <= (trend.scale or 0) for point in points),
        "series_break": len(points) > 1 and trend.broken_between(points[0], points[-1]),
    }
    return next((reason for reason, holds in checks.items() if holds), "")


def _is_met(trend: Trend, value: float) -> bool:
    assert trend.target is not None
    if trend.direction == "parity":
        return value == trend.target
    return DIRECTIONS[trend.direction] * (value - trend.target) >= 0


def _gone(trend: Trend, start: float, there: float) -> float:
    assert trend.target is not None
    way = abs(trend.target - start)
    if trend.direction == "parity":
        return ALL_THE_WAY - ALL_THE_WAY * abs(trend.target - there) / way
    return ALL_THE_WAY * DIRECTIONS[trend.direction] * (there - start) / way

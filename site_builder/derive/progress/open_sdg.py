"""The method of Statistics Canada, as Open SDG 2.4 applies it: growth against what the target, or a fixed rate, needs.

Source: Open SDG documentation, "Progress methodology". Growth is the compound annual rate between the base year (or
the next year with a value) and the latest value. The coefficients of the score are rounded as published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from site_builder.derive.progress._span import DIRECTIONS, growth, opposed, reaches, span_of
from site_builder.nouns.progress import Input, Point, Trend, Verdict, not_assessed

HIGH, MEDIUM = 0.015, 0.005
"""Growth a year without a target, as a part of one."""
HIGH_OF_NEEDED, MEDIUM_OF_NEEDED = 0.95, 0.60
"""Growth as a part of what the target needs."""
NEARLY_NOTHING = 0.001
"""What stands for a base or a target of 0, from which no rate can be worked out."""
BENDING = 4.44
"""How late the thresholds begin to sink as a series comes near its limit."""
NAMED_FROM = ((2.5, "substantial_progress"), (0.0, "moderate_progress"), (-2.5, "limited_progress"))
"""From which mean score on several series together are called what; below is deterioration."""
PARITY = (0.97, 1.03)
"""A ratio between these two counts as parity."""


def judge(trend: Trend) -> Verdict:
    """Return status, progress measure (a rate, or a part of the needed rate) and score from -5 to 5."""
    if trend.direction == "parity":
        return _judge_parity(trend)
    span = span_of(trend)
    if isinstance(span, Verdict):
        return span
    base, current = span
    first, last = base.value or NEARLY_NOTHING, current.value
    if opposed(first, last):
        return not_assessed("sign_changed", base=base, current=current)
    way = DIRECTIONS[trend.direction] * (-1 if first < 0 else 1)
    unchanged = base.value == current.value
    rate = 0.0 if unchanged else way * growth(last, first, current.year - base.year)
    if trend.target is None:
        return replace(_without_target(rate, abs(first), trend.limit), base=base, current=current)
    verdict = _with_target(rate, first, trend, base)
    achieved = DIRECTIONS[trend.direction] * (current.value - trend.target) >= 0
    if achieved:
        verdict = replace(verdict, status="target_achieved", score=5.0, reason="")
    return replace(verdict, base=base, current=current, target=trend.target, target_year=trend.target_year)


def aggregate(groups: Sequence[Sequence[float]]) -> tuple[float, str]:
    """Return the score of several series together and what it is called: the mean of the means of their groups."""
    score = fmean(map(fmean, groups))
    return score, next((name for least, name in NAMED_FROM if reaches(score, least)), "deterioration")


def _without_target(rate: float, base: float, limit: float | None) -> Verdict:
    bend = _bend(base, limit)
    high, medium = HIGH * bend, MEDIUM * bend
    if rate < 0:
        score = max(125 * rate - 2.5, -5)
    elif bend == 0:
        score = 5
    elif reaches(rate, high):
        score = min(500 * rate / bend - 5, 5)
    elif reaches(rate, medium):
        score = 250 * rate / bend - 1.25
    else:
        score = 500 * rate / bend - 2.5
    return Verdict(_status(rate, high, medium), rate, float(score), inputs=_thresholds(rate, high, medium))


def _bend(base: float, limit: float | None) -> float:
    """Return the part of the thresholds that still counts: near its limit a series cannot grow as fast."""
    if not limit or base >= 2 * limit:
        return 1
    return float(1 - ((base if base <= limit else 2 * limit - base) / limit) ** BENDING)


def _with_target(rate: float, first: float, trend: Trend, base: Point) -> Verdict:
    target = trend.target or NEARLY_NOTHING
    if trend.target_year <= base.year:
        return not_assessed("target_year_passed")
    if opposed(first, target):
        return not_assessed("sign_changed")
    needed = abs(growth(target, first, trend.target_year - base.year))
    if needed == 0:
        return not_assessed("target_equals_base")
    value = rate / needed
    score = min(7.1429 * value - 4.2857, 5) if reaches(value, MEDIUM_OF_NEEDED) else max(4.1667 * value - 2.5, -5)
    inputs = (*_thresholds(rate, HIGH_OF_NEEDED, MEDIUM_OF_NEEDED), Input("needed_rate", needed))
    return Verdict(_status(value, HIGH_OF_NEEDED, MEDIUM_OF_NEEDED), value, score, inputs=inputs)


def _thresholds(rate: float, high: float, medium: float) -> tuple[Input, ...]:
    return Input("growth_rate", rate), Input("threshold_high", high), Input("threshold_medium", medium)


def _status(value: float, high: float, medium: float) -> str:
    if reaches(value, high):
        return "substantial_progress"
    if reaches(value, medium):
        return "moderate_progress"
    return "limited_progress" if value >= 0 else "deterioration"


def _judge_parity(trend: Trend) -> Verdict:
    """Judge a ratio by how far it is from 1, or a share by how far it is from its target, as a decrease.

    A share has no parity of its own: half of all is one, and what is no share of two groups has another.
    """
    if trend.target is None and trend.scale:
        return not_assessed("no_target")
    target = 1.0 if trend.target is None else trend.target
    if target == 1:
        if any(point.value <= 0 for point in trend.points):
            return not_assessed("no_ratio")
        points = tuple(replace(point, value=max(point.value, 1 / point.value)) for point in trend.points)
    else:
        points = tuple(replace(point, value=target + abs(point.value - target)) for point in trend.points)
    verdict = judge(replace(trend, points=points, direction="decrease", target=target, limit=None))
    base, current = (point and trend.by_year[point.year] for point in (verdict.base, verdict.current))
    met = target == 1 and current is not None and PARITY[0] <= current.value <= PARITY[1]
    if met and verdict.base is not None and not verdict.reason:
        verdict = replace(verdict, status="target_achieved", score=5.0)
    return replace(verdict, base=base, current=current)

"""The method of the SDG Progress Chart: where the growth so far leads by the target year, in three levels.

Source: UN Statistics Division, SDG Progress Chart, technical note, 2023.
"""

from __future__ import annotations

from dataclasses import replace
from math import copysign

from site_builder.derive.progress._span import DIRECTIONS, grown, growth, opposed, reaches, span_of
from site_builder.nouns.progress import Input, Point, Trend, Verdict, not_assessed

MET, FAIR = 0.95, 0.10
"""Parts of the way to the target that the expected value has gone."""
FAST, SOME = 0.02, 0.005
"""Growth a year where there is no target."""
BOUNDS = (0.0, 100.0)
NEAR = 1.0
"""A target at one of the bounds counts as met from so near."""
LEVELS = {3.0: "met_or_on_track", 2.0: "fair_progress", 1.0: "stagnation_or_regression"}


def judge(trend: Trend) -> Verdict:
    """Return the level as score (3, 2, 1) and as value the ratio to the target, or the yearly growth without one."""
    span = span_of(trend)
    if isinstance(span, Verdict):
        return span
    base, current = span
    if trend.target is not None and _is_met(trend, current.value):
        return _level(3.0, None, trend, span)
    if base.value == current.value:
        rate = 0.0
    elif opposed(base.value, current.value):
        return not_assessed("sign_changed", base=base, current=current)
    elif 0 in (base.value, current.value):
        return not_assessed("zero", base=base, current=current)
    else:
        rate = growth(current.value, base.value, current.year - base.year)
    if trend.target is None:
        wanted = rate * DIRECTIONS[trend.direction] * copysign(1, base.value)
        verdict = _level(_level_of(wanted, FAST, SOME), rate, trend, span)
        return replace(verdict, inputs=_inputs(rate, FAST, SOME))
    if trend.target_year <= base.year:
        return not_assessed("target_year_passed", base=base, current=current)
    if trend.target == base.value:
        return not_assessed("target_equals_base", base=base, current=current)
    expected = grown(current.value, rate, trend.target_year - current.year)
    ratio = (expected - base.value) / (trend.target - base.value)
    verdict = _level(_level_of(ratio, MET, FAIR), ratio, trend, span)
    inputs = (*_inputs(rate, MET, FAIR), Input("expected_value", expected, trend.target_year))
    return replace(verdict, inputs=inputs)


def _inputs(rate: float, high: float, middle: float) -> tuple[Input, ...]:
    return Input("growth_rate", rate), Input("threshold_high", high), Input("threshold_medium", middle)


def _level_of(value: float, high: float, middle: float) -> float:
    return 3.0 if reaches(value, high) else 2.0 if reaches(value, middle) else 1.0


def _is_met(trend: Trend, value: float) -> bool:
    assert trend.target is not None
    if trend.target in BOUNDS and abs(value - trend.target) <= NEAR:
        return True
    return DIRECTIONS[trend.direction] * (value - trend.target) >= 0


def _level(level: float, value: float | None, trend: Trend, span: tuple[Point, Point]) -> Verdict:
    year = None if trend.target is None else trend.target_year
    return Verdict(LEVELS[level], value, level, *span, trend.target, year)

"""ESCAP's Current Status: how much of the way from the base year to the target the current year has gone.

Source: ESCAP, Asia and the Pacific SDG progress report, technical notes; formulas as in UNICEF's published code.
"""

from __future__ import annotations

from site_builder.derive.progress._escap import Classes, judge_distance
from site_builder.nouns.progress import Trend, Verdict

CLASSES = Classes("on_track", "slow", "regression")


def judge(trend: Trend) -> Verdict:
    """Return ten times the part of the way gone, at most 10; the current year is given, or that of the last value."""
    years = tuple(trend.by_year)
    return judge_distance(trend, trend.current_year or (years[-1] if years else trend.base_year), CLASSES)

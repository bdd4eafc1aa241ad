"""ESCAP's Anticipated Progress: how much of the way from the base year the target year will have gone at this pace.

Source: ESCAP, Asia and the Pacific SDG progress report, technical notes; formulas as in UNICEF's published code.
"""

from __future__ import annotations

from site_builder.derive.progress._escap import Classes, judge_distance
from site_builder.nouns.progress import Trend, Verdict

CLASSES = Classes("will_meet", "accelerate", "no_progress")


def judge(trend: Trend) -> Verdict:
    """Return ten times the part of the way that will be gone in the target year, at most 10."""
    return judge_distance(trend, trend.target_year, CLASSES)

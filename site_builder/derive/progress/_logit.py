"""Owns the prediction of a bounded series by the growth of its logits, which never leaves its bounds."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

from site_builder.nouns.progress import Point


def predicted(points: Sequence[Point], year: int, scale: float) -> float:
    """Return the value of a series in a year, in its own unit: the observed one where there is one.

    `points` are two or more, in the order of their years, with values from 0 to `scale`. The mean over the steps of
    the yearly change of ln(y / (1 - y)) is carried on from the last point, backwards too. A value of 0 or of the
    scale has no logit: then the last value is carried.
    """
    observed = next((point.value for point in points if point.year == year), None)
    if observed is not None:
        return observed
    last = points[-1]
    parts = [point.value / scale for point in points]
    if any(part <= 0 or part >= 1 for part in parts):
        return last.value
    logits = [log(part / (1 - part)) for part in parts]
    steps = [
        (after - before) / (later.year - earlier.year)
        for before, after, earlier, later in zip(logits, logits[1:], points, points[1:], strict=False)
    ]
    logit = logits[-1] + sum(steps) / len(steps) * (year - last.year)
    return scale * (1 / (1 + exp(-logit)) if logit > 0 else exp(logit) / (1 + exp(logit)))

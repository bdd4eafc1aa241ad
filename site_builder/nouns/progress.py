"""Owns the question put to a method of progress and the answer it gives; refuses to know any method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a series in a year, in the unit of the series; a period of several years counts as its first."""

    year: int
    value: float
    after_break: bool = False
    """Whether the series was measured in another way before: it cannot be compared with earlier points."""


@dataclass(frozen=True)
class Trend:
    """What a method is asked: a series, where it should go, and from when on."""

    points: tuple[Point, ...]
    """In any order; more than one value for a year makes the series not assessable."""
    direction: str
    """increase, decrease, parity, band or none; empty: not known."""
    target: float | None = None
    target_year: int = 2030
    base_year: int = 2015
    """Year from which progress counts; where the series has no value for it, each method says what it does."""
    current_year: int | None = None
    """Year of the picture, for methods that look at a year and not at the latest value; none: that of the value."""
    limit: float | None = None
    """Natural limit of the values, such as 100 for a share in percent."""
    scale: float | None = None
    """What the values are parts of: 100 for per cent, else the natural limit; none: nothing bounds them."""
    across_breaks: bool = False
    """Whether somebody has declared that values before and after a break can be compared."""

    @cached_property
    def by_year(self) -> Mapping[int, Point]:
        """Points by year, in their order."""
        return {point.year: point for point in sorted(self.points, key=lambda point: point.year)}

    @property
    def has_doubles(self) -> bool:
        return len(self.by_year) < len(self.points)

    def broken_between(self, first: Point, last: Point) -> bool:
        """Whether a break that nobody has declared harmless lies between two points."""
        later = (point for point in self.points if first.year < point.year <= last.year)
        return not self.across_breaks and any(point.after_break for point in later)


@dataclass(frozen=True, slots=True)
class Input:
    """A number that a method used or worked out on its way; its name is a code of list progress_input_kinds."""

    name: str
    value: float
    year: int | None = None


@dataclass(frozen=True)
class Verdict:
    """What a method says of a series, with what it looked at."""

    status: str
    """Code of list progress_statuses; not_assessed with a reason."""
    value: float | None = None
    """What the method measures, in its own unit."""
    score: float | None = None
    """The value on the scale of the method, where it has one."""
    base: Point | None = None
    current: Point | None = None
    target: float | None = None
    target_year: int | None = None
    reason: str = ""
    """Code of list progress_reasons: why there is no status."""
    inputs: tuple[Input, ...] = ()
    """What the method worked out or was bound by beside base, current value and target: rates, thresholds, bounds."""


NOT_ASSESSED = "not_assessed"


def not_assessed(reason: str, *, base: Point | None = None, current: Point | None = None) -> Verdict:
    """Return the verdict that there is none, with the reason."""
    return Verdict(NOT_ASSESSED, base=base, current=current, reason=reason)

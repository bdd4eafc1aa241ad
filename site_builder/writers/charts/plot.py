"""Owns where values over time stand in a chart, and what is drawn of them: the same in every language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from math import ceil, floor, log10
from statistics import median
from typing import NamedTuple

PLOT, TOP, FOOT = 180, 18, 24
"""Pixels: height of the plot, room above it for a label, room below it for the years."""
LEFT, RIGHT, NAMED = 12.0, 97.0, 93.0
"""Per cent of the width where the plot begins and ends, and where it ends if lines have names beside them."""
UNITS = 1000
"""Width of the plot in its own units; it is stretched to the page."""
FEW = 24
"""Of at most so many points in all each has a dot."""
STEPS, YEARS = 3, 5
"""Steps of the scale and labels of years, at most so many."""
GAP = 1.6
"""Times the usual distance between points that is a gap."""
DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2")


class Dot(NamedTuple):
    """A value at a time, in years; with the ends of its confidence interval where they are known."""

    time: float
    value: float
    is_after_break: bool = False
    low: float | None = None
    high: float | None = None


class Goal(NamedTuple):
    """A value to be reached at a time, in years."""

    time: float
    value: float


@dataclass(frozen=True)
class Plot:
    """Lines, each the values of a series in the order of time, and goals, within one scale."""

    lines: tuple[tuple[Dot, ...], ...]
    goals: tuple[Goal, ...] = ()

    @cached_property
    def scale(self) -> tuple[Decimal, ...]:
        """Round numbers from below the lowest to above the highest value; from 0 where that is not far."""
        values = [dot.value for line in self.lines for dot in line] + [goal.value for goal in self.goals]
        values += [dot.low for line in self.lines for dot in line if dot.low is not None]
        values += [dot.high for line in self.lines for dot in line if dot.high is not None]
        low, high = min(values), max(values)
        low = 0.0 if 0 < low <= high / 2 else low
        raw = (high - low) / STEPS or abs(high) or 1.0
        power = Decimal(10) ** floor(log10(raw))
        step = next(power * size for size in (1, 2, 5, 10) if float(power * size) >= raw * 0.999999)
        first, last = floor(Decimal(repr(low)) / step), ceil(Decimal(repr(high)) / step)
        return tuple(step * place for place in range(first, max(last, first + 1) + 1))

    @cached_property
    def span(self) -> tuple[float, float]:
        """First and last time."""
        times = [dot.time for line in self.lines for dot in line] + [goal.time for goal in self.goals]
        return min(times), max(*times, min(times) + 1)

    @cached_property
    def end(self) -> float:
        return NAMED if len(self.lines) > 1 else RIGHT

    def share(self, time: float) -> float:
        first, last = self.span
        return (time - first) / (last - first)

    def x(self, time: float) -> str:
        return f"{LEFT + (self.end - LEFT) * self.share(time):.1f}%"

    def y(self, value: float) -> int:
        low, high = self._ends
        return round(TOP + PLOT * (high - value) / (high - low))

    @cached_property
    def _ends(self) -> tuple[float, float]:
        return float(self.scale[0]), float(self.scale[-1])

    # what is drawn without a word

    @cached_property
    def heights(self) -> tuple[tuple[int, Decimal], ...]:
        """Where the numbers of the scale stand."""
        return tuple((self.y(float(value)), value) for value in self.scale)

    @cached_property
    def rules(self) -> str:
        """The lines of the scale."""
        return "".join(f'<line x1="{LEFT}%" x2="{self.end}%" y1="{y}" y2="{y}"/>' for y, _ in self.heights)

    @cached_property
    def years(self) -> str:
        """The years below the plot."""
        first, last = (floor(time) for time in self.span)
        step = max(1, ceil((last - first) / (YEARS - 1)))
        places = ((self.x(max(year, self.span[0])), year) for year in range(first, last + 1, step))
        return "".join([f'<text x="{x}" y="{TOP + PLOT + 18}">{year}</text>' for x, year in places])

    @cached_property
    def marks(self) -> str:
        """The goals: a dashed line that ends in a diamond."""
        return "".join(
            f'<line x1="{LEFT}%" x2="{x}" y1="{y}" y2="{y}" stroke-dasharray="6 4"/>'
            f'<svg x="{x}" y="{y}" overflow="visible"><path d="M0-5 5 0 0 5-5 0Z" fill="currentColor"/></svg>'
            for x, y in ((self.x(goal.time), self.y(goal.value)) for goal in self.goals)
        )

    @cached_property
    def paths(self) -> str:
        """The lines of the values, each with dashes of its own, in the units of the plot."""
        drawn = []
        for place, line in enumerate(self.lines):
            path = "".join(
                "M" + " ".join([f"{UNITS * self.share(dot.time):.0f} {self.y(dot.value) - TOP}" for dot in piece])
                for piece in pieces(line)
                if len(piece) > 1
            )
            dash = DASHES[place % len(DASHES)]
            if path:
                dashed = f' stroke-dasharray="{dash}"' if dash else ""
                drawn.append(f'<path d="{path}" vector-effect="non-scaling-stroke"{dashed}/>')
        return "".join(drawn)

    @cached_property
    def breaks(self) -> str:
        """A dotted upright line half way between the values that cannot be compared, one for all lines."""
        times = {
            (earlier.time + later.time) / 2
            for line in self.lines
            for earlier, later in pairwise(line)
            if later.is_after_break
        }
        return "".join(
            f'<line x1="{x}" x2="{x}" y1="{TOP}" y2="{TOP + PLOT}" stroke-dasharray="2 4"/>'
            for x in map(self.x, sorted(times))
        )

    @cached_property
    def dots(self) -> str:
        """A dot for each value where they are few, else for those to which no line leads."""
        few = sum(map(len, self.lines)) <= FEW
        alone = (piece for line in self.lines for piece in pieces(line) if few or len(piece) == 1)
        return "".join(
            [f'<circle cx="{self.x(dot.time)}" cy="{self.y(dot.value)}" r="3"/>' for piece in alone for dot in piece]
        )

    @cached_property
    def intervals(self) -> str:
        """Upright, what is uncertain."""
        return "".join(
            f'<line x1="{x}" x2="{x}" y1="{self.y(high)}" y2="{self.y(low)}"/>'
            for x, low, high in (
                (self.x(dot.time), dot.low, dot.high)
                for line in self.lines
                for dot in line
                if dot.low is not None and dot.high is not None
            )
        )


def pieces(dots: tuple[Dot, ...]) -> Iterator[list[Dot]]:
    """Yield the dots that a line may join: none across a break, none across a gap."""
    steps = [later.time - earlier.time for earlier, later in pairwise(dots)]
    usual = median(steps) if steps else 0
    piece: list[Dot] = []
    for dot in dots:
        if piece and (dot.is_after_break or dot.time - piece[-1].time > GAP * usual):
            yield piece
            piece = []
        piece.append(dot)
    if piece:
        yield piece

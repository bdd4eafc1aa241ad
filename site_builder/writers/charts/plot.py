"""Owns where values over time stand in a chart, and what is drawn of them: the same in every language."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import chain, pairwise
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
KEPT = 256
"""Times of series of which the gaps are remembered."""


class Line(NamedTuple):
    """Values of a series in the order of time, in columns: a page has hundreds of them."""

    times: tuple[float, ...]
    """In years."""
    values: tuple[float, ...]
    breaks: tuple[int, ...] = ()
    """Places of the values that cannot be compared with the one before."""
    intervals: tuple[tuple[int, float, float], ...] = ()
    """Places of the values that are uncertain, with the ends of their confidence intervals."""

    def pieces(self) -> list[tuple[int, int]]:
        """Return from where to where a line may join its values: none across a break, none across a gap."""
        cuts = sorted({*self.breaks, *_gaps(self.times)} - {0})
        return list(pairwise((0, *cuts, len(self.times))))

    def between(self) -> list[float]:
        """Return the times half way between the values that cannot be compared."""
        return [(self.times[place - 1] + self.times[place]) / 2 for place in self.breaks if place]


@lru_cache(KEPT)
def _gaps(times: tuple[float, ...]) -> tuple[int, ...]:
    """Return the places of the times that are too far from the one before; most series have the same times."""
    steps = [later - earlier for earlier, later in pairwise(times)]
    most = GAP * median(steps) if steps else 0
    return tuple(place for place, step in enumerate(steps, 1) if step > most)


class Goal(NamedTuple):
    """A value to be reached at a time, in years."""

    time: float
    value: float


@dataclass(frozen=True)
class Plot:
    """Lines and goals within one scale."""

    lines: tuple[Line, ...]
    goals: tuple[Goal, ...] = ()

    @cached_property
    def scale(self) -> tuple[Decimal, ...]:
        """Round numbers from below the lowest to above the highest value; from 0 where that is not far."""
        values = [*chain.from_iterable(line.values for line in self.lines), *(goal.value for goal in self.goals)]
        values += [end for line in self.lines for _, low, high in line.intervals for end in (low, high)]
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
        times = [*chain.from_iterable(line.times for line in self.lines), *(goal.time for goal in self.goals)]
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
            points = [
                f"{UNITS * self.share(time):.0f} {self.y(value) - TOP}"
                for time, value in zip(line.times, line.values, strict=True)
            ]
            path = "".join("M" + " ".join(points[start:end]) for start, end in line.pieces() if end - start > 1)
            dash = DASHES[place % len(DASHES)]
            if path:
                dashed = f' stroke-dasharray="{dash}"' if dash else ""
                drawn.append(f'<path d="{path}" vector-effect="non-scaling-stroke"{dashed}/>')
        return "".join(drawn)

    @cached_property
    def breaks(self) -> str:
        """A dotted upright line half way between the values that cannot be compared, one for all lines."""
        times = {time for line in self.lines for time in line.between()}
        return "".join(
            f'<line x1="{x}" x2="{x}" y1="{TOP}" y2="{TOP + PLOT}" stroke-dasharray="2 4"/>'
            for x in map(self.x, sorted(times))
        )

    @cached_property
    def dots(self) -> str:
        """A dot for each value where they are few, else for those to which no line leads."""
        few = sum(len(line.times) for line in self.lines) <= FEW
        alone = (
            (line.times[place], line.values[place])
            for line in self.lines
            for start, end in line.pieces()
            if few or end - start == 1
            for place in range(start, end)
        )
        return "".join([f'<circle cx="{self.x(time)}" cy="{self.y(value)}" r="3"/>' for time, value in alone])

    @cached_property
    def intervals(self) -> str:
        """Upright, what is uncertain."""
        ends = (
            (self.x(line.times[place]), self.y(low), self.y(high))
            for line in self.lines
            for place, low, high in line.intervals
        )
        return "".join(f'<line x1="{x}" x2="{x}" y1="{high}" y2="{low}"/>' for x, low, high in ends)

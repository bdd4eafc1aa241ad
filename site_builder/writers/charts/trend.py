"""Owns the drawing of values over time: lines that stop at gaps and breaks, the target, the scale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from html import escape
from itertools import pairwise
from math import ceil, floor, log10
from statistics import median
from typing import NamedTuple

from site_builder.writers.charts.sheet import LINE, OCHRE, SKY, Drawing

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
LETTER_HEIGHT = 14
COLOURS = {"scale": LINE, "line": SKY, "goal": OCHRE}
"""Colours in a file, by part of the chart."""


class Dot(NamedTuple):
    """A value at a time, in years; with the ends of its confidence interval where they are known."""

    time: float
    value: float
    is_after_break: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Values of a series in the order of time; `name` is a short one, empty where there is no other line."""

    name: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """A value to be reached at a time, with what is written beside it."""

    time: float
    value: float
    label: str


@dataclass(frozen=True)
class Trend:
    """All that the chart shows. `id` is unique on its page."""

    id: str
    lines: tuple[Line, ...]
    goals: tuple[Goal, ...]
    title: str
    description: str
    number: Callable[[int | Decimal], str]
    """How a number of the scale is written."""
    in_file: bool = False
    """Whether it stands in a file of its own, which brings its colours; a page has them in its style sheet."""

    @cached_property
    def scale(self) -> tuple[Decimal, ...]:
        """Round numbers from below the lowest to above the highest value; from 0 where that is not far."""
        values = [dot.value for line in self.lines for dot in line.dots] + [goal.value for goal in self.goals]
        ends = [end for line in self.lines for dot in line.dots for end in (dot.low, dot.high) if end is not None]
        low, high = min(values + ends), max(values + ends)
        low = 0.0 if 0 < low <= high / 2 else low
        raw = (high - low) / STEPS or abs(high) or 1.0
        power = Decimal(10) ** floor(log10(raw))
        step = next(power * size for size in (1, 2, 5, 10) if float(power * size) >= raw * 0.999999)
        first, last = floor(Decimal(repr(low)) / step), ceil(Decimal(repr(high)) / step)
        return tuple(step * place for place in range(first, max(last, first + 1) + 1))

    @cached_property
    def span(self) -> tuple[float, float]:
        """First and last time."""
        times = [dot.time for line in self.lines for dot in line.dots] + [goal.time for goal in self.goals]
        return min(times), max(*times, min(times) + 1)

    def kind(self, name: str) -> str:
        """Return the attribute by which a part of the chart gets its colour."""
        return f'color="{COLOURS[name]}" stroke="{COLOURS[name]}"' if self.in_file else f'class="{name}"'

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


def draw_trend(chart: Trend) -> str:
    """Return the chart as inline SVG as wide as its place, explained by title and desc; its table stands beside it."""
    name = escape(chart.id)
    return (
        f'<svg class="trend" role="img" width="100%" height="{TOP + PLOT + FOOT}" fill="none" stroke="currentColor"'
        f' aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{escape(chart.title)}</title>'
        f'<desc id="{name}-d">{escape(chart.description)}</desc>{_parts(chart)}</svg>'
    )


def trend_drawing(chart: Trend) -> Drawing:
    """Return the chart for a sheet."""
    return Drawing(_parts(chart), TOP + PLOT + FOOT)


def _parts(chart: Trend) -> str:
    parts = (_scale(chart), _years(chart), _goals(chart), _lines(chart), _breaks(chart), _dots(chart), _names(chart))
    return "".join(parts)


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


def _letters(drawn: Iterator[str], anchor: str) -> str:
    return f'<g fill="currentColor" stroke="none" font-size="12" text-anchor="{anchor}">{"".join(drawn)}</g>'


def _scale(chart: Trend) -> str:
    heights = [(chart.y(float(value)), value) for value in chart.scale]
    lines = "".join(f'<line x1="{LEFT}%" x2="{chart.end}%" y1="{y}" y2="{y}"/>' for y, _ in heights)
    labels = (f'<text x="{LEFT - 2}%" y="{y + 4}">{escape(_written(chart, value))}</text>' for y, value in heights)
    return f"<g {chart.kind('scale')}>{lines}</g>{_letters(labels, 'end')}"


def _written(chart: Trend, value: Decimal) -> str:
    return chart.number(int(value) if value == int(value) else value)


def _years(chart: Trend) -> str:
    first, last = (floor(time) for time in chart.span)
    step = max(1, ceil((last - first) / (YEARS - 1)))
    y = TOP + PLOT + 18
    labels = (
        f'<text x="{chart.x(max(year, chart.span[0]))}" y="{y}">{year}</text>' for year in range(first, last + 1, step)
    )
    return _letters(labels, "middle")


def _goals(chart: Trend) -> str:
    lines = "".join(
        f'<line x1="{LEFT}%" x2="{chart.x(goal.time)}" y1="{chart.y(goal.value)}" y2="{chart.y(goal.value)}"'
        f' stroke-dasharray="6 4"/><svg x="{chart.x(goal.time)}" y="{chart.y(goal.value)}" overflow="visible">'
        '<path d="M0-5 5 0 0 5-5 0Z" fill="currentColor"/></svg>'
        for goal in chart.goals
    )
    labels = (
        f'<text x="{chart.x(goal.time)}" y="{chart.y(goal.value) - 8}">{escape(goal.label)}</text>'
        for goal in chart.goals
    )
    return f"<g {chart.kind('goal')}>{lines}{_letters(labels, 'end')}</g>" if chart.goals else ""


def _lines(chart: Trend) -> str:
    drawn = []
    for place, line in enumerate(chart.lines):
        path = "".join(
            "M" + " ".join(f"{UNITS * chart.share(dot.time):.0f} {chart.y(dot.value) - TOP}" for dot in piece)
            for piece in pieces(line.dots)
            if len(piece) > 1
        )
        dash = DASHES[place % len(DASHES)]
        if path:
            dashed = f' stroke-dasharray="{dash}"' if dash else ""
            drawn.append(f'<path d="{path}" vector-effect="non-scaling-stroke"{dashed}/>')
    return (
        f'<svg {chart.kind("line")} x="{LEFT}%" y="{TOP}" width="{chart.end - LEFT:g}%" height="{PLOT}"'
        f' viewBox="0 0 {UNITS} {PLOT}" preserveAspectRatio="none" stroke-width="2">{"".join(drawn)}</svg>'
    )


def _breaks(chart: Trend) -> str:
    """A dotted upright line half way between the values that cannot be compared, one for all lines."""
    times = {
        (earlier.time + later.time) / 2
        for line in chart.lines
        for earlier, later in pairwise(line.dots)
        if later.is_after_break
    }
    return "".join(
        f'<line x1="{chart.x(time)}" x2="{chart.x(time)}" y1="{TOP}" y2="{TOP + PLOT}" stroke-dasharray="2 4"/>'
        for time in sorted(times)
    )


def _dots(chart: Trend) -> str:
    """A dot for each value where they are few, else for those to which no line leads; upright, what is uncertain."""
    few = sum(len(line.dots) for line in chart.lines) <= FEW
    drawn, intervals = [], []
    for dot in (dot for line in chart.lines for piece in pieces(line.dots) for dot in piece if few or len(piece) == 1):
        drawn.append(f'<circle cx="{chart.x(dot.time)}" cy="{chart.y(dot.value)}" r="3"/>')
    for dot in (dot for line in chart.lines for dot in line.dots):
        if dot.low is not None and dot.high is not None:
            x = chart.x(dot.time)
            intervals.append(f'<line x1="{x}" x2="{x}" y1="{chart.y(dot.high)}" y2="{chart.y(dot.low)}"/>')
    return f'<g {chart.kind("line")}>{"".join(intervals)}<g fill="currentColor" stroke="none">{"".join(drawn)}</g></g>'


def _names(chart: Trend) -> str:
    """The name of each line at its end, none above another."""
    if len(chart.lines) < 2:
        return ""
    ends = sorted((chart.y(line.dots[-1].value), line.name) for line in chart.lines)
    labels, lowest = [], 0
    for y, name in ends:
        lowest = max(y + 4, lowest + LETTER_HEIGHT)
        labels.append(f'<text x="{NAMED + 2}%" y="{lowest}">{escape(name)}</text>')
    return _letters(iter(labels), "start")

"""Owns small drawings of values over time that share their scales, to be compared side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from html import escape

from site_builder.writers.charts.plot import UNITS, Line, Plot

PLOT, TOP, FOOT = 56, 12, 18
"""Pixels: height of the plot, room above it for a label, room below it for the years."""
SCALE_LETTER, VALUE_LETTER, SPACE = 4.2, 4.6, 3.0
"""Per cent of the width of the narrowest drawing that a letter of the scale, one of a value and a space take."""
FEW = 3
"""Of a piece of so many points at most each has a dot."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one of the drawings, in a language."""

    title: str
    """Whose values they are, with the first and the last: what those hear who cannot see it."""
    last: str
    """The latest value as it is written beside the line."""


@dataclass(frozen=True)
class Multiples:
    """Lines that share their scale and years: the same in every language, but for the room that numbers take."""

    lines: tuple[Line, ...]
    _drawn: dict[_Place, list[tuple[str, str]]] = field(default_factory=dict)

    def draw(self, number: Callable[[int | Decimal], str], told: Iterable[Said]) -> list[str]:
        """Return each line as inline SVG; `number` writes the ends of the scale."""
        said = tuple(told)
        scale, (first, last) = self._together.scale, self._together.span
        ends = [number(int(end) if end == int(end) else end) for end in (scale[-1], scale[0])]
        left = round(SPACE * 2 + SCALE_LETTER * max(len(end) for end in ends))
        right = round(100 - SPACE - VALUE_LETTER * max(len(one.last) for one in said))
        low, high = float(scale[0]), float(scale[-1])
        place = _Place(left, right - left, low, PLOT / (high - low), first, 1 / (last - first))
        if place not in self._drawn:
            steps = _Steps(place)
            self._drawn[place] = [_line(place, steps, line) for line in self.lines]
        axes = _axes(place, ends, (f"{first:.0f}", f"{last:.0f}"))
        return [_drawing(axes, line, one) for line, one in zip(self._drawn[place], said, strict=True)]

    @cached_property
    def _together(self) -> Plot:
        """A plot of all lines, which has their scale and years."""
        return Plot(self.lines)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a time and a value stand."""

    left: int
    width: int
    """Of the plot, in per cent as its left end."""
    low: float
    pixels: float
    """Of one unit of the values."""
    first: float
    share: float
    """Of one year."""

    def x(self, time: float) -> str:
        return f"{self.left + self.width * (time - self.first) * self.share:.1f}%"

    def heights(self, values: Iterable[float]) -> list[int]:
        low, pixels = self.low, self.pixels
        return [round(TOP + PLOT - (value - low) * pixels) for value in values]


class _Steps(dict[tuple[float, ...], list[str]]):
    """Where times stand in the units of a plot: most lines have values at the same ones."""

    def __init__(self, place: _Place) -> None:
        self._place = place

    def __missing__(self, times: tuple[float, ...]) -> list[str]:
        first, share = self._place.first, self._place.share
        steps = self[times] = [f"{UNITS * (time - first) * share:.0f}" for time in times]
        return steps


def _axes(place: _Place, ends: list[str], years: tuple[str, str]) -> str:
    """Return the ends of the scale and of the time."""
    left, right, foot = place.left, place.left + place.width, TOP + PLOT + 14
    heights = (TOP, TOP + PLOT)
    lines = "".join(f'<line x1="{left}%" x2="{right}%" y1="{y}" y2="{y}"/>' for y in heights)
    scale = "".join(
        f'<text x="{left - SPACE:.0f}%" y="{y + 4}">{escape(end)}</text>' for y, end in zip(heights, ends, strict=True)
    )
    return (
        f'<g class="scale">{lines}</g><g fill="currentColor" stroke="none" font-size="11" text-anchor="end">{scale}'
        f'<text x="{right}%" y="{foot}">{years[1]}</text><text x="{left}%" y="{foot}" text-anchor="start">{years[0]}'
        "</text></g>"
    )


def _drawing(axes: str, line: tuple[str, str], said: Said) -> str:
    lines, label = line
    return (
        f'<svg class="trend" role="img" width="100%" height="{TOP + PLOT + FOOT}" fill="none" stroke="currentColor">'
        f"<title>{escape(said.title)}</title>{axes}{lines}{label}{escape(said.last)}</text></svg>"
    )


def _line(place: _Place, steps: _Steps, line: Line) -> tuple[str, str]:
    """Return what is drawn of a line, and the beginning of the label at its end."""
    x, pieces = place.x, line.pieces()
    heights = place.heights(line.values)
    points = [f"{step} {y - TOP}" for step, y in zip(steps[line.times], heights, strict=True)]
    path = "".join(["M" + " ".join(points[start:end]) for start, end in pieces if end - start > 1])
    few = (at for start, end in pieces if end - start <= FEW for at in range(start, end))
    marks = "".join([f'<circle cx="{x(line.times[at])}" cy="{heights[at]}" r="2.5"/>' for at in few])
    uprights = ((x(line.times[at]), *place.heights((high, low))) for at, low, high in line.intervals)
    intervals = "".join([f'<line x1="{at}" x2="{at}" y1="{top}" y2="{foot}"/>' for at, top, foot in uprights])
    breaks = "".join(
        [
            f'<line x1="{at}" x2="{at}" y1="{TOP}" y2="{TOP + PLOT}" stroke-dasharray="2 4"/>'
            for at in map(x, line.between())
        ]
    )
    lines = (
        f'<svg x="{place.left}%" y="{TOP}" width="{place.width}%" height="{PLOT}" viewBox="0 0 {UNITS} {PLOT}"'
        ' preserveAspectRatio="none">'
        f'<path d="{path}" vector-effect="non-scaling-stroke" stroke-width="2"/></svg>'
        if path
        else ""
    )
    circles = f'<g fill="currentColor" stroke="none">{marks}</g>' if marks else ""
    end = f'x="{x(line.times[-1])}" dx="5" y="{heights[-1] + 4}"'
    label = f'<text {end} fill="currentColor" stroke="none" font-size="12">'
    return f'<g class="line">{lines}{intervals}{circles}</g>{breaks}', label

"""Owns the drawing of values over time: a plot with its words, on a page or in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from site_builder.writers.charts.plot import FOOT, LEFT, NAMED, PLOT, TOP, UNITS, Plot
from site_builder.writers.charts.sheet import LINE, OCHRE, SKY, Drawing

LETTER_HEIGHT = 14
COLOURS = {"scale": LINE, "line": SKY, "goal": OCHRE}
"""Colours in a file, by part of the chart."""


@dataclass(frozen=True)
class Trend:
    """All that the chart shows. `id` is unique on its page."""

    id: str
    plot: Plot
    names: tuple[str, ...]
    """A short one for each line where there are several."""
    goals: tuple[str, ...]
    """What is written beside each goal."""
    title: str
    description: str
    number: Callable[[int | Decimal], str]
    """How a number of the scale is written."""
    in_file: bool = False
    """Whether it stands in a file of its own, which brings its colours; a page has them in its style sheet."""

    def kind(self, name: str) -> str:
        """Return the attribute by which a part of the chart gets its colour."""
        return f'color="{COLOURS[name]}" stroke="{COLOURS[name]}"' if self.in_file else f'class="{name}"'


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
    years = _letters(iter((chart.plot.years,)), "middle")
    return "".join((_scale(chart), years, _goals(chart), _lines(chart), chart.plot.breaks, _dots(chart), _names(chart)))


def _letters(drawn: Iterator[str], anchor: str) -> str:
    return f'<g fill="currentColor" stroke="none" font-size="12" text-anchor="{anchor}">{"".join(drawn)}</g>'


def _scale(chart: Trend) -> str:
    labels = (
        f'<text x="{LEFT - 2}%" y="{y + 4}">{escape(_written(chart, value))}</text>' for y, value in chart.plot.heights
    )
    return f"<g {chart.kind('scale')}>{chart.plot.rules}</g>{_letters(labels, 'end')}"


def _written(chart: Trend, value: Decimal) -> str:
    return chart.number(int(value) if value == int(value) else value)


def _goals(chart: Trend) -> str:
    plot = chart.plot
    labels = (
        f'<text x="{plot.x(goal.time)}" y="{plot.y(goal.value) - 8}">{escape(label)}</text>'
        for goal, label in zip(plot.goals, chart.goals, strict=True)
    )
    return f"<g {chart.kind('goal')}>{plot.marks}{_letters(labels, 'end')}</g>" if plot.goals else ""


def _lines(chart: Trend) -> str:
    plot = chart.plot
    return (
        f'<svg {chart.kind("line")} x="{LEFT}%" y="{TOP}" width="{plot.end - LEFT:g}%" height="{PLOT}"'
        f' viewBox="0 0 {UNITS} {PLOT}" preserveAspectRatio="none" stroke-width="2">{plot.paths}</svg>'
    )


def _dots(chart: Trend) -> str:
    circles = f'<g fill="currentColor" stroke="none">{chart.plot.dots}</g>'
    return f"<g {chart.kind('line')}>{chart.plot.intervals}{circles}</g>"


def _names(chart: Trend) -> str:
    """The name of each line at its end, none above another."""
    if len(chart.names) < 2:
        return ""
    lines = zip(chart.plot.lines, chart.names, strict=True)
    ends = sorted((chart.plot.y(line.values[-1]), name) for line, name in lines)
    labels, lowest = [], 0
    for y, name in ends:
        lowest = max(y + 4, lowest + LETTER_HEIGHT)
        labels.append(f'<text x="{NAMED + 2}%" y="{lowest}">{escape(name)}</text>')
    return _letters(iter(labels), "start")

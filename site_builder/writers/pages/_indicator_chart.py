"""Owns the chart of an indicator on its page, and what it says in words."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

from markupsafe import Markup

from site_builder.nouns.record import Record
from site_builder.readers.formats import capital
from site_builder.writers.charts.plot import Goal, Line, Plot
from site_builder.writers.charts.trend import Trend, draw_trend
from site_builder.writers.pages._indicators import (
    columns_of,
    ground_of,
    group_of,
    groups_of,
    is_assumed,
    number,
    unit_of,
    whole_of,
)
from site_builder.writers.voice import Voice

ENOUGH = 2
"""Values that make a chart on a page."""
KEPT = 256
"""Series of which the times are remembered: most have values at the same ones."""
LINES = 4
"""Lines that the chart shows where no series stands for the whole."""


def chart_of(voice: Voice, indicator: Record) -> dict[str, Any] | None:
    """Return the drawing of the series that stand for the whole, with its words; None for one value alone."""
    chart = trend_of(voice, indicator)
    if chart is None or sum(len(line.times) for line in chart.plot.lines) < ENOUGH:
        return None
    ground = ground_of(voice)
    rest = len(ground.series_of(indicator.id)) - len(chart.plot.lines)
    return {
        "svg": Markup(draw_trend(chart)),
        "unit": capital(unit_of(voice, ground.main_series(indicator.id)[0])),
        "caption": chart.description,
        "rest": voice.say("indicator.chart_rest", count=rest) if rest and not whole_of(voice, indicator) else "",
    }


def chart_file(indicator: str, language: str) -> str:
    """Return where the chart of an indicator stands as a file of its own."""
    return f"{language}/indicators/{indicator}/chart.svg"


def trend_of(voice: Voice, indicator: Record) -> Trend | None:
    """Return the chart of the series that stand for the whole, None where no value is known; worked out once."""
    key = ("trend", voice.code)
    if key not in voice.shared:
        voice.shared[key] = _trend(voice, indicator)
    return cast("Trend | None", voice.shared[key])


def _trend(voice: Voice, indicator: Record) -> Trend | None:
    shown = ground_of(voice).main_series(indicator.id)[:LINES]
    if not shown:
        return None
    targets, plot = _plotted(voice, indicator)
    names, goals = groups_of(voice, shown), tuple(_goal_label(voice, *target) for target in targets)
    numbers = [voice.formats.number(place) for place in range(1, len(shown) + 1)]
    if len(shown) > 1:
        said = [
            told(voice, series, f"{place}. {capital(names[series.id])}")
            for place, series in zip(numbers, shown, strict=True)
        ]
    else:
        said = [told(voice, shown[0], group_of(voice, shown[0]))]
    said += [voice.say("indicator.chart_target", target=goal) for goal in goals]
    if any(line.breaks for line in plot.lines):
        said.append(voice.say("indicator.chart_break"))
    title = voice.say("indicator.chart_title", name=voice.plain(indicator, "name"), unit=unit_of(voice, shown[0]))
    return Trend("trend", plot, tuple(numbers), goals, title, " ".join(said), voice.formats.number)


def _plotted(voice: Voice, indicator: Record) -> tuple[list[tuple[Record, Any]], Plot]:
    """Return the targets that the chart shows, each with its value, and the plot; worked out once for all languages."""
    key = ("plot", indicator.id)
    if key not in voice.shared:
        main, shown = whole_of(voice, indicator), ground_of(voice).main_series(indicator.id)[:LINES]
        targets = [
            (target, value)
            for target in voice.edition.catalog.referring("targets", "indicator_id", indicator.id)
            if main and target.get("series_id") in (None, main.id)
            for value in (target.get("target_value"), target.get("target_value_to"))
            if value is not None
        ]
        goals = tuple(Goal(float(target.get("target_year")), float(value)) for target, value in targets)
        voice.shared[key] = targets, Plot(tuple(line_of(voice, series) for series in shown), goals)
    return cast("tuple[list[tuple[Record, Any]], Plot]", voice.shared[key])


def _goal_label(voice: Voice, target: Record, value: Any) -> str:
    key = "indicator.goal_assumed" if is_assumed(voice, target) else "indicator.goal"
    return voice.say(key, value=number(voice, value), year=str(target.get("target_year")))


def told(voice: Voice, series: Record, name: str) -> str:
    """Return the first and the last value of a line in words."""
    columns = columns_of(voice, series)
    said = voice.say(
        "indicator.chart_told",
        first=number(voice, columns.value[0]),
        start=voice.formats.day(columns.period[0]),
        last=number(voice, columns.value[-1]),
        end=voice.formats.day(columns.period[-1]),
    )
    return f"{name}: {said}" if name else said


def line_of(voice: Voice, series: Record) -> Line:
    """Return the values of a series as they are drawn."""
    columns = columns_of(voice, series)
    ends = enumerate(zip(columns.lower_bound, columns.upper_bound, strict=True))
    return Line(
        _times(tuple(columns.period)),
        tuple(map(float, columns.value)),
        tuple([place for place, is_break in enumerate(columns.series_break) if is_break]),
        tuple(
            [(place, float(low), float(high)) for place, (low, high) in ends if low is not None and high is not None]
        ),
    )


@lru_cache(KEPT)
def _times(periods: tuple[str, ...]) -> tuple[float, ...]:
    """Return when periods begin, in years."""
    return tuple(map(_time, periods))


def _time(period: str) -> float:
    year, _, rest = period.partition("-")
    month = int(rest[:2]) if rest[:2].isdigit() else 1
    return int(year) + (month - 1) / 12

"""Owns the chart of an indicator on its page, and what it says in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, cast

from markupsafe import Markup

from site_builder.nouns.columns import columns_of
from site_builder.nouns.record import Record
from site_builder.readers.formats import capital
from site_builder.writers.charts.trend import Dot, Goal, Line, Trend, draw_trend
from site_builder.writers.pages._indicators import (
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
DRAWN = ("period", "value", "series_break", "lower_bound", "upper_bound")
"""What a drawing shows of a value."""
KEPT = 4096
"""Periods of which the time is remembered: the same ones come again and again."""
LINES = 4
"""Lines that the chart shows where no series stands for the whole."""


def chart_of(voice: Voice, indicator: Record, targets: Iterable[Record]) -> dict[str, Any] | None:
    """Return the drawing of the series that stand for the whole, with its words; None for one value alone."""
    chart = trend_of(voice, indicator, targets)
    if chart is None or sum(len(line.dots) for line in chart.lines) < ENOUGH:
        return None
    ground = ground_of(voice)
    rest = len(ground.series_of(indicator.id)) - len(chart.lines)
    return {
        "svg": Markup(draw_trend(chart)),
        "unit": capital(unit_of(voice, ground.main_series(indicator.id)[0])),
        "caption": chart.description,
        "rest": voice.say("indicator.chart_rest", count=rest) if rest and not whole_of(voice, indicator) else "",
    }


def chart_file(indicator: str, language: str) -> str:
    """Return where the chart of an indicator stands as a file of its own."""
    return f"{language}/indicators/{indicator}/chart.svg"


def trend_of(voice: Voice, indicator: Record, targets: Iterable[Record]) -> Trend | None:
    """Return the chart of the series that stand for the whole; None where no value is known."""
    ground = ground_of(voice)
    main, shown = whole_of(voice, indicator), ground.main_series(indicator.id)[:LINES]
    if not shown:
        return None
    names = groups_of(voice, shown)
    numbers = {series.id: voice.formats.number(place) for place, series in enumerate(shown, 1)}
    lines = tuple(Line(numbers[series.id], dots_of(voice, series)) for series in shown)
    goals = tuple(
        Goal(float(target.get("target_year")), float(value), _goal_label(voice, target, value))
        for target in targets
        if main and target.get("series_id") in (None, main.id)
        for value in (target.get("target_value"), target.get("target_value_to"))
        if value is not None
    )
    said = [
        told(
            voice,
            series,
            f"{numbers[series.id]}. {capital(names[series.id])}" if len(shown) > 1 else group_of(voice, series),
        )
        for series in shown
    ]
    said += [voice.say("indicator.chart_target", target=goal.label) for goal in goals]
    if any(dot.is_after_break for line in lines for dot in line.dots):
        said.append(voice.say("indicator.chart_break"))
    title = voice.say("indicator.chart_title", name=voice.plain(indicator, "name"), unit=unit_of(voice, shown[0]))
    return Trend("trend", lines, goals, title, " ".join(said), voice.formats.number)


def _goal_label(voice: Voice, target: Record, value: Any) -> str:
    key = "indicator.goal_assumed" if is_assumed(voice, target) else "indicator.goal"
    return voice.say(key, value=number(voice, value), year=str(target.get("target_year")))


def told(voice: Voice, series: Record, name: str) -> str:
    """Return the first and the last value of a line in words."""
    rows = ground_of(voice).values(series)
    said = voice.say(
        "indicator.chart_told",
        first=number(voice, rows[0].get("value")),
        start=voice.formats.day(rows[0].get("period")),
        last=number(voice, rows[-1].get("value")),
        end=voice.formats.day(rows[-1].get("period")),
    )
    return f"{name}: {said}" if name else said


def dots_of(voice: Voice, series: Record) -> tuple[Dot, ...]:
    """Return the values of a series as they are drawn; worked out once."""
    key, memory = ("dots", series.id), voice.edition.memory
    if key not in memory:
        memory[key] = tuple(_dots(ground_of(voice).values(series)))
    return cast("tuple[Dot, ...]", memory[key])


def _dots(rows: Sequence[Record]) -> Iterator[Dot]:
    periods, values, breaks, *ends = columns_of(rows, *DRAWN)
    lows, highs = ([None if end is None else float(end) for end in bounds] for bounds in ends)
    return map(Dot, map(_time, periods), map(float, values), map(bool, breaks), lows, highs)


@lru_cache(KEPT)
def _time(period: str) -> float:
    """Return when a period begins, in years."""
    year, _, rest = period.partition("-")
    month = int(rest[:2]) if rest[:2].isdigit() else 1
    return int(year) + (month - 1) / 12

"""Owns the tables of all values of an indicator: the whole, and its groups."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from markupsafe import Markup

from site_builder.nouns.columns import values_of as values_of_rows
from site_builder.nouns.record import Record
from site_builder.readers.formats import capital
from site_builder.writers.markup import escaped
from site_builder.writers.pages._indicators import (
    ground_of,
    group_of,
    groups_of,
    latest_of,
    number,
    period,
    unit_of,
    whole_of,
)
from site_builder.writers.voice import Voice

Grid = tuple[int, list[tuple[str, list[Decimal | None]]]]
"""A number of periods, and of some of them the values of several series."""
SHOWN, CELLS = 60, 240
"""Latest values of a series, and of all groups together, that the page shows; the files hold all."""


def values_of(voice: Voice, indicator: Record) -> dict[str, Any] | None:
    """Return the values of the series that stands for the whole, the latest first."""
    latest = latest_of(voice, indicator)
    if latest is None:
        return None
    rows = ground_of(voice).values(latest[0])
    shown = rows[: -SHOWN - 1 : -1]
    caption = voice.say("indicator.values_caption", shown=len(shown), count=len(rows), unit=unit_of(voice, latest[0]))
    group = group_of(voice, latest[0])
    return {
        "caption": f"{group}. {caption}" if group else caption,
        "bounds": any(row.get("lower_bound") is not None for row in shown),
        "rows": [_value(voice, row) for row in shown],
    }


def _value(voice: Voice, row: Record) -> dict[str, Any]:
    low, high = row.get("lower_bound"), row.get("upper_bound")
    return {
        "period": period(voice, row),
        "value": number(voice, row.get("value")),
        "bounds": voice.say("measure.range", low=number(voice, low), high=number(voice, high))
        if low is not None and high is not None
        else "",
        "status": voice.title_label("sdmx_obs_status", row.get("observation_status")),
        "is_break": bool(row.get("series_break")),
        "note": voice.text(row, "note"),
        "refs": voice.refs(row.get("source_id")),
    }


def by_group(voice: Voice, indicator: Record) -> dict[str, Any] | None:
    """Return the series of groups: first and latest value of each, and all values by period."""
    ground = ground_of(voice)
    every, main = ground.series_of(indicator.id), whole_of(voice, indicator)
    series = [row for row in every if row is not main]
    if not series:
        return None
    names = groups_of(voice, every)
    heads = [capital(names[row.id]) for row in series]
    periods, shown = _grid(voice, indicator, series)
    opened = [f'<td data-label="{escaped(head)}" class="num"><span>' for head in heads]
    return {
        "rows": [
            {
                "name": name,
                "count": number(voice, len(values)),
                "first": _short(voice, values[0]),
                "latest": _short(voice, values[-1]),
            }
            for name, row in zip(heads, series, strict=True)
            if (values := ground.values(row))
        ],
        "caption": voice.say("indicator.groups_caption", unit=unit_of(voice, series[0])),
        "heads": heads,
        "unit": unit_of(voice, series[0]),
        "periods": [(voice.day(period), _cells(voice, opened, values)) for period, values in shown],
        "all": voice.say("indicator.groups_all", shown=len(shown), count=periods),
    }


def _cells(voice: Voice, opened: Iterable[str], values: Iterable[Decimal | None]) -> Markup:
    """Return the cells of a row of values, each with the beginning that its column has.

    They are most of a page, and a template would ask for the label of the column anew in each.
    """
    written = voice.formats.number
    cells = [
        "<td></td>" if value is None else f"{cell}{escaped(written(value))}</span></td>"
        for cell, value in zip(opened, values, strict=True)
    ]
    return Markup("".join(cells))


def _grid(voice: Voice, indicator: Record, series: list[Record]) -> Grid:
    """Return how many periods the groups have, and the latest of them with the value of each; worked out once."""
    key, memory = ("grid", indicator.id), voice.edition.memory
    if key not in memory:
        ground = ground_of(voice)
        columns: list[dict[str, Any]] = [
            dict(values_of_rows(ground.values(item), "period", "value")) for item in series
        ]
        periods = sorted(set().union(*columns), reverse=True)
        shown = periods[: max(1, CELLS // len(series))]
        memory[key] = (len(periods), [(period, [column.get(period) for column in columns]) for period in shown])
    return cast(Grid, memory[key])


def _short(voice: Voice, row: Record) -> str:
    return voice.say("indicator.in_year", value=number(voice, row.get("value")), year=period(voice, row))

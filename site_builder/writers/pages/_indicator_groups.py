"""Owns the tables of the groups of an indicator: first and latest value of each, and all values by period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, cast

from markupsafe import Markup

from site_builder.nouns.record import Record
from site_builder.readers.formats import capital
from site_builder.writers.markup import escaped
from site_builder.writers.pages._indicator_values import ENDED, opened
from site_builder.writers.pages._indicators import (
    Columns,
    columns_of,
    ground_of,
    groups_of,
    number,
    spell,
    unit_of,
    whole_of,
)
from site_builder.writers.voice import Voice

Grid = list[tuple[str, list[Decimal | None]]]
"""The values of several series, by period."""
CELLS = 240
"""Latest values of all groups together that the page shows; the files hold all."""


def by_group(voice: Voice, indicator: Record) -> dict[str, Any] | None:
    """Return the series of groups: first and latest value of each, and all values by period."""
    ground = ground_of(voice)
    every, main = ground.series_of(indicator.id), whole_of(voice, indicator)
    series = [row for row in every if row is not main]
    if not series:
        return None
    names = groups_of(voice, every)
    heads = [capital(names[row.id]) for row in series]
    count, shown = _grid(voice, indicator, series)
    cells = _cells(heads, _written(voice, shown))
    return {
        "rows": [
            {
                "name": name,
                "count": number(voice, len(columns.value)),
                "first": _short(voice, columns, 0),
                "latest": _short(voice, columns, -1),
            }
            for name, row in zip(heads, series, strict=True)
            for columns in (columns_of(voice, row),)
        ],
        "caption": voice.say("indicator.groups_caption", unit=unit_of(voice, series[0])),
        "heads": heads,
        "unit": unit_of(voice, series[0]),
        "periods": [(voice.day(when), row) for (when, _), row in zip(shown, cells, strict=True)],
        "all": voice.say("indicator.groups_all", shown=len(shown), count=count),
    }


def _grid(voice: Voice, indicator: Record, series: list[Record]) -> tuple[int, Grid]:
    """Return how many periods the groups have, and the latest of them with the value of each; worked out once."""
    key = ("grid", indicator.id)
    if key not in voice.shared:
        columns = [columns_of(voice, item) for item in series]
        values = [dict(zip(column.period, column.value, strict=True)) for column in columns]
        periods = sorted(set().union(*values), reverse=True)
        shown = periods[: max(1, CELLS // len(series))]
        voice.shared[key] = (len(periods), [(when, [column.get(when) for column in values]) for when in shown])
    return cast("tuple[int, Grid]", voice.shared[key])


def _written(voice: Voice, shown: Grid) -> list[list[str]]:
    """Return values as they are written, nothing for none; worked out once for languages that write numbers alike."""
    key, written = ("written", voice.formats.number_style), voice.formats.numbers
    if key not in voice.shared:
        rows = ("\n".join(["" if value is None else written[value] for value in values]) for _, values in shown)
        voice.shared[key] = [escaped(row).split("\n") for row in rows]
    return cast("list[list[str]]", voice.shared[key])


def _cells(heads: Iterable[str], written: Iterable[Sequence[str]]) -> Iterator[Markup]:
    """Yield the cells of each row of values, each with the label of its column.

    They are most of a page, and a template would ask for the label of the column anew in each.
    """
    starts = [opened(head) for head in heads]
    for values in written:
        pairs = zip(starts, values, strict=True)
        yield Markup("".join([f"{start}{value}{ENDED}" if value else "<td></td>" for start, value in pairs]))


def _short(voice: Voice, columns: Columns, place: int) -> str:
    when = spell(voice, columns.period[place], columns.period_end[place])
    return voice.say("indicator.in_year", value=number(voice, columns.value[place]), year=when)

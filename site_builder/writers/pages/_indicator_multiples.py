"""Owns the small charts of an indicator: one for each group, dimension by dimension, all with the same scales."""

from __future__ import annotations

from typing import Any, cast

from markupsafe import Markup

from site_builder.nouns.record import Record
from site_builder.readers.formats import capital
from site_builder.readers.layout import TOTAL
from site_builder.writers.charts.multiples import Multiples, Said
from site_builder.writers.pages._indicator_chart import line_of, told
from site_builder.writers.pages._indicators import columns_of, ground_of, groups_of, number, whole_of
from site_builder.writers.voice import Voice

MOST = 24
"""Small charts on a page; further groups stand in the table."""
COMBINED = ""
"""Stands for the groups that differ from the whole in several dimensions."""


def multiples_of(voice: Voice, indicator: Record) -> dict[str, Any] | None:
    """Return the small charts by dimension, None where there is no group with values."""
    every, main = ground_of(voice).series_of(indicator.id), whole_of(voice, indicator)
    series = [row for row in every if row is not main]
    if not series:
        return None
    names = groups_of(voice, every)
    by_dimension: dict[str, list[Record]] = {}
    for row in series:
        by_dimension.setdefault(_dimension(voice, row, main), []).append(row)
    order = [name for name in (*ground_of(voice).dimensions, COMBINED) if name in by_dimension]
    shown = [row for name in order for row in by_dimension[name]][:MOST]
    drawn = _drawn(voice, indicator, shown, names)
    return {
        "dimensions": [
            {
                "name": _heading(voice, name),
                "charts": [
                    {"name": capital(names[row.id]), "svg": drawn[row.id]}
                    for row in by_dimension[name]
                    if row.id in drawn
                ],
            }
            for name in order
            if any(row.id in drawn for row in by_dimension[name])
        ],
        "rest": voice.say("indicator.multiples_rest", count=len(series) - len(shown)) if len(series) > MOST else "",
    }


def _dimension(voice: Voice, series: Record, main: Record | None) -> str:
    """Return the dimension in which a group differs from the whole, COMBINED where there are several."""
    ground = ground_of(voice)
    usual = ground.codes(main) if main is not None else (TOTAL,) * len(ground.dimensions)
    codes = zip(ground.dimensions, ground.codes(series), usual, strict=True)
    apart = [name for name, code, of_whole in codes if code != of_whole]
    return apart[0] if len(apart) == 1 else COMBINED


def _heading(voice: Voice, dimension: str) -> str:
    if dimension == COMBINED:
        return voice.say("indicator.combined")
    return voice.title_label("sdmx_dimensions", dimension.upper())


def _drawn(voice: Voice, indicator: Record, series: list[Record], names: dict[str, str]) -> dict[str, Markup]:
    """Return the drawing of each group by its id; their lines are worked out once for all languages."""
    key = ("multiples", indicator.id)
    if key not in voice.shared:
        voice.shared[key] = Multiples(tuple(line_of(voice, row) for row in series))
    said = (
        Said(told(voice, row, capital(names[row.id])), number(voice, columns_of(voice, row).value[-1]))
        for row in series
    )
    drawn = cast(Multiples, voice.shared[key]).draw(voice.formats.number, said)
    return {row.id: Markup(svg) for row, svg in zip(series, drawn, strict=True)}

"""Owns the table of the values of an indicator as a whole, and how a value stands in a cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from site_builder.nouns.columns import values_of as values_of_rows
from site_builder.nouns.record import Record
from site_builder.writers.markup import escaped
from site_builder.writers.pages._indicators import (
    Columns,
    columns_of,
    ground_of,
    group_of,
    latest_of,
    number,
    spell,
    unit_of,
)
from site_builder.writers.voice import Voice

SHOWN = 60
"""Latest values of a series that the page shows; the files hold all."""
ABOUT = ("observation_status", "series_break", "source_id")
"""What the page tells of a value beside its note."""
ENDED = "</span></td>"
"""How a cell ends."""


def values_of(voice: Voice, indicator: Record) -> dict[str, Any] | None:
    """Return the values of the series that stands for the whole, the latest first."""
    latest = latest_of(voice, indicator)
    if latest is None:
        return None
    last, rows = slice(None, -SHOWN - 1, -1), ground_of(voice).values(latest[0])
    shown, unit = columns_of(voice, latest[0]).part(last), unit_of(voice, latest[0])
    caption = voice.say("indicator.values_caption", shown=len(shown.value), count=len(rows), unit=unit)
    group = group_of(voice, latest[0])
    bounds = any(low is not None for low in shown.lower_bound)
    return {
        "caption": f"{group}. {caption}" if group else caption,
        "bounds": bounds,
        "rows": list(zip(_times(voice, shown), _cells(voice, shown, rows[last], bounds=bounds), strict=True)),
    }


def _times(voice: Voice, shown: Columns) -> Iterator[str]:
    return (spell(voice, first, last) for first, last in zip(shown.period, shown.period_end, strict=True))


def _cells(voice: Voice, shown: Columns, rows: Sequence[Record], *, bounds: bool) -> Iterator[Markup]:
    """Yield the cells of each value: itself, its interval where any has one, and what is told of it.

    They are many, and a template would ask for the labels of the columns anew in each.
    """
    start = opened(voice.say("measure.value"))
    intervals = _intervals(voice, shown) if bounds else [""] * len(rows)
    for value, interval, told in zip(shown.value, intervals, _told(voice, rows), strict=True):
        yield Markup(f"{start}{escaped(number(voice, value))}{ENDED}{interval}{told}")


def opened(label: str, kind: str = ' class="num"') -> str:
    """Return how a cell begins whose column has a label."""
    return f'<td data-label="{escaped(label)}"{kind}><span>'


def _intervals(voice: Voice, shown: Columns) -> Iterator[str]:
    start = opened(voice.say("indicator.bounds"), "")
    for low, high in zip(shown.lower_bound, shown.upper_bound, strict=True):
        said = ""
        if low is not None and high is not None:
            said = voice.say("measure.range", low=number(voice, low), high=number(voice, high))
        yield f"{start}{escaped(said)}{ENDED}"


def _told(voice: Voice, rows: Sequence[Record]) -> Iterator[str]:
    """Yield the cell that tells of a value what kind it is, where it is from, and what was noted: mostly the same."""
    names = (*ABOUT, *(f"note_{code}" for code in voice.edition.catalog.codes))
    known: dict[tuple[Any, ...], str] = {}
    for row, about in zip(rows, values_of_rows(rows, *names), strict=True):
        if about not in known:
            known[about] = _told_of(voice, row)
        yield known[about]


def _told_of(voice: Voice, row: Record) -> str:
    status = escaped(voice.title_label("sdmx_obs_status", row.get("observation_status")))
    kind = f'<b class="due">{status}</b>' if row.get("series_break") else status
    links, note = voice.footnote_links(voice.refs(row.get("source_id"))), voice.text(row, "note")
    noted = f' <small class="prov">{escaped(note)}</small>' if note else ""
    return f"{opened(voice.say('indicator.status'), '')}{kind}{links}{noted}{ENDED}"

"""Owns the table of the values of an indicator as a whole, and how a value stands in a cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from site_builder.nouns.columns import values_of as values_of_rows
from site_builder.nouns.record import Record
from site_builder.writers.markup import escaped
from site_builder.writers.pages._indicators import (
    ground_of,
    group_of,
    latest_of,
    number,
    period,
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
    rows = ground_of(voice).values(latest[0])
    shown = rows[: -SHOWN - 1 : -1]
    caption = voice.say("indicator.values_caption", shown=len(shown), count=len(rows), unit=unit_of(voice, latest[0]))
    group = group_of(voice, latest[0])
    bounds = any(row.get("lower_bound") is not None for row in shown)
    return {
        "caption": f"{group}. {caption}" if group else caption,
        "bounds": bounds,
        "rows": [(period(voice, row), cells) for row, cells in _cells(voice, shown, bounds=bounds)],
    }


def _cells(voice: Voice, shown: Sequence[Record], *, bounds: bool) -> Iterator[tuple[Record, Markup]]:
    """Yield each value with its cells: itself, its interval where any has one, and what is told of it.

    What is told of one is mostly told of all, and a template would put it together anew for each.
    """
    start = opened(voice.say("measure.value"))
    notes = [f"note_{code}" for code in voice.edition.catalog.codes]
    told: dict[tuple[Any, ...], str] = {}
    for row, about in zip(shown, values_of_rows(shown, *ABOUT, *notes), strict=True):
        if about not in told:
            told[about] = _told(voice, row)
        interval = _interval(voice, row) if bounds else ""
        value = escaped(number(voice, row.get("value")))
        yield row, Markup(f"{start}{value}{ENDED}{interval}{told[about]}")


def opened(label: str, kind: str = ' class="num"') -> str:
    """Return how a cell begins whose column has a label."""
    return f'<td data-label="{escaped(label)}"{kind}><span>'


def _interval(voice: Voice, row: Record) -> str:
    low, high = row.get("lower_bound"), row.get("upper_bound")
    is_known = low is not None and high is not None
    said = voice.say("measure.range", low=number(voice, low), high=number(voice, high)) if is_known else ""
    return f"{opened(voice.say('indicator.bounds'), '')}{escaped(said)}{ENDED}"


def _told(voice: Voice, row: Record) -> str:
    """Return the cell that tells what kind of value it is, where it is from, and what was noted."""
    status = escaped(voice.title_label("sdmx_obs_status", row.get("observation_status")))
    kind = f'<b class="due">{status}</b>' if row.get("series_break") else status
    links, note = voice.footnote_links(voice.refs(row.get("source_id"))), voice.text(row, "note")
    noted = f' <small class="prov">{escaped(note)}</small>' if note else ""
    return f"{opened(voice.say('indicator.status'), '')}{kind}{links}{noted}{ENDED}"

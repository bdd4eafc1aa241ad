"""Owns the chart of an indicator as a file of its own: its bytes, drawn once for the page that weighs them too."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from site_builder.nouns.page import Page
from site_builder.nouns.record import Record
from site_builder.readers.formats import capital
from site_builder.writers.charts.sheet import Drawing, Sheet, draw_sheet
from site_builder.writers.charts.trend import trend_drawing
from site_builder.writers.pages._indicator_chart import chart_file, trend_of
from site_builder.writers.pages._indicators import ground_of, group_of, sources_of, unit_of
from site_builder.writers.voice import Voice

NOTHING = Drawing("", 0)


def sheet_of(voice: Voice, indicator: Record) -> bytes:
    """Return the file `chart.svg` of an indicator in the language of a page."""
    path, memory = chart_file(indicator.id, voice.code), voice.edition.memory
    if ("sheet", path) not in memory:
        page = Page("indicator-file", indicator.id, voice.code, path)
        own = Voice(voice.edition, page, voice.formats, memory=voice.memory, shared=voice.shared)
        memory["sheet", path] = draw_sheet(_sheet(own, indicator))
    return cast(bytes, memory["sheet", path])


def _sheet(voice: Voice, indicator: Record) -> Sheet:
    site, main = voice.edition.catalog.site, ground_of(voice).main_series(indicator.id)
    chart = trend_of(voice, indicator)
    group = group_of(voice, main[0]) if len(main) == 1 else ""
    cited = voice.say(
        "indicator.cite",
        publisher=voice.plain(site, "publisher"),
        title=voice.plain(site, "title"),
        name=voice.plain(indicator, "name"),
        id=indicator.id,
        day=voice.formats.day(voice.edition.derived.as_of),
        licence=site.get("content_licence"),
    )
    marked = voice.say("indicator.illustrative") if indicator.get("illustrative") else ""
    said = chart.description if chart else voice.say("indicator.no_values")
    sources = [f"{voice.say('indicator.values_from')} {source}." for source in sources_of(voice, indicator)]
    return Sheet(
        voice.code,
        voice.plain(indicator, "name"),
        ", ".join(part for part in (group, capital(str(unit_of(voice, main[0] if main else indicator)))) if part),
        trend_drawing(replace(chart, in_file=True)) if chart else NOTHING,
        said,
        tuple(note for note in (marked, said, *sources, cited) if note),
    )

"""The chart of each indicator as a file: `chart.svg` beside its page, in each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.readers.formats import Formats, capital
from site_builder.writers.charts.sheet import Drawing, Sheet, draw_sheet
from site_builder.writers.charts.trend import trend_drawing
from site_builder.writers.pages._indicator_chart import chart_file, trend_of
from site_builder.writers.pages._indicators import ground_of, group_of, sources_of, unit_of
from site_builder.writers.voice import Voice

NOTHING = Drawing("", 0)


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return [chart_file(record.id, code) for code in catalog.codes for record in _drawn(catalog)]


def write(edition: Edition) -> Iterator[Output]:
    for language in edition.catalog.languages:
        formats, memory = Formats(language), dict[tuple[str, str], object]()
        for record in _drawn(edition.catalog):
            path = chart_file(record.id, language.code)
            voice = Voice(edition, Page("indicator-file", record.id, language.code, path), formats, memory=memory)
            yield Output(path, draw_sheet(_sheet(voice, record)))


def _drawn(catalog: Catalog) -> Iterator[Record]:
    """Yield the indicators that have a value, whether it is known on the day of the picture or not."""
    for record in catalog.rows("indicators"):
        series = catalog.referring("series", "indicator_id", record.id)
        if any(catalog.referring("observations", "series_id", item.id) for item in series):
            yield record


def _sheet(voice: Voice, indicator: Record) -> Sheet:
    site, main = voice.edition.catalog.site, ground_of(voice).main_series(indicator.id)
    chart = trend_of(voice, indicator, voice.edition.catalog.referring("targets", "indicator_id", indicator.id))
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

"""The chart of each indicator as a file: `chart.svg` beside its page, in each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.readers.formats import Formats
from site_builder.writers.pages._indicator_chart import chart_file
from site_builder.writers.pages._indicator_sheet import sheet_of
from site_builder.writers.voice import Voice


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return [chart_file(record.id, code) for code in catalog.codes for record in _drawn(catalog)]


def write(edition: Edition) -> Iterator[Output]:
    for language in edition.catalog.languages:
        formats, memory = Formats(language), dict[tuple[str, str], object]()
        for record in _drawn(edition.catalog):
            path = chart_file(record.id, language.code)
            voice = Voice(edition, Page("indicator-file", record.id, language.code, path), formats, memory=memory)
            yield Output(path, sheet_of(voice, record))


def _drawn(catalog: Catalog) -> Iterator[Record]:
    """Yield the indicators that have a value, whether it is known on the day of the picture or not."""
    for record in catalog.rows("indicators"):
        series = catalog.referring("series", "indicator_id", record.id)
        if any(catalog.referring("observations", "series_id", item.id) for item in series):
            yield record

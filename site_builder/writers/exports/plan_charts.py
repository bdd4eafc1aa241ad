"""The comparison of plans as a drawing of its own, in each language."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.derive.completion import LEVELS, NOT_KNOWN
from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Language
from site_builder.nouns.schema import Schemas
from site_builder.readers.formats import Formats, capital
from site_builder.writers.charts.stacked import Sheet, draw_sheet
from site_builder.writers.pages._completion import TOGETHER, chart, level_name, lines
from site_builder.writers.pages._plans import all_plans
from site_builder.writers.pages.plans import chart_path
from site_builder.writers.voice import Voice


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return [chart_path(code) for code in catalog.codes]


def write(edition: Edition) -> Iterable[Output]:
    return [_drawing(edition, language) for language in edition.catalog.languages]


def _drawing(edition: Edition, language: Language) -> Output:
    path = chart_path(language.code)
    voice = Voice(edition, Page("plans", "", language.code, path), Formats(language))
    drawing = chart(voice, [line for plan in all_plans(voice) for line in lines(voice, plan)])
    shown = {part.form for bar in drawing.bars for part in bar.parts}
    words = tuple(
        (level, capital(level_name(voice, level))) for level in (TOGETHER, *LEVELS, NOT_KNOWN) if level in shown
    )
    site = edition.catalog.site
    notes = (
        voice.say("plans.gap"),
        voice.say(
            "data.cite",
            publisher=voice.plain(site, "publisher"),
            title=voice.plain(site, "title"),
            day=voice.formats.day(edition.derived.as_of),
            licence=site.get("content_licence"),
        ),
    )
    return Output(path, draw_sheet(drawing, Sheet(words, notes)).encode("utf-8"))

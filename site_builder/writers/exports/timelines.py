"""The time band of each plan and commitment as a file: `timeline.svg` beside its page, in each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.readers.formats import Formats
from site_builder.writers.charts.band import band_drawing
from site_builder.writers.charts.sheet import Sheet, draw_sheet
from site_builder.writers.pages._bands import band_key, band_of
from site_builder.writers.pages._commitments import milestones_of, period, plain_heading, plan_of
from site_builder.writers.pages._timeline import timeline_file
from site_builder.writers.voice import Voice


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    records = [*catalog.rows("plans"), *catalog.rows("commitments")]
    return [timeline_file(record, code) for code in catalog.codes for record in records]


def write(edition: Edition) -> Iterator[Output]:
    for language in edition.catalog.languages:
        formats, memory = Formats(language), dict[tuple[str, str], object]()
        for record in (*edition.catalog.rows("plans"), *edition.catalog.rows("commitments")):
            path = timeline_file(record, language.code)
            voice = Voice(edition, Page("timeline-file", record.id, language.code, path), formats, memory=memory)
            yield Output(path, draw_sheet(_sheet(voice, record)))


def _sheet(voice: Voice, record: Record) -> Sheet:
    site = voice.edition.catalog.site
    if record.table == "plans":
        plan, heading = record, voice.plain(record, "title")
        commitments = voice.edition.commitments_of.get(plan.id, ())
        milestones = tuple(item for commitment in commitments for item in milestones_of(voice, commitment))
        subheading = period(voice, plan)
    else:
        plan, milestones = plan_of(voice, record), milestones_of(voice, record)
        title = plain_heading(voice, record)
        heading = voice.say("commitment.page_title", number=record.get("number"), title=title)
        subheading = f"{voice.plain(plan, 'short_title')}, {period(voice, plan)}"
    band = replace(band_of(voice, plan, milestones, id_="band"), in_file=True)
    cited = voice.say(
        "data.cite",
        publisher=voice.plain(site, "publisher"),
        title=voice.plain(site, "title"),
        day=voice.formats.day(voice.edition.derived.as_of),
        licence=site.get("content_licence"),
    )
    notes = (band_key(voice, milestones), cited)
    return Sheet(voice.code, heading, subheading, band_drawing(band), band.description, notes)

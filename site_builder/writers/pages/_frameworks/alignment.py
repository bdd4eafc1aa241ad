"""The report on alignment: how many outcomes have what they need, in all and by area, each count with what it is of."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from site_builder.nouns.record import Record
from site_builder.writers.pages._frameworks.naming import aligned, area_named, areas_of, marked, share
from site_builder.writers.pages._frameworks.parts import Column, Grid, Part, files_of
from site_builder.writers.voice import Voice


def alignment_parts(voice: Voice, framework: Record) -> Iterator[Part]:
    codes = voice.edition.catalog.codes_of.get("alignment_measures", ())
    measures = [code.get("code") for code in codes]
    whole = aligned(voice, framework)
    counts = tuple(
        (
            marked(voice, voice.title_label("alignment_measures", code.get("code")), whole[code.get("code")]),
            share(voice, whole[code.get("code")]["count"], whole[code.get("code")]["total"]),
            voice.text(code, "definition"),
        )
        for code in codes
    )
    heads = tuple(Column(voice.title_label("alignment_measures", measure), is_number=True) for measure in measures)
    areas = [(area_named(voice, area), area) for area in areas_of(voice, framework)]
    subjects = [*areas, (Markup("<b>{}</b>").format(voice.say("framework.all")), framework)]
    rows = tuple(_row(voice, name, record, measures) for name, record in subjects)
    yield Part(
        "outcomes",
        voice.say("framework.alignment"),
        (voice.say("framework.alignment.told", count=whole["with_indicator"]["total"]),),
        voice.say("framework.alignment.rule"),
        files_of(voice, "alignment"),
        any(row["illustrative"] for row in whole.values()),
        grids=(
            Grid(
                voice.say("framework.alignment.whole"),
                (
                    Column(voice.field_label_of("alignment", "measure")),
                    Column(voice.field_label_of("alignment", "count")),
                    Column(voice.say("framework.meaning")),
                ),
                counts,
            ),
            Grid(
                voice.say("framework.alignment.by_area"),
                (Column(voice.field_label_of("inclusiveness", "area_id")), *heads),
                rows,
            ),
        ),
        is_wide=True,
    )


def _row(voice: Voice, name: str, record: Record, measures: list[str]) -> tuple[str, ...]:
    rows = aligned(voice, record)
    said = (
        share(voice, rows[measure]["count"], rows[measure]["total"])
        if rows[measure]["total"]
        else Markup('<span class="missing">{}</span>').format(voice.say("framework.alignment.not_asked"))
        for measure in measures
    )
    return (marked(voice, name, *rows.values()), *said)

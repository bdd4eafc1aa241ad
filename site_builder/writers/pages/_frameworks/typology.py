"""The report on types of gaps: how policy and data meet, for every outcome, unused indicator and lost action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.writers.pages._frameworks.naming import marked, placed, share
from site_builder.writers.pages._frameworks.parts import Column, Grid, Part, columns_of, files_of
from site_builder.writers.voice import Voice

TABLE = "gap_typology"
KINDS = {"outcomes": "framework.typology.outcome", "indicators": "indicator", "data_plan": "framework.typology.action"}
"""Phrase for what a row speaks of, by its table."""


def typology_parts(voice: Voice, framework: Record) -> Iterator[Part]:
    rows = [row for row in voice.edition.derived.tables[TABLE] if row["framework_id"] in (framework.id, None)]
    counts = Counter(row["gap_type"] for row in rows)
    codes = voice.edition.catalog.codes_of.get("gap_types", ())
    order = {code.get("code"): place for place, code in enumerate(codes)}
    types = tuple(
        (
            voice.title_label("gap_types", code.get("code")),
            voice.text(code, "definition"),
            share(voice, counts[code.get("code")], len(rows)),
        )
        for code in codes
    )
    heads = (
        Column(voice.field_label_of(TABLE, "gap_type")),
        Column(voice.say("framework.meaning")),
        Column(voice.say("framework.typology.number"), is_number=True),
    )
    yield Part(
        "types",
        voice.say("framework.gap-types"),
        (voice.say("framework.typology.told", count=counts["matched"], total=len(rows)),),
        voice.say("framework.typology.rule"),
        files_of(voice, TABLE),
        any(row["illustrative"] for row in rows),
        grids=(
            Grid(voice.say("framework.typology.types"), heads, types),
            _each(voice, sorted(rows, key=lambda row: (order[row["gap_type"]], row["record_table"], row["record_id"]))),
        )
        if rows
        else (),
        is_wide=True,
    )


def _each(voice: Voice, rows: list[Row]) -> Grid:
    heads = (
        Column(voice.say("framework.typology.subject")),
        *columns_of(voice, (TABLE, "gap_type")),
        Column(voice.field_label_of(TABLE, "available_count")),
        Column(voice.field_label_of(TABLE, "seen_count")),
    )
    return Grid(voice.say("framework.typology.each"), heads, tuple(_row(voice, row) for row in rows))


def _row(voice: Voice, row: Row) -> tuple[str, ...]:
    record = voice.edition.catalog.by_id[row["record_table"]][row["record_id"]]
    name = placed(voice, record, with_mark=False) if record.table == "outcomes" else _other(voice, record)
    kind = Markup('<small class="prov">{}</small>').format(voice.say(KINDS[record.table]))
    return (
        Markup("{} {}").format(marked(voice, name, row), kind),
        voice.title_label("gap_types", row["gap_type"]),
        share(voice, row["available_count"], row["indicator_count"]) if row["indicator_count"] else "",
        share(voice, row["seen_count"], row["required_count"]) if row["required_count"] else "",
    )


def _other(voice: Voice, record: Record) -> str:
    return voice.named("indicator", record) if record.table == "indicators" else voice.text(record, "title")

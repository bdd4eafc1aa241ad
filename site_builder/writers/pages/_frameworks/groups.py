"""The report on groups that go unseen: which breakdowns outcomes require, and whether there are values."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.writers.pages._frameworks.gaps import indicator_of
from site_builder.writers.pages._frameworks.naming import marked, placed
from site_builder.writers.pages._frameworks.parts import Column, Grid, Part, columns_of, files_of, joined
from site_builder.writers.voice import Voice


def group_parts(voice: Voice, framework: Record) -> Iterator[Part]:
    required = voice.edition.derived.referring("disaggregation_gaps", "framework_id", framework.id)
    unseen = [row for row in required if row["is_gap"]]
    names = joined(dict.fromkeys(_name(voice, row) for row in unseen))
    told = [voice.say("framework.groups.told", count=len(unseen), total=len(required))]
    if unseen:
        told.append(voice.say("framework.groups.names", names=names))
    heads = (
        Column(voice.field_label_of("disaggregation_gaps", "name")),
        *columns_of(
            voice,
            ("disaggregation_gaps", "sdmx_dimension"),
            ("disaggregation_gaps", "indicator_id"),
            ("disaggregation_gaps", "outcome_id"),
        ),
        Column(voice.say("framework.groups.state")),
    )
    ordered = sorted(required, key=lambda row: not row["is_gap"])
    rows = tuple(_row(voice, row) for row in ordered)
    yield Part(
        "unseen",
        voice.say("framework.disaggregation"),
        tuple(told),
        voice.say("framework.groups.rule"),
        files_of(voice, "disaggregation_gaps", "required_disaggregations"),
        any(row["illustrative"] for row in required),
        grids=(Grid(voice.say("framework.groups.caption"), heads, rows),) if rows else (),
        is_wide=True,
    )


def _name(voice: Voice, row: Row) -> str:
    return voice.text(voice.edition.catalog.by_id["populations"][row["population_id"]], "name")


def _row(voice: Voice, row: Row) -> tuple[str, ...]:
    return (
        marked(voice, Markup("<b>{}</b>").format(_name(voice, row)) if row["is_gap"] else _name(voice, row), row),
        voice.label("sdmx_dimensions", row["sdmx_dimension"]),
        indicator_of(voice, row["indicator_id"]),
        placed(voice, voice.edition.catalog.by_id["outcomes"][row["outcome_id"]]),
        _state(voice, row),
    )


def _state(voice: Voice, row: Row) -> str:
    """Return whether the group is seen, with its values, or else what is missing."""
    said = voice.title_label("disaggregation_states", row["disaggregation_state"])
    if not row["is_gap"]:
        more = voice.say("framework.groups.values", count=row["value_count"], year=str(row["last_year"]))
        return Markup('<span class="mark full"></span>{}: {}').format(said, more)
    code = voice.edition.catalog.code("disaggregation_states", row["disaggregation_state"])
    why = voice.text(code, "definition") if code else ""
    return Markup('<span class="mark hollow"></span><b class="due">{}</b>. <small class="prov">{}</small>').format(
        said, why
    )

"""The reports on outcomes that no indicator measures, and on indicators that serve no outcome."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.writers.pages._frameworks.naming import (
    aligned,
    area_named,
    indicator_named,
    marked,
    missing,
    numbered,
    placed,
)
from site_builder.writers.pages._frameworks.parts import Column, Grid, Part, columns_of, files_of
from site_builder.writers.voice import Voice


def gap_parts(voice: Voice, framework: Record) -> Iterator[Part]:
    yield _outcomes(voice, framework)
    yield _indicators(voice, framework)


def _of_kind(voice: Voice, kind: str) -> tuple[Row, ...]:
    return voice.edition.derived.referring("framework_gaps", "kind", kind)


def _outcomes(voice: Voice, framework: Record) -> Part:
    catalog = voice.edition.catalog
    gaps = {
        row["record_id"]: row
        for row in _of_kind(voice, "outcome_without_indicator")
        if row["framework_id"] == framework.id
    }
    rows = []
    for area in numbered(catalog.referring("areas", "framework_id", framework.id)):
        for outcome in numbered(catalog.referring("outcomes", "area_id", area.id)):
            if row := gaps.get(outcome.id):
                said = voice.title_label("indicator_gaps", row["indicator_gap"]) or missing(voice)
                name = marked(voice, placed(voice, outcome, with_mark=False), row)
                rows.append((name, area_named(voice, area), said, _considered(voice, row)))
    heads = (
        *columns_of(voice, ("inclusiveness", "outcome_id"), ("framework_gaps", "area_id")),
        Column(voice.field_label_of("framework_gaps", "indicator_gap")),
        Column(voice.say("framework.gaps.considered")),
    )
    total = aligned(voice, framework)["with_indicator"]["total"]
    return Part(
        "outcomes",
        voice.say("framework.gaps.outcomes"),
        (voice.say("framework.gaps.outcomes_told", count=len(rows), total=total),),
        voice.say("framework.gaps.outcomes_rule"),
        files_of(voice, "framework_gaps"),
        bool(framework.get("illustrative")),
        grids=(Grid(voice.say("framework.gaps.outcomes"), heads, tuple(rows)),) if rows else (),
    )


def _considered(voice: Voice, row: Row, nothing: str = "framework.none") -> str:
    """Return how often something was considered and not adopted, by how it was decided; else that it never was."""
    told = [
        voice.say(f"framework.gaps.{name}", count=row[f"{name}_count"])
        for name in ("open", "rejected")
        if row[f"{name}_count"]
    ]
    return ", ".join(told) or voice.say(nothing)


def _indicators(voice: Voice, framework: Record) -> Part:
    catalog = voice.edition.catalog
    every = _of_kind(voice, "indicator_without_outcome")
    gaps = [row for row in every if row["framework_id"] in (framework.id, None)]
    gaps.sort(key=lambda row: bool(row["context_only"]))
    rows = []
    for row in gaps:
        indicator = catalog.by_id["indicators"][row["record_id"]]
        why = (
            voice.say("framework.gaps.context")
            if row["context_only"]
            else _considered(voice, row, "framework.gaps.never")
        )
        (data,) = voice.edition.derived.referring("data_availability", "indicator_id", indicator.id)
        has_data = voice.say("yes" if data["is_available"] else "no")
        rows.append((marked(voice, voice.named("indicator", indicator), row), why, has_data))
    context = sum(bool(row["context_only"]) for row in gaps)
    total = len(voice.edition.derived.tables["data_availability"]) - len(every) + len(gaps)
    heads = (
        *columns_of(voice, ("data_availability", "indicator_id")),
        Column(voice.say("framework.gaps.why")),
        Column(voice.say("framework.gaps.has_data")),
    )
    return Part(
        "indicators",
        voice.say("framework.gaps.indicators"),
        (voice.say("framework.gaps.indicators_told", count=len(gaps), total=total, context=context),),
        voice.say("framework.gaps.indicators_rule"),
        files_of(voice, "framework_gaps", "data_availability"),
        bool(framework.get("illustrative")),
        grids=(Grid(voice.say("framework.gaps.indicators"), heads, tuple(rows)),) if rows else (),
    )


def considered_in(voice: Voice, framework: Record) -> dict[str, list[Record]]:
    """Return the indicators that outcomes of a framework name, each with its links, by id."""
    catalog = voice.edition.catalog
    found: dict[str, list[Record]] = {}
    for area in numbered(catalog.referring("areas", "framework_id", framework.id)):
        for outcome in numbered(catalog.referring("outcomes", "area_id", area.id)):
            for link in catalog.referring("outcome_indicators", "outcome_id", outcome.id):
                found.setdefault(link.get("indicator_id"), []).append(link)
    return found


def indicator_of(voice: Voice, name: str) -> str:
    return indicator_named(voice, voice.edition.catalog.by_id["indicators"][name])

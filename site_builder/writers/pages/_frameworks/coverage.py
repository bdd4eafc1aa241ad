"""The report on coverage: every issue seen through every concept, what is untouched, which issues are narrow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.writers.pages._frameworks.naming import (
    area_named,
    areas_of,
    below,
    marked,
    numbered,
    placed,
    share,
    summary_of,
)
from site_builder.writers.pages._frameworks.parts import Cell, Column, Grid, Line, Matrix, Part, columns_of, files_of
from site_builder.writers.shapes import COVERAGE
from site_builder.writers.voice import Voice

COUNTS = ("covered_count", "implicit_count", "relevant_not_covered_count", "not_relevant_count", "not_reviewed_count")


def coverage_parts(voice: Voice, framework: Record) -> Iterator[Part]:
    whole = summary_of(voice, "coverage_summary", framework)
    yield _matrix_part(voice, framework, whole)
    yield _totals(voice, framework, whole)
    yield _untouched(voice, framework)
    yield _narrow(voice, framework)


def row_of(voice: Voice, record: Record) -> Row:
    """Return what was counted of a framework, area, dimension, concept or issue."""
    rows = voice.edition.derived.referring("coverage_summary", "record_id", record.id)
    return next(row for row in rows if row["record_table"] == record.table)


def coverage_said(voice: Voice, row: Row) -> str:
    """Return the coverage with what it is of; where nothing matters there is none."""
    if row["coverage_pct"] is None:
        return Markup('<span class="missing">{}</span>').format(voice.say("framework.coverage.nothing_relevant"))
    return voice.say(
        "framework.coverage.share",
        covered=row["covered_count"],
        total=row["relevant_count"],
        percent=voice.formats.number(row["coverage_pct"]),
    )


def concepts_of(voice: Voice, framework: Record) -> list[tuple[Record, list[Record]]]:
    """Return the dimensions of a framework, each with its concepts."""
    catalog = voice.edition.catalog
    concepts = numbered(catalog.referring("core_concepts", "framework_id", framework.id))
    dimensions = numbered(catalog.referring("dimensions", "framework_id", framework.id))
    return [(row, [item for item in concepts if item.get("dimension_id") == row.id]) for row in dimensions]


def _matrix_part(voice: Voice, framework: Record, whole: Row) -> Part:
    pairs = voice.say("framework.coverage.pairs", count=whole["pair_count"], unreviewed=whole["not_reviewed_count"])
    marks = voice.say(
        "framework.coverage.marks",
        count=whole["relevant_count"],
        covered=whole["covered_count"],
        implicit=whole["implicit_count"],
        missing=whole["relevant_not_covered_count"],
    )
    return Part(
        "matrix",
        voice.say("framework.coverage.matrix"),
        (pairs, marks),
        voice.say("framework.coverage.rule"),
        files_of(voice, "coverage", "coverage_summary"),
        whole["illustrative"],
        matrix=_matrix(voice, framework, whole) if whole["pair_count"] else None,
        is_wide=True,
    )


def _matrix(voice: Voice, framework: Record, whole: Row) -> Matrix:
    groups = concepts_of(voice, framework)
    concepts = [concept for _, members in groups for concept in members]
    areas = []
    for area in areas_of(voice, framework):
        issues = numbered(voice.edition.catalog.referring("issues", "area_id", area.id))
        areas.append((area_named(voice, area), tuple(_line(voice, issue, concepts) for issue in issues)))
    totals = [row_of(voice, concept) for concept in concepts]
    return Matrix(
        voice.say("framework.coverage.matrix_caption"),
        tuple((marked(voice, voice.text(row, "name"), row), len(members)) for row, members in groups if members),
        tuple(voice.text(concept, "name") for concept in concepts),
        tuple(areas),
        tuple(f"{row['covered_count']}/{row['relevant_count']}" for row in (*totals, whole)),
        tuple(
            (COVERAGE[code.get("means") or ""], voice.text(code, "label"), voice.text(code, "definition"))
            for code in voice.edition.catalog.codes_of.get("coverage_marks", ())
        ),
    )


def _line(voice: Voice, issue: Record, concepts: list[Record]) -> Line:
    pairs = voice.edition.catalog.referring("coverage", "issue_id", issue.id)
    marks = {pair.get("core_concept_id"): pair.get("mark") for pair in pairs}
    row = row_of(voice, issue)
    return Line(
        placed(voice, issue),
        tuple(_cell(voice, concept, marks.get(concept.id)) for concept in concepts),
        f"{row['covered_count']}/{row['relevant_count']}",
        voice.formats.number(row["not_reviewed_count"]),
    )


def _cell(voice: Voice, concept: Record, mark: str | None) -> Cell:
    if mark is None:
        return Cell(voice.plain(concept, "name"), "", "")
    shape = COVERAGE[voice.edition.catalog.means("coverage_marks", mark)]
    return Cell(voice.plain(concept, "name"), shape, voice.title_label("coverage_marks", mark))


def _totals(voice: Voice, framework: Record, whole: Row) -> Part:
    groups = concepts_of(voice, framework)
    dimensions = [dimension for dimension, _ in groups]
    concepts = [concept for _, members in groups for concept in members]
    return Part(
        "totals",
        voice.say("framework.coverage.totals"),
        (voice.say("framework.coverage.totals_told"),),
        voice.say("framework.coverage.totals_rule"),
        files_of(voice, "coverage_summary"),
        whole["illustrative"],
        grids=(
            _grid(voice, "framework.coverage.by_dimension", dimensions, framework),
            _grid(voice, "framework.coverage.by_area", areas_of(voice, framework), framework),
            replace(_grid(voice, "framework.coverage.by_concept", concepts, framework), is_folded=True),
        ),
    )


def _grid(voice: Voice, caption: str, records: list[Record], framework: Record) -> Grid:
    """Return the counts of some records, and of all."""
    rows, whole = [], Markup("<b>{}</b>").format(voice.say("framework.all"))
    for record in (*records, framework):
        row = row_of(voice, record)
        name = voice.text(record, "title" if record.table == "areas" else "name") if record is not framework else whole
        counts = (voice.formats.number(row[column]) for column in COUNTS)
        rows.append((marked(voice, name, row), *counts, coverage_said(voice, row)))
    columns = columns_of(voice, *(("coverage_summary", column) for column in COUNTS))
    heads = (
        Column(voice.say("framework.coverage.of")),
        *columns,
        Column(voice.field_label_of("coverage_summary", "coverage_pct")),
    )
    return Grid(voice.say(caption), heads, tuple(rows))


def _gaps(voice: Voice, framework: Record, kind: str) -> list[Row]:
    rows = voice.edition.derived.referring("framework_gaps", "framework_id", framework.id)
    return [row for row in rows if row["kind"] == kind]


def _untouched(voice: Voice, framework: Record) -> Part:
    gaps = {row["record_id"] for row in _gaps(voice, framework, "concept_untouched")}
    every = [(dimension, concept) for dimension, members in concepts_of(voice, framework) for concept in members]
    rows = [
        (
            marked(voice, voice.text(concept, "name"), concept),
            voice.text(dimension, "name"),
            voice.text(concept, "key_question"),
            share(voice, row["not_reviewed_count"], row["pair_count"]),
        )
        for dimension, concept in every
        if concept.id in gaps and (row := row_of(voice, concept))
    ]
    heads = (
        Column(voice.say("framework.concept")),
        *columns_of(
            voice,
            ("core_concepts", "dimension_id"),
            ("core_concepts", "key_question"),
            ("coverage_summary", "not_reviewed_count"),
        ),
    )
    return Part(
        "untouched",
        voice.say("framework.coverage.untouched"),
        (voice.say("framework.coverage.untouched_told", count=len(rows), total=len(every)),),
        voice.say("framework.coverage.untouched_rule"),
        files_of(voice, "framework_gaps", "core_concepts"),
        bool(framework.get("illustrative")),
        grids=(Grid(voice.say("framework.coverage.untouched"), heads, tuple(rows)),) if rows else (),
    )


def _narrow(voice: Voice, framework: Record) -> Part:
    gaps = {row["record_id"] for row in _gaps(voice, framework, "issue_narrow")}
    issues = below(voice, framework, "issues")
    dimensions = {concept.id: dimension for dimension, members in concepts_of(voice, framework) for concept in members}
    rows = []
    for issue in issues:
        if issue.id in gaps:
            touched = [
                voice.text(dimensions[pair.get("core_concept_id")], "name")
                for pair in voice.edition.catalog.referring("coverage", "issue_id", issue.id)
                if COVERAGE[voice.edition.catalog.means("coverage_marks", pair.get("mark"))] in ("full", "half")
            ]
            area = voice.edition.catalog.by_id["areas"][issue.get("area_id")]
            named = Markup(", ").join(dict.fromkeys(touched)) or voice.say("framework.none")
            rows.append((placed(voice, issue), area_named(voice, area), named))
    heads = (
        Column(voice.say("framework.issue")),
        *columns_of(voice, ("inclusiveness", "area_id")),
        Column(voice.say("framework.coverage.touched")),
    )
    return Part(
        "narrow",
        voice.say("framework.coverage.narrow"),
        (voice.say("framework.coverage.narrow_told", count=len(rows), total=len(issues)),),
        voice.say("framework.coverage.narrow_rule"),
        files_of(voice, "framework_gaps", "coverage_summary"),
        bool(framework.get("illustrative")),
        grids=(Grid(voice.say("framework.coverage.narrow"), heads, tuple(rows)),) if rows else (),
    )

"""Owns how far issues for action cover the core concepts, seen from each of them and in total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from site_builder.derive.framework_reports._ground import Ground, is_illustrative
from site_builder.derive.organisations import percent
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record

RELEVANT = ("covered", "implicit", "untouched")
"""Meanings of the marks of pairs that matter."""
TOUCHED = ("covered", "implicit")
ENOUGH_DIMENSIONS = 2
"""Dimensions that an issue should touch."""


@dataclass
class _Tally:
    """What was counted of one framework, area, dimension, concept or issue."""

    subject: Record
    framework: str
    pairs: int
    marks: Counter[str] = field(default_factory=Counter)
    dimensions: set[str] = field(default_factory=set)
    illustrative: bool = False

    def add(self, mark: str, concept: Record, *, illustrative: bool) -> None:
        """Count a pair that was reviewed."""
        self.marks[mark] += 1
        self.illustrative = self.illustrative or illustrative
        if mark in TOUCHED:
            self.dimensions.add(concept.get("dimension_id"))


def coverage_rows(ground: Ground) -> Iterator[Row]:
    """Yield a row for each framework, area, dimension, concept and issue."""
    tallies = _tallies(ground)
    for pair in ground.catalog.rows("coverage"):
        issue = ground.catalog.by_id["issues"][pair.get("issue_id")]
        concept = ground.catalog.by_id["core_concepts"][pair.get("core_concept_id")]
        mark = ground.catalog.means("coverage_marks", pair.get("mark"))
        illustrative = is_illustrative((pair, issue, concept))
        for subject in _subjects(ground, issue, concept):
            tallies[subject].add(mark, concept, illustrative=illustrative)
    for tally in tallies.values():
        yield _row(ground, tally)


def _tallies(ground: Ground) -> dict[tuple[str, str], _Tally]:
    """Return an empty tally by table and id, with the number of pairs of an issue and a concept in it."""
    catalog, tallies = ground.catalog, dict[tuple[str, str], _Tally]()
    for framework in catalog.rows("frameworks"):
        areas = catalog.referring("areas", "framework_id", framework.id)
        concepts = catalog.referring("core_concepts", "framework_id", framework.id)
        issues_of = {area.id: catalog.referring("issues", "area_id", area.id) for area in areas}
        concepts_of = Counter(concept.get("dimension_id") for concept in concepts)
        count = sum(map(len, issues_of.values()))
        sizes: list[tuple[Record, int]] = [
            (framework, count * len(concepts)),
            *((area, len(issues_of[area.id]) * len(concepts)) for area in areas),
            *(
                (row, count * concepts_of[row.id])
                for row in catalog.referring("dimensions", "framework_id", framework.id)
            ),
            *((concept, count) for concept in concepts),
            *((issue, len(concepts)) for issues in issues_of.values() for issue in issues),
        ]
        tallies.update({(row.table, row.id): _Tally(row, framework.id, pairs) for row, pairs in sizes})
    return tallies


def _subjects(ground: Ground, issue: Record, concept: Record) -> Iterator[tuple[str, str]]:
    """Yield table and id of everything in which a pair counts."""
    yield "frameworks", ground.framework_of(issue)
    yield "areas", issue.get("area_id")
    yield "dimensions", concept.get("dimension_id")
    yield "core_concepts", concept.id
    yield "issues", issue.id


def _row(ground: Ground, tally: _Tally) -> Row:
    marks, relevant = tally.marks, sum(tally.marks[mark] for mark in RELEVANT)
    touched = len(tally.dimensions)
    return {
        "record_id": tally.subject.id,
        "record_table": tally.subject.table,
        "framework_id": tally.framework,
        "as_of": ground.as_of,
        "pair_count": tally.pairs,
        "covered_count": marks["covered"],
        "implicit_count": marks["implicit"],
        "relevant_not_covered_count": marks["untouched"],
        "not_relevant_count": marks["irrelevant"],
        "not_reviewed_count": tally.pairs - marks.total(),
        "relevant_count": relevant,
        "coverage_pct": percent(marks["covered"], relevant),
        "touched_dimension_count": touched,
        "is_untouched": touched == 0,
        "is_narrow": touched < ENOUGH_DIMENSIONS if tally.subject.table == "issues" else None,
        "illustrative": tally.illustrative or is_illustrative((tally.subject,)),
    }

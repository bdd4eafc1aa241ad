"""Owns every number that a method of progress used or worked out on its way, so that its result can be repeated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from site_builder.derive.framework_reports._ground import Ground
from site_builder.derive.framework_reports.progress import Assessment, as_published, assessments
from site_builder.nouns.derived import Row

ENDS = (
    ("base_value", "base_value", "base_year"),
    ("current_value", "current_value", "current_year"),
    ("target_value", "target", "target_year"),
)
"""Codes of the numbers that stand in the assessment too, with its columns of value and year."""


def input_rows(ground: Ground) -> Iterator[Row]:
    """Yield a row for each number of each assessment."""
    for assessment in assessments(ground):
        for kind, value, year in _numbers(assessment):
            told = assessment.row
            yield {
                "progress_id": told["progress_id"],
                "input_kind": kind,
                "indicator_id": told["indicator_id"],
                "series_id": told["series_id"],
                "method": told["method"],
                "as_of": told["as_of"],
                "value": value,
                "period": year,
                "illustrative": told["illustrative"],
            }


def _numbers(assessment: Assessment) -> Iterator[tuple[str, Decimal | None, int | None]]:
    """Yield code, value and year of each number."""
    row = assessment.row
    yield from ((kind, row[value], row[year]) for kind, value, year in ENDS if row[value] is not None)
    yield from ((item.name, as_published(item.value), item.year) for item in assessment.verdict.inputs)

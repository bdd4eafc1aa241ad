"""Owns how often two methods of progress come to the same verdict."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement

from site_builder.derive.framework_reports._ground import Ground
from site_builder.derive.framework_reports.progress import assessments
from site_builder.derive.progress import methods
from site_builder.nouns.derived import Row

Question = tuple[str, str, str]
"""Indicator, series and target that methods were asked about; empty where there is none."""


def comparison_rows(ground: Ground) -> Iterator[Row]:
    """Yield a row for each pair of methods, each with itself too."""
    asked: dict[Question, dict[str, Row]] = {}
    for assessment in assessments(ground):
        row = assessment.row
        question = (row["indicator_id"], row["series_id"] or "", row["target_id"] or "")
        asked.setdefault(question, {})[row["method"]] = row
    if not asked:
        return
    levels = {
        record.get("code"): record.get("level") for record in ground.catalog.codes_of.get("progress_statuses", ())
    }
    for one, other in combinations_with_replacement(methods(), 2):
        pairs = [(rows[one], rows[other]) for rows in asked.values()]
        told = [(levels.get(first["status"]), levels.get(second["status"])) for first, second in pairs]
        both = [(first, second) for first, second in told if first is not None and second is not None]
        neither = sum(first is None and second is None for first, second in told)
        yield {
            "method": one,
            "other_method": other,
            "as_of": ground.as_of,
            "question_count": len(told),
            "both_count": len(both),
            "same_count": sum(first == second for first, second in both),
            "one_count": len(told) - len(both) - neither,
            "neither_count": neither,
            "illustrative": any(row["illustrative"] for pair in pairs for row in pair),
        }

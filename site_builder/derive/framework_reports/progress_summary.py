"""Owns what the series and targets of an indicator come to together, for methods that define how."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.derive.framework_reports._ground import Ground
from site_builder.derive.framework_reports.progress import Assessment, as_published, assessments
from site_builder.derive.progress import methods
from site_builder.nouns.derived import Row
from site_builder.nouns.progress import NOT_ASSESSED


def summary_rows(ground: Ground) -> Iterator[Row]:
    """Yield a row for each indicator and method that aggregates."""
    together = {name: way for name, method in methods().items() if (way := getattr(method, "aggregate", None))}
    asked: dict[tuple[str, str], list[Assessment]] = {}
    for assessment in assessments(ground):
        if assessment.row["method"] in together:
            asked.setdefault((assessment.row["indicator_id"], assessment.row["method"]), []).append(assessment)
    for (indicator, method), found in asked.items():
        groups: dict[str, list[float]] = {}
        told = [assessment for assessment in found if assessment.verdict.score is not None]
        for assessment in told:
            groups.setdefault(assessment.row["series_id"], []).append(float(assessment.verdict.score or 0))
        score, status = together[method](list(groups.values())) if groups else (None, NOT_ASSESSED)
        yield {
            "indicator_id": indicator,
            "method": method,
            "as_of": ground.as_of,
            "question_count": len(found),
            "assessed_count": len(told),
            "score": as_published(score),
            "status": status,
            "illustrative": any(assessment.row["illustrative"] for assessment in told or found),
        }

"""Owns what is missing in a framework: outcomes and indicators that do not meet, concepts and dimensions untouched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from site_builder.derive.framework_reports._ground import Ground, is_illustrative
from site_builder.derive.framework_reports.coverage import coverage_rows
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record


def gap_rows(ground: Ground) -> Iterator[Row]:
    """Yield a row for each gap. Without any outcome nothing is missing: there is no framework to be served."""
    if not ground.catalog.rows("outcomes"):
        return
    yield from _outcomes(ground)
    yield from _indicators(ground)
    for row in coverage_rows(ground):
        subject = ground.catalog.by_id[row["record_table"]][row["record_id"]]
        if row["record_table"] == "core_concepts" and row["is_untouched"]:
            yield _row(ground, "concept_untouched", subject, row["framework_id"], illustrative=row["illustrative"])
        elif row["is_narrow"]:
            yield _row(ground, "issue_narrow", subject, row["framework_id"], illustrative=row["illustrative"])


def _outcomes(ground: Ground) -> Iterator[Row]:
    for outcome in ground.catalog.rows("outcomes"):
        if outcome.id not in ground.adopted:
            links = ground.catalog.referring("outcome_indicators", "outcome_id", outcome.id)
            row = _row(ground, "outcome_without_indicator", outcome, ground.framework_of(outcome), links)
            yield {**row, "indicator_gap": outcome.get("indicator_gap")}


def _indicators(ground: Ground) -> Iterator[Row]:
    for indicator in ground.catalog.rows("indicators"):
        if indicator.id not in ground.outcomes_of:
            links = ground.catalog.referring("outcome_indicators", "indicator_id", indicator.id)
            row = _row(ground, "indicator_without_outcome", indicator, ground.only_framework(links), links)
            yield {**row, "context_only": bool(indicator.get("context_only"))}


def _row(
    ground: Ground,
    kind: str,
    subject: Record,
    framework: str | None,
    links: tuple[Record, ...] = (),
    *,
    illustrative: bool = False,
) -> dict[str, Any]:
    means = [ground.catalog.means("indicator_decisions", link.get("decision")) for link in links]
    return {
        "record_id": subject.id,
        "record_table": subject.table,
        "kind": kind,
        "framework_id": framework,
        "area_id": subject.get("area_id"),
        "as_of": ground.as_of,
        "indicator_gap": None,
        "context_only": None,
        "open_count": means.count("open"),
        "rejected_count": means.count("rejected"),
        "illustrative": illustrative or is_illustrative((subject, *links)),
    }

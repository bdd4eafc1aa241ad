"""Owns how many outcomes have what they need, of how many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from site_builder.derive.framework_reports._ground import Ground, is_illustrative
from site_builder.derive.framework_reports.groups import required_by_outcome
from site_builder.derive.framework_reports.inclusiveness import inclusiveness_rows
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record

Answer = Callable[[str], bool | None]
"""Whether something holds of an outcome; None: it is not asked of it."""


def alignment_rows(ground: Ground) -> Iterator[Row]:
    """Yield a row for each framework and area and each thing that outcomes are counted by."""
    measures = _measures(ground)
    for framework in ground.catalog.rows("frameworks"):
        areas = ground.catalog.referring("areas", "framework_id", framework.id)
        outcomes = [(area, ground.catalog.referring("outcomes", "area_id", area.id)) for area in areas]
        whole = tuple(outcome for _, rows in outcomes for outcome in rows)
        for subject, rows in ((framework, whole), *outcomes):
            for measure, holds in measures.items():
                yield {**_row(subject, rows, measure, holds), "framework_id": framework.id, "as_of": ground.as_of}


def _measures(ground: Ground) -> Mapping[str, Answer]:
    required = required_by_outcome(ground)
    named = {row["outcome_id"]: row for row in inclusiveness_rows(ground)}

    def with_breakdowns(outcome: str) -> bool | None:
        return not any(row["is_gap"] for row in required[outcome]) if outcome in required else None

    return {
        "with_indicator": lambda outcome: outcome in ground.adopted,
        "with_data": lambda outcome: any(map(ground.has_data, ground.adopted.get(outcome, ()))),
        "with_breakdowns": with_breakdowns,
        "with_reference": lambda outcome: named[outcome]["reference_count"] > 0,
        "with_target_group": lambda outcome: named[outcome]["target_count"] > 0,
        "with_both_groups": lambda outcome: bool(named[outcome]["has_both"]),
    }


def _row(subject: Record, outcomes: tuple[Record, ...], measure: str, holds: Answer) -> dict[str, object]:
    answers = [answer for outcome in outcomes if (answer := holds(outcome.id)) is not None]
    return {
        "record_id": subject.id,
        "record_table": subject.table,
        "measure": measure,
        "count": sum(answers),
        "total": len(answers),
        "illustrative": is_illustrative((subject, *outcomes)),
    }

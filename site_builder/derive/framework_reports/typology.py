"""Owns how policy and data meet: matched, one without the other, neither, wasted, or not for the groups required."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from site_builder.derive.framework_reports._ground import Ground, is_illustrative
from site_builder.derive.framework_reports.data_plan import action_rows
from site_builder.derive.framework_reports.groups import required_by_outcome
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record

CAME_TO_NOTHING = ("withdrawn", "closed_unfinished", "unfinished_at_end")
"""Codes of list schedule_statuses of what was written and not done."""


def typology_rows(ground: Ground) -> Iterator[Row]:
    """Yield a row for each outcome, each indicator that none adopted, each action that came to nothing.

    Indicators that are background on purpose are no gap. Without any outcome there is no policy to meet.
    """
    if not ground.catalog.rows("outcomes"):
        return
    required = required_by_outcome(ground)
    for outcome in ground.catalog.rows("outcomes"):
        yield _of_outcome(ground, outcome, required.get(outcome.id, []))
    for indicator in ground.catalog.rows("indicators"):
        if indicator.id not in ground.outcomes_of and not indicator.get("context_only"):
            yield _of_indicator(ground, indicator)
    for row in action_rows(ground):
        if row["schedule_status"] in CAME_TO_NOTHING:
            action = ground.catalog.by_id["data_plan"][row["data_action_id"]]
            yield _row(ground, "waste", action, row["framework_id"], illustrative=row["illustrative"])


def _of_outcome(ground: Ground, outcome: Record, required: list[Row]) -> Row:
    adopted = ground.adopted.get(outcome.id, [])
    available = sum(map(ground.has_data, adopted))
    seen = sum(not row["is_gap"] for row in required)
    kind = "unmet_demand" if not available else "mismatch" if seen < len(required) else "matched"
    links = ground.catalog.referring("outcome_indicators", "outcome_id", outcome.id)
    return {
        **_row(ground, kind, outcome, ground.framework_of(outcome), illustrative=is_illustrative((outcome, *links))),
        "indicator_count": len(adopted),
        "available_count": available,
        "required_count": len(required),
        "seen_count": seen,
    }


def _of_indicator(ground: Ground, indicator: Record) -> Row:
    links = ground.catalog.referring("outcome_indicators", "indicator_id", indicator.id)
    means = {ground.catalog.means("indicator_decisions", link.get("decision")) for link in links}
    available = ground.has_data(indicator.id)
    kind = "void" if not available else "waste" if means == {"rejected"} else "unused_supply"
    return {
        **_row(
            ground, kind, indicator, ground.only_framework(links), illustrative=is_illustrative((indicator, *links))
        ),
        "indicator_count": 1,
        "available_count": int(available),
    }


def _row(ground: Ground, kind: str, subject: Record, framework: str | None, *, illustrative: bool) -> dict[str, Any]:
    return {
        "record_id": subject.id,
        "record_table": subject.table,
        "gap_type": kind,
        "framework_id": framework,
        "area_id": subject.get("area_id"),
        "as_of": ground.as_of,
        **dict.fromkeys(("indicator_count", "available_count", "required_count", "seen_count"), 0),
        "illustrative": illustrative,
    }

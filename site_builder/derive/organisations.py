"""Owns how an organisation stands with its deadlines: the commitments that it leads, and those that it supports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from site_builder.derive.counts import count_milestones
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Catalog, Record

_LED = (
    "milestone_assessed_count",
    "milestone_soon_count",
    "milestone_overdue_count",
    "milestone_moved_count",
    "milestone_unfinished_count",
    "milestone_not_reported_count",
    "milestone_without_report_count",
    "milestone_without_evidence_count",
)
_SUPPORTED = ("assessed_count", "overdue_count", "unfinished_count", "not_reported_count")
"""Counts of milestones that are made of supported commitments, too."""


def organisation_rows(catalog: Catalog, by_parent: Mapping[str, list[Row]], as_of: date) -> Iterator[Row]:
    """Yield a row an organisation from the schedules of milestones by commitment.

    Groups are collective names and are left out. A commitment that it leads is not counted as supported.
    """
    for record in catalog.rows("organisations"):
        if record.get("kind") == "group":
            continue
        roles = _roles(catalog, record)
        led = [commitment for commitment, held in sorted(roles.items()) if "lead" in held]
        supported = [name for name, held in sorted(roles.items()) if "support" in held and "lead" not in held]
        of_led = [row for commitment in led for row in by_parent.get(commitment, ())]
        of_supported = [row for commitment in supported for row in by_parent.get(commitment, ())]
        counts, others = count_milestones(of_led), count_milestones(of_supported)
        yield {
            "organisation_id": record.id,
            "as_of": as_of,
            "lead_count": len(led),
            "other_count": len(roles) - len(led),
            "milestone_led_count": counts["milestone_count"],
            **{name: counts[name] for name in _LED},
            **_lateness(of_led, counts),
            "supported_count": len(supported),
            "supported_milestone_count": others["milestone_count"],
            **{f"supported_{name}": others[f"milestone_{name}"] for name in _SUPPORTED},
            **{f"supported_{name}": value for name, value in _lateness(of_supported, others).items()},
        }


def _roles(catalog: Catalog, organisation: Record) -> Mapping[str, set[str]]:
    """Return the roles that an organisation has, by commitment."""
    roles: dict[str, set[str]] = {}
    for row in catalog.referring("commitment_organisations", "organisation_id", organisation.id):
        roles.setdefault(row.get("commitment_id"), set()).add(row.get("role"))
    return roles


def _lateness(schedule: Iterable[Row], counts: Mapping[str, int]) -> dict[str, Any]:
    """Return the share of overdue milestones and by how many days the late ones are late."""
    days = sorted(row["days_overdue"] for row in schedule if row["days_overdue"] is not None)
    return {
        "overdue_pct": percent(counts["milestone_overdue_count"], counts["milestone_assessed_count"]),
        "days_overdue_median": _middle(days),
        "days_overdue_max": days[-1] if days else None,
    }


def percent(part: int, whole: int) -> Decimal | None:
    """Return a share in per cent with one decimal, None of nothing."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else None


def _middle(days: Sequence[int]) -> Decimal | None:
    """Return the median; of an even number of values that is halfway between the two in the middle."""
    return median(map(Decimal, days)) if days else None

"""Owns who is named by outcomes: those whom an outcome is about and those whom it must not leave behind."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.derive.framework_reports._ground import Ground, is_illustrative
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record

ROLES = ("reference", "target")


def inclusiveness_rows(ground: Ground) -> Iterator[Row]:
    """Yield a row an outcome: how many populations it names in which role."""
    for outcome in ground.catalog.rows("outcomes"):
        named = ground.catalog.referring("inclusions", "outcome_id", outcome.id)
        references, targets = (_in_role(ground, named, role) for role in ROLES)
        yield {
            "outcome_id": outcome.id,
            "area_id": outcome.get("area_id"),
            "framework_id": ground.framework_of(outcome),
            "as_of": ground.as_of,
            "reference_count": len(references),
            "target_count": len(targets),
            "has_both": bool(references and targets),
            "illustrative": is_illustrative((outcome, *named)),
        }


def population_rows(ground: Ground) -> Iterator[Row]:
    """Yield a row a population: by how many outcomes it is named, of all in its framework."""
    totals: dict[str, int] = {}
    for outcome in ground.catalog.rows("outcomes"):
        framework = ground.framework_of(outcome)
        totals[framework] = totals.get(framework, 0) + 1
    for population in ground.catalog.rows("populations"):
        naming = ground.catalog.referring("inclusions", "population_id", population.id)
        references, targets = (_in_role(ground, naming, role) for role in ROLES)
        framework = population.get("framework_id")
        yield {
            "population_id": population.id,
            "framework_id": framework,
            "as_of": ground.as_of,
            "reference_outcome_count": len(references),
            "target_outcome_count": len(targets),
            "outcome_count": len({row.get("outcome_id") for row in naming}),
            "total": totals.get(framework, 0),
            "illustrative": is_illustrative((population, *naming)),
        }


def _in_role(ground: Ground, rows: tuple[Record, ...], role: str) -> list[Record]:
    return [row for row in rows if ground.catalog.means("inclusion_roles", row.get("role")) == role]

"""Owns which groups can be seen in the values: what a breakdown is required for, against values and not columns."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.derive.framework_reports._ground import Ground, is_illustrative, last_year
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.readers.layout import TOTAL

SEEN = "seen"


def group_rows(ground: Ground) -> Iterator[Row]:
    """Yield a row for each breakdown that an outcome requires of an indicator it adopted."""
    for required in ground.catalog.rows("required_disaggregations"):
        if required.get("indicator_id") in ground.adopted.get(required.get("outcome_id"), ()):
            yield _row(ground, required)


def required_by_outcome(ground: Ground) -> dict[str, list[Row]]:
    """Return the same rows by outcome."""
    found: dict[str, list[Row]] = {}
    for row in group_rows(ground):
        found.setdefault(row["outcome_id"], []).append(row)
    return found


def _row(ground: Ground, required: Record) -> Row:
    catalog, dimension = ground.catalog, required.get("sdmx_dimension")
    population = catalog.by_id["populations"][required.get("population_id")]
    code = population.get("sdmx_code") if population.get("sdmx_dimension") == dimension else None
    state, series = _seen(ground, required.get("indicator_id"), dimension, code)
    return {
        "indicator_id": required.get("indicator_id"),
        "outcome_id": required.get("outcome_id"),
        "population_id": population.id,
        "sdmx_dimension": dimension,
        "framework_id": population.get("framework_id"),
        "as_of": ground.as_of,
        **{f"name_{language}": population.get(f"name_{language}") for language in catalog.codes},
        "sdmx_code": code,
        "is_gap": state != SEEN,
        "disaggregation_state": state,
        "value_count": len(ground.values(series)) if series else 0,
        "last_year": last_year(ground.values(series)) if series else None,
        "illustrative": is_illustrative((required, population)),
    }


def _seen(ground: Ground, indicator: str, dimension: str, code: str | None) -> tuple[str, Record | None]:
    """Return the code of list disaggregation_states, and the series of the group where there is one.

    A series is that of the group if it differs from the main one in this dimension only: women of 60 and over are
    not women.
    """
    measured, column = ground.series_of(indicator), dimension.lower()
    if not measured:
        return "no_values", None
    broken_down = [series for series in measured if series.get(column) != TOTAL]
    if not broken_down:
        declared = ground.catalog.referring("disaggregations", "indicator_id", indicator)
        is_declared = any(row.get("sdmx_dimension") == dimension for row in declared)
        return "declared_only" if is_declared else "not_broken_down", None
    if code is None:
        return "group_without_code", None
    own = [series for series in broken_down if series.get(column) == code]
    main = ground.main_series(indicator)
    whole = [series for series in own if series in main or _differ_only_in(ground, column, series, main)]
    if whole:
        return SEEN, whole[0]
    return "parts_only" if own else "other_groups_only", None


def _differ_only_in(ground: Ground, column: str, one: Record, main: tuple[Record, ...]) -> bool:
    """Whether a series differs from the one main series in a column only; of several none is the whole."""
    others = [name for name in ground.dimensions if name != column]
    return len(main) == 1 and all(one.get(name) == main[0].get(name) for name in others)

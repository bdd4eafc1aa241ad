"""Owns what is said of the data of an indicator, beside the values that there are and how old they are."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.derive.framework_reports._ground import Ground, first_year, is_illustrative, last_year
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record

ENOUGH_YEARS = 2
"""Years with a value without which no progress can be seen."""
SAID = {
    "availability_state": "availability_state",
    "producer_id": "producer_id",
    "policy_owner_id": "policy_owner_id",
    "told_first_year": "first_year",
    "told_last_year": "last_year",
}
"""Columns of what is said, and where it is said in table availability."""


def availability_rows(ground: Ground) -> Iterator[Row]:
    """Yield a row an indicator."""
    for indicator in ground.catalog.rows("indicators"):
        said = ground.said_of(indicator.id)
        main = ground.main_series(indicator.id)
        values = [row for series in main for row in ground.values(series)]
        newest = last_year(values)
        year_count = max((_years(ground, series) for series in main), default=0)
        yield {
            "indicator_id": indicator.id,
            "as_of": ground.as_of,
            "is_available": ground.has_data(indicator.id),
            **{column: said.get(name) if said else None for column, name in SAID.items()},
            "series_count": len(ground.series_of(indicator.id)),
            "series_id": main[0].id if len(main) == 1 else None,
            "year_count": year_count,
            "first_year": first_year(values),
            "last_year": newest,
            "years_old": None if newest is None else max(ground.as_of.year - newest, 0),
            "has_two_points": year_count >= ENOUGH_YEARS,
            "illustrative": is_illustrative((indicator, said)),
        }


def _years(ground: Ground, series: Record) -> int:
    return len({str(row.get("period"))[:4] for row in ground.values(series)})

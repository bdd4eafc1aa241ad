"""Owns how old the newest report on each commitment is, and until when it counts as fresh."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from site_builder.nouns.derived import Row

FRESH_DAYS = 183
"""Days that a report counts as fresh: OGP asks for an update at least twice a year."""


def freshness_rows(summaries: tuple[Row, ...], as_of: date) -> Iterator[Row]:
    """Yield a row a commitment; a report that nothing changed is a report."""
    for row in summaries:
        updated = row["reported_on"]
        until = updated + timedelta(FRESH_DAYS) if updated else None
        yield {
            "commitment_id": row["commitment_id"],
            "plan_id": row["plan_id"],
            "as_of": as_of,
            "updated_on": updated,
            "fresh_until": until,
            "is_fresh": bool(until and as_of <= until),
        }

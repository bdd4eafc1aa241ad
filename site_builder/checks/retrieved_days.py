"""Owns the doubt about a day of retrieval that is still to come."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks._about import about
from site_builder.nouns.diagnostic import Diagnostic, Location, Severity
from site_builder.nouns.record import Catalog

TABLES = ("sources", "indicators", "series", "observations")


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield days of retrieval after the day of the check: of a place from which many rows take theirs once."""
    today = catalog.run_on
    if today is None:
        return
    told: set[Location] = set()
    for table in TABLES:
        for record, day in catalog.columns(table).given("retrieved_on"):
            if day <= today:
                continue
            finding = about(
                "retrieved-in-future", record, "retrieved_on", severity=Severity.WARNING, value=day, today=today
            )
            if finding.location not in told:
                told.add(finding.location)
                yield finding

"""Owns the time zone in which a site counts its days; refuses to know what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from site_builder.nouns.diagnostic import Diagnostic, found
from site_builder.nouns.record import Catalog


def zone_of(catalog: Catalog) -> tzinfo:
    """Return the time zone in which the site counts days; UTC where none is known."""
    return _named_zone(catalog) or UTC


def _named_zone(catalog: Catalog) -> tzinfo | None:
    """Return the time zone that the site names, None where there is no such zone or none is named."""
    site = next(iter(catalog.rows("site")), None)
    name = site.get("time_zone") if site else None
    try:
        return ZoneInfo(str(name)) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def day_of(moment: date | datetime, catalog: Catalog) -> tuple[date, list[Diagnostic]]:
    """Return the day of a moment in the time zone of the site, and what is wrong with the zone."""
    site = next(iter(catalog.rows("site")), None)
    cell = site.cells.get("time_zone") if site else None
    findings: list[Diagnostic] = []
    if site and cell and _named_zone(catalog) is None:
        findings.append(
            found(
                "time-zone-unknown",
                cell.location,
                value=cell.value,
                record=site.id,
                field="time_zone",
                length=cell.length,
            )
        )
    return moment.astimezone(zone_of(catalog)).date() if isinstance(moment, datetime) else moment, findings

"""Owns the doubt about a value that does not fit those before and after it in its series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import lt
from typing import Any

from site_builder.checks._about import about
from site_builder.checks._bounds import is_any_impossible, is_impossible, is_share
from site_builder.nouns.columns import columns_of
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record

TENFOLD = 10
YEARS_WITHOUT = 3
"""Years in a row without a value that a yearly indicator may not have in silence."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield jumps, zeros that stand for missing values, and years without a value. All are warnings."""
    for series in catalog.rows("series"):
        indicator = catalog.find("indicators", series.get("indicator_id") or "")
        part = catalog.columns("observations").part("series_id", series.id)
        rows = part.records
        values, *periods = part.columns("value", "period", "period_end")
        if any(part.columns("vintage")[0]):
            yield from _revisions(rows)
        if any(part.columns("vintage")[0]) or None in values or not _are_in_order(*periods):
            rows = newest_versions(catalog, series)
            values, *periods = columns_of(rows, "value", "period", "period_end")
        if indicator is None or len(rows) < 2:
            continue
        share, limit = is_share(catalog, indicator, series), indicator.get("natural_limit")
        if is_any_impossible(values, share=share, limit=limit):
            rows = [row for row in rows if not is_impossible(row.get("value"), share=share, limit=limit)]
            values, *periods = columns_of(rows, "value", "period", "period_end")
        yield from _jumps(rows, values)
        if indicator.get("frequency") == "A" and not any(
            name.startswith("missing_reason_") for name in indicator.cells
        ):
            yield from _gaps(rows, *periods)


def _are_in_order(starts: Sequence[Any], ends: Sequence[Any]) -> bool:
    """Whether every period begins after the one before, and each is one."""
    return not any(ends) and None not in starts and all(map(lt, starts, starts[1:]))


def newest_versions(catalog: Catalog, series: Record) -> list[Record]:
    """Return the rows of a series with a value in the order of time, of each period the newest version."""
    rows = catalog.referring("observations", "series_id", series.id)
    columns = columns_of(rows, "value", "period", "period_end", "vintage")
    newest: dict[tuple[str, str], tuple[str, Record]] = {}
    for row, value, period, end, vintage in zip(rows, *columns, strict=True):
        if value is None or period is None:
            continue
        key = (period, end or "")
        known = newest.get(key)
        if known is None or (vintage or "") > known[0]:
            newest[key] = (vintage or "", row)
    return [newest[key][1] for key in sorted(newest)]


def _jumps(rows: Sequence[Record], values: Sequence[Any]) -> Iterator[Diagnostic]:
    """Yield each value that is ten times, or a tenth of, the values before it; one that all later ones share, once."""
    sizes = [abs(value) for value in values]
    if min(sizes, default=0) and not _far(max(sizes), min(sizes)):
        return
    for place, (row, value) in enumerate(zip(rows, values, strict=True)):
        if value == 0:
            beside = [values[other] for other in (place - 1, place + 1) if 0 <= other < len(values)]
            if beside and min(map(abs, beside)) >= 1 and not row.get("confirmed"):
                yield about("zero-for-missing", row, "value", severity=Severity.WARNING, period=row.get("period"))
            continue
        before = [other for other in values[max(0, place - 2) : place] if other]
        is_far = bool(before) and all(_far(value, other) for other in before)
        if is_far and not (row.get("series_break") or row.get("confirmed")):
            yield about("value-jumps", row, "value", severity=Severity.WARNING, value=value, other=before[-1])


def _revisions(rows: Sequence[Record]) -> Iterator[Diagnostic]:
    """Yield the first value of each version that is ten times, or a tenth of, what was published of the same time."""
    ordered = sorted(rows, key=lambda row: str(row.get("vintage") or ""))
    before: dict[tuple[Any, Any], Any] = {}
    told: set[Any] = set()
    for row in ordered:
        time, value, version = (row.get("period"), row.get("period_end")), row.get("value"), row.get("vintage")
        other = before.get(time)
        explained = any(column.startswith("note_") for column in row.cells)  # what is not explained is an error already
        if value and other and _far(value, other) and explained and not row.get("confirmed") and version not in told:
            told.add(version)
            yield about("value-jumps", row, "value", severity=Severity.WARNING, value=value, other=other)
        before[time] = value


def _far(value: float, other: float) -> bool:
    """Whether two values are so far apart that a decimal point may have slipped."""
    one, two = abs(value), abs(other)
    return (one >= TENFOLD * two and one >= 1) or (two >= TENFOLD * one and two >= 1)


def _gaps(rows: Sequence[Record], starts: Sequence[Any], ends: Sequence[Any]) -> Iterator[Diagnostic]:
    years = [int((end or start)[:4]) for start, end in zip(starts, ends, strict=True)]
    for row, start, before in zip(rows[1:], starts[1:], years, strict=False):
        without = int(start[:4]) - before - 1
        if without >= YEARS_WITHOUT:
            yield about(
                "years-without-value",
                row,
                "period",
                severity=Severity.WARNING,
                count=without,
                year=before,
                period=row.get("period"),
            )

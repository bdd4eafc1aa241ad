"""Owns the doubt about a value that does not fit those before and after it in its series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from operator import lt
from typing import Any

from site_builder.checks._about import about
from site_builder.checks._bounds import is_any_impossible, is_impossible, shares_of
from site_builder.nouns.columns import columns_of, is_whole
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record

TENFOLD = 10
YEARS_WITHOUT = 3
"""Years in a row without a value that a yearly indicator may not have in silence."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield jumps, zeros that stand for missing values, and years without a value. All are warnings."""
    shares, yearly = shares_of(catalog), _yearly(catalog)
    observed = catalog.columns("observations")
    known = observed.ends("value", of="series_id")
    for series in catalog.rows("series"):
        indicator, ends = catalog.find("indicators", series.get("indicator_id") or ""), known.get(series.id)
        if indicator is None or ends is None:
            continue
        part = observed.part("series_id", series.id)
        rows = part.records
        values, vintages, *periods = part.columns("value", "vintage", "period", "period_end")
        if any(vintages):
            yield from _revisions(rows)
        if any(vintages) or not is_whole(values) or not _are_in_order(*map(tuple, periods)):
            rows = newest_versions(catalog, series)
            values, *periods = columns_of(rows, "value", "period", "period_end")
        share, limit = series.id in shares, indicator.get("natural_limit")
        if is_any_impossible(ends, share=share, limit=limit):
            rows = [row for row in rows if not is_impossible(row.get("value"), share=share, limit=limit)]
            values, *periods = columns_of(rows, "value", "period", "period_end")
        if len(rows) < 2:
            continue
        if ends[0] <= 0 or _far(*ends):
            yield from _jumps(rows, values)
        if indicator.id in yearly:
            yield from _gaps(rows, *map(tuple, periods))


def _yearly(catalog: Catalog) -> Set[str]:
    """Return the indicators that should have a value every year, by id: they give no reason why one is missing."""
    return {
        indicator.id
        for indicator in catalog.rows("indicators")
        if indicator.get("frequency") == "A" and not any(name.startswith("missing_reason_") for name in indicator.cells)
    }


@lru_cache(1024)
def _are_in_order(starts: tuple[Any, ...], ends: tuple[Any, ...]) -> bool:
    """Whether every period begins after the one before, and each is one; many series are of the same periods."""
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


def _gaps(rows: Sequence[Record], starts: tuple[Any, ...], ends: tuple[Any, ...]) -> Iterator[Diagnostic]:
    for place, without, before in _years_without(starts, ends):
        yield about(
            "years-without-value",
            rows[place],
            "period",
            severity=Severity.WARNING,
            count=without,
            year=before,
            period=starts[place],
        )


@lru_cache(1024)
def _years_without(starts: tuple[Any, ...], ends: tuple[Any, ...]) -> tuple[tuple[int, int, int], ...]:
    """Return before which rows too many years are without a value: how many, and after which year."""
    years = [int((end or start)[:4]) for start, end in zip(starts, ends, strict=True)]
    without = (int(start[:4]) - before - 1 for start, before in zip(starts[1:], years, strict=False))
    return tuple((place, count, years[place - 1]) for place, count in enumerate(without, 1) if count >= YEARS_WITHOUT)

"""Owns the promise that a value of a series is one value, of its time, and within what can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from datetime import date
from decimal import Decimal
from itertools import pairwise

from site_builder.checks._about import about
from site_builder.checks._bounds import is_any_impossible, is_impossible, shares_of
from site_builder.checks._series_codes import has_unknown_code
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.csv_reports import Reports
from site_builder.readers.date_forms import first_day, last_day
from site_builder.readers.defaults import dimensions_of
from site_builder.readers.layout import TOTAL

EARLIEST, LATEST = 1850, 2100
"""Years between which a value can lie."""
SMALL = 5
"""People below which a cell may show who they are."""
MISSING = "missing"
TOLD = ("value", "observation_status", "source_id", "vintage", "lower_bound", "upper_bound")
"""What is unusual in a row where it is there, or where it is not."""
OF_ONE_CAUSE = frozenset({"value-from-the-future", "percent-outside", "limit-exceeded"})
"""Mistakes that run through all values of an indicator when one line of its record is wrong."""
TIMES = ("period", "period_end", "vintage", "retrieved_on", "source_id")
"""What says of which time a value is, and when it was known."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield what is wrong with single values and between values of the same period; what has one cause, few times."""
    alike: dict[str, Reports] = {}
    for finding in _findings(catalog):
        if finding.name in OF_ONE_CAUSE:
            alike.setdefault(finding.location.file, Reports([])).add(finding)
        else:
            yield finding
    for reports in alike.values():
        reports.close()
        yield from reports.findings


def _findings(catalog: Catalog) -> Iterator[Diagnostic]:
    listed = catalog.codes_of.get("sdmx_obs_status", ())
    missing = frozenset(record.get("code") for record in listed if record.get("means") == MISSING)
    sourceless: set[str] = set()
    unusual = _unusual(catalog, missing)
    for series in catalog.rows("series") if unusual else ():
        indicator = catalog.find("indicators", series.get("indicator_id") or "")
        if indicator is None or series.id not in unusual:
            continue
        rows = catalog.columns("observations").part("series_id", series.id).records
        if indicator.id not in sourceless and (without := _without_source(indicator, rows)):
            sourceless.add(indicator.id)
            yield without
        twice = list(_twice(rows))
        if not twice or not _is_mistaken(catalog, series):
            yield from twice
        for row in rows:
            yield from _value(row, missing=row.get("observation_status") in missing)
            yield from _time(catalog, row)
    yield from _bounds(catalog)


def _unusual(catalog: Catalog, missing: Set[object]) -> Set[str]:
    """Return the series with a row that has to be looked into; of most, the columns of all tell that there is none."""
    observed, rows = catalog.columns("observations"), catalog.rows("observations")
    at_time = dict(zip(observed.side_by_side(*TIMES), rows, strict=True))  # a row for each time: many have the same
    wrong = {time for time, row in at_time.items() if any(_time(catalog, row))}
    times = zip(observed.values("series_id"), observed.side_by_side(*TIMES), strict=True) if wrong else ()
    found = {name for name, time in times if time in wrong}
    found |= {
        name
        for name, value, status, source, vintage, low, high in observed.side_by_side("series_id", *TOLD)
        if value is None or status in missing or source is None or vintage or low is not None or high is not None
    }
    ids = observed.values("observation_id")
    if len(set(ids)) < len(ids):
        twice = (rows for rows in observed.grouped("observation_id").values() if len(rows) > 1)
        found |= {row.get("series_id") for rows in twice for row in rows}
    return found


def _without_source(indicator: Record, rows: Sequence[Record]) -> Diagnostic | None:
    """Return a finding on the first value without a source: it is named once for all values of an indicator."""
    for row in rows:
        if row.get("source_id") is None and not {"source", "source_id"} & {*row.spoiled, *indicator.spoiled}:
            return about("value-without-source", row, "source_id", value=row.get("period"))
    return None


def _is_mistaken(catalog: Catalog, series: Record) -> bool:
    """Whether rows came into a series by a code that no list has."""
    alike = catalog.referring("series", "indicator_id", series.get("indicator_id"))
    return any(record.id == series.id and has_unknown_code(catalog, record) for record in alike)


def _twice(rows: Sequence[Record]) -> Iterator[Diagnostic]:
    first: dict[str, Record] = {}
    vintages: dict[tuple[object, object], list[Record]] = {}
    for row in rows:
        known = first.setdefault(row.id, row)
        if known is not row:
            yield about(
                "value-twice",
                row,
                "value",
                period=row.get("period"),
                value=row.get("value"),
                other=known.get("value"),
                first_file=known.location.file,
                first_line=known.where("value").line,
            )
        elif row.get("vintage") is not None:
            vintages.setdefault((row.get("period"), row.get("period_end")), []).append(row)
    for row in rows if vintages else ():
        if row.get("vintage") is None and (row.get("period"), row.get("period_end")) in vintages:
            vintages[row.get("period"), row.get("period_end")].insert(0, row)
    for versions in vintages.values():
        yield from _revised(versions)


def _revised(versions: list[Record]) -> Iterator[Diagnostic]:
    """Yield the versions of a value that differ from the one before and do not say why."""
    ordered = sorted(versions, key=lambda row: str(row.get("vintage") or ""))
    for before, row in pairwise(ordered):
        explained = any(column.startswith("note_") for column in row.cells)
        if row.get("value") != before.get("value") and not explained and "note" not in row.spoiled:
            yield about(
                "revision-without-reason",
                row,
                "value",
                period=row.get("period"),
                value=row.get("value"),
                other=before.get("value"),
            )


def _value(row: Record, *, missing: bool) -> Iterator[Diagnostic]:
    value = row.get("value")
    if value is None:
        if not missing and "value" not in row.spoiled:
            yield about("value-missing", row, "period", period=row.get("period"))
        return
    if missing:
        yield about("value-though-missing", row, "value", value=value, status=row.get("observation_status"))
    low, high = row.get("lower_bound"), row.get("upper_bound")
    if (low is not None and value < low) or (high is not None and value > high):
        shown = f"{'…' if low is None else low} – {'…' if high is None else high}"
        yield about("value-outside-interval", row, "value", value=value, other=shown)


def _time(catalog: Catalog, row: Record) -> Iterator[Diagnostic]:
    period, end = row.get("period"), row.get("period_end")
    if period is None:
        return
    if not EARLIEST <= int(period[:4]) <= LATEST:
        yield about("year-unlikely", row, "period", year=period[:4], other=f"{EARLIEST}–{LATEST}")
        return
    if end is not None and last_day(end) < first_day(period):
        yield about("start-after-end", row, "period", value=period, other=end)
    known = _known_on(catalog, row)
    if known is not None and period > known.isoformat()[: len(period)]:
        yield about("value-from-the-future", row, "period", period=period, day=known)


def _known_on(catalog: Catalog, row: Record) -> date | None:
    """Return the day on which a value was known: its version's, that of its retrieval or its source's, else today."""
    vintage, retrieved = row.get("vintage"), row.get("retrieved_on")
    if vintage is not None:
        return last_day(vintage)
    source = catalog.find("sources", row.get("source_id") or "") if retrieved is None else None
    day = source.get("retrieved_on") if source else retrieved
    return day if isinstance(day, date) else catalog.run_on


def _bounds(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield values beyond what can be, and numbers of people so small that they may show who they are."""
    shares, people = shares_of(catalog), _units_of_people(catalog)
    observed = catalog.columns("observations")
    known = observed.ends("value", of="series_id")
    for series in catalog.rows("series"):
        indicator = catalog.find("indicators", series.get("indicator_id") or "")
        ends = known.get(series.id)
        if indicator is None or ends is None:
            continue
        limit: Decimal | None = indicator.get("natural_limit")
        share, is_few = series.id in shares, series.get("unit") in people and _is_small_part(catalog, series)
        if not is_few and not is_any_impossible(ends, share=share, limit=limit):
            continue
        for row in observed.part("series_id", series.id).records:
            value = row.get("value")
            if value is None:
                continue
            if is_impossible(value, share=share, limit=limit):
                rule = "percent-outside" if share and not 0 <= value <= 100 else "limit-exceeded"
                yield about(rule, row, "value", value=value, limit=limit)
            if is_few and 0 < value < SMALL:
                yield about("small-cell", row, "value", severity=Severity.WARNING, value=value)


def _units_of_people(catalog: Catalog) -> Set[str]:
    units = catalog.columns("series").distinct("unit")
    return {unit for unit in units if catalog.means("units", unit) == "people"}


def _is_small_part(catalog: Catalog, series: Record) -> bool:
    """Whether a series counts a part of all, and one by one."""
    dimensions = dimensions_of(catalog.schemas["series"])
    return not series.get("unit_multiplier") and any(series.get(item.name) != TOTAL for item in dimensions)

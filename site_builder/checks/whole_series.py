"""Owns the doubts about a series as a whole: its unit, its periods, its breaks, what of it was to be revised."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from site_builder.checks._about import about
from site_builder.nouns.columns import Part
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.date_forms import last_day

Doubt = Callable[[Catalog, Record, Part], Iterator[Diagnostic]]
"""Looks at the values of one series."""
PROVISIONAL = "P"
YEARS_PROVISIONAL = 5
"""Years after which a provisional value is either final or forgotten."""
BELOW_ZERO = {"people": "people-below-zero", "count": "count-below-zero"}
"""What is said of a negative number, by what a unit means: things that are counted are never fewer than none."""
EXPLAINS_BREAKS = "comparability"
"""Concept of the metadata in which an indicator says what cannot be compared."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield at most one finding of a kind for each series. All are warnings."""
    asked = _asked(catalog)
    for series in catalog.rows("series"):
        indicator = catalog.find("indicators", series.get("indicator_id") or "")
        if indicator is None:
            continue
        yield from _unit(series, indicator)
        part = catalog.columns("observations").part("series_id", series.id)
        for doubt in asked:
            yield from doubt(catalog, series, part)


def _asked(catalog: Catalog) -> list[Doubt]:
    """Return the doubts that any value of the content can raise: most have neither breaks nor provisional values."""
    observed = catalog.columns("observations")
    can_be = {
        _mixed_periods: len(set(map(len, observed.distinct("period")))) > 1,
        _unexplained_break: True in observed.distinct("series_break"),
        _forgotten: PROVISIONAL in observed.distinct("observation_status"),
        _below_zero: min(observed.distinct("value"), default=0) < 0,
    }
    return [doubt for doubt, possible in can_be.items() if possible]


def _unit(series: Record, indicator: Record) -> Iterator[Diagnostic]:
    own, whole = series.get("unit"), indicator.get("unit")
    if own is not None and whole is not None and own != whole:
        yield about("unit-of-another", series, "unit", severity=Severity.WARNING, value=own, other=whole)


def _mixed_periods(_: Catalog, _series: Record, part: Part) -> Iterator[Diagnostic]:
    """Yield the first period that lies within another one of the series: a day or a month of a year that is there."""
    (periods,) = part.columns("period")
    known = set(periods)
    for row, period in zip(part.records, periods, strict=True):
        around = (period[:length] for length in (4, 7) if length < len(period)) if period else ()
        if other := next((wider for wider in around if wider in known), None):
            yield about("periods-mixed", row, "period", severity=Severity.WARNING, period=period, other=other)
            return


def _unexplained_break(catalog: Catalog, series: Record, part: Part) -> Iterator[Diagnostic]:
    """Yield the first break of which neither a note nor the metadata of the indicator say what it is."""
    indicator = catalog.by_id["indicators"][series.get("indicator_id")]
    told = catalog.referring("indicator_metadata", "indicator_id", indicator.id)
    if "metadata" in indicator.spoiled or any(row.get("concept") == EXPLAINS_BREAKS for row in told):
        return
    (breaks,) = part.columns("series_break")
    for row, is_break in zip(part.records, breaks, strict=True):
        explained = any(column.startswith("note_") for column in row.cells) or "note" in row.spoiled
        if is_break and not explained:
            yield about("break-unexplained", row, "period", severity=Severity.WARNING, period=row.get("period"))
            return


def _forgotten(catalog: Catalog, _: Record, part: Part) -> Iterator[Diagnostic]:
    """Yield the first provisional value of a time long ago that no later version replaces."""
    told = list(zip(*part.columns("period", "vintage", "observation_status"), strict=True))
    final = {(period, vintage) for period, vintage, status in told if status != PROVISIONAL}  # a second row is an error
    newest = {period: vintage or "" for period, vintage, _ in sorted(told, key=lambda row: row[1] or "")}
    for row, (period, vintage, status) in zip(part.records, told, strict=True):
        if status != PROVISIONAL or period is None or row.get("confirmed") or newest[period] != (vintage or ""):
            continue
        if (period, vintage) in final:
            continue
        end = last_day(row.get("period_end") or period)
        if catalog.as_of is not None and end.year + YEARS_PROVISIONAL < catalog.as_of.year:
            yield about("provisional-for-long", row, "observation_status", severity=Severity.WARNING, period=period)
            return


def _below_zero(catalog: Catalog, series: Record, part: Part) -> Iterator[Diagnostic]:
    rule = BELOW_ZERO.get(catalog.means("units", series.get("unit")))
    if rule is None:
        return
    (values,) = part.columns("value")
    for row, value in zip(part.records, values, strict=True):
        if value is not None and value < 0 and not row.get("confirmed"):
            yield about(rule, row, "value", severity=Severity.WARNING, value=value)
            return

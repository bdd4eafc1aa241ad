"""Owns what several reports rest on: who adopted which indicator, and what values were known on the as-of day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from site_builder.nouns.columns import columns_of
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.date_forms import first_day, last_day
from site_builder.readers.defaults import dimensions_of
from site_builder.readers.layout import MARK, TOTAL


@dataclass(frozen=True)
class Ground:
    """The catalog on the as-of day; what was asked once is remembered."""

    catalog: Catalog
    as_of: date
    _values: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    _series: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    _codes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _main: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    _known: dict[tuple[str, ...], bool] = field(default_factory=dict)
    assessed: list[Any] = field(default_factory=list)
    """What the methods of progress say, once they were asked."""

    def values(self, series: Record) -> tuple[Record, ...]:
        """Return the observations of a series that have a value, in the order of time, of each period the newest.

        What was published after the as-of day, what belongs to a time after it, and estimates for a time that is
        not over are left out: they are no observations.
        """
        if series.id not in self._values:
            self._values[series.id] = tuple(self._newest(series))
        return self._values[series.id]

    def _newest(self, series: Record) -> Iterator[Record]:
        part = self.catalog.columns("observations").part("series_id", series.id)
        newest: dict[tuple[str, str], tuple[str, Record | None]] = {}
        told = part.columns("period", "period_end", "vintage", "observation_status", "value")
        for row, period, end, vintage, status, value in zip(part.records, *told, strict=True):
            key, version = (period, end or ""), vintage or ""
            if (key not in newest or version >= newest[key][0]) and self._is_known(*key, version, status):
                newest[key] = version, None if value is None else row
        rows = (newest[key][1] for key in sorted(newest))
        return (row for row in rows if row is not None)

    def _is_known(self, *told: str) -> bool:
        """Whether an observation was known, by what `_was_known` asks: the same for most series."""
        if told not in self._known:
            self._known[told] = self._was_known(*told)
        return self._known[told]

    def _was_known(self, period: str, end: str, vintage: str, status: str) -> bool:
        if (vintage and first_day(vintage) > self.as_of) or first_day(period) > self.as_of:
            return False
        is_over = last_day(end or period) < self.as_of
        return is_over or self.catalog.means("sdmx_obs_status", status) != "estimated"

    def columns(self, series: Record, *names: str) -> Sequence[Sequence[Any]]:
        """Return the values of some columns of the observations that `values` returns, one an observation."""
        part, known = self.catalog.columns("observations").part("series_id", series.id), self.values(series)
        # mostly that is every one in its order, and the columns of the table are cut
        return part.columns(*names) if known == tuple(part.records) else columns_of(known, *names)

    def series_of(self, indicator: str) -> tuple[Record, ...]:
        """Return the series of an indicator that have values."""
        if indicator not in self._series:
            rows = self.catalog.referring("series", "indicator_id", indicator)
            self._series[indicator] = tuple(series for series in rows if self.values(series))
        return self._series[indicator]

    def said_of(self, indicator: str) -> Record | None:
        """Return what is said of the data of an indicator."""
        return next(iter(self.catalog.referring("availability", "indicator_id", indicator)), None)

    def has_data(self, indicator: str) -> bool:
        """Whether there are data: what is said counts; where nothing is said, the values that are here."""
        said = self.said_of(indicator)
        means = self.catalog.means("availability_states", said.get("availability_state")) if said else ""
        return means == "available" if means else bool(self.series_of(indicator))

    def main_series(self, indicator: str) -> tuple[Record, ...]:
        """Return the series of an indicator that stand for the whole.

        That is the one named as headline; else those that are least broken down: the total, or several where only
        breakdowns have values, such as women and men without all.
        """
        if indicator not in self._main:
            every = self.series_of(indicator)
            depth = {series.id: sum(code != TOTAL for code in self.codes(series)) for series in every}
            least = min(depth.values(), default=0)
            named = tuple(row for row in every if row.get("headline"))
            self._main[indicator] = named or tuple(row for row in every if depth[row.id] == least)
        return self._main[indicator]

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """Columns by which a series is broken down."""
        return tuple(item.name for item in dimensions_of(self.catalog.schemas["series"]))

    def codes(self, series: Record) -> tuple[str, ...]:
        """Return the codes of a series, in the order of the dimensions."""
        if series.id not in self._codes:
            self._codes[series.id] = tuple(str(series.get(name)) for name in self.dimensions)
        return self._codes[series.id]

    @cached_property
    def links(self) -> tuple[Record, ...]:
        """Links by which an outcome adopted an indicator."""
        rows = self.catalog.rows("outcome_indicators")
        return tuple(row for row in rows if self.catalog.means("indicator_decisions", row.get("decision")) == "adopted")

    @cached_property
    def adopted(self) -> dict[str, list[str]]:
        """Indicators that were adopted, by outcome."""
        found: dict[str, list[str]] = {}
        for row in self.links:
            found.setdefault(row.get("outcome_id"), []).append(row.get("indicator_id"))
        return found

    @cached_property
    def outcomes_of(self) -> dict[str, list[str]]:
        """Outcomes that adopted an indicator, by indicator."""
        found: dict[str, list[str]] = {}
        for row in self.links:
            found.setdefault(row.get("indicator_id"), []).append(row.get("outcome_id"))
        return found

    def framework_of(self, record: Record | None) -> str:
        """Return the framework of an outcome or of an issue."""
        area = self.catalog.find("areas", record.get("area_id")) if record else None
        assert area is not None, "references are checked before anything is derived"
        return str(area.get("framework_id"))

    def only_framework(self, links: Iterable[Record]) -> str | None:
        """Return the one framework whose outcomes are at the other end of some links, None where there are several."""
        names = {self.framework_of(self.catalog.find("outcomes", link.get("outcome_id"))) for link in links}
        return names.pop() if len(names) == 1 else None

    def frameworks_of(self, indicator: str) -> list[Record]:
        """Return the frameworks of which an outcome adopted an indicator, sorted by id."""
        catalog = self.catalog
        names = {self.framework_of(catalog.find("outcomes", name)) for name in self.outcomes_of.get(indicator, ())}
        return [catalog.by_id["frameworks"][name] for name in sorted(names)]


def first_year(values: Iterable[Record]) -> int | None:
    """Return the year in which the first of some values begins."""
    return min((int(str(row.get("period"))[:4]) for row in values), default=None)


def last_year(values: Iterable[Record]) -> int | None:
    """Return the year in which the last of some values ends."""
    return max((int(str(row.get("period_end") or row.get("period"))[:4]) for row in values), default=None)


def is_illustrative(records: Iterable[Record | None]) -> bool:
    """Whether any of some records is a demonstration."""
    return any(record is not None and record.get(MARK) for record in records)

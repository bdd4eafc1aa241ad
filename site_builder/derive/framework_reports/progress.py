"""Owns what every method says of the progress of every indicator, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any

from site_builder.checks._bounds import is_share
from site_builder.derive.framework_reports._ground import Ground, is_illustrative
from site_builder.derive.progress import methods
from site_builder.nouns.derived import Row
from site_builder.nouns.progress import Point, Trend, Verdict, not_assessed
from site_builder.nouns.record import Record

BASE_YEAR = 2015
"""Year from which progress counts where nobody named one: the year of the Sustainable Development Goals."""
TARGET_YEAR = 2030
PERCENT = 100
PLACES = Decimal("0.000000001")
"""Digits that are published: the last ones of a float differ between machines."""


@dataclass(frozen=True)
class _Question:
    """A series and where it should go."""

    indicator: Record
    series: Record | None
    target: Record | None
    frameworks: list[Record]

    def says(self, column: str) -> Record | None:
        """Return the first that says something of a column: the target, else the indicator, else a framework."""
        asked = (self.target, self.indicator, *self.frameworks)
        return next((record for record in asked if record and record.get(column) is not None), None)

    def first(self, column: str, usual: int) -> int:
        """Return what the first of them says, else what is usual."""
        record = self.says(column)
        return usual if record is None else int(record.get(column))


@dataclass(frozen=True)
class Assessment:
    """What a method said to a question, and what it was told."""

    row: Row
    verdict: Verdict


def progress_rows(ground: Ground) -> Iterator[Row]:
    """Yield a row for each method and question."""
    return (found.row for found in assessments(ground))


def assessments(ground: Ground) -> tuple[Assessment, ...]:
    """Return what each method says to each question; worked out once for all tables that tell of it."""
    if not ground.assessed:
        ground.assessed.extend(_assess(ground))
    return tuple(ground.assessed)


def _assess(ground: Ground) -> Iterator[Assessment]:
    """Yield the answers; the questions are those of the main series and of each target."""
    judged = methods()
    for indicator in ground.catalog.rows("indicators"):
        frameworks = ground.frameworks_of(indicator.id)
        own = indicator.get("progress_method")
        chosen = {own} if own else {row.get("progress_method") for row in frameworks}
        for series, target in _asked(ground, indicator):
            question = _Question(indicator, series, target, frameworks)
            trend, status = _trend(ground, question)
            for name, method in judged.items():
                verdict = (
                    method.judge(trend)
                    if series
                    else not_assessed("no_main_series" if ground.series_of(indicator.id) else "no_values")
                )
                row = _row(question, trend, verdict, name, status)
                yield Assessment({**row, "as_of": ground.as_of, "is_chosen": name in chosen}, verdict)


def _asked(ground: Ground, indicator: Record) -> list[tuple[Record | None, Record | None]]:
    """Return the series to assess, each with its target; a target that names no series is one of the main series.

    Where several stand for the whole, or nothing has a value, such a target is asked about without a series.
    """
    main, catalog = ground.main_series(indicator.id), ground.catalog
    pairs: list[tuple[Record | None, Record | None]] = []
    for target in catalog.referring("targets", "indicator_id", indicator.id):
        named = target.get("series_id")
        whole = main[0] if len(main) == 1 else None
        pairs.append((catalog.find("series", named) if named else whole, target))
    told = {series.id for series, _ in pairs if series}
    pairs.extend((series, None) for series in main if series.id not in told)
    return pairs or [(None, None)]


def _trend(ground: Ground, question: _Question) -> tuple[Trend, dict[int, str]]:
    """Return what the methods are asked, and the status of each observation by year."""
    rows = ground.values(question.series) if question.series else ()
    points = [Point(_year(row), float(row.get("value")), bool(row.get("series_break"))) for row in rows]
    status = {_year(row): str(row.get("observation_status")) for row in rows}
    target, indicator = question.target, question.indicator
    stated, base = (target.get("base_value"), target.get("base_year")) if target else (None, None)
    if stated is not None and base is not None and base not in status:
        points.append(Point(base, float(stated)))
    limit = indicator.get("natural_limit")
    scale = PERCENT if limit is None and is_share(ground.catalog, indicator) else limit
    trend = Trend(
        tuple(points),
        str(indicator.get("direction") or ""),
        float(target.get("target_value")) if target else None,
        question.first("target_year", TARGET_YEAR),
        base_year=question.first("base_year", BASE_YEAR),
        limit=None if limit is None else float(limit),
        scale=None if scale is None else float(scale),
        across_breaks=bool(indicator.get("across_breaks")),
    )
    return trend, status


def _year(row: Record) -> int:
    return int(str(row.get("period"))[:4])


def _row(question: _Question, trend: Trend, verdict: Verdict, method: str, status: Mapping[int, str]) -> dict[str, Any]:
    indicator, series, target = question.indicator, question.series, question.target
    base, current = verdict.base, verdict.current
    if verdict.reason and base and base.year < trend.base_year:
        base = None  # a value from before the time that was asked about
    current_basis = _basis(trend, current, status)
    return {
        "progress_id": _id(question, method),
        "indicator_id": indicator.id,
        "series_id": series.id if series else None,
        "target_id": target.id if target else None,
        "method": method,
        "base_year": base.year if base else None,
        "base_value": as_published(base.value) if base else None,
        "base_basis": _basis(trend, base, status),
        "current_year": current.year if current else None,
        "current_value": as_published(current.value) if current else None,
        "current_basis": current_basis,
        "observation_status": status.get(current.year) if current and current_basis == "observed" else None,
        "target": target.get("target_value") if target else None,
        "target_year": target.get("target_year") if target else None,
        "target_origin": target.get("origin") if target else None,
        "value": as_published(verdict.value),
        "score": as_published(verdict.score),
        "status": verdict.status,
        "reason": verdict.reason or None,
        "across_breaks": _crosses_break(trend, verdict),
        "illustrative": is_illustrative((indicator, target, question.says("base_year") if series else None)),
    }


def _id(question: _Question, method: str) -> str:
    """Return the id of a row: the method stands between series and target, so that no two make the same."""
    indicator, target = question.indicator, question.target
    subject = question.series or indicator
    short = f"-{target.id.removeprefix(f'{indicator.id}-')}" if target else ""
    return f"{subject.id}-{method.replace('_', '-')}{short}"


def _basis(trend: Trend, point: Point | None, status: Mapping[int, str]) -> str | None:
    """Return the code of list progress_value_bases: a value that is no point of the series was worked out."""
    if point is None:
        return None
    known = trend.by_year.get(point.year)
    if known is None or known.value != point.value:
        return "predicted"
    return "observed" if point.year in status else "stated"


def _crosses_break(trend: Trend, verdict: Verdict) -> bool:
    """Whether a method compared values across a break that was declared harmless."""
    if not trend.across_breaks or verdict.base is None or verdict.current is None or verdict.reason:
        return False
    return any(point.after_break for point in trend.points if verdict.base.year < point.year <= verdict.current.year)


def as_published(value: float | None) -> Decimal | None:
    """Return a number with the digits that are published; one that no number holds is missing."""
    if value is None or not isfinite(value):
        return None
    exact = Decimal(repr(value))
    if int(exact.as_tuple().exponent) < int(PLACES.as_tuple().exponent):
        exact = exact.quantize(PLACES)
    return Decimal(f"{exact.normalize():f}") + 0  # without exponent and without negative zero

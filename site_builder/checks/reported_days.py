"""Owns the promise that the days in reports can be true: in order, not to come, told in time."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks._about import about, is_unknown
from site_builder.checks._told import HALF_A_YEAR, Told, told_of
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog
from site_builder.readers.formats import rest_days


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield days of reports, of completion and of moved deadlines that contradict each other or the calendar."""
    for update in catalog.rows("updates"):
        reported = update.get("reported_on")
        if catalog.run_on and reported and reported > catalog.run_on:
            yield about("report-from-future", update, "reported_on", value=reported, today=catalog.run_on)
    for reports in told_of(catalog).values():
        told_before = False
        for told in reports:
            yield from _completion(catalog, told)
            if told.means == "done" and not told_before:
                yield from _late(told)
            told_before = told.means == "done" or (told_before and not told.means)
    yield from _rest_days(catalog)


def _completion(catalog: Catalog, told: Told) -> Iterator[Diagnostic]:
    item, done = told.item, told.item.get("completed_on")
    if done is None:
        is_told = "completed_on" in item.spoiled or is_unknown(catalog, item, "completed_on")
        if told.means == "done" and not is_told:
            yield about("completed-without-day", item, "status", value=item.get("status"))
        return
    if told.means and told.means != "done":
        yield about("day-without-completed", item, "completed_on", value=done, other=item.get("status"))
    if done > told.day:
        yield about("done-after-report", item, "completed_on", value=done, other=told.day)
    start = _start(catalog, told)
    if start and done < start:
        yield about("done-before-start", item, "completed_on", value=done, other=start)


def _start(catalog: Catalog, told: Told) -> object:
    table = "milestones" if told.item.get("milestone_id") else "commitments"
    record = catalog.find(table, told.thing)
    return record.get("start_date") if record else None


def _late(told: Told) -> Iterator[Diagnostic]:
    done = told.item.get("completed_on")
    if done and (days := (told.day - done).days) > HALF_A_YEAR:
        yield about(
            "done-long-before-report",
            told.item,
            "completed_on",
            severity=Severity.WARNING,
            value=done,
            other=told.day,
            days=days,
        )


def _rest_days(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield deadlines that were moved to a day on which offices are closed; an adopted one nobody can change."""
    locales = [language.format_locale for language in catalog.languages]
    closed = frozenset.intersection(*map(rest_days, locales)) if locales else frozenset()
    for change in catalog.rows("date_changes"):
        due = change.get("new_due")
        if due and due != change.get("old_due") and due.weekday() in closed:
            yield about("due-on-rest-day", change, "new_due", severity=Severity.NOTICE, value=due)

"""Owns the promises of an indicator's own record: what it says of its data, its name, its code elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks._about import about, is_unknown
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record

OWNED_BY = {"organisation": "organisation_id", "due_baseline": "due_baseline"}
"""What makes a wish an action of a data plan, as it is written, and its column."""

UNKNOWN = "unknown"
"""The state of data of which nobody knows whether they are there."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield indicators whose record contradicts their values or another indicator."""
    for row in catalog.rows("availability"):
        yield from _availability(catalog, row)
    yield from _same_names(catalog)
    for indicator in catalog.rows("indicators"):
        yield from _code_elsewhere(catalog, indicator)
        explained = any(column.startswith("note_") for column in indicator.cells)
        if indicator.get("across_breaks") and not explained and "note" not in indicator.spoiled:
            yield about("break-without-reason", indicator, "across_breaks", severity=Severity.WARNING)
        yield from _headlines(catalog, indicator)
        if indicator.get("same_as_id") == indicator.id:
            yield about("reference-cycle", indicator, "same_as_id", value=f"{indicator.id} → {indicator.id}")
    for action in catalog.rows("data_plan"):
        yield from _unowned(catalog, action)
        yield from _action(catalog, action)


def _availability(catalog: Catalog, row: Record) -> Iterator[Diagnostic]:
    indicator = catalog.find("indicators", row.get("indicator_id") or "")
    if indicator is None or "series" in indicator.spoiled or catalog.is_unread(indicator.id):
        return
    years = _ends_of_values(catalog, indicator)
    has_values = bool(years)
    state = row.get("availability_state")
    means = catalog.means("availability_states", state)
    if means == "available" and not has_values and not indicator.get("illustrative") and not _lost(catalog, indicator):
        yield about("available-without-values", row, "availability_state", severity=Severity.WARNING, value=state)
    elif means in ("missing", "planned") and has_values:
        yield about("values-though-not-available", row, "availability_state", value=state)
    elif state == UNKNOWN and has_values:
        yield about("values-though-unknown", row, "availability_state", severity=Severity.WARNING, value=state)
    first, last = row.get("first_year"), row.get("last_year")
    if first is not None and last is not None and first > last:
        yield about("start-after-end", row, "first_year", value=first, other=last)
    elif years and first is not None and min(years) < first:
        yield about("value-outside-years", row, "first_year", severity=Severity.WARNING, value=first, year=min(years))
    elif years and last is not None and max(years) > last:
        yield about("value-outside-years", row, "last_year", severity=Severity.WARNING, value=last, year=max(years))


def _ends_of_values(catalog: Catalog, indicator: Record) -> set[int]:
    """Return the first and the last year of each series with a value; a row that says that there is none has none."""
    years: set[int] = set()
    for series in catalog.referring("series", "indicator_id", indicator.id):
        periods, values = catalog.columns("observations").part("series_id", series.id).columns("period", "value")
        if None in values:
            periods = [period for period, value in zip(periods, values, strict=True) if value is not None]
        given = [period for period in periods if period]
        years |= {int(end(given)[:4]) for end in (min, max) if given}
    return years


def _lost(catalog: Catalog, indicator: Record) -> bool:
    """Whether values are there that cannot be read, which is told already."""
    series = catalog.referring("series", "indicator_id", indicator.id)
    rows = (row for item in series for row in catalog.referring("observations", "series_id", item.id))
    return any(not row.spoiled.isdisjoint(("period", "value")) for row in rows)


def _same_names(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield indicators of two frameworks that have one name and are not said to be the same."""
    for code in catalog.codes:
        first: dict[str, Record] = {}
        for indicator in catalog.rows("indicators"):
            name = str(indicator.get(f"name_{code}") or "").casefold()
            known = first.setdefault(name, indicator)
            if not name or known is indicator or _are_linked(indicator, known):
                continue
            if indicator.get(f"definition_{code}") != known.get(f"definition_{code}"):
                yield about("same-name", indicator, f"name_{code}", severity=Severity.WARNING, value=known.id)


def _are_linked(one: Record, other: Record) -> bool:
    same = (one.get("same_as_id"), other.get("same_as_id"))
    return one.id in same or other.id in same or (same[0] is not None and same[0] == same[1])


def _code_elsewhere(catalog: Catalog, indicator: Record) -> Iterator[Diagnostic]:
    """Yield a code that the framework, whose codes are in a list, does not have."""
    source = catalog.find("source_frameworks", indicator.get("source_framework_id") or "")
    code = indicator.get("external_code")
    if source is None or code is None or not source.get("code_list"):
        return
    known = [str(record.get("code")) for record in catalog.codes_of.get(source.get("code_list"), ())]
    if not known and not catalog.is_unread(f"codelists/{source.get('code_list')}"):
        yield about("codes-not-there", source, "code_list", value=source.get("code_list"))
    if known and code not in known:
        yield about(
            "external-code-unknown",
            indicator,
            "external_code",
            severity=Severity.NOTICE,
            value=code,
            list=source.get("code_list"),
        )


def _headlines(catalog: Catalog, indicator: Record) -> Iterator[Diagnostic]:
    """Yield every series but the first that is said to stand for the whole of an indicator."""
    named = [row for row in catalog.referring("series", "indicator_id", indicator.id) if row.get("headline")]
    for row in named[1:]:
        yield about("several-headlines", row, "headline", value=named[0].id)


def _unowned(catalog: Catalog, row: Record) -> Iterator[Diagnostic]:
    """Yield an action of the data plan that names nobody who is to do it, or no day, and does not say that none is."""
    missing = [
        key
        for key, column in OWNED_BY.items()
        if row.get(column) is None and key not in row.spoiled and not is_unknown(catalog, row, column)
    ]
    if missing:
        shown = ", ".join(f"`{key}`" for key in missing)
        yield about("action-unowned", row, OWNED_BY[missing[0]], severity=Severity.WARNING, value=shown)


def _action(catalog: Catalog, row: Record) -> Iterator[Diagnostic]:
    """Yield an action of the data plan whose dates and status contradict each other."""
    start, due, done = row.get("start_date"), row.get("due_baseline"), row.get("completed_on")
    if start and due and start > due:
        yield about("start-after-end", row, "start_date", value=start, other=due)
    means = catalog.means("statuses", row.get("status"))
    if means == "done" and done is None and "completed_on" not in row.spoiled:
        yield about("done-without-day", row, "status", value=row.get("status"))
    elif done is not None and means and means != "done":
        yield about("day-without-done", row, "completed_on", value=done, other=row.get("status"))
    reported = row.get("reported_on")
    if done and start and done < start:
        yield about("done-before-start", row, "completed_on", value=done, other=start)
    elif done and reported and done > reported:
        yield about("done-after-report", row, "completed_on", value=done, other=reported)
    for column, day in (("reported_on", reported), ("completed_on", None if reported else done)):
        if day and catalog.run_on and day > catalog.run_on:
            yield about("report-from-future", row, column, value=day, today=catalog.run_on)

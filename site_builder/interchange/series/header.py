"""Owns the first line of a table of others: which column is which of ours, and which has no place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from site_builder.interchange.series.across import period_of
from site_builder.interchange.series.mapping import FACTS, INDICATOR, SKIP, place_of
from site_builder.interchange.series.rows import Terms
from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.readers.csv_header import broken_header, column_labels, years_across
from site_builder.readers.csv_reports import Reports
from site_builder.readers.csv_text import CsvText
from site_builder.readers.suggest import closest
from site_builder.readers.usual_words import AREA_CODE, COLUMNS, SERIES, compared

AREA = "ref_area"
BY_YEAR = ("period", "value")
"""Columns of ours that a column named after a year gives both."""


@dataclass
class Columns:
    """Columns of a table."""

    width: int
    """Cells up to the last column with a name."""
    total: int
    """Cells of the first line, with those that have no name."""
    places: dict[str, int] = field(default_factory=dict)
    """Place in the row by column of ours, or `series`."""
    years: dict[int, str] = field(default_factory=dict)
    """Periods, by the place of the column named after each, where the mapping says that years stand across."""
    placeless: dict[int, str] = field(default_factory=dict)
    """Names, by their place, of columns that nothing of ours holds."""
    skipped: dict[int, str] = field(default_factory=dict)
    """Names, by their place, of columns that the mapping leaves out."""


def read_columns(text: CsvText, terms: Terms, findings: list[Diagnostic]) -> Columns | None:
    """Return the columns of a table; None where one cannot be used, which is reported."""
    cells = text.cells(1)
    if cells is None:
        findings.append(broken_header(text))
        return None
    across = None if terms.mapped.years_across else years_across(text, cells, terms.mapped.columns)
    if across is not None:
        findings.append(across)
        return None
    names = [name.strip() for name in cells]
    columns = Columns(max((place + 1 for place, name in enumerate(names) if name), default=0), len(names))
    reports = Reports([])
    for finding in _read(text, names[: columns.width], terms, columns):
        reports.add(finding)
    reports.close()
    wrong = [*reports.findings, *_absent(names, terms)]
    wrong = wrong or list(_needed(text.file, terms, columns))
    findings += wrong
    return None if wrong else columns


def _read(text: CsvText, names: list[str], terms: Terms, columns: Columns) -> Iterator[Diagnostic]:
    known = _known(terms)
    labels = known if terms.is_strict else {**column_labels(terms.grammar), **COLUMNS, **known}
    seen: set[str] = set()
    for index, name in enumerate(names):
        place, length = text.place(1, index)
        if not name:
            yield found("column-unnamed", place)
        elif name in seen:
            yield found("column-twice", place, key=name, field=name, length=length)
        elif period := _across(name, terms):
            columns.years[index] = period
        else:
            told = terms.mapped.columns.get(name)
            target = told.text if told else _usual(name, names, labels, terms)
            if told and target == SKIP:
                columns.skipped[index] = name
            elif target in columns.places:
                yield found("series-target-twice", place, key=name, value=target, field=name, length=length)
            elif target:
                columns.places[target] = index
            elif terms.is_strict:
                values = {"key": name, "known": ", ".join(sorted(known.values()))}
                meant = _meant(name, terms)
                yield found("series-column-unmapped", place, values.items(), suggestion=meant, length=length)
            else:
                columns.placeless[index] = name
        seen.add(name)


def _across(name: str, terms: Terms) -> str:
    """Return the period of a column where years stand across; a column that the mapping names is what it says."""
    is_asked = terms.mapped.years_across is not None and name not in terms.mapped.columns
    return period_of(name, terms.mapped.codes) if is_asked else ""


def _known(terms: Terms) -> dict[str, str]:
    """Return the columns of ours by their name as names are compared; with a mapping file names count as written."""
    names = (*terms.sheet, *terms.dimensions, INDICATOR, *FACTS)
    return {compared(name): name for name in names}


def _usual(name: str, names: list[str], labels: Mapping[str, str], terms: Terms) -> str:
    plain = compared(name)
    if terms.is_strict:
        return name if name in labels.values() else ""
    if plain == SERIES:
        return SERIES
    if plain == AREA_CODE:
        others = (labels.get(compared(other), "") for other in names if other != name)
        mapped = (target.text for target in terms.mapped.columns.values())
        return "" if AREA in (*others, *mapped) else AREA
    target = labels.get(plain, "")
    first = next((other for other in names if labels.get(compared(other)) == target), name)
    return target if first == name else ""


def _meant(name: str, terms: Terms) -> str:
    """Return the column of ours that a name usually stands for, or would but for a slip."""
    usual = {**column_labels(terms.grammar), **COLUMNS, **_known(terms)}
    plain = compared(name)
    return usual.get(plain) or usual.get(closest(plain, usual), "")


def _absent(names: list[str], terms: Terms) -> Iterator[Diagnostic]:
    """Yield columns that the mapping names and the table has not; one mapping may serve many tables of Open SDG."""
    if not terms.is_strict:
        return
    for name, scalar in terms.mapped.names.items():
        if name not in names:
            near = closest(name, names)
            place = place_of(terms.mapped.file, scalar)
            values = {"key": name, "known": ", ".join(filter(None, names))}
            yield found("series-column-absent", place, values.items(), field=name, suggestion=near, length=len(name))


def _needed(file: str, terms: Terms, columns: Columns) -> Iterator[Diagnostic]:
    if columns.years:
        yield from _twice_told(terms, columns)
    elif terms.mapped.years_across and terms.is_strict:
        key = terms.mapped.years_across
        yield found("series-no-years", place_of(terms.mapped.file, key), field=key.text, length=len(key.text))
        return
    across = BY_YEAR if columns.years else ()
    given = {*columns.places, *terms.mapped.constants, *across}
    needed = ("period", "value", INDICATOR) if terms.is_strict else ("period", "value")
    for name in needed:
        if name not in given:
            known = ", ".join(sorted({*_known(terms).values()}))
            yield found("column-missing", Location(file), key=name, field=name, known=known)


def _twice_told(terms: Terms, columns: Columns) -> Iterator[Diagnostic]:
    """Yield what says period or value of all rows beside columns that are years."""
    for name in BY_YEAR:
        told = [key for key, target in terms.mapped.columns.items() if target.text == name]
        scalars = [terms.mapped.names[key] for key in told if name in columns.places]
        scalars += [terms.mapped.constants[name]] if name in terms.mapped.constants else []
        for scalar in scalars:
            place, values = place_of(terms.mapped.file, scalar), {"key": scalar.text, "value": name}
            yield found("series-target-twice", place, values.items(), field=name, length=len(scalar.text))


def usual_column(name: str, terms: Terms) -> str:
    """Return the column of ours that a name usually stands for, empty where it stands for none."""
    return {**column_labels(terms.grammar), **COLUMNS, **_known(terms)}.get(compared(name), "")

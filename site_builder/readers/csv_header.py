"""Owns the first line of the CSV file beside an indicator: which columns there are, and which cannot be used."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.schema import Field
from site_builder.readers.csv_text import CsvText
from site_builder.readers.defaults import dimensions_of
from site_builder.readers.drafts import Grammar
from site_builder.readers.layout import filled
from site_builder.readers.suggest import closest, has_lookalike
from site_builder.readers.usual_words import COLUMNS, compared

NEEDED = ("period", "value")
"""Columns without which a file says nothing."""
FEWEST_YEARS = 2
"""Columns named after years from which on the years stand across the table."""
FURTHEST = 10
"""Last line in which the names of the columns are looked for where the first has none."""

_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}(?:\.0|\s?\D{2,4})?")
"""The name of a column that is a year, as programs and offices write it: 2019, 2019.0, 2019 он."""


@dataclass(frozen=True)
class Header:
    """The columns of a file, in their order."""

    width: int
    dimensions: Mapping[str, int]
    """Place in the row by column of the series."""
    values: Mapping[str, tuple[int, Field]]
    """Place in the row and field by column of the observation."""

    def place_of(self, column: str) -> int | None:
        """Return the place of a column in the row."""
        if column in self.values:
            return self.values[column][0]
        return self.dimensions.get(column)


def read_header(text: CsvText, grammar: Grammar, findings: list[Diagnostic]) -> Header | None:
    """Return the columns of a file; None where one cannot be used, which is reported."""
    dimensions = {item.name: item.name for item in dimensions_of(grammar.schemas["series"])}
    fields = value_columns(grammar)
    known = sorted([*dimensions, *fields])
    names = text.cells(1)
    if names is None:
        findings.append(broken_header(text))
        return None
    if across := years_across(text, names):
        findings.append(across)
        return None
    if below := _line_of_names(text, {*dimensions, *fields}):
        findings.append(found("csv-title-line", Location(text.file, 1), line=below, length=len(text.lines[0])))
        return None
    seen: dict[str, int] = {}
    reported = len(findings)
    for index, name in enumerate(names):
        place, length = text.place(1, index)
        if name in seen:
            findings.append(found("column-twice", place, key=name, field=name, length=length))
        elif name not in dimensions and name not in fields:
            findings.append(_unknown_column(name, known, grammar, place, length))
        else:
            seen[name] = index
    if len(findings) > reported:
        return None
    for name in NEEDED:
        if name not in seen:
            findings.append(found("column-missing", Location(text.file), key=name, field=name, known=", ".join(known)))
    if len(findings) > reported:
        return None
    return Header(
        len(names),
        {name: index for name, index in seen.items() if name in dimensions},
        {fields[name][0]: (index, fields[name][1]) for name, index in seen.items() if name in fields},
    )


def _line_of_names(text: CsvText, known: set[str]) -> int:
    """Return the line further down in which the names of the columns stand; 0 where the first line has any of them."""
    if known & set(text.cells(1) or ()):
        return 0
    near = range(2, min(FURTHEST, len(text.lines)) + 1)
    return next((line for line in near if set(NEEDED) <= set(text.cells(line) or ())), 0)


def broken_header(text: CsvText) -> Diagnostic:
    """Return why the first line cannot be read: a name that goes on in the next line, or a quote inside one."""
    is_open = text.lines[0].count('"') % 2 == 1
    return found("csv-line-break" if is_open else "csv-quote", text.broken_at(1))


def years_across(text: CsvText, names: Sequence[str], known: Collection[str] = ()) -> Diagnostic | None:
    """Return one finding where columns are named after years; `known` are names that somebody explained."""
    years = [place for place, name in enumerate(names) if _YEAR.fullmatch(name.strip()) and name not in known]
    if len(years) < FEWEST_YEARS:
        return None
    place, length = text.place(1, years[0])
    first, last = (names[years[at]].strip() for at in (0, -1))
    return found("csv-years-across", place, count=len(years), first=first, last=last, length=length)


def column_labels(grammar: Grammar) -> dict[str, str]:
    """Return the columns of such a file by their label in every language, as names are compared."""
    dimensions = ((item.name, item) for item in dimensions_of(grammar.schemas["series"]))
    fields = [*((name, item) for name, (_, item) in value_columns(grammar).items()), *dimensions]
    return {compared(label): name for name, item in fields for label in item.labels.values() if not item.localized}


def _unknown_column(name: str, known: list[str], grammar: Grammar, place: Location, length: int) -> Diagnostic:
    rule = "unknown-key" if name.strip() else "column-unnamed"
    if has_lookalike(name, known):
        rule = "cyrillic-key"
    arguments = {"key": name, "known": ", ".join(known)}
    plain = compared(name)
    usual = COLUMNS.get(plain) or column_labels(grammar).get(plain, "")
    suggestion = usual if usual in known else closest(name, known)
    return found(rule, place, arguments.items(), field=name, suggestion=suggestion, length=length)


def value_columns(grammar: Grammar) -> dict[str, tuple[str, Field]]:
    """Return column and field by the name that stands in the first line: those of a value written inline."""
    table = grammar.schemas["observations"]
    given = {table.key[0], "series_id", *filled(table.name)}
    columns: dict[str, tuple[str, Field]] = {}
    for stem, item in table.by_column_stem.items():
        if item.name in given:
            continue
        if item.localized:
            columns.update({column: (column, item) for column in item.columns(grammar.languages)})
        else:
            columns[stem] = (item.name, item)
    return columns

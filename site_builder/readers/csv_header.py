"""Owns the first line of the CSV file beside an indicator: which columns there are, and which cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
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
FURTHEST = 10
"""Last line in which the names of the columns are looked for where the first has none."""


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
        findings.append(found("csv-quote", text.broken_at(1)))
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
            findings.append(_unknown_column(name, known, place, length))
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


def _unknown_column(name: str, known: list[str], place: Location, length: int) -> Diagnostic:
    rule = "unknown-key" if name.strip() else "column-unnamed"
    if has_lookalike(name, known):
        rule = "cyrillic-key"
    arguments = {"key": name, "known": ", ".join(known)}
    usual = COLUMNS.get(compared(name), "")
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

"""Owns the reading of a table of others, row by row: every cell gets its place in ours, is told, or is a mistake."""

from __future__ import annotations

from dataclasses import dataclass, field

from site_builder.interchange.series.header import Columns, read_columns
from site_builder.interchange.series.ledger import Left, shown
from site_builder.interchange.series.lines import Lines
from site_builder.interchange.series.mapping import FACTS, INDICATOR, UNIT, place_of
from site_builder.interchange.series.rows import Group, Keys, Row, Table, Terms
from site_builder.nouns.diagnostic import Location, found
from site_builder.readers.casting import Reader
from site_builder.readers.csv_mistakes import Mistakes
from site_builder.readers.csv_reports import Reports
from site_builder.readers.csv_text import CsvText, read_csv_text
from site_builder.readers.date_forms import is_prose, span
from site_builder.readers.layout import TOTAL
from site_builder.readers.usual_words import SERIES, WHOLE, compared

_PUT_IN_GROUPS = frozenset({INDICATOR, *FACTS, SERIES})


def read_table(file: str, content: bytes, terms: Terms) -> Table:
    """Return the rows of a table, what is wrong in it, and what has no place."""
    text, findings = read_csv_text(file, content)
    table = Table(file, text, findings=findings)
    columns = read_columns(text, terms, findings) if text is not None else None
    if text is None or columns is None:
        return table
    table.places = columns.places
    reading = _Reading(table, text, columns, terms, Mistakes(text, Reports(findings)))
    for line in range(2, len(text.lines) + 1):
        reading.row(line)
    reading.finish()
    return table


@dataclass
class _Reading:
    """The reading of one table."""

    table: Table
    text: CsvText
    columns: Columns
    terms: Terms
    mistakes: Mistakes
    known: dict[Keys, Group | tuple[Left, ...]] = field(default_factory=dict)
    """Groups by the cells that make them; else what of these cells has no place."""
    refused: set[tuple[str, str]] = field(default_factory=set)
    """Words of columns that were reported."""

    def __post_init__(self) -> None:
        terms, places = self.terms, self.columns.places
        sheet = terms.sheet
        self.names = list(sheet)
        self.index = {name: place for place, name in enumerate(self.names)}
        observed = terms.grammar.schemas["observations"]
        self.readers: dict[str, Reader] = {
            name: terms.grammar.reader(observed, item) for name, (_, item) in sheet.items()
        }
        self.constants = self._constants()
        self.cells_at = [(name, places[name], self.index[name]) for name in self.names if name in places]
        groups = [*terms.dimensions, *_PUT_IN_GROUPS]
        self.grouped = {name: places[name] for name in groups if name in places}
        self.key_at = (*self.grouped.values(), *self.columns.placeless)
        self.lines = Lines(self.text, self.columns, terms, self.mistakes, self.readers["value"], self.grouped)
        self.blank = [self.constants.get(name, "") for name in self.names]

    def _constants(self) -> dict[str, str]:
        """Return the values that the mapping gives to every row; one that is none is reported at its place."""
        constants = {}
        for name, scalar in self.terms.mapped.constants.items():
            text = scalar.text
            if name in self.readers:
                _, problem = self.readers[name](text)
                if problem is not None:
                    self.mistakes.problem_at(place_of(self.terms.mapped.file, scalar), len(text), problem, name)
            constants[name] = text
        return constants

    def row(self, number: int) -> None:
        """Read one line."""
        cells = self.lines.cells(number)
        if cells is None:
            return
        self.table.read += 1
        for place, name in self.columns.skipped.items():
            if cells[place]:
                self.table.ledger.add(Left(self.table.file, name, "skipped_column"), number)
        typed = tuple([cells[place] for place in self.key_at])
        group = self.known.get(typed)
        if group is None:
            group = self.known[typed] = self._group(cells, number)
        if isinstance(group, tuple):
            for left in group:
                self.table.ledger.add(left, number)
            return
        self._values(cells, number, group)

    def _group(self, cells: list[str], line: int) -> Group | tuple[Left, ...]:
        """Return what a row has in common with others, or what of it has no place; nothing where that is a mistake."""
        lefts: list[Left] = []
        file = self.table.file
        for place, name in self.columns.placeless.items():
            if cells[place] and compared(cells[place]) not in WHOLE:
                lefts.append(Left(file, name, "no_column", shown(cells[place])))
        codes = [self._code(name, cells, line, lefts) for name in self.terms.dimensions]
        facts = {name: self._code(name, cells, line, lefts) for name in FACTS}
        indicator = self._indicator(cells, line)
        if lefts or None in codes or None in facts.values() or indicator is None:
            return tuple(lefts)
        told = {name: code for name, code in facts.items() if code}
        group = Group(indicator, tuple(code or TOTAL for code in codes), told, line=line)
        group.series = cells[self.grouped[SERIES]] if SERIES in self.grouped else ""
        group.unit_as_written = cells[self.grouped[UNIT]] if UNIT in self.grouped else ""
        self.table.groups.append(group)
        return group

    def _code(self, name: str, cells: list[str], line: int, lefts: list[Left]) -> str | None:
        """Return the code of a cell, empty where it says nothing; None where it has none, which is told."""
        place = self.grouped.get(name)
        text = cells[place] if place is not None and cells[place] else self.constants.get(name, "")
        if not text or name not in self.terms.codes.known:
            return text
        meaning = self.terms.codes.meaning(name, text)
        column = self.header(place) if place is not None else name
        if meaning.is_left_out:
            lefts.append(Left(self.table.file, column, "skipped_code", shown(text)))
            return None
        if meaning.code:
            return meaning.code
        if not self.terms.is_strict and not meaning.suggestion:
            if name == UNIT:
                self.table.ledger.add(Left(self.table.file, column, "no_unit", shown(text)), line)
                return ""
            lefts.append(Left(self.table.file, column, "no_code", shown(text)))
            return None
        self._unknown(name, text, place, line)
        return None

    def _unknown(self, name: str, text: str, place: int | None, line: int) -> None:
        """Report a word that means no code, once."""
        if (name, text) in self.refused:
            return
        self.refused.add((name, text))
        codes = self.terms.codes
        at, length = self.text.place(line, place) if place is not None else self._constant_at(name)
        values = {"value": text, "list": codes.list_names[name], "known": ", ".join(codes.known[name]), "key": name}
        meant = codes.meaning(name, text).suggestion
        rule = "code-unknown" if place is None else "series-word-unmapped"
        self.mistakes.reports.add(found(rule, at, values.items(), field=name, suggestion=meant, length=length))

    def _constant_at(self, name: str) -> tuple[Location, int]:
        scalar = self.terms.mapped.constants[name]
        return place_of(self.terms.mapped.file, scalar), len(scalar.text)

    def _indicator(self, cells: list[str], line: int) -> str | None:
        """Return the id of the indicator of a row, empty where the file decides; None where it is no id."""
        place = self.grouped.get(INDICATOR)
        text = cells[place] if place is not None else self.constants.get(INDICATOR, "")
        if place is None and not text:
            return ""
        written = text
        text = self.terms.mapped.codes.get(INDICATOR, {}).get(text, text)
        at, length = self.text.place(line, place) if place is not None else self._constant_at(INDICATOR)
        if not text:
            self.mistakes.report("cell-empty", at, field=INDICATOR, key=INDICATOR)
            return None
        indicators = self.terms.grammar.schemas["indicators"]
        _, problem = self.terms.grammar.reader(indicators, indicators.by_name["indicator_id"])(text)
        if problem is not None:
            if (INDICATOR, written) not in self.refused:
                self.mistakes.problem_at(at, length, problem, INDICATOR)
            self.refused.add((INDICATOR, written))
            return None
        return text

    def header(self, place: int) -> str:
        """Return the name of a column as the file has it."""
        return (self.text.cells(1) or [""])[place].strip()

    def _values(self, cells: list[str], line: int, group: Group) -> None:
        """Take the value of a line, or its value of each year."""
        values = self._taken(cells, line)
        if values is None:
            return
        if not self.columns.years:
            self._value(values, group, (line, -1), cells)
            return
        for at, period in self.columns.years.items():
            if not cells[at]:
                self.table.ledger.add(Left(self.table.file, self.header(at), "no_value"), line)
                continue
            value = self._read("value", cells[at], at, line)
            if value is not None:
                of_year = values.copy()
                of_year[self.index["period"]], of_year[self.index["value"]] = period, value
                self._value(of_year, group, (line, at), cells)

    def _taken(self, cells: list[str], line: int) -> list[str] | None:
        """Return what the columns of ours in a line hold; None where one of them holds what it cannot."""
        values = self.blank.copy()
        is_spoiled = False
        for name, place, target in self.cells_at:
            text = cells[place]
            if not text:
                continue
            read = self._read(name, text, place, line)
            if read is None:
                is_spoiled = True
            else:
                values[target] = read
        return None if is_spoiled else values

    def _value(self, values: list[str], group: Group, where: tuple[int, int], cells: list[str]) -> None:
        """Keep a value; `where` are its line and, where years stand across, its place in the line."""
        line, at = where
        self._split_period(values)
        period = self.index["period"]
        if not values[period]:
            place, _ = self.text.place(line, self.columns.places["period"])
            self.mistakes.report("cell-empty", place, field="period", key="period")
            return
        status = self.index["observation_status"]
        if not values[self.index["value"]] and values[status] != self.terms.missing_status:
            values[status] = self.terms.missing_status
            place_of_value = at if at >= 0 else self.columns.places.get("value", -1)
            name = self.header(place_of_value) if place_of_value >= 0 else "value"
            written = cells[place_of_value] if place_of_value >= 0 else ""
            self.table.ledger.add(Left(self.table.file, name, "missing", shown(written)), line)
        group.rows += 1
        self.table.rows.append(Row(group, tuple(values), line, at))

    def _read(self, name: str, text: str, place: int, line: int) -> str | None:
        """Return a cell as our sheet has it; None where it is no value of its column, which is reported."""
        if name == "value" and text in self.terms.mapped.missing:
            return ""
        text = self.terms.mapped.codes.get(name, {}).get(text, text)
        if name in self.terms.codes.known:
            meaning = self.terms.codes.meaning(name, text)
            if not meaning.code:
                self._unknown(name, text, place, line)
                return None
            return meaning.code
        if name == "period" and span(text):
            return text
        _, problem = self.readers[name](text)
        if problem is not None and name == "period" and not problem.suggestion and is_prose(text):
            self.mistakes.prose(line, place)
            return None
        if problem is not None:
            at, length = self.text.place(line, place)
            self.mistakes.problem_at(at, length, problem, name)
            return None
        return text

    def _split_period(self, values: list[str]) -> None:
        """Put the two ends of a stretch of time into their columns."""
        begin, end = self.index["period"], self.index["period_end"]
        ends = span(values[begin])
        if ends is not None and not values[end]:
            values[begin], values[end] = ends

    def finish(self) -> None:
        """Say how much of the same was left out."""
        self.mistakes.reports.close()

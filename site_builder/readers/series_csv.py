"""Owns the way from the CSV file beside an indicator to its series and their values; refuses to judge any value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

from site_builder.nouns.diagnostic import Diagnostic, Location, Severity, found
from site_builder.nouns.record import Cell, Record
from site_builder.nouns.row_cells import RowCells, Shape
from site_builder.readers.casting import Reader
from site_builder.readers.csv_header import Header, read_header
from site_builder.readers.csv_lines import Lines
from site_builder.readers.csv_mistakes import Mistakes
from site_builder.readers.csv_reports import Reports
from site_builder.readers.csv_text import CsvText, read_csv_text
from site_builder.readers.defaults import BREAK, dimensions_of, fill_defaults, series_slug, usual_values
from site_builder.readers.drafts import Draft, Grammar
from site_builder.readers.layout import TOTAL, nested_in

_NOTHING: frozenset[str] = frozenset()
Keys = tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """What a CSV file holds: series that no YAML file names, and values."""

    series: list[Draft]
    observations: list[Record]
    has_lost_some: bool = False
    """Whether a row could not be read: what seems to be missing may be there."""


def read_series_csv(
    file: str, content: bytes, indicator: Draft, inline: list[Draft], *, grammar: Grammar
) -> tuple[Rows | None, list[Diagnostic]]:
    """Return the rows of the CSV file of an indicator and what is wrong in it; None where it cannot be read.

    `inline` has the series that the YAML file of the indicator names; a row with the same codes belongs to them.
    """
    text, findings = read_csv_text(file, content)
    if text is None:
        return None, findings
    header = read_header(text, grammar, findings)
    if header is None:
        return None, findings
    mistakes = Mistakes(text, Reports(findings), indicator.id)
    reading = _Reading(text, header, indicator, grammar, mistakes)
    for draft in inline:
        codes = tuple([str(draft.cells[name].value) for name in reading.dimensions if name in draft.cells])
        reading.known.setdefault(codes, draft)
    lines = Lines(text, header, grammar, mistakes)
    reading.rows(lines)
    return Rows(reading.series, reading.observations, reading.has_lost_some or lines.has_lost_some), findings


class _Series(NamedTuple):
    """A series as its rows see it."""

    id: str
    shape: Shape
    blank: list[Any]
    """The values of a row of which nothing was read yet."""


class _Column(NamedTuple):
    """A column with values: where it stands in a line and among the values of a row, and how it is read."""

    name: str
    place: int
    target: int
    read: Reader
    known: Mapping[str, Any]


@dataclass
class _Reading:
    """The reading of one file."""

    text: CsvText
    header: Header
    indicator: Draft
    grammar: Grammar
    mistakes: Mistakes
    known: dict[Keys, Draft] = field(default_factory=dict)
    """Series by their codes."""
    shapes: dict[Keys, _Series | None] = field(default_factory=dict)
    """Series by the codes as typed; None where they could not be read."""
    series: list[Draft] = field(default_factory=list)
    observations: list[Record] = field(default_factory=list)
    has_lost_some: bool = False

    def __post_init__(self) -> None:
        table = self.grammar.schemas["observations"]
        self.index = self.grammar.index_of(table)
        self.columns = [
            _Column(column, place, self.index[column], reader := self.grammar.reader(table, item), reader.known)
            for column, (place, item) in self.header.values.items()
        ]
        told = ("period", "period_end", "vintage", "observation_status")
        self.told_of_itself = itemgetter(*[self.index[column] for column in told])
        self.id_at = self.index["observation_id"]
        self.usual: dict[str, Any] = usual_values(table)
        self.dimensions = [item.name for item in dimensions_of(self.grammar.schemas["series"])]
        self.codes_at: tuple[int, ...] = tuple(self.header.dimensions.values())

    def cell_at(self, line: int, column: str) -> tuple[Location, int] | None:
        """Return place and length of a value in its row, None where nothing was written for it."""
        place = self.header.place_of(column)
        cells = self.text.cells(line) if place is not None else None
        if place is None or not cells or not cells[place]:
            return None
        return self.text.place(line, place)

    def rows(self, lines: Lines) -> None:
        """Read all lines but the first."""
        for number, cells in lines.filled():
            typed = tuple([cells[place] for place in self.codes_at])
            if typed not in self.shapes:
                self.shapes[typed] = self._shape(cells, number)
            series = self.shapes[typed]
            if series is None:
                self.has_lost_some = True
            else:
                self._observation(cells, number, series)
        self._finish()

    def start_of(self, line: int) -> Location:
        """Return the place of a row."""
        return Location(self.text.file, line)

    def _shape(self, cells: list[str], number: int) -> _Series | None:
        """Return the series to which a row belongs and what its rows have in common."""
        table = self.grammar.schemas["series"]
        start = Location(self.text.file, number)
        draft = Draft(table, start, parent=self.indicator, context=(self.indicator.id,))
        for column, index in self.header.dimensions.items():
            text = cells[index]
            if not text:
                continue
            value, problem = self.grammar.reader(table, table.by_name[column])(text)
            if problem is not None:
                self.mistakes.problem(problem, number, column, index)
                return None
            place, length = self.text.place(number, index)
            draft.cells[column] = Cell(value, place, length)
        nested = nested_in("indicators")["series"]
        fill_defaults(draft, nested.defaults)
        codes = tuple([str(draft.cells[name].value) for name in self.dimensions])
        draft = self.known.setdefault(codes, draft)
        if not draft.id:
            draft.id = f"{self.indicator.id}-{series_slug(codes)}"
            draft.cells["series_id"] = Cell(draft.id, draft.location)
            draft.cells["indicator_id"] = Cell(self.indicator.id, draft.location)
            self.series.append(draft)
        shared = {column: Cell(value, draft.location) for column, value in self.usual.items()}
        shared |= {column: draft.cells[column] for column in ("source_id", "retrieved_on") if column in draft.cells}
        shared["series_id"] = Cell(draft.id, draft.location)
        blank: list[Any] = [None] * len(self.index)
        for column, cell in shared.items():
            blank[self.index[column]] = cell.value
        return _Series(draft.id, Shape(self.index, shared, self), blank)

    def _observation(self, cells: list[str], number: int, series: _Series) -> None:
        values = series.blank.copy()
        spoiled: frozenset[str] = _NOTHING
        for name, place, target, read, known in self.columns:
            if text := cells[place]:
                value = known.get(text)
                if value is None:
                    value, problem = read(text)
                    if problem is not None:
                        spoiled |= {name}
                        self.mistakes.problem(problem, number, name, place)
                values[target] = value
        period, end, vintage, status = self.told_of_itself(values)
        if period is None:
            self.has_lost_some = True
            if "period" not in spoiled:
                empty, _ = self.text.place(number, self.header.values["period"][0])
                self.mistakes.report("cell-empty", empty, key="period")
            return
        if status == BREAK:
            values[self.index["series_break"]] = True
        own = f"{series.id}-{period}"
        if end is not None:
            own += f"-to-{end}"
        if vintage is not None:
            own += f"-v{vintage}"
        values[self.id_at] = own
        self.observations.append(
            Record(
                "observations",
                own,
                RowCells(series.shape, number, tuple(values)),
                Location(self.text.file, number),
                series.id,
                "series",
                spoiled,
            )
        )

    def _finish(self) -> None:
        """Say how much was left out, and which columns promise a breakdown that is not there."""
        self.mistakes.reports.close()
        for number, (column, index) in enumerate(self.header.dimensions.items()):
            if self.shapes and not any(typed[number] not in ("", TOTAL) for typed in self.shapes):
                place, length = self.text.place(1, index)
                self.mistakes.reports.findings.append(
                    found(
                        "column-empty",
                        place,
                        severity=Severity.WARNING,
                        key=column,
                        record=self.indicator.id,
                        field=column,
                        length=length,
                    )
                )

"""Owns the lines of a table of others: which of them hold cells, and what the others have wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from site_builder.interchange.series.across import is_line_below, is_number_in_two
from site_builder.interchange.series.header import Columns
from site_builder.interchange.series.rows import Terms
from site_builder.nouns.diagnostic import Location
from site_builder.readers.casting import Reader
from site_builder.readers.csv_mistakes import Mistakes
from site_builder.readers.csv_quotes import QuotedLines
from site_builder.readers.csv_text import CsvText
from site_builder.readers.date_forms import is_prose


@dataclass
class Lines:
    """The lines of one table, asked for in their order."""

    text: CsvText
    columns: Columns
    terms: Terms
    mistakes: Mistakes
    read_value: Reader
    grouped: Mapping[str, int]
    """Places of the columns whose words say what the values of a line are of."""

    @cached_property
    def quoted(self) -> QuotedLines:
        return QuotedLines(self.text, self.mistakes)

    def cells(self, number: int) -> list[str] | None:
        """Return the cells of a line up to the last column; None where there are none or they do not fit."""
        cells = self.quoted.cells(number)
        if cells is None:
            return None
        cells = [cell.strip() for cell in cells]
        width = self.columns.width
        if not any(cells):
            return None
        first = next(place for place, cell in enumerate(cells) if cell)
        years = self.columns.years
        names_end = min(years) if years else self.columns.places.get("period", -1)
        is_short = len(cells) < width and is_prose(cells[first]) and first <= names_end
        if is_short or (years and is_line_below(cells, years, self.grouped, self.terms.codes)):
            self.mistakes.prose(number, first)
            return None
        if len(cells) < width:
            end = Location(self.text.file, number, len(self.text.lines[number - 1]) + 1)
            self.mistakes.report("row-too-short", end, count=len(cells), expected=width)
            return None
        if any(cells[width:]):
            self._too_long(cells, number)
            return None
        return cells[:width]

    def _too_long(self, cells: list[str], number: int) -> None:
        """Tell a cell too many; a decimal comma is told as such."""
        width, more = self.columns.width, max(1, len(cells) - self.columns.total)
        years = self.columns.years
        place = min(years) if years else self.columns.places.get("value", 0)
        if years:
            more = 1 if is_number_in_two(self.text.lines[number - 1], cells, years) else 0
        value, problem = self.read_value(",".join(cells[place : place + 1 + more]))
        start, length = self.text.place(number, place)
        if value is None and problem is not None and problem.is_clear and all(cells[place : place + 2]):
            self.mistakes.problem_at(start, length + 1 + len(cells[place + 1]), problem, "value")
            return
        last = max(index for index, cell in enumerate(cells) if cell)
        start, length = self.text.place(number, max(width, last))
        self.mistakes.report("row-too-long", start, count=len(cells), expected=self.columns.total, length=length)

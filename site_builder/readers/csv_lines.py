"""Owns which lines of the CSV file of an indicator have a cell for every column; tells what the others have wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from site_builder.nouns.diagnostic import Location
from site_builder.readers.csv_header import Header
from site_builder.readers.csv_mistakes import Mistakes
from site_builder.readers.csv_quotes import QuotedLines
from site_builder.readers.csv_text import CsvText
from site_builder.readers.date_forms import is_prose
from site_builder.readers.drafts import Grammar


@dataclass
class Lines:
    """The lines of one file, from the first to the last."""

    text: CsvText
    header: Header
    grammar: Grammar
    mistakes: Mistakes
    has_lost_some: bool = False
    """Whether a line had something in it that could not be read."""

    @cached_property
    def quoted(self) -> QuotedLines:
        return QuotedLines(self.text, self.mistakes)

    def filled(self) -> Iterator[tuple[int, list[str]]]:
        """Yield number and cells of every line but the first in which something stands."""
        width, quoted = self.header.width, self.quoted
        for number, text in enumerate(self.text.lines[1:], 2):
            cells = text.split(",") if '"' not in text and not quoted.is_open else None
            if cells is None or len(cells) != width:
                cells = self._cells(number)
            if cells is not None and any(cells):
                yield number, cells

    def _cells(self, number: int) -> list[str] | None:
        """Return the cells of a line; None where it has too few or too many, which is reported, or nothing in them."""
        cells = self.quoted.cells(number)
        if cells is None:
            self.has_lost_some = True
            return None
        if len(cells) == self.header.width:
            return cells
        if any(cell.strip() for cell in cells):
            self._wrong_width(cells, number)
        return None

    def _wrong_width(self, cells: list[str], line: int) -> None:
        observed = self.grammar.schemas["observations"]
        count, width = len(cells), self.header.width
        first = next(place for place, cell in enumerate(cells) if cell.strip())
        if is_prose(cells[first]) and first <= self.header.values["period"][0]:
            self.mistakes.prose(line, first)
            return
        self.has_lost_some = True
        if count < width:
            end = Location(self.text.file, line, len(self.text.lines[line - 1]) + 1)
            self.mistakes.report("row-too-short", end, count=count, expected=width)
            return
        place = self.header.values["value"][0]
        number = ",".join(cells[place : place + 1 + count - width])
        value, problem = self.grammar.reader(observed, observed.by_name["value"])(number)
        if value is None and problem is not None and problem.is_clear and all(cells[place : place + 2]):
            start, _ = self.text.place(line, place)
            self.mistakes.problem_at(start, len(number), problem, "value")
            return
        start, length = self.text.place(line, width)
        self.mistakes.report("row-too-long", start, count=count, expected=width, length=length)

"""Owns the quotes that run on through lines of a CSV file of values: one that is opened and not closed is told once."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.readers.csv_mistakes import Mistakes
from site_builder.readers.csv_text import CsvText


@dataclass
class QuotedLines:
    """The lines of one file, asked for in their order: a quote that is opened in one reaches into those behind it."""

    text: CsvText
    mistakes: Mistakes
    is_open: bool = False
    """Whether a quote was opened and not closed."""

    def cells(self, number: int) -> list[str] | None:
        """Return the cells of a line; None where quotes do not let it be read, which is told where that begins."""
        has_odd = self.text.lines[number - 1].count('"') % 2 == 1
        if self.is_open:
            self.is_open = not has_odd
            return None
        cells = self.text.cells(number)
        if cells is None:
            self.is_open = has_odd
            self.mistakes.report("csv-line-break" if has_odd else "csv-quote", self.text.broken_at(number))
        return cells

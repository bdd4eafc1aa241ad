"""Owns the rows of a sheet in a workbook: written at once, which takes a fraction of the time of cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767
"""UTF-16 units that Excel allows in a cell; a longer text is cut, and ends with an ellipsis."""
FIRST_DAY, DAY_ZERO = date(1900, 3, 1), date(1899, 12, 30)
"""The first day that all spreadsheets know (an earlier one is written as text), and the one from which they count."""
LINE = 15
"""Points of a line."""
SPAN = 16
"""Rows that tell the columns of their cells together."""
_TEXT = ' t="s"><v>'
"""What stands in the cell of a text before its place among all texts."""
_DAY = 's="day"'
"""Stands for the look of days until the library has numbered the looks."""


class TableSheet(Worksheet):  # type: ignore[misc]  # the library is annotated, but does not say so
    """A sheet with a head, which is written as usual, and rows below it."""

    def __init__(self) -> None:
        super().__init__()
        self._below = ""
        """The rows as they stand in the file."""
        self._day: Format | None = None
        self._known: dict[str, str] = {}
        """What stands in the cells of each text."""

    def add_rows(self, rows: Sequence[Sequence[Any]], *, lines: Mapping[int, int], day: Format) -> None:
        """Add all rows; `lines` has how many lines a row is high where it is more than one, by its place from 0.

        A value is written as what it is: whatever else it looks like, a text stays a text.
        """
        self._day = day
        names = [xl_col_to_name(place) for place in range(max(map(len, rows), default=0))]
        written: list[tuple[int, str]] = []
        spans: dict[int, tuple[int, int]] = {}
        for number, row in enumerate(rows, 2):
            filled = [place for place, value in enumerate(row) if value is not None]
            if filled:
                together = (number - 1) // SPAN
                first, last = spans.get(together, (filled[0], filled[-1]))
                spans[together] = (min(first, filled[0]), max(last, filled[-1]))
                cells = [f'<c r="{names[place]}{number}"{self._content(row[place])}</v></c>' for place in filled]
                written.append((number, "".join(cells)))
        # the head of the sheet, which stands with the first rows, has all columns
        spans[0] = (0, len(names) - 1)
        below = []
        for number, cells_of_row in written:
            first, last = spans[(number - 1) // SPAN]
            high = lines.get(number - 2, 1)
            height = f' ht="{LINE * high}" customHeight="1"' if high > 1 else ""
            span = f'spans="{first + 1}:{last + 1}"'
            below.append(f'<row r="{number}" {span}{height}>{cells_of_row}</row>')
        self._below = "".join(below)
        self.dim_rowmax = len(rows)
        self.str_table.count += self._below.count(_TEXT)
        self.str_table.unique_count = len(self.str_table.string_table)

    def _content(self, value: Any) -> str:
        """Return what stands in a cell after its place, without its end."""
        if type(value) is str:
            return self._known.get(value) or self._text(value)
        if isinstance(value, bool):
            return f' t="b"><v>{int(value)}'
        if isinstance(value, date):
            if value < FIRST_DAY:
                return self._text(value.isoformat())
            return f" {_DAY}><v>{(value - DAY_ZERO).days}"
        return f"><v>{value:.16G}"

    def _text(self, text: str) -> str:
        """Return what stands in the cell of a text: its place among those of the workbook, which holds each once."""
        texts = self.str_table.string_table
        shown = text if len(text) <= LONGEST_TEXT // 2 else _cut(text)
        self._known[text] = f"{_TEXT}{texts.setdefault(shown, len(texts))}"
        return self._known[text]

    def _write_rows(self) -> None:
        """Write the head as the library does, then the rows."""
        last, self.dim_rowmax = self.dim_rowmax, 0
        super()._write_rows()
        self.dim_rowmax = last
        text = self._below
        if self._day and _DAY in text:
            text = text.replace(_DAY, f's="{self._day._get_xf_index()}"')
        self.fh.write(text)


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_TEXT:
        return text
    return units[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"

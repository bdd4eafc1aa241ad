"""Owns the rows of sheets and their texts: written at once, which takes a fraction of the time of cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain, repeat
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from site_builder.writers.columns import Values

LONGEST_TEXT = 32_767
"""UTF-16 units that Excel allows in a cell; a longer text is cut, and ends with an ellipsis."""
FIRST_DAY, DAY_ZERO = date(1900, 3, 1), date(1899, 12, 30)
"""The first day that all spreadsheets know (an earlier one is written as text), and the one from which they count."""
LINE = 15
"""Points of a line."""
SPAN = 16
"""Rows that tell the columns of their cells together."""
_ESCAPED = re.compile(r"^\s|\s\Z|[\x00-\x08\x0b-\x1f&<>\ufffe\uffff]|_x[0-9a-fA-F]{4}_")
"""What a text may hold that is not written as it is."""
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

    def add_columns(self, columns: Sequence[Values], *, lines: Mapping[int, int], day: Format) -> None:
        """Add rows, column by column; `lines` has how many lines a row is high where it is more than one, by its place.

        A value is written as what it is: whatever else it looks like, a text stays a text.
        """
        self._day = day
        self._number_texts(columns)
        numbers = [str(number) for number in range(2, len(columns[0].in_order) + 2)] if columns else []
        filled = [(place, values) for place, values in enumerate(columns) if values.kinds - {type(None)}]
        parts = [part for place, values in filled for part in self._cells(xl_col_to_name(place), values, numbers)]
        # the head of the sheet, which stands with the first rows, has all columns
        span = f"1:{len(columns)}"
        below = []
        for place, cells in enumerate(map("".join, zip(*parts, strict=False))):
            number = place + 2
            if (number - 1) % SPAN == 0:
                span = _span(filled, slice(place, place + SPAN))
            if cells:
                high = lines.get(place, 1)
                height = f' ht="{LINE * high}" customHeight="1"' if high > 1 else ""
                below.append(f'<row r="{number}" spans="{span}"{height}>{cells}</row>')
        self._below = "".join(below)
        self.dim_rowmax = len(numbers)
        self.str_table.count += self._below.count(_TEXT)
        self.str_table.unique_count = len(self.str_table.string_table)

    def _number_texts(self, columns: Sequence[Values]) -> None:
        """Give a place to each text of the workbook that has none yet, in the order in which they stand in the rows."""
        texts = (values.in_order for values in columns if str in values.kinds)
        for text in dict.fromkeys(chain.from_iterable(zip(*texts, strict=True))):
            if type(text) is str and text not in self._known:
                self._known[text] = self._text(text)

    def _cells(self, name: str, values: Values, numbers: Sequence[str]) -> list[Iterable[str]]:
        """Return the parts of the cells of a column, row by row; a cell without a value is not there."""
        before, contents = f'<c r="{name}', values.each(self._content)
        if type(None) in values.kinds:
            pairs = zip(numbers, contents, strict=True)
            return [[f"{before}{number}{content}" if content else "" for number, content in pairs]]
        return [repeat(before), numbers, contents]

    def _content(self, value: Any) -> str:
        """Return what stands in a cell after its place."""
        if value is None:
            return ""
        return f'"{self._told(value)}</v></c>'

    def _told(self, value: Any) -> str:
        """Return a value with what tells its kind."""
        if type(value) is str:
            return self._known[value]
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
        return f"{_TEXT}{texts.setdefault(shown, len(texts))}"

    def _write_rows(self) -> None:
        """Write the head as the library does, then the rows."""
        last, self.dim_rowmax = self.dim_rowmax, 0
        super()._write_rows()
        self.dim_rowmax = last
        text = self._below
        if self._day and _DAY in text:
            text = text.replace(_DAY, f's="{self._day._get_xf_index()}"')
        self.fh.write(text)


def _span(columns: Sequence[tuple[int, Values]], rows: slice) -> str:
    """Return the first and the last column that have a value in some rows."""
    filled = [
        place + 1
        for place, values in columns
        if type(None) not in values.kinds or any(value is not None for value in values.in_order[rows])
    ]
    return f"{filled[0]}:{filled[-1]}" if filled else ""


class TableBook(Workbook):  # type: ignore[misc]
    """A workbook with many texts."""

    def _get_packager(self) -> Packager:
        return _TextPackager()


class _TextPackager(Packager):  # type: ignore[misc]
    """Writes the texts of a workbook in its own way, all else as the library does."""

    def _write_shared_strings_file(self) -> None:
        texts = _Texts()
        texts.string_table = self.workbook.str_table
        texts._set_xml_writer(self._filename("xl/sharedStrings.xml"))
        texts._assemble_xml_file()


class _Texts(SharedStrings):  # type: ignore[misc]
    """The texts of a workbook: as they are where nothing has to be escaped, and never as marks of a format."""

    def _write_si(self, string: str) -> None:
        if _ESCAPED.search(string):
            is_bounded = string == string.strip()
            shown = self._escape_control_characters(string)
            self._xml_si_element(shown, [] if is_bounded else [("xml:space", "preserve")])
        else:
            self.fh.write(f"<si><t>{string}</t></si>")


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_TEXT:
        return text
    return units[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"

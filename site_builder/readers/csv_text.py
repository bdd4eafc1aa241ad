"""Owns the way from the bytes of a CSV file to lines of cells with positions; refuses to know any column.

A row is a line: what Excel, LibreOffice and statistical programs save as UTF-8 with commas. A byte-order mark and
Windows line ends belong to that form and are no mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.readers.file_text import LINE_END, decode

SIZE_LIMIT = 64_000_000
"""Bytes a file may have: about a million rows."""
MARK = b"\xef\xbb\xbf"

_CELL = re.compile(r'(?P<quoted>"(?:[^"]|"")*")|(?P<plain>[^",]*)')
_SEPARATORS = {";": ";", "\t": "tab", "|": "|"}


@dataclass(frozen=True)
class CsvText:
    """The lines of a file; the first has the names of the columns."""

    file: str
    lines: list[str]

    def cells(self, line: int) -> list[str] | None:
        """Return the cells of a line, None where its quotes do not fit."""
        text = self.lines[line - 1]
        if '"' not in text:
            return text.split(",")
        spans = list(self._spans(text))
        if not spans or spans[-1][1] != len(text):
            return None
        return [_unquoted(text[start:end]) for start, end in spans]

    def place(self, line: int, index: int) -> tuple[Location, int]:
        """Return where the text of a cell begins, counted from 1, and its length; inside quotes, where it has some."""
        text = self.lines[line - 1]
        if '"' not in text:
            cells = text.split(",")
            before = sum(map(len, cells[:index])) + index
            return Location(self.file, line, before + 1), max(1, len(cells[index]))
        start, end = list(self._spans(text))[index]
        if text[start:end].startswith('"'):
            start, end = start + 1, end - 1
        return Location(self.file, line, start + 1), max(1, end - start)

    def written(self, place: Location, length: int) -> str:
        """Return the text that stands somewhere."""
        return self.lines[place.line - 1][place.column - 1 :][:length]

    def broken_at(self, line: int) -> Location:
        """Return the quote at which a line cannot be read on."""
        text = self.lines[line - 1]
        spans = list(self._spans(text))
        end = spans[-1][1] if spans else 0
        return Location(self.file, line, text.index('"', end) + 1 if '"' in text[end:] else end + 1)

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield begin and end of each cell, up to the first that cannot be read."""
        place = 0
        while True:
            match = _CELL.match(text, place)
            end = match.end() if match else place
            if end < len(text) and text[end] != ",":
                return
            yield place, end
            if end >= len(text):
                return
            place = end + 1


def _unquoted(text: str) -> str:
    return text[1:-1].replace('""', '"') if text.startswith('"') else text


def read_csv_text(file: str, content: bytes) -> tuple[CsvText | None, list[Diagnostic]]:
    """Return the lines of a CSV file and what is wrong with its bytes or its form; None where it cannot be read."""
    text, findings = decode(file, content.removeprefix(MARK), limit=SIZE_LIMIT)
    if text is None:
        return None, [*findings, *_separator_too(file, content, findings)]
    lines = LINE_END.split(text) if "\r" in text else text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines:
        return None, [*findings, found("file-empty", Location(file))]
    if wrong := _wrong_separator(file, lines[0]):
        return None, [*findings, wrong]
    return CsvText(file, lines), findings


def _wrong_separator(file: str, header: str) -> Diagnostic | None:
    if "," in header:
        return None
    separator = next((separator for separator in _SEPARATORS if separator in header), "")
    if not separator:
        return None
    place = Location(file, 1, header.index(separator) + 1)
    return found("csv-separator", place, written=_SEPARATORS[separator])


def _separator_too(file: str, content: bytes, findings: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield that a file in another encoding has other separators, too: one saving mends both."""
    guesses = [dict(finding.arguments)["guess"] for finding in findings if finding.name == "not-utf8"]
    if guesses:
        text = content.decode("utf-16" if guesses[0] == "UTF-16" else "cp1251", "replace")
        wrong = _wrong_separator(file, LINE_END.split(text, 1)[0])
        yield from [wrong] if wrong else []

"""Owns tables as files: CSV and JSON of the same rows; refuses to know where they are put."""

from __future__ import annotations

import io
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import accumulate
from json import JSONEncoder
from json.encoder import encode_basestring
from typing import Any

from site_builder.writers.columns import Values, Writing, blocks, columns_of_rows, written_rows

BYTE_ORDER_MARK = "\ufeff"
PIECE = 2**20
"""Bytes of a long file that are changed at once."""
WHOLE = 2**53
"""Whole numbers below it are exact for all who read JSON; what is larger is for most the nearest that they can hold."""
QUOTED = '",\r\n'
"""What a cell of CSV may hold in quotes only."""
_QUOTED = re.compile(f"[{QUOTED}]")


@dataclass(frozen=True)
class Lines:
    """A file in which each row stands by itself, and can be cut out for another file."""

    content: bytes
    ends: array[int]
    """Where the head of the file ends, then where each row does."""

    @property
    def head(self) -> bytes:
        return self.content[: self.ends[0]]

    def row(self, place: int) -> bytes:
        """Return a row with the end of its line."""
        return self.rows(place, place + 1)

    def rows(self, first: int, end: int) -> bytes:
        """Return rows that follow each other, with the ends of their lines."""
        return self.content[self.ends[first] : self.ends[end]]


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]], *, byte_order_mark: bool) -> bytes:
    """Return a CSV file: UTF-8, comma, RFC 4180 quotes, LF; empty is missing.

    The byte-order mark lets Excel read Cyrillic; the usual readers strip it.
    """
    return csv_lines(header, columns_of_rows(rows), byte_order_mark=byte_order_mark).content


def csv_lines(header: Sequence[str], columns: Sequence[Values], *, byte_order_mark: bool) -> Lines:
    """Return such a CSV file row by row."""
    head = ",".join(map(_cell, header)) + "\n"
    between = ["", *[","] * (len(header) - 1), "\n"]
    return _lines((BYTE_ORDER_MARK if byte_order_mark else "") + head, written_rows(columns, between, _CSV))


def json_lines(header: Sequence[str], columns: Sequence[Values]) -> Lines:
    """Return JSON Lines: an object a row, a line each, and nothing else; missing values are null."""
    return _lines("", written_rows(columns, _object(header, "}\n"), _JSON))


def json_objects(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    """Return a JSON object a row, each on one line."""
    return [*written_rows(columns_of_rows(rows), _object(header, "}"), _JSON)]


def json_array(lines: bytes) -> bytes:
    """Return the objects of JSON Lines as a JSON array, a line each."""
    stream = io.BytesIO()
    stream.write(b"[\n")
    for start in range(0, len(lines), PIECE):
        stream.write(lines[start : start + PIECE].replace(b"\n", b",\n"))
    if lines:
        stream.seek(-len(b",\n"), io.SEEK_END)
    stream.write(b"\n]\n")
    return stream.getvalue()


def _lines(head: str, written: Iterable[str]) -> Lines:
    stream = io.BytesIO()
    ends = array("q", [stream.write(head.encode("utf-8"))])
    for block in blocks(written):
        rows = [text.encode("utf-8") for text in block]
        ends.extend(_ends(rows, ends[-1]))
        stream.write(b"".join(rows))
    return Lines(stream.getvalue(), ends)


def _ends(rows: Iterable[bytes], start: int) -> Iterator[int]:
    ends = accumulate(map(len, rows), initial=start)
    next(ends)
    return ends


def _object(header: Sequence[str], end: str) -> list[str]:
    """Return what stands in a JSON object around its values."""
    names = [f"{json_text(name)}: " for name in header]
    return ["{" + names[0], *(f", {name}" for name in names[1:]), end]


def _cell(value: Any) -> str:
    """Return a value as it stands in CSV, in quotes where it needs them."""
    text = value if type(value) is str else written(value)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def written(value: Any) -> str:
    """Return a value as it stands in a CSV cell."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def plain(value: Any) -> object:
    """Return a value as JSON holds it."""
    if isinstance(value, Decimal):
        return plain_number(float(value))
    return value.isoformat() if isinstance(value, date) else value


def plain_number(number: float) -> int | float:
    """Return a number as JSON holds it: without a fraction where there is none, as far as all readers count in ones."""
    return int(number) if number.is_integer() and -WHOLE < number < WHOLE else number


_encoded = JSONEncoder(ensure_ascii=False, default=plain).encode


def json_text(value: Any) -> str:
    """Return a value as JSON."""
    if type(value) is str:
        return encode_basestring(value)
    number = plain(value) if type(value) is Decimal else value
    return repr(number) if type(number) in (int, float) else _encoded(number)


def _cells(texts: Sequence[str]) -> Iterable[str]:
    """Return a column of texts as it stands in CSV; in most columns nothing needs quotes."""
    together = "".join(texts)
    return map(_cell, texts) if any(mark in together for mark in QUOTED) else texts


def _decimals(numbers: Sequence[Decimal]) -> Iterable[str]:
    """Return many decimal numbers as JSON."""
    return map(repr, map(plain_number, map(float, numbers)))


_CSV = Writing(_cell, {str: _cells, Decimal: partial(map, "{:f}".format)})
_JSON = Writing(json_text, {str: partial(map, encode_basestring), Decimal: _decimals})

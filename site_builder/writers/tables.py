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

from site_builder.writers.columns import Writing, written_rows

BYTE_ORDER_MARK = "\ufeff"
PIECE = 2**20
"""Bytes of a long file that are changed at once."""
_QUOTED = re.compile(r'[",\r\n]')


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
        return self.content[self.ends[place] : self.ends[place + 1]]


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]], *, byte_order_mark: bool) -> bytes:
    """Return a CSV file: UTF-8, comma, RFC 4180 quotes, LF; empty is missing.

    The byte-order mark lets Excel read Cyrillic; the usual readers strip it.
    """
    return csv_lines(header, rows, byte_order_mark=byte_order_mark).content


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]], *, byte_order_mark: bool) -> Lines:
    """Return such a CSV file row by row."""
    head = ",".join(map(_cell, header)) + "\n"
    pattern = ",".join(["%s"] * len(header)) + "\n"
    return _lines((BYTE_ORDER_MARK if byte_order_mark else "") + head, written_rows(rows, pattern, _CSV))


def json_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Lines:
    """Return JSON Lines: an object a row, a line each, and nothing else; missing values are null."""
    return _lines("", written_rows(rows, f"{_object(header)}\n", _JSON))


def json_objects(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    """Return a JSON object a row, each on one line."""
    return [text for block in written_rows(rows, _object(header), _JSON) for text in block]


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


def _lines(head: str, written: Iterable[list[str]]) -> Lines:
    stream = io.BytesIO()
    ends = array("q", [stream.write(head.encode("utf-8"))])
    for block in written:
        rows = [text.encode("utf-8") for text in block]
        ends.extend(_ends(rows, ends[-1]))
        stream.write(b"".join(rows))
    return Lines(stream.getvalue(), ends)


def _ends(rows: Iterable[bytes], start: int) -> Iterator[int]:
    ends = accumulate(map(len, rows), initial=start)
    next(ends)
    return ends


def _object(header: Iterable[str]) -> str:
    """Return the pattern of a JSON object."""
    return "{" + ", ".join(f"{json_text(name)}: %s" for name in header) + "}"


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
        number = float(value)
        # most have a fraction, which shows at once; the float of a very long one may have lost it
        return int(value) if number.is_integer() and value == value.to_integral_value() else number
    return value.isoformat() if isinstance(value, date) else value


_encoded = JSONEncoder(ensure_ascii=False, default=plain).encode


def json_text(value: Any) -> str:
    """Return a value as JSON."""
    if type(value) is str:
        return encode_basestring(value)
    number = plain(value) if type(value) is Decimal else value
    return repr(number) if type(number) in (int, float) else _encoded(number)


def _cells(texts: Sequence[str]) -> Iterable[str]:
    """Return a column of texts as it stands in CSV; in most columns nothing needs quotes."""
    return map(_cell, texts) if _QUOTED.search("".join(texts)) else texts


def _decimals(numbers: Sequence[Decimal]) -> Iterable[str]:
    """Return a column of decimal numbers as JSON; most of them have a fraction, which shows at once."""
    return [
        json_text(exact) if number.is_integer() else repr(number)
        for exact, number in zip(numbers, map(float, numbers), strict=True)
    ]


_CSV = Writing(_cell, frozenset({bool, int}), {str: _cells, Decimal: partial(map, "{:f}".format)})
_JSON = Writing(json_text, frozenset({bool, int, Decimal}), {str: partial(map, encode_basestring), Decimal: _decimals})

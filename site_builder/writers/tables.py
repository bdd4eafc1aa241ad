"""Owns tables as files: CSV and JSON of the same rows; refuses to know where they are put."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

BYTE_ORDER_MARK = "\ufeff"


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]], *, byte_order_mark: bool) -> bytes:
    """Return a CSV file: UTF-8, comma, RFC 4180 quotes, LF; empty is missing.

    The byte-order mark lets Excel read Cyrillic; the usual readers strip it.
    """
    return csv_file(header, csv_lines(rows), byte_order_mark=byte_order_mark)


def csv_file(header: Sequence[str], lines: Iterable[str], *, byte_order_mark: bool) -> bytes:
    """Return a CSV file of rows that `csv_lines` wrote."""
    text = "".join([*csv_lines([header]), *lines])
    return ((BYTE_ORDER_MARK if byte_order_mark else "") + text).encode("utf-8")


def csv_lines(rows: Iterable[Sequence[Any]]) -> list[str]:
    """Return each row as it stands in a CSV file, with the end of its line."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerows([value if type(value) is str else written(value) for value in row] for row in rows)
    return lines


class _Lines(list[str]):
    """Rows that a writer has written, each by itself."""

    def write(self, text: str) -> None:
        """Take a row; the writer of the standard library hands over each with one call."""
        self.append(text)


def json_objects(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    """Return a JSON object a row, each on one line; missing values are null."""
    encode = json.JSONEncoder(ensure_ascii=False, default=plain).encode
    return [encode(dict(zip(header, row, strict=True))) for row in rows]


def json_array(objects: Sequence[str]) -> bytes:
    """Return a JSON array of objects, a line each."""
    return ("[\n" + ",\n".join(objects) + "\n]\n").encode("utf-8")


def json_lines(objects: Sequence[str]) -> bytes:
    """Return JSON Lines: objects, a line each, and nothing else. Without objects the file is empty."""
    return "".join(f"{line}\n" for line in objects).encode("utf-8")


def written(value: Any) -> str:
    """Return a value as it stands in a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def plain(value: Any) -> object:
    """Return a value as JSON holds it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value

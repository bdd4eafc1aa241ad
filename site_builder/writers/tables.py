"""Owns tables as files: CSV and JSON of the same rows; refuses to know where they are put."""

from __future__ import annotations

import csv
import io
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
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([value if type(value) is str else written(value) for value in row] for row in rows)
    return ((BYTE_ORDER_MARK if byte_order_mark else "") + stream.getvalue()).encode("utf-8")


def json_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a JSON array with an object a row and a row a line; missing values are null."""
    encode = json.JSONEncoder(ensure_ascii=False, default=_plain).encode
    lines = (encode(dict(zip(header, row, strict=True))) for row in rows)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode("utf-8")


def written(value: Any) -> str:
    """Return a value as it stands in a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _plain(value: Any) -> object:
    """Return a value as JSON holds it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value

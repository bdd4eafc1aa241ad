"""The promises of rows written column by column: the bytes are those of each value written by itself."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from site_builder.writers.columns import BLOCK, columns_of_rows
from site_builder.writers.tables import csv_bytes, csv_lines, json_array, json_lines, plain, written

HEADER = ("thing_id", "first", "second")
VALUES: dict[str, tuple[Any, ...]] = {
    "texts": ("a", "ө", "100 %s", 'a "quoted" one', "a, b", "a\nb", "a\rb", "", None, "=1+1"),
    "days": (date(2026, 1, 2), None, "2026"),
    "truths and numbers": (True, 1, Decimal("1.0"), Decimal("1"), 1.0, False, 0, Decimal("-0"), None),
    "decimals": (Decimal("1.10"), Decimal("1.1"), Decimal("1E+3"), Decimal("0.0000001"), Decimal("42.92"), None),
    "equal": ("same", "same"),
    "none": (),
}


@pytest.fixture(params=VALUES)
def rows(request: pytest.FixtureRequest) -> list[tuple[Any, ...]]:
    """Rows of some values: each twice, in both orders, and beside one that is always the same."""
    values = VALUES[request.param]
    pairs = [*zip(values, reversed(values), strict=True)] * 2
    return [(f"r{number}", *pair) for number, pair in enumerate(pairs)]


def test_a_csv_is_what_the_standard_library_writes(rows: list[tuple[Any, ...]]) -> None:
    stream = io.StringIO()
    # a line end of the other kind is quoted too: Python 3.11 does so only where it is the end of its lines
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([HEADER, *([written(value) for value in row] for row in rows)])
    made = csv_bytes(HEADER, rows, byte_order_mark=False).decode()
    assert list(csv.reader(io.StringIO(made, newline=""))) == [
        [*HEADER],
        *([written(value) for value in row] for row in rows),
    ]
    assert made == stream.getvalue().replace("\r\n", "\n")


def test_json_lines_are_what_the_standard_library_writes(rows: list[tuple[Any, ...]]) -> None:
    encode = json.JSONEncoder(ensure_ascii=False, default=plain).encode
    expected = "".join(encode(dict(zip(HEADER, row, strict=True))) + "\n" for row in rows)
    lines = json_lines(HEADER, columns_of_rows(rows)).content
    assert lines.decode() == expected
    assert json.loads(json_array(lines)) == [json.loads(line) for line in lines.splitlines()]


def test_a_row_can_be_cut_out_of_its_file() -> None:
    rows = [(f"r{number}", "a\nb" if number % 7 else "ө", number % 5 or None) for number in range(2 * BLOCK + 1)]
    columns = columns_of_rows(rows)
    for lines in (csv_lines(HEADER, columns, byte_order_mark=True), json_lines(HEADER, columns)):
        assert lines.head + b"".join(map(lines.row, range(len(rows)))) == lines.content
    one = csv_bytes(HEADER, rows[BLOCK : BLOCK + 1], byte_order_mark=True)
    lines = csv_lines(HEADER, columns, byte_order_mark=True)
    assert lines.head + lines.row(BLOCK) == one


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("9007199254740991", "9007199254740991"),
        ("9007199254740993", "9007199254740992.0"),
        ("-1E+300", "-1e+300"),
        ("4503599627370497.1", "4503599627370497"),
        ("0.1", "0.1"),
    ],
)
def test_a_number_in_json_is_what_every_reader_makes_of_it(number: str, shown: str) -> None:
    lines = json_lines(("value",), columns_of_rows([(Decimal(number),)])).content
    assert lines.decode() == f'{{"value": {shown}}}\n'

"""Owns the CSV file beside an indicator as an import leaves it: what stood there stays, new rows follow."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.interchange.series.rows import Keys
from site_builder.readers.csv_text import MARK
from site_builder.readers.layout import TOTAL

FIRST = ("period", "period_end")
"""Columns that stand before the dimensions."""
NEEDED = ("period", "value")


def new_sheet(dimensions: Sequence[str], names: Sequence[str], rows: Sequence[tuple[Keys, Keys]]) -> bytes:
    """Return a file of new rows, with the columns that any of them fills."""
    return added(b"", _columns(dimensions, names, rows), (dimensions, names), rows)


def extended(
    content: bytes, dimensions: Sequence[str], names: Sequence[str], rows: Sequence[tuple[Keys, Keys]]
) -> bytes:
    """Return a file with rows added; its lines stay as they are but for cells of columns that it did not have."""
    text = content.removeprefix(MARK).decode("utf-8")
    first = text.split("\n", 1)[0].rstrip("\r")
    header = [name.strip('"') for name in first.split(",")]
    more = [name for name in _columns(dimensions, names, rows) if name not in header]
    return added(content, [*header, *more], (dimensions, names), rows)


def added(
    content: bytes,
    columns: Sequence[str],
    order: tuple[Sequence[str], Sequence[str]],
    rows: Sequence[tuple[Keys, Keys]],
) -> bytes:
    """Return the lines of a file under a header of `columns`, then the rows; `order` is that of codes and of cells."""
    end = "\r\n" if b"\r\n" in content else "\n"
    mark = MARK if content.startswith(MARK) else b""
    lines = content.removeprefix(MARK).decode("utf-8").replace("\r\n", "\n").rstrip("\n").split("\n")
    old = len(lines[0].split(",")) if content else 0
    filling = "," * (len(columns) - old)
    kept = [f"{line}{filling}" if line.strip() else line for line in lines[1:]] if content else []
    places = [_place(name, order) for name in columns]
    made = (",".join(_cell(row, place) for place in places) for row in rows)
    return mark + end.join([",".join(columns), *kept, *made, ""]).encode("utf-8")


def _columns(dimensions: Sequence[str], names: Sequence[str], rows: Sequence[tuple[Keys, Keys]]) -> list[str]:
    """Return the columns that the rows fill, in the order of the schema, the dimensions after the period."""
    groups = {codes for codes, _ in rows}
    used = {name for place, name in enumerate(names) if any(cells[place] for _, cells in rows)}
    broken = [name for place, name in enumerate(dimensions) if any(codes[place] != TOTAL for codes in groups)]
    rest = [name for name in names if name in {*used, *NEEDED} and name not in FIRST]
    return [*(name for name in FIRST if name in {*used, "period"}), *broken, *rest]


def _place(name: str, order: tuple[Sequence[str], Sequence[str]]) -> tuple[int, int]:
    """Return which of the two tuples of a row has a column, and where in it; (0, -1) where neither has."""
    dimensions, names = order
    if name in dimensions:
        return 0, list(dimensions).index(name)
    return (1, list(names).index(name)) if name in names else (0, -1)


def _cell(row: tuple[Keys, Keys], place: tuple[int, int]) -> str:
    which, index = place
    if index < 0:
        return ""
    text = row[which][index]
    if which == 0:
        return "" if text == TOTAL else text
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if "," in text or '"' in text else text

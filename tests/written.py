"""Owns what a file says by another reader than ours, and which of it was lost without a word.

The other readers are PyYAML's composer, which keeps each scalar as text and each key as often as it stands there, and
the csv module. A value was read when a record that begins where the value's mapping begins has it at the value's own
place, in the column of its key, as the same text. A value that was not read needs an error at it, or at a key or an
item that holds it; a warning excuses nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from site_builder.nouns.diagnostic import Diagnostic, Location, Severity
from site_builder.nouns.record import Cell, Record
from site_builder.readers.drafts import Draft
from site_builder.readers.series_csv import Rows

Spot = tuple[int, int]
"""Line and column, counted from 1."""
TOP: Spot = (1, 1)
"""Where the record of a whole file begins, whatever comments stand before it."""
USUAL = ("_T", "A", "false")
"""What a blank cell of a table of values stands for: the total, a normal value, no break in the series."""
FROM_HERE_ON = ("csv-line-break", "csv-text-line", "more-of-the-same")
"""Findings that speak of what follows too: an open quote, words below the values, what is only counted."""


@dataclass(frozen=True, slots=True)
class Written:
    """A value as it was written."""

    text: str
    at: Spot
    homes: tuple[tuple[Spot, str], ...]
    """Where the records may begin to which it belongs, each with its key there; an item of a list has no key."""
    lines: frozenset[int]
    """Lines on which it stands, and on which the keys and items begin that hold it."""


@dataclass(frozen=True, slots=True)
class Held:
    """A value as a record holds it."""

    start: Spot
    """Where the record begins."""
    column: str
    value: Any


Holding = Mapping[Spot, list[Held]]
"""What records hold, by the place at which it was written."""


def written_in(content: bytes) -> list[Written] | None:
    """Return every value in a YAML file; None where the other reader finds no mapping in it."""
    try:
        root = yaml.compose(content.decode("utf-8").removeprefix("\ufeff"), Loader=yaml.CBaseLoader)
    except (UnicodeDecodeError, yaml.YAMLError):
        return None
    return list(_values(root, (), frozenset(), start=TOP)) if isinstance(root, yaml.MappingNode) else None


def _values(
    node: yaml.Node, homes: tuple[tuple[Spot, str], ...], lines: frozenset[int], *, start: Spot | None = None
) -> Iterator[Written]:
    """Yield the values below a node, with the records to which each may belong."""
    spot = start or (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.ScalarNode):
        text = node.value.rstrip("\n") if node.style in ("|", ">") else node.value
        yield Written(text, spot, homes or ((spot, ""),), lines | _lines_of(node))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _values(item, (), lines | {item.start_mark.line + 1})
    else:
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            below = (*((at, f"{above}_{name}") for at, above in homes), (spot, name))
            yield from _values(value, below, lines | _lines_of(key) | {value.start_mark.line + 1})


def _lines_of(node: yaml.Node) -> frozenset[int]:
    return frozenset(range(node.start_mark.line + 1, node.end_mark.line + 2))


def held_by(drafts: Iterable[Draft]) -> Holding:
    """Return what the drafts of one file hold."""
    held: dict[Spot, list[Held]] = {}
    for draft in drafts:
        _hold(held, draft.location, draft.cells.items())
        for origin in draft.origins.entries:
            named = [("", Cell(text.text, Location("", text.line, text.column))) for text in origin.fields]
            sources = [(column, cell) for cell in origin.sources for column in ("", "source_id")]
            _hold(held, origin.location, [*origin.cells.items(), *named, *sources])
    return held


def held_in(records: Iterable[Record]) -> Mapping[str, Holding]:
    """Return what records hold, by file."""
    files: dict[str, dict[Spot, list[Held]]] = {}
    for record in records:
        _hold(files.setdefault(record.location.file, {}), record.location, record.cells.items())
    return files


def _hold(held: dict[Spot, list[Held]], start: Location, cells: Iterable[tuple[str, Cell]]) -> None:
    for column, cell in cells:
        place = cell.location
        held.setdefault((place.line, place.column), []).append(Held((start.line, start.column), column, cell.value))


def lost_of(
    written: Iterable[Written], held: Holding, findings: Iterable[Diagnostic], *, is_joined: bool = False
) -> list[Written]:
    """Return what was written but neither read nor reported; `is_joined`: names of fields became columns."""
    told = {finding.location.line for finding in findings if finding.severity is Severity.ERROR}
    return [
        value
        for value in written
        if told.isdisjoint(value.lines)
        and not (is_joined and not value.homes[-1][1] and (told or value.at in held))
        and not any(_is(value, one) for one in held.get(value.at, ()))
    ]


def _is(written: Written, held: Held) -> bool:
    for start, key in written.homes:
        if not key and held.column == "" and held.value == written.text:
            return True
        if start == held.start and (not key or _is_column(held.column, key)):
            text = typed(held.value)
            return text == written.text or (held.column.endswith("_id") and text.endswith(f"-{written.text}"))
    return False


def _is_column(column: str, key: str) -> bool:
    """Whether a key names a column: the key itself, a reference without its ending, the record's own id."""
    return column in (key, f"{key}_id") or (key == "id" and column.endswith(("_id", "_code")))


def typed(value: Any) -> str:
    """Return a value as it must have been typed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


# ---- the file of values beside an indicator


def lost_of_sheet(content: bytes, rows: Rows | None, findings: list[Diagnostic]) -> list[str]:
    """Return the cells of a CSV file that were neither read nor reported."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    told = {finding.location.line for finding in errors}
    ends = [finding.location.line for finding in errors if finding.name in FROM_HERE_ON]
    table = _table(content)
    if table is None or rows is None:
        return [] if errors else ["a file that cannot be read"]
    (_, header), *lines = table
    codes: dict[str, list[Mapping[str, Cell]]] = {}
    for draft in rows.series:  # two may have the same id, which is told of the whole content
        codes.setdefault(draft.id, []).append(draft.cells)
    read = {record.location.line: record for record in rows.observations}
    lost = []
    for number, cells in lines:
        if not any(cell.strip() for cell in cells) or not told.isdisjoint((1, number)):
            continue
        if ends and number >= min(ends):
            continue
        record = read.pop(number, None)
        if record is None or len(cells) != len(header):
            lost.append(f"line {number}")
            continue
        for column, text in zip(header, cells, strict=True):
            name = "source_id" if column == "source" else column
            values = [record.get(name), *(shared[name].value for shared in codes[record.parent] if name in shared)]
            if not any(_is_cell(text, value) for value in values):
                lost.append(f"line {number}: {column}")
    return lost


def _table(content: bytes) -> list[tuple[int, list[str]]] | None:
    """Return the rows of a CSV file with the line on which each begins; None where there is none."""
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        table: list[tuple[int, list[str]]] = []
        end = 0
        for cells in reader:
            table.append((end + 1, cells))
            end = reader.line_num
    except (UnicodeDecodeError, csv.Error):
        return None
    return table or None


def _is_cell(text: str, value: Any) -> bool:
    """Whether a value is what was typed; where nothing was, what the program takes to be meant."""
    return typed(value) == text if text else value is None or typed(value) in USUAL

"""Fills the workbooks of a round as a person would, by writing into their sheets; knows nothing of the program."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from xml.sax.saxutils import escape

Cells = Mapping[str, object]
"""Values by cell: `G5`. None takes the cell away; a text that begins with `=` is a formula without a result."""
SHEETS = {"guide": 1, "milestones": 2, "evidence": 3, "codes": 4}


def edited(content: bytes, edits: Mapping[str, Callable[[str], str]]) -> bytes:
    """Return a workbook with parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, edits[name](text.decode()).encode() if name in edits else text)
    return stream.getvalue()


def filled(content: bytes, sheets: Mapping[str, Cells]) -> bytes:
    """Return a workbook with cells filled, each with the format that it has."""

    def filler(cells: Cells) -> Callable[[str], str]:
        def fill(xml: str) -> str:
            for name, value in cells.items():
                (match,) = re.finditer(rf'<c r="{name}"([^>]*?)(?:/>|>.*?</c>)', xml)
                xml = xml[: match.start()] + _cell(name, match, value) + xml[match.end() :]
            return xml

        return fill

    return edited(content, {f"xl/worksheets/sheet{SHEETS[name]}.xml": filler(cells) for name, cells in sheets.items()})


def _cell(name: str, match: re.Match[str], value: object) -> str:
    style = re.search(r's="\d+"', match.group(1))
    kept = f" {style.group()}" if style else ""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith("="):
        return f'<c r="{name}"{kept}><f>{escape(value[1:])}</f></c>'
    if isinstance(value, str):
        return f'<c r="{name}"{kept} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if isinstance(value, date):
        value = (value - date(1899, 12, 30)).days
    return f'<c r="{name}"{kept}><v>{value}</v></c>'


def with_cell(content: bytes, sheet: str, row: int, cell: str) -> bytes:
    """Return a workbook with a cell more at the end of a row."""
    return edited(
        content,
        {
            f"xl/worksheets/sheet{SHEETS[sheet]}.xml": lambda xml: re.sub(
                rf'(<row r="{row}"[^>]*>.*?)(</row>)', lambda m: m.group(1) + cell + m.group(2), xml, count=1
            )
        },
    )

"""Owns the way from the bytes of an Excel workbook to cells; refuses what is none or too large; knows calamine."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from math import isfinite

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, XmlError, ZipError

SIZE_LIMIT = 10_000_000
"""Bytes a workbook may have."""
UNPACKED_LIMIT, PARTS_LIMIT = 40_000_000, 400
"""Bytes and parts it may have when it is unpacked."""
ROWS_LIMIT, COLUMNS_LIMIT = 20_000, 300
"""Cells may stand no further down and to the right: a reader sets the whole rectangle up."""
_OLD = b"\xd0\xcf\x11\xe0"
"""How old workbooks begin, and new ones with a password."""
_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*?)?(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PLACE = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_STYLE = re.compile(rb"""\ss=["']([0-9]+)["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v>[^<]")
_ERROR = re.compile(rb"""\st=["']e["']""")
_NUMBER = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_NO_NUMBER = re.compile(rb"""\st=["'](?!n["'])""")
_PERCENT, _DAYS = frozenset({9, 10}), frozenset(range(14, 59))
"""Numbers of the formats for per cent and for days that every workbook has; of the latter some for other things."""
_PERCENT_SIGN, _DAY_SIGN = re.compile("%"), re.compile("[dmyhs]", re.IGNORECASE)
EARLIEST_DAY = -1e11
"""Days from the first of all: a reader gives up on an earlier one."""

Value = object
"""What a cell holds: a text, a number, a truth, a day or a moment; an empty text where it is empty."""


class WorkbookRefused(Exception):
    """A file that cannot be read as a workbook; `kind` names the reason: broken, old, none, too_large."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Sheet:
    """A sheet with its cells, by row and column counted from 0."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    unsolved: frozenset[tuple[int, int]] = frozenset()
    """Formulas whose value the file does not hold, and those that ended in an error."""
    percents: frozenset[tuple[int, int]] = frozenset()
    """Cells whose number is shown as per cent."""

    def at(self, row: int, column: int) -> Value:
        """Return what a cell holds, an empty text beyond the last."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else ""


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook. Raises WorkbookRefused."""
    if content.startswith(_OLD):
        raise WorkbookRefused("old")
    if len(content) > SIZE_LIMIT:
        raise WorkbookRefused("too_large")
    if not content.startswith(b"PK"):
        raise WorkbookRefused("none")
    parts = _unpacked(content)
    if "xl/workbook.xml" not in parts:
        raise WorkbookRefused("none")
    styles = _Styles(_styles(parts, _PERCENT, _PERCENT_SIGN), _styles(parts, _DAYS, _DAY_SIGN))
    marks = {name: _marks(parts.get(path, b""), styles) for name, path in _sheets(parts)}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(_packed(parts)))
        names = [name for name in book.sheet_names if name in marks]
        return tuple(
            Sheet(
                name,
                tuple(tuple(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)),
                frozenset(marks[name].unsolved),
                frozenset(marks[name].percents),
            )
            for name in names
        )
    except (CalamineError, PasswordError, XmlError, ZipError, ValueError, OSError) as error:
        raise WorkbookRefused("broken") from error


def _unpacked(content: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook, each checked; none is unpacked before it is known how large all are."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = [item for item in archive.infolist() if not item.is_dir()]
            if len(listed) > PARTS_LIMIT or sum(item.file_size for item in listed) > UNPACKED_LIMIT:
                raise WorkbookRefused("too_large")
            return {item.filename: archive.read(item) for item in listed if item.filename.endswith((".xml", ".rels"))}
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError) as error:
        raise WorkbookRefused("broken") from error


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the checked parts as a file for calamine, which then unpacks nothing else: no picture, no macro."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet with the part in which its cells stand."""
    targets = {
        _attribute(tag, "Id"): _attribute(tag, "Target").removeprefix("/xl/")
        for tag in re.findall(rb"<(?:\w+:)?Relationship\s[^>]*>", parts.get("xl/_rels/workbook.xml.rels", b""))
    }
    for tag in re.findall(rb"<(?:\w+:)?sheet\s[^>]*>", parts["xl/workbook.xml"]):
        target = targets.get(_attribute(tag, r"\w+:id"), "")
        if target.startswith("worksheets/"):
            yield _attribute(tag, "name"), f"xl/{target}"


def _attribute(tag: bytes, name: str) -> str:
    match = re.search(rf"""\s{name}=(?:"([^"]*)"|'([^']*)')""", tag.decode("utf-8", "replace"))
    return unescape(match.group(1) or match.group(2) or "") if match else ""


@dataclass(frozen=True)
class _Styles:
    """Numbers of the styles in which a number is shown as something else."""

    percent: frozenset[int]
    day: frozenset[int]


def _styles(parts: Mapping[str, bytes], known: frozenset[int], sign: re.Pattern[str]) -> frozenset[int]:
    """Return the numbers of the styles with a known format, or with one that has a sign."""
    styles = parts.get("xl/styles.xml", b"")
    shown = set(known)
    for tag in re.findall(rb"<(?:\w+:)?numFmt\s[^>]*>", styles):
        code = re.sub(r"\"[^\"]*\"|\\.", "", _attribute(tag, "formatCode"))
        if sign.search(code) and _attribute(tag, "numFmtId").isdigit():
            shown.add(int(_attribute(tag, "numFmtId")))
    used = re.search(rb"<(?:\w+:)?cellXfs[\s>].*?</(?:\w+:)?cellXfs>", styles, re.DOTALL)
    formats = re.findall(rb"<(?:\w+:)?xf\s[^>]*>", used.group()) if used else []
    numbers = (_attribute(tag, "numFmtId") for tag in formats)
    return frozenset(place for place, number in enumerate(numbers) if number.isdigit() and int(number) in shown)


@dataclass
class _Marks:
    """What calamine does not tell of the cells of a sheet."""

    unsolved: set[tuple[int, int]] = field(default_factory=set)
    percents: set[tuple[int, int]] = field(default_factory=set)


def _marks(xml: bytes, styles: _Styles) -> _Marks:
    """Return what stands at cells beside their values.

    A cell far away or without a place is refused, and a number that none can be.
    """
    marks = _Marks()
    count = 0
    for match in _CELL.finditer(xml):
        count += 1
        attributes, inner = match.group(1) or b"", match.group(2) or b""
        place = _PLACE.search(attributes)
        if place is None:
            raise WorkbookRefused("broken")
        at = (int(place.group(2)) - 1, _column_number(place.group(1).decode()))
        if not (0 <= at[0] < ROWS_LIMIT and at[1] < COLUMNS_LIMIT):
            raise WorkbookRefused("too_large")
        if _ERROR.search(attributes) or (_FORMULA.search(inner) and not _VALUE.search(inner)):
            marks.unsolved.add(at)
        style = _STYLE.search(attributes)
        shown_as = int(style.group(1)) if style else 0
        if shown_as in styles.percent:
            marks.percents.add(at)
        number = _NUMBER.search(inner)
        if number and not _NO_NUMBER.search(attributes):
            _refuse_strange(number.group(1), is_day=shown_as in styles.day)
    if count != len(_ANY_CELL.findall(xml)):
        raise WorkbookRefused("broken")
    return marks


def _refuse_strange(text: bytes, *, is_day: bool) -> None:
    """Refuse what no spreadsheet program writes: no number, one without end, a day before all days."""
    try:
        number = float(text)
    except ValueError:
        return  # the library refuses it, too
    if not isfinite(number) or (is_day and number < EARLIEST_DAY):
        raise WorkbookRefused("broken")


def _column_number(letters: str) -> int:
    """Return the number of a column, counted from 0, by its letters."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def cell_name(row: int, column: int) -> str:
    """Return a cell as spreadsheets call it, from numbers counted from 0."""
    letters, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"{letters}{row + 1}"

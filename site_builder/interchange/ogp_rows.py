"""Owns the reading of OGP's dataset of commitments: row by row, so that a large file needs little memory."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from site_builder.interchange.remarks import Remark, remark
from site_builder.nouns.ogp_dataset import COLUMNS, MISSING
from site_builder.readers.suggest import closest

NEEDED = (
    "Commitment Unique Identifier",
    "Country/Locality",
    "Action Plan Number",
    "Commitment Number",
    "Code",
    "Commitment Title",
    "Full Text",
)
"""Columns without which nothing can be told; the others may be missing in older and newer copies."""
LONGEST_LINE = 1 << 20
"""Bytes of a line that are read at once; a longer one is no line of a table."""
LONGEST_CELL = 1 << 17
MOST_ROWS = 5_000
"""Rows that are taken of one country: no country has a tenth of it."""
MOST_REMARKS = 20
"""Rows of a wrong length that are named one by one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells by OGP's name of the column, those that are empty left out."""

    line: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """Return a cell that says something, else an empty text."""
        text = self.cells.get(column, "").strip()
        return "" if text in MISSING else text


@dataclass
class Selection:
    """What was found in a file, and the rows that were asked for."""

    rows: list[Row] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    errors: list[Remark] = field(default_factory=list)
    """Why nothing can be taken over."""
    read: int = 0
    """Rows of the file, the header apart."""
    plans: dict[str, dict[int, int]] = field(default_factory=dict)
    """Numbers of commitments by country code and plan."""
    names: dict[str, str] = field(default_factory=dict)
    """Names of the countries by code."""


class _Stop(Exception):
    """Ends the reading of a file from which no more can be told; carries why."""

    def __init__(self, why: Remark) -> None:
        super().__init__(why.kind)
        self.why = why


def read_rows(lines: Iterable[bytes], country: str, plans: Iterable[int] = ()) -> Selection:
    """Return the rows of a country, of all its plans or of some.

    `lines` are the lines of the file with their ends; `country` is a code such as OGP gives it, or the name.
    """
    found = Selection()
    csv.field_size_limit(LONGEST_CELL)
    try:
        _read(lines, country.strip().casefold(), frozenset(plans), found)
        _missing(found, country, frozenset(plans))
    except _Stop as stop:
        found.errors.append(stop.why)
    return found


def _read(lines: Iterable[bytes], country: str, plans: frozenset[int], found: Selection) -> None:
    reader = csv.reader(_decoded(lines), strict=True)
    header: list[str] | None = None
    short = 0
    begins = 1
    try:
        for cells in reader:
            here, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = _header(cells, found)
                continue
            found.read += 1
            if len(cells) != len(header):
                short = here if len(cells) < len(header) else 0
                _wrong_length(found, here, len(cells), len(header))
                continue
            short = 0
            row = Row(here, {name: cell for name, cell in zip(header, cells, strict=True) if name and cell.strip()})
            _take(row, country, plans, found)
    except csv.Error as error:
        kind = "cut_off" if "unexpected end" in str(error) else "cell_too_long" if "limit" in str(error) else "quotes"
        raise _Stop(remark(kind, row=begins)) from error
    if header is None:
        raise _Stop(remark("empty"))
    if short:
        raise _Stop(remark("cut_off", row=short))
    if not found.read:
        raise _Stop(remark("header_only"))


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    for number, line in enumerate(lines, 1):
        if number == 1 and (line.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in line[:64]):
            raise _Stop(remark("encoding", row=1, encoding="UTF-16"))
        if len(line) >= LONGEST_LINE and not line.endswith(b"\n"):
            raise _Stop(remark("line_too_long", row=number))
        try:
            yield decoder.decode(line.removeprefix(codecs.BOM_UTF8) if number == 1 else line)
        except UnicodeDecodeError as error:
            raise _Stop(remark("encoding", row=number, encoding="Latin-1, Windows-1252")) from error


def _header(cells: list[str], found: Selection) -> list[str]:
    """Return OGP's name of each column, empty where it is none of the dataset."""
    by_spelling = {_spelt(name): name for name in COLUMNS}
    header = [by_spelling.get(_spelt(cell), "") for cell in cells]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        joined = ",".join(cells)
        for separator, word in ((";", "; (semicolon)"), ("\t", "tab"), ("|", "| (bar)")):
            if joined.count(separator) >= len(NEEDED):
                raise _Stop(remark("separator", row=1, separator=word))
        strangers = {_spelt(cell): cell for cell, name in zip(cells, header, strict=True) if not name}
        for name in missing:
            near = strangers.get(closest(_spelt(name), strangers), "")
            kind = "column_missing_near" if near else "column_missing"
            found.errors.append(remark(kind, row=1, column=name, near=near[:80]))
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    found.errors.extend(remark("column_twice", row=1, column=name) for name in doubled)
    if found.errors:
        raise _Stop(found.errors.pop())
    found.remarks.extend(remark("column_absent", column=name) for name in COLUMNS if name not in header)
    strange = [cell for cell, name in zip(cells, header, strict=True) if not name]
    found.remarks.extend(remark("column_strange", column=cell[:80]) for cell in strange)
    return header


def _spelt(name: str) -> str:
    return " ".join(name.casefold().split())


def _wrong_length(found: Selection, line: int, cells: int, columns: int) -> None:
    known = sum(told.kind == "row_length" for told in found.remarks)
    if known < MOST_REMARKS:
        found.remarks.append(remark("row_length", row=line, cells=cells, columns=columns))
    else:
        counts = [told for told in found.remarks if told.kind == "row_lengths"]
        more = int(dict(counts[0].values)["count"]) if counts else 0
        found.remarks = [told for told in found.remarks if told.kind != "row_lengths"]
        found.remarks.append(remark("row_lengths", count=more + 1))


def _take(row: Row, country: str, plans: frozenset[int], found: Selection) -> None:
    code, name = row.get("Code"), row.get("Country/Locality")
    plan = whole_number(row.get("Action Plan Number"))
    is_wanted = country in (code.casefold(), name.casefold()) and bool(country)
    if plan is None:
        if is_wanted:
            found.remarks.append(
                remark("plan_number", row=row.line, commitment=row.get("Commitment Unique Identifier"))
            )
        return
    known = found.plans.setdefault(code, {})
    known[plan] = known.get(plan, 0) + 1
    found.names.setdefault(code, name)
    if is_wanted and (not plans or plan in plans):
        if len(found.rows) >= MOST_ROWS:
            raise _Stop(remark("too_many", row=row.line, limit=MOST_ROWS))
        found.rows.append(row)


def whole_number(text: str) -> int | None:
    """Return a number from 1 on, also where it was written `3.0`; None where it is none."""
    plain = text.strip().removesuffix(".0")
    return int(plain) if plain.isascii() and plain.isdigit() and 0 < len(plain) < 6 and int(plain) else None


def _missing(found: Selection, country: str, plans: frozenset[int]) -> None:
    """Report a country or a plan that the file does not have, with those that it has."""
    asked = country.strip().casefold()
    codes = [code for code, name in found.names.items() if asked in (code.casefold(), name.casefold())]
    if not codes:
        known = ", ".join(f"{code} ({name})" for code, name in sorted(found.names.items()))
        raise _Stop(remark("country_unknown", country=country, known=known))
    here = sorted({plan for code in codes for plan in found.plans[code]})
    for plan in sorted(plans - set(here)):
        found.errors.append(
            remark("plan_unknown", plan=plan, country=codes[0], known=", ".join(str(known) for known in here))
        )

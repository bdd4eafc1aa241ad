"""Owns what a cell means: a day, per cent, a choice, a text; refuses to guess where two readings are possible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from site_builder.interchange.issue_update import LONGEST_TEXT
from site_builder.interchange.rounds.columns import JOINT, ROWS, YES, Column
from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.readers.date_forms import DateSlip, read_day, read_partial
from site_builder.readers.suggest import closest
from site_builder.readers.xlsx import Sheet, cell_name
from site_builder.writers.yaml_text import Code, Value

LONGEST_HEADING = 60
"""Characters of a heading that are told."""
DAY_ZERO = date(1899, 12, 30)
"""The day from which spreadsheets count."""
FIRST_SERIAL, LAST_SERIAL = 36_526, 73_415
"""Numbers of the days from 2000 to 2100."""
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\ufeff": "", "\u200b": ""})


@dataclass(frozen=True, order=True)
class Place:
    """A cell of a workbook, or with row and column -1 the workbook as a whole; counted from 0."""

    file: str
    sheet: str = ""
    row: int = -1
    column: int = -1
    heading: str = field(default="", compare=False)
    """What stands above the cell, as the workbook has it."""

    @property
    def shown(self) -> str:
        """Return the place as people name it."""
        name = f"'{self.sheet}'" if " " in self.sheet else self.sheet
        if self.row < 0:
            return f"{self.file} {name}".strip()
        return f"{self.file} {name}!{cell_name(self.row, self.column)}"


@dataclass(frozen=True)
class Slip:
    """Something wrong at a place of a workbook."""

    place: Place
    finding: Diagnostic


@dataclass
class Slips:
    """What is wrong in a workbook, as it is found; nothing stops at the first."""

    all: list[Slip] = field(default_factory=list)

    def add(self, rule: str, place: Place, *, suggestion: str = "", **values: object) -> None:
        self.all.append(Slip(place, found(rule, Location(place.file), values.items(), suggestion=suggestion)))


@dataclass(frozen=True)
class Choices:
    """What can be chosen: codes by every label that they have, in any language."""

    codes: Mapping[str, Mapping[str, str]]
    """By list, the code of each label and of itself, all in small letters."""
    shown: Mapping[str, tuple[str, ...]]
    """By list, the labels of the language of the workbook, or what else is offered."""


@dataclass(frozen=True)
class Cells:
    """The cells of a sheet on their way to values."""

    file: str
    sheet: Sheet
    choices: Choices
    slips: Slips
    label_row: int = -1
    """The row of the headings, where it is known."""

    def place(self, row: int, column: int) -> Place:
        heading = self.plain(self.label_row, column) if 0 <= self.label_row < row else ""
        return Place(self.file, self.sheet.name, row, column, bare(heading)[:LONGEST_HEADING])

    def plain(self, row: int, column: int) -> str:
        """Return what stands in a cell as a text, whatever it is."""
        return plain(self.sheet.at(row, column))

    def value(self, row: int, at: int, column: Column) -> Value | None:
        """Return what a cell reports, None where it is empty or wrong; what is wrong is said."""
        place = self.place(row, at)
        if (row, at) in self.sheet.unsolved:
            self.slips.add("cell-formula", place)
            return None
        held = self.sheet.at(row, at)
        if not plain(held):
            return None
        if column.kind in ("day", "partial"):
            return self._day(held, place, partial=column.kind == "partial")
        if column.kind == "percent":
            return self._percent(held, place, shown_as_percent=(row, at) in self.sheet.percents)
        if column.kind == YES:
            return self._yes(held, place)
        if column.kind in ("text", "address"):
            return self._text(held, place, is_address=column.kind == "address")
        return self._choice(plain(held), place, column.kind)

    def _day(self, held: object, place: Place, *, partial: bool) -> Value | None:
        if isinstance(held, datetime):
            if held.time() != time():
                self.slips.add("cell-with-time", place, value=plain(held), suggestion=held.date().isoformat())
                return None
            held = held.date()
        if isinstance(held, date):
            return Code(held.isoformat()) if partial else held
        if isinstance(held, (int, float)) and not isinstance(held, bool):
            if partial and held == int(held) and 1900 <= held <= 2100:
                return str(int(held))
            near = (DAY_ZERO + timedelta(int(held))).isoformat() if FIRST_SERIAL <= held <= LAST_SERIAL else ""
            self.slips.add("cell-not-a-day", place, value=plain(held), suggestion=near)
            return None
        text = plain(held)
        read = read_partial(text) if partial else read_day(text)
        if not isinstance(read, DateSlip):
            return read if isinstance(read, date) else Code(read) if "-" in read else read
        no_month = read.name == "date-nonexistent" and not read.days
        self.slips.add(
            "date-nonexistent-month" if no_month else read.name,
            place,
            suggestion=read.suggestion,
            value=text[:60],
            first=read.first,
            second=read.second,
            days=read.days,
        )
        return None

    def _percent(self, held: object, place: Place, *, shown_as_percent: bool) -> Value | None:
        """Return per cent; what is shown as per cent is held as a part of one."""
        number = None
        if isinstance(held, (int, float)) and not isinstance(held, bool):
            number = Decimal(str(held)) * (100 if shown_as_percent else 1)
            if not shown_as_percent and 0 < number <= 1:
                near = f"{(number * 100).normalize():f}"
                self.slips.add("percent-doubtful", place, value=plain(held), suggestion=near)
                return None
        elif isinstance(held, str):
            try:
                number = Decimal(plain(held).removesuffix("%").strip().replace(",", "."))
            except InvalidOperation:
                number = None
        if number is None or not number.is_finite() or not 0 <= number <= 100:
            # what the cell shows, not what it holds
            shown = f"{number.normalize():f} %" if shown_as_percent and number is not None else plain(held)
            self.slips.add("percent-form", place, value=shown[:60])
            return None
        whole = number.to_integral_value()
        return int(whole) if whole == number else Decimal(f"{number.normalize():f}")

    def _yes(self, held: object, place: Place) -> Value | None:
        if isinstance(held, bool):
            return held
        code = self._choice(plain(held), place, YES)
        return None if code is None else code.text == YES

    def _text(self, held: object, place: Place, *, is_address: bool) -> Value | None:
        if not isinstance(held, str):
            self.slips.add("cell-not-a-text", place, value=plain(held))
            return None
        text = "\n".join(line.rstrip() for line in _lines(held)).strip()
        if len(text) > LONGEST_TEXT:
            self.slips.add("cell-too-long", place, count=len(text), limit=LONGEST_TEXT)
            return None
        return Code(text) if is_address else text

    def _choice(self, text: str, place: Place, name: str) -> Code | None:
        """Return a code by its label in any language, or by itself; of a row to choose only its id counts."""
        wanted = text.split(JOINT)[0] if name == ROWS else text
        code = self.choices.codes[name].get(_folded(wanted))
        if code is not None:
            return Code(code)
        shown = self.choices.shown[name]
        near = closest(text[:90].lower(), (label.lower() for label in shown))
        known = ", ".join(shown) if len(shown) <= 12 else ""
        suggestion = next((label for label in shown if label.lower() == near), near)
        self.slips.add(
            "choice-unknown" if known else "choice-none", place, value=text[:60], known=known, suggestion=suggestion
        )
        return None


def choices_of(lists: Mapping[str, Iterable[tuple[str, str]]], shown: Mapping[str, tuple[str, ...]]) -> Choices:
    """Return choices from codes with every label that they have."""
    return Choices(
        {
            name: {_folded(word): code for code, label in pairs for word in (code, label)}
            for name, pairs in lists.items()
        },
        shown,
    )


def plain(held: object) -> str:
    """Return what a cell holds as a text on its own, an empty one where it is empty."""
    if isinstance(held, str):
        return held.translate(_SPACES).strip()
    if isinstance(held, float) and held == int(held):
        return str(int(held))
    if isinstance(held, datetime):
        return held.isoformat(" ")
    return "" if held is None else str(held)


def bare(label: str) -> str:
    """Return a heading without the sign of a list."""
    return " ".join(label.replace("▼", "").split())


def _folded(text: str) -> str:
    return " ".join(text.translate(_SPACES).casefold().split())


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").split("\n")

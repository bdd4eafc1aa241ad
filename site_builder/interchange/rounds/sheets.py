"""Owns how the sheets and columns of a returned workbook are known: by their hidden keys and by their labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from site_builder.interchange.rounds.cells import Cells, Choices, Place, Slips, bare, plain
from site_builder.interchange.rounds.columns import FORM, LOCKED, SEAL, Column, Say
from site_builder.interchange.rounds.workbook import label_of
from site_builder.readers.xlsx import Sheet


@dataclass(frozen=True)
class Seal:
    """What the hidden sheet says: for whom the workbook is and what stood in its locked cells."""

    plan: str
    round: str
    organisation: str
    language: str
    rows: Mapping[str, tuple[str, ...]]
    """What the locked cells said, by the id of the row."""
    sheet: str


@dataclass(frozen=True)
class Grid:
    """A sheet whose columns are known."""

    cells: Cells
    at: Mapping[str, int]
    """Number of each column by key."""
    columns: Mapping[str, Column]
    first: int
    """The first row below the labels."""

    def row_numbers(self) -> range:
        return range(self.first, len(self.cells.sheet.rows))

    def is_empty(self, row: int) -> bool:
        return not any(
            plain(held) or (row, column) in self.cells.sheet.unsolved
            for column, held in enumerate(self.cells.sheet.rows[row])
        )

    def text(self, row: int, key: str) -> str:
        return self.cells.plain(row, self.at[key])

    def place(self, row: int, key: str) -> Place:
        return self.cells.place(row, self.at[key])


def read_seal(sheets: Sequence[Sheet]) -> Seal | None:
    """Return what the hidden sheet says, None where there is none of this program."""
    sheet = next((sheet for sheet in sheets if plain(sheet.at(0, 0)) == FORM), None)
    if sheet is None:
        return None
    plan, name, organisation, language = (plain(sheet.at(0, place)) for place in range(1, 5))
    heads = [plain(held) for held in (sheet.rows[1] if len(sheet.rows) > 1 else ())]
    if SEAL not in heads:
        return None
    start = heads.index(SEAL)
    # what saved the workbook leaves out columns at the end that are empty: nothing was reported before this round
    places = range(start, start + len(LOCKED))
    told = (tuple(plain(sheet.at(row, place)) for place in places) for row in range(2, len(sheet.rows)))
    rows = {row[LOCKED.index("id")]: row for row in told if row[LOCKED.index("id")]}
    return Seal(plan, name, organisation, language, rows, sheet.name)


@dataclass(frozen=True)
class Finder:
    """Finds the sheets of one workbook."""

    file: str
    sheets: Sequence[Sheet]
    says: Mapping[str, Say]
    choices: Choices
    slips: Slips

    def grid(self, name: str, columns: Sequence[Column]) -> Grid | None:
        """Return a sheet by what its columns are; without it or one of its columns there is nothing to read."""
        labels = {_bare(label_of(column, say)): column for say in self.says.values() for column in columns}
        keys = {column.key: column for column in columns}
        best, key_row, label_row, count = None, -1, -1, 0
        for sheet in self.sheets:
            for row in range(3):
                texts = [plain(held) for held in (sheet.rows[row] if row < len(sheet.rows) else ())]
                known = sum(text in keys for text in texts)
                if known > count:
                    best, key_row, label_row, count = sheet, row, row + 1, known
                known = sum(_bare(text) in labels for text in texts)
                if known > count:
                    best, key_row, label_row, count = sheet, -1, row, known
        if best is None or count < len(columns) / 2:
            shown = next(iter(self.says.values()))(f"round_book.sheet.{name}")
            self.slips.add("sheet-missing", Place(self.file), name=shown)
            return None
        cells = Cells(self.file, best, self.choices, self.slips, label_row)
        at = self._columns(cells, (keys, labels), (key_row, label_row))
        missing = [column for column in columns if column.key not in at]
        say = next(iter(self.says.values()))
        for column in missing:
            self.slips.add("workbook-column-missing", Place(self.file, best.name), name=label_of(column, say))
        return None if missing else Grid(cells, at, keys, label_row + 1)

    def _columns(
        self, cells: Cells, known: tuple[Mapping[str, Column], Mapping[str, Column]], rows: tuple[int, int]
    ) -> dict[str, int]:
        """Return the number of each column by key; what two signs tell differently, or none, is said."""
        (keys, labels), (key_row, label_row) = known, rows
        at: dict[str, int] = {}
        width = max((len(row) for row in cells.sheet.rows), default=0)
        for number in range(width):
            by_key = keys.get(cells.plain(key_row, number)) if key_row >= 0 else None
            by_label = labels.get(_bare(cells.plain(label_row, number)))
            column = by_key or by_label
            place = cells.place(label_row, number)
            if column is None:
                filled = next((row for row in range(len(cells.sheet.rows)) if cells.plain(row, number)), None)
                if filled is not None:
                    self.slips.add(
                        "column-unknown", cells.place(filled, number), value=cells.plain(filled, number)[:60]
                    )
            elif by_key and (by_label is None or by_key.key != by_label.key):
                self.slips.add("column-mislabelled", place, value=cells.plain(label_row, number)[:60])
            elif column.key in at:
                self.slips.add("workbook-column-twice", place, value=cells.plain(label_row, number)[:60])
            else:
                at[column.key] = number
        return at


def _bare(label: str) -> str:
    """Return a label as it is compared."""
    return bare(label).casefold()

"""Owns what the sheets of a round's workbook hold: their columns by key, which are locked, which offer a choice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Say = Callable[..., str]
"""Says a phrase of the program by its key, in one language."""
FORM = "open-action-plan/round/1"
"""What the first cell of the hidden sheet says: the form of the workbook and its version."""
KEY_ROW, LABEL_ROW, FIRST_ROW = 0, 1, 2
"""Rows, counted from 0: the hidden keys, the labels, the first of the rows to fill."""
EVIDENCE_ROWS = 60
"""Rows of the sheet of evidence that are there to be filled."""
MOST_ROWS = 5_000
"""Rows of a sheet that are read."""
JOINT = " · "
"""What parts an id from the title beside it."""
SEAL = "seal"
"""Key of the row in the hidden sheet that tells what stood in the locked cells."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet."""

    key: str
    """Stands in the hidden row; a text of one language ends with its code."""
    width: int
    kind: str = "text"
    """text, day, partial, percent, address, or the code list of which it offers the codes; `yes` and `rows`, too."""
    locked: bool = False
    stem: str = ""
    """Key of its label, without the language."""
    language: str = ""

    @property
    def label(self) -> str:
        """Key of its label."""
        return f"round_book.column.{self.stem or self.key}"


LOCKED = ("commitment", "id", "title", "due", "last_status", "last_reported")
"""Columns that only tell how things stand, in their order."""
_WIDTHS = {"commitment": 34, "id": 10, "title": 44, "due": 12, "last_status": 18, "last_reported": 12}
YES = "yes"
ROWS = "rows"


def milestone_columns(languages: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns of the sheet of milestones."""
    return (
        *(Column(key, _WIDTHS[key], locked=True) for key in LOCKED),
        Column("status", 22, "statuses"),
        Column("progress_pct", 10, "percent"),
        Column("completed_on", 13, "day"),
        *_texts("note", 44, languages),
        Column("new_due", 13, "day"),
        *_texts("reason", 34, languages),
        *_texts("decision", 34, languages),
        Column("no_change", 12, YES),
    )


def evidence_columns(languages: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns of the sheet of evidence."""
    return (
        Column("of", 44, ROWS),
        Column("kind", 20, "evidence_kinds"),
        *_texts("title", 40, languages, label="evidence_title"),
        Column("url", 44, "address"),
        Column("dated_on", 13, "partial"),
        Column("independent", 12, YES),
    )


def _texts(stem: str, width: int, languages: tuple[str, ...], *, label: str = "") -> tuple[Column, ...]:
    return tuple(Column(f"{stem}_{code}", width, stem=label or stem, language=code) for code in languages)


def names_of(say: Say) -> dict[str, str]:
    """Return what sheets, columns and the choice of yes are called, by the placeholder that hints have for each."""
    columns = (*milestone_columns(("",)), *evidence_columns(("",)))
    labels = {column.label for column in columns}
    named = {f"column_{label.rpartition('.')[2]}": say(label) for label in labels}
    sheets = {f"sheet_{name}": say(f"round_book.sheet.{name}") for name in ("milestones", "evidence")}
    return {**named, **sheets, "choice_yes": say(f"round_book.{YES}")}


def file_name(plan: str, round_name: str, organisation: str) -> str:
    """Return the name of the workbook of an organisation."""
    return f"{plan}-{round_name}-{organisation}.xlsx"

"""Owns how a round's workbook is written: locked and open cells, lists to choose from, the hidden sheet of codes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cached_property

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from site_builder.interchange.rounds.book import Book
from site_builder.interchange.rounds.columns import (
    EVIDENCE_ROWS,
    FIRST_ROW,
    FORM,
    KEY_ROW,
    LABEL_ROW,
    LOCKED,
    ROWS,
    SEAL,
    YES,
    Column,
    Say,
    evidence_columns,
    milestone_columns,
)
from site_builder.writers.forms.workbook import A4, MOST_LINES, PLAIN, text_lines
from site_builder.writers.worksheet import LINE, TableBook

CODES = "codes"
"""Name of the hidden sheet."""
_FORMATS = {"day": "yyyy-mm-dd", "percent": "0.##%", "partial": "@", "text": "@", "address": "@"}
GUIDE_WIDTH = 100


def workbook(book: Book, says: Mapping[str, Say]) -> bytes:
    """Return a workbook; `says` has the languages of its instructions. The same book gives the same bytes."""
    stream = io.BytesIO()
    _Writing(book, says, TableBook(stream, PLAIN)).write()
    return stream.getvalue()


@dataclass(frozen=True)
class _Writing:
    """A workbook as it is being written."""

    book: Book
    says: Mapping[str, Say]
    file: TableBook

    def write(self) -> None:
        book = self.book
        made = datetime.combine(book.made_on, time(), UTC)
        self.file.set_properties({"title": self.say("round_book.title", **self.named(self.book.name)), "created": made})
        guide, milestones, evidence = (
            self.file.add_worksheet(self.say(f"round_book.sheet.{name}"))
            for name in ("guide", "milestones", "evidence")
        )
        codes = self.file.add_worksheet(CODES)
        self.write_guide(guide)
        self.write_codes(codes)
        self.write_milestones(milestones)
        self.write_evidence(evidence)
        for sheet in (guide, milestones, evidence, codes):
            # without a password: it keeps from slips, and whoever has a reason can take it off
            sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
        codes.hide()
        milestones.activate()
        self.file.close()

    def say(self, key: str, /, **values: object) -> str:
        return self.book.order.say(key, **values)

    def named(self, organisation: str) -> dict[str, str]:
        asked = self.book.order.round
        return {"plan": asked.plan, "round": asked.name, "organisation": organisation}

    @cached_property
    def locked(self) -> Format:
        return self.file.add_format(
            {"valign": "top", "text_wrap": True, "bg_color": "#EDEFF2", "font_color": "#333333"}
        )

    @cached_property
    def head(self) -> Format:
        return self.file.add_format({"bold": True, "bottom": 1, "bg_color": "#D5DEE9", "text_wrap": True})

    @cached_property
    def open(self) -> Mapping[str, Format]:
        """Formats of the cells to fill, by kind."""
        plain = {"locked": False, "valign": "top", "text_wrap": True, "border": 1, "border_color": "#B8C2CE"}
        return {
            kind: self.file.add_format({**plain, **({"num_format": code} if code else {})})
            for kind, code in {**_FORMATS, "choice": ""}.items()
        }

    def write_guide(self, sheet: Worksheet) -> None:
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, GUIDE_WIDTH)
        title = self.file.add_format({"bold": True, "font_size": 14, "text_wrap": True})
        text = self.file.add_format({"valign": "top", "text_wrap": True})
        row = 0
        asked = self.book.order.round
        for code, say in self.says.items():
            name = self.book.names.get(code, self.book.name)
            heading = say("round_book.title", **self.named(name))
            sheet.write_string(row, 0, heading, title)
            sheet.set_row(row, 1.4 * LINE * text_lines(heading, GUIDE_WIDTH * 2 // 3))
            lines = say("round_book.guide").strip().split("\n")
            if asked.due_on is not None:
                lines.insert(0, say("round_book.due", day=asked.due_on.isoformat()))
            for line in lines:
                row += 1
                sheet.write_string(row, 0, line, text)
                sheet.set_row(row, LINE * text_lines(line, GUIDE_WIDTH))
            row += 2

    def write_codes(self, sheet: Worksheet) -> None:
        """Write what the lists offer, what the choices mean, and what the locked cells say."""
        order = self.book.order
        for place, text in enumerate(
            (FORM, order.round.plan, order.round.name, self.book.organisation, order.language)
        ):
            sheet.write_string(0, place, text)
        for name, pairs in self.book.lists.items():
            sheet.write_string(1, self.places[name] - 1, name)
            for row, (code, label) in enumerate(pairs, FIRST_ROW):
                sheet.write_string(row, self.places[name] - 1, code)
                sheet.write_string(row, self.places[name], label)
        sheet.write_string(1, self.places[ROWS], ROWS)
        sheet.write_string(1, self.places[ROWS] + 1, SEAL)
        for row, line in enumerate(self.book.lines, FIRST_ROW):
            sheet.write_string(row, self.places[ROWS], line.choice)
            for place, text in enumerate(line.locked, self.places[ROWS] + 1):
                sheet.write_string(row, place, text)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Column of what each list offers, in the hidden sheet."""
        return {**{name: 2 * place + 1 for place, name in enumerate(self.book.lists)}, ROWS: 2 * len(self.book.lists)}

    def source(self, name: str) -> str:
        """Return the cells of a list as a formula; to say that nothing changed there is only yes."""
        count = len(self.book.lines) if name == ROWS else len(self.book.lists[name])
        column = xl_col_to_name(self.places[name], col_abs=True)
        return f"={CODES}!{column}${FIRST_ROW + 1}:{column}${FIRST_ROW + max(1, count)}"

    def write_milestones(self, sheet: Worksheet) -> None:
        columns = milestone_columns(self.book.languages)
        self.write_heads(sheet, columns)
        for row, line in enumerate(self.book.lines, FIRST_ROW):
            for place, text in enumerate(line.locked):
                sheet.write_string(row, place, text, self.locked)
            for place, column in enumerate(columns[len(LOCKED) :], len(LOCKED)):
                closed = column.key == "no_change" and not line.takes_no_change
                sheet.write_blank(row, place, None, self.locked if closed else self.format_of(column))
            high = max(text_lines(text, columns[place].width) for place, text in enumerate(line.locked))
            sheet.set_row(row, LINE * min(high, MOST_LINES))
        self.offer(sheet, columns, len(self.book.lines))
        sheet.freeze_panes(FIRST_ROW, 3)

    def write_evidence(self, sheet: Worksheet) -> None:
        columns = evidence_columns(self.book.languages)
        self.write_heads(sheet, columns)
        for row in range(FIRST_ROW, FIRST_ROW + EVIDENCE_ROWS):
            for place, column in enumerate(columns):
                sheet.write_blank(row, place, None, self.format_of(column))
        self.offer(sheet, columns, EVIDENCE_ROWS)
        sheet.freeze_panes(FIRST_ROW, 1)

    def write_heads(self, sheet: Worksheet, columns: Sequence[Column]) -> None:
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(KEY_ROW, place, column.key)
            sheet.write_string(LABEL_ROW, place, label_of(column, self.book.order.say), self.head)
        sheet.set_row(KEY_ROW, None, None, {"hidden": True})
        sheet.set_row(LABEL_ROW, 3 * LINE)
        sheet.repeat_rows(LABEL_ROW)

    def format_of(self, column: Column) -> Format:
        return self.open.get(column.kind) or self.open["choice"]

    def offer(self, sheet: Worksheet, columns: Sequence[Column], rows: int) -> None:
        """Offer lists to choose from, and refuse what is no day and no per cent while it is typed."""
        last = FIRST_ROW + rows - 1
        for place, column in enumerate(columns):
            rule: dict[str, object] = {"error_title": self.say("round_book.wrong")}
            if column.locked or rows < 1:
                continue
            if column.kind in (*self.book.lists, ROWS):
                rule |= {"validate": "list", "source": self.source(column.kind)}
                rule["error_message"] = self.say("round_book.choose")
            elif column.kind == "day":
                bounds = {"minimum": datetime(2000, 1, 1), "maximum": datetime(2100, 12, 31)}  # noqa: DTZ001 - a day
                rule |= {"validate": "date", "criteria": "between", **bounds}
                rule["error_message"] = self.say("round_book.day")
            elif column.kind == "percent":
                rule |= {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
                rule["error_message"] = self.say("round_book.percent")
            else:
                continue
            sheet.data_validation(FIRST_ROW, place, last, place, rule)


def label_of(column: Column, say: Say) -> str:
    """Return the label of a column; a text says in which language it is, a list that one chooses."""
    label = say(column.label)
    if column.language:
        return f"{label} ({column.language})"
    return f"{label} ▼" if column.kind in ("statuses", "evidence_kinds", YES, ROWS) else label

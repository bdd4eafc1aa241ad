"""The workbook of each language: a read-me, the dictionary and a sheet a table, its own language first."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cached_property
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from site_builder.nouns.record import Catalog, Language
from site_builder.nouns.schema import Schemas
from site_builder.nouns.text import Text, brief
from site_builder.writers.columns import Values, columns_of_rows
from site_builder.writers.dataset import Dataset, Sheet
from site_builder.writers.dictionary import DICTIONARY, dictionary_header, dictionary_rows
from site_builder.writers.forms import File
from site_builder.writers.package import said
from site_builder.writers.worksheet import LINE, TableBook, TableSheet

APART = True
"""It shares only rows with other forms."""
LONGEST_SHEET = 20_000
"""Rows up to which a table has a sheet: beyond them spreadsheets are slow, and the read-me names the CSV instead."""
BEGINNING = "overview"
"""Table whose sheet follows the read-me and the dictionary: the one to begin with."""
LONGEST_NAME = 31
"""Characters that Excel allows in the name of a sheet."""
REFUSED_IN_NAMES = str.maketrans("[]:*?/\\'", "()-  --’")
"""Characters that no name of a sheet may have, and what stands for them."""
WIDTHS = (9, 60)
"""Least and most characters that a column is wide."""
README_WIDTHS = (34, 28, 90, 10)
"""Characters that the columns of the read-me are wide."""
WIDE = 0.85
"""How many letters fit where a digit does: Cyrillic ones are wide."""
MOST_LINES = 12
"""Lines that a row is high at most: not every program fits rows to what they hold."""
DAY_WIDTH, A4 = 10, 9
"""Characters of a day, and the number by which the format calls the paper."""
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""No file beside the workbook, and a text is a text whatever it looks like."""
DEFAULT = {"default_format_properties": {"valign": "top", "text_wrap": True}}
"""Look of a cell of which nothing is said: that of most, which keeps the file small."""


def plan_files(catalog: Catalog, schemas: Schemas) -> Iterable[str]:
    return [workbook_name(catalog, code) for code in catalog.codes]


def write(dataset: Dataset) -> Iterable[File]:
    catalog = dataset.edition.catalog
    for language in catalog.languages:
        yield workbook_name(catalog, language.code), workbook(dataset, language)


def workbook_name(catalog: Catalog, language: str) -> str:
    """Return the name of the workbook in a language."""
    return f"{catalog.site.id}.{language}.xlsx"


def workbook(dataset: Dataset, language: Language) -> bytes:
    """Return the workbook in a language; the same dataset gives the same bytes with the same zlib."""
    stream = io.BytesIO()
    book = _Book(dataset, language, TableBook(stream, {**PLAIN, **DEFAULT}))
    book.write()
    return stream.getvalue()


def sheet_titles(labels: Iterable[str]) -> list[str]:
    """Return a name for the sheet of each label that Excel allows and that no other has."""
    titles: list[str] = []
    taken: set[str] = set()
    for label in labels:
        plain = label.translate(REFUSED_IN_NAMES)
        title, number = brief(plain, LONGEST_NAME), 1
        # capitals make no difference to Excel
        while title.lower() in taken:
            number += 1
            title = f"{brief(plain, LONGEST_NAME - len(f' {number}'))} {number}"
        taken.add(title.lower())
        titles.append(title)
    return titles


@dataclass(frozen=True)
class _Book:
    """A workbook as it is being written."""

    dataset: Dataset
    language: Language
    file: Workbook

    def write(self) -> None:
        """Write all sheets and close the workbook."""
        # the read-me says to begin with this one
        sheets = dict(sorted(self.dataset.sheets.items(), key=_is_not_first))
        labels = [self._shown(sheet.table.labels) or name for name, sheet in sheets.items()]
        readme, dictionary, *titles = sheet_titles(
            [self._say("workbook.readme"), self._say("workbook.dictionary"), *labels]
        )
        titled = dict(zip(sheets, titles, strict=True))
        self._set_properties()
        self._write_readme(self._add(readme, Worksheet), titled)
        self._write_table(self._add(dictionary), self._dictionary_columns(), *self._dictionary())
        for name, title in titled.items():
            if not _is_too_long(sheets[name]):
                columns = sheets[name].table.columns(self._codes)
                self._write_table(self._add(title), columns, sheets[name].header, sheets[name].values)
        self.file.close()

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        """The languages, that of the workbook first."""
        own = self.language.code
        return (own, *(code for code in self.dataset.edition.catalog.codes if code != own))

    def _dictionary_columns(self) -> tuple[str, ...]:
        return (*DICTIONARY, *(f"{name}_{code}" for code in self._codes for name in ("label", "description")))

    def _dictionary(self) -> tuple[Sequence[str], Sequence[Values]]:
        return dictionary_header(self.dataset.edition), columns_of_rows(dictionary_rows(self.dataset.edition))

    def _say(self, key: str, **more: object) -> str:
        return said(self.dataset.edition, key, self.language.code, **more)

    def _shown(self, texts: Mapping[str, str]) -> str:
        return Text(texts).shown(self.language.code)[0]

    @cached_property
    def _day(self) -> Format:
        return self.file.add_format({"align": "left", "num_format": "yyyy-mm-dd"})

    @cached_property
    def _head(self) -> Format:
        return self.file.add_format({"bold": True, "bottom": 1, "bg_color": "#E3E9F0"})

    @cached_property
    def _title(self) -> Format:
        return self.file.add_format({"bold": True, "font_size": 16, "text_wrap": False})

    def _set_properties(self) -> None:
        """Set what the file says of itself; it counts as made on the day of its data, so that no clock is in it."""
        site = self.dataset.edition.catalog.site
        made = datetime.combine(self.dataset.edition.derived.as_of, time(), UTC)
        texts = {name: self.dataset.edition.catalog.text(site, name) for name in ("title", "publisher")}
        shown = {name: text.shown(self.language.code)[0] for name, text in texts.items()}
        about = {"title": shown["title"], "author": shown["publisher"], "comments": self._say("data.cite")}
        self.file.set_properties({**about, "created": made})

    def _add(self, title: str, kind: type[Worksheet] = TableSheet) -> Worksheet:
        """Add a sheet; it has rows below a head unless it is of another kind."""
        sheet = self.file.add_worksheet(title, kind)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        if self.language.direction == "rtl":
            sheet.right_to_left()
        return sheet

    def _write_readme(self, target: Worksheet, titled: Mapping[str, str]) -> None:
        """Write what the workbook is, of which day, under which licence, how it is read and what it holds."""
        for place, width in enumerate(README_WIDTHS):
            target.set_column(place, place, width)
        heading, *paragraphs = self._say("workbook.about").strip().split("\n")
        target.write_string(0, 0, heading, self._title)
        target.set_row(0, 2 * LINE)
        for number, paragraph in enumerate(paragraphs, 1):
            target.merge_range(number, 0, number, len(README_WIDTHS) - 1, "")
            target.write_string(number, 0, paragraph)
            target.set_row(number, LINE * text_lines(paragraph, sum(README_WIDTHS)))
        start = len(paragraphs) + 2
        for place, key in enumerate(("workbook.sheet", "data.table", "data.holds", "data.rows")):
            target.write_string(start, place, self._say(key), self._head)
        for number, (name, title) in enumerate(titled.items(), start + 1):
            sheet = self.dataset.sheets[name]
            shown = self._say("workbook.too_long", file=f"{name}.csv") if _is_too_long(sheet) else title
            held = self._shown(sheet.table.descriptions)
            for place, text in enumerate((shown, name, held)):
                target.write_string(number, place, text)
            target.write_number(number, 3, len(sheet.rows))
            target.set_row(number, LINE * text_lines(held, README_WIDTHS[2]))

    def _write_table(
        self, target: TableSheet, columns: Sequence[str], header: Sequence[str], values: Sequence[Values]
    ) -> None:
        """Write the columns of `header` below one row with the names of `columns`, the same in their order."""
        ordered = [values[header.index(name)] for name in columns]
        lines: dict[int, int] = {}
        for place, name in enumerate(columns):
            held = ordered[place]
            longest = _longest(held.distinct.values() or held.in_order)
            width = min(max(WIDTHS[0], int(longest / WIDE) + 1, len(name) + 4), WIDTHS[1])
            if longest > WIDE * width:
                _add_lines(lines, held.in_order, width)
            target.set_column(place, place, width)
            target.write_string(0, place, name, self._head)
        target.add_columns(ordered, lines=lines, day=self._day)
        target.freeze_panes(1, 0)
        target.autofilter(0, 0, len(ordered[0].in_order), len(columns) - 1)
        target.repeat_rows(0)


def _is_not_first(named: tuple[str, Sheet]) -> bool:
    return named[0] != BEGINNING


def _is_too_long(sheet: Sheet) -> bool:
    return len(sheet.rows) > LONGEST_SHEET


def _longest(values: Iterable[Any]) -> int:
    """Return how many characters the longest value of a column has."""
    return max((len(value) if type(value) is str else DAY_WIDTH for value in values if value is not None), default=0)


def _add_lines(lines: dict[int, int], values: Iterable[Any], width: int) -> None:
    """Add how many lines rows take for what they have in a column, by their place, where it is more than one."""
    for number, value in enumerate(values):
        if type(value) is str and len(value) > WIDE * width:
            lines[number] = min(max(lines.get(number, 1), text_lines(value, width)), MOST_LINES)


def text_lines(text: str, width: int) -> int:
    """Return about how many lines a text takes in a column."""
    return sum(1 + int(len(line) / (WIDE * width)) for line in text.split("\n"))

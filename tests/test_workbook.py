"""The promises of the workbooks, read back by calamine: cells equal the CSV, typed, each language's own words first."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pytest
from conftest import Files
from python_calamine import CalamineWorkbook

from site_builder.nouns.edition import Edition
from site_builder.writers.columns import Values
from site_builder.writers.dataset import Dataset
from site_builder.writers.forms.workbook import LONGEST_NAME, LONGEST_SHEET, sheet_titles, workbook

LATEST = "data/latest/"
HOSTILE = ("=1+1", "+976", "-1", "@home", '=HYPERLINK("https://example.org")', "https://example.org", "0012", "TRUE")
"""Texts that a spreadsheet takes for something else when it may choose."""
MARKS = ("<r>fish & chips</r>", "<r><t>bold</t></r>", "a < b", " on both sides ", "_x0041_", "\ttab", "a\nb")
"""Texts that look like the marks of the format, or that it has to escape."""
Cell = str | float | bool | date


@dataclass(frozen=True)
class Published:
    """The published workbook of one language with the tables as CSV."""

    files: Files
    language: str

    @cached_property
    def content(self) -> bytes:
        (name,) = (name for name in self.files if name.endswith(f".{self.language}.xlsx"))
        return self.files[name]

    @cached_property
    def book(self) -> CalamineWorkbook:
        return CalamineWorkbook.from_filelike(io.BytesIO(self.content))

    def cells(self, title: str) -> list[list[Cell]]:
        return self.book.get_sheet_by_name(title).to_python(skip_empty_area=False)

    @cached_property
    def readme(self) -> list[list[Cell]]:
        return self.cells(self.book.sheet_names[0])

    @cached_property
    def listed(self) -> dict[str, tuple[str, int]]:
        """Sheet and number of rows by table, as the read-me lists them."""
        start = next(number for number, row in enumerate(self.readme) if row[1:2] == ["overview"])
        return {str(row[1]): (str(row[0]), int(str(row[3]).removesuffix(".0"))) for row in self.readme[start:]}

    @cached_property
    def schemas(self) -> Mapping[str, Mapping[str, Any]]:
        descriptor = json.loads(self.files[f"{LATEST}datapackage.json"])
        return {resource["name"]: resource["schema"] for resource in descriptor["resources"]}

    def rows(self, name: str) -> list[dict[str, str]]:
        text = self.files[f"{LATEST}{name}.csv"].decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module", params=["real en", "real mn", "fictional en", "fictional mn"])
def published(request: pytest.FixtureRequest) -> Published:
    site, language = request.param.split()
    return Published(request.getfixturevalue(f"{site}_outputs"), language)


def typed(text: str, kind: str) -> Cell:
    """A cell of CSV as the type that its column has."""
    if not text:
        return ""
    if kind == "boolean":
        return text == "true"
    if kind in ("integer", "number"):
        return float(text)
    return date.fromisoformat(text) if kind == "date" else text


def test_every_table_is_a_sheet_whose_cells_equal_the_csv(published: Published) -> None:
    assert list(published.listed) == ["overview", *(name for name in published.schemas if name != "overview")]
    seen: set[type] = set()
    for name, schema in published.schemas.items():
        title, count = published.listed[name]
        header, *cells = published.cells(title)
        rows = published.rows(name)
        kinds = {field["name"]: field["type"] for field in schema["fields"]}
        assert sorted(map(str, header)) == sorted(kinds), name
        expected = [[typed(row[str(column)], kinds[str(column)]) for column in header] for row in rows]
        assert cells == expected, name
        assert [[type(cell) for cell in row] for row in cells] == [[type(cell) for cell in row] for row in expected]
        assert count == len(rows)
        seen |= {type(cell) for row in cells for cell in row}
    assert seen == {str, float, bool, date}


def test_the_own_language_comes_first(published: Published) -> None:
    other = {"en": "mn", "mn": "en"}[published.language]
    for name in published.schemas:
        header = [str(cell) for cell in published.cells(published.listed[name][0])[0]]
        for column in header:
            if column.endswith(f"_{other}"):
                twin = f"{column.removesuffix(other)}{published.language}"
                assert header.index(twin) < header.index(column), f"{name}.{column}"
    named = " ".join(published.book.sheet_names)
    assert bool(re.search("[а-яөү]{4}", named)) == (published.language == "mn")
    dictionary = [str(cell) for cell in published.cells(published.book.sheet_names[1])[0]]
    assert dictionary.index(f"label_{published.language}") < dictionary.index(f"label_{other}")


def test_what_the_read_me_says_to_begin_with_is_the_first_table(published: Published) -> None:
    assert next(iter(published.listed)) == "overview"
    assert published.book.sheet_names[2] == published.listed["overview"][0]


def test_the_dictionary_is_a_sheet(published: Published) -> None:
    header, *cells = published.cells(published.book.sheet_names[1])
    rows = published.rows("data_dictionary")
    kinds = {"position": "integer", "required": "boolean"}
    expected = [[typed(row[str(name)], kinds.get(str(name), "string")) for name in header] for row in rows]
    assert cells == expected


def test_the_read_me_says_what_it_is_of_which_day_and_under_which_licence(published: Published) -> None:
    text = "\n".join(str(row[0]) for row in published.readme)
    for said in ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", "2026", "codelists", "provenance"):
        assert said in text, said
    assert "{" not in text
    assert bool(re.search("[а-яөү]{4}", text)) == (published.language == "mn")


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_no_cell_is_a_formula_or_a_link_and_every_sheet_keeps_its_header_in_sight(published: Published) -> None:
    sheets = {name: content for name, content in parts(published.content).items() if "worksheets/sheet" in name}
    assert len(sheets) == len(published.schemas) + 2
    for name, content in sheets.items():
        assert b"<f>" not in content, name
        assert b"hyperlink" not in content, name
        is_table = name != "xl/worksheets/sheet1.xml"
        assert (b'state="frozen"' in content) == is_table, name
        assert (b"<autoFilter" in content) == is_table, name


def test_days_are_shown_as_iso_days(published: Published) -> None:
    assert b'formatCode="yyyy-mm-dd"' in parts(published.content)["xl/styles.xml"]


def test_the_file_counts_as_made_on_the_day_of_its_data(published: Published) -> None:
    core = parts(published.content)["docProps/core.xml"].decode()
    made = re.findall(r">(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)<", core)
    assert len(made) == 2
    assert set(made) <= {"2026-11-22T00:00:00Z", "2026-06-30T00:00:00Z"}


def test_the_same_data_gives_the_same_workbook(fictional_edition: Edition, fictional_outputs: Files) -> None:
    for language in fictional_edition.catalog.languages:
        once = Published(fictional_outputs, language.code).content
        assert workbook(Dataset(fictional_edition), language) == once


# What a workbook cannot hold as it is


def with_titles(edition: Edition, titles: Mapping[int, Any]) -> Dataset:
    """The tables of an edition, with other values in the first column of organisations' texts."""
    dataset = Dataset(edition)
    sheet = dataset.sheets["organisations"]
    place = sheet.header.index("name_en")
    held = sheet.values[place].in_order
    sheet.values[place] = Values([titles.get(number, title) for number, title in enumerate(held)])
    return dataset


def read_back(dataset: Dataset) -> list[Cell]:
    """The names of organisations in the English workbook of a dataset."""
    language = dataset.edition.catalog.languages[0]
    name = f"x.{language.code}.xlsx"
    files = {f"{LATEST}{key}.csv": content for key, content in dataset.csv.items()}
    published = Published({**files, name: workbook(dataset, language)}, language.code)
    header, *cells = published.cells(published.listed["organisations"][0])
    return [row[header.index("name_en")] for row in cells]


def test_a_text_that_looks_like_something_else_stays_a_text(fictional_edition: Edition) -> None:
    dataset = with_titles(fictional_edition, dict(enumerate(HOSTILE)))
    assert tuple(read_back(dataset)[: len(HOSTILE)]) == HOSTILE


def test_a_text_that_looks_like_marks_of_the_format_stays_as_it_is(fictional_edition: Edition) -> None:
    dataset = with_titles(fictional_edition, dict(enumerate(MARKS)))
    assert tuple(read_back(dataset)[: len(MARKS)]) == MARKS


def test_a_text_that_looks_like_a_formula_is_reported(fictional_outputs: Files) -> None:
    published = Published(fictional_outputs, "en")
    items = {row["update_item_id"] for row in published.rows("update_items") if row["note_en"].startswith("=SUM(")}
    told = {row["record_id"] for row in published.rows("findings") if row["rule"] == "formula-like-text"}
    assert items
    assert items <= told


def test_a_day_that_spreadsheets_disagree_on_is_text_and_a_text_too_long_is_cut_in_sight(
    fictional_edition: Edition,
) -> None:
    long = "ө" * 40_000
    found = read_back(with_titles(fictional_edition, {0: date(1900, 2, 28), 1: date(1900, 3, 1), 2: long}))
    assert found[:2] == ["1900-02-28", date(1900, 3, 1)]
    assert found[2] == "ө" * 32_766 + "…"


def test_sheets_have_names_that_excel_takes() -> None:
    labels = ["Plans", "plans", "A" * 40, "A" * 41, "What [is] this: a/b*c?", "'quoted'", "Биелэлт ба явц" * 4]
    titles = sheet_titles(labels)
    assert all(0 < len(title) <= LONGEST_NAME for title in titles)
    assert len({title.lower() for title in titles}) == len(titles)
    assert not any(set(title) & set("[]:*?/\\'") for title in titles)
    assert titles[:2] == ["Plans", "plans 2"]


def test_a_table_too_long_for_a_sheet_is_named_with_the_file_that_has_it(fictional_edition: Edition) -> None:
    dataset = Dataset(fictional_edition)
    sheet = dataset.sheets["milestone_state"]
    sheet.values[:] = [Values([*values.in_order, *values.in_order[:1] * LONGEST_SHEET]) for values in sheet.values]
    language = fictional_edition.catalog.languages[0]
    published = Published({f"x.{language.code}.xlsx": workbook(dataset, language)}, language.code)
    title, count = published.listed["milestone_state"]
    assert title not in published.book.sheet_names
    assert "milestone_state.csv" in title
    assert count == len(sheet.rows)

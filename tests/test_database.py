"""The promises of the database: its rows are those of the CSV, its keys hold, words are found in every form."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pytest
from conftest import Files

from site_builder.nouns.edition import Edition
from site_builder.nouns.schema import Schemas
from site_builder.readers.schemas import read_schemas
from site_builder.writers.dataset import Dataset
from site_builder.writers.forms.sqlite import OWN, connect, database
from site_builder.writers.questions import questions, statement

LATEST = "data/latest/"
TYPES = {"string": "text", "date": "text", "integer": "integer", "number": "real", "boolean": "integer"}
"""What a value is in the database, by the type of its column."""


def opened(content: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    return connection


@dataclass(frozen=True)
class Published:
    """The published database of a site with the files beside it."""

    files: Files
    edition: Edition

    @cached_property
    def content(self) -> bytes:
        (name,) = (name for name in self.files if name.startswith(LATEST) and name.endswith(".sqlite"))
        return self.files[name]

    @cached_property
    def base(self) -> sqlite3.Connection:
        return opened(self.content)

    @cached_property
    def schemas(self) -> Mapping[str, Mapping[str, Any]]:
        descriptor = json.loads(self.files[f"{LATEST}datapackage.json"])
        return {resource["name"]: resource["schema"] for resource in descriptor["resources"]}

    def rows(self, name: str) -> list[list[str]]:
        """The rows of a CSV, read without help of the program."""
        text = self.files[f"{LATEST}{name}.csv"].decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline="")))[1:]

    def asked(self, sql: str, *values: object) -> list[Any]:
        return self.base.execute(sql, values).fetchall()

    def found(self, word: str, column: str = "search") -> set[str]:
        return {row[0] for row in self.asked(f"select record_id from search where {column} match ?", word)}

    def found_by_key_of(self, word: str) -> set[str]:
        sql = (
            "select search.record_id from search_words join search "
            "on search match 'search_key:' || search_words.search_key || '*' where word = ?"
        )
        return {row[0] for row in self.asked(sql, word)}


@pytest.fixture(scope="module", params=["real", "fictional"])
def published(request: pytest.FixtureRequest) -> Published:
    return Published(
        request.getfixturevalue(f"{request.param}_outputs"), request.getfixturevalue(f"{request.param}_edition")
    )


@pytest.fixture(scope="module")
def real_base(real_outputs: Files, real_edition: Edition) -> Published:
    return Published(real_outputs, real_edition)


def test_sqlite_finds_no_fault_in_the_file(published: Published) -> None:
    assert published.asked("pragma integrity_check") == [("ok",)]
    assert published.asked("pragma foreign_key_check") == []


def as_text(value: object, kind: str) -> str:
    """A value of the database as the CSV says it."""
    if value is None:
        return ""
    if kind == "boolean":
        return ("false", "true")[int(str(value))]
    if kind == "number":
        return f"{float(str(value)):g}"
    return str(value)


def test_every_table_has_the_rows_of_its_csv_with_their_types(published: Published) -> None:
    seen: set[str] = set()
    for name, schema in published.schemas.items():
        kinds = [field["type"] for field in schema["fields"]]
        columns = ", ".join(f'"{field["name"]}"' for field in schema["fields"])
        stored = published.asked(f'select {columns} from "{name}" order by rowid')
        written = published.rows(name)
        assert len(stored) == len(written), name
        for values, cells in zip(stored, written, strict=True):
            plain = [
                f"{float(cell):g}" if cell and kind == "number" else cell
                for cell, kind in zip(cells, kinds, strict=True)
            ]
            assert [as_text(value, kind) for value, kind in zip(values, kinds, strict=True)] == plain, name
        for field in schema["fields"]:
            types = {row[0] for row in published.asked(f'select distinct typeof("{field["name"]}") from "{name}"')}
            assert types <= {TYPES[field["type"]], "null"}, f"{name}.{field['name']}"
            seen |= types
    assert seen >= {"text", "integer", "null"}


def test_every_key_of_the_descriptor_is_one_of_the_database(published: Published) -> None:
    for name, schema in published.schemas.items():
        columns = published.asked(f'pragma table_info("{name}")')
        key = [row[1] for row in sorted(columns, key=lambda row: int(row[5])) if row[5]]
        assert key == schema["primaryKey"], name
        required = {field["name"] for field in schema["fields"] if field.get("constraints", {}).get("required")}
        assert {row[1] for row in columns if row[3]} == required, name
        foreign = {(row[3], row[2]) for row in published.asked(f'pragma foreign_key_list("{name}")')}
        said = {(item["fields"][0], item["reference"]["resource"] or name) for item in schema.get("foreignKeys", [])}
        assert foreign == said, name
        for column, _ in said:
            indexes = published.asked(f'pragma index_list("{name}")')
            firsts = {published.asked(f'pragma index_info("{row[1]}")')[0][2] for row in indexes}
            assert column in firsts, f"{name}.{column} has no index"


@pytest.mark.parametrize(
    "statement",
    [
        "update milestones set commitment_id = 'nobody' where rowid = 1",
        "delete from plans",
        "update plans set number = null",
        "insert into commitments (commitment_id) values ('lonely')",
        "update milestones set title_complete = 2",
    ],
)
def test_the_database_refuses_what_breaks_its_rules(published: Published, statement: str) -> None:
    base = opened(published.content)
    base.execute("pragma foreign_keys = on")
    with pytest.raises(sqlite3.IntegrityError), base:
        base.execute(statement)


def test_one_row_says_of_which_day_the_data_is_and_how_to_cite_it(published: Published) -> None:
    cursor = published.base.execute("select * from about")
    ((*values,),) = cursor.fetchall()
    row = dict(zip((column[0] for column in cursor.description), values, strict=True))
    assert row["as_of"] == str(published.edition.derived.as_of)
    assert row["licence"] == "CC-BY-4.0"
    assert all(row.values())
    for code in ("en", "mn"):
        assert row["licence"] in row[f"citation_{code}"]
        assert "search_words" in row[f"reading_{code}"]


def test_the_dictionary_is_in_the_file(published: Published) -> None:
    stored = published.asked("select * from data_dictionary order by rowid")
    assert len(stored) > 100
    for values, cells in zip(stored, published.rows("data_dictionary"), strict=True):
        kinds = ["boolean" if place == DICTIONARY_REQUIRED else "string" for place in range(len(cells))]
        assert [as_text(value, kind) for value, kind in zip(values, kinds, strict=True)] == cells


DICTIONARY_REQUIRED = 5
"""Place of the column that says whether a column is always filled."""


def test_the_same_data_gives_the_same_bytes(published: Published) -> None:
    assert database(Dataset(published.edition)) == published.content


# Search


def test_an_inflected_mongolian_word_is_found_by_the_key_of_another_form(real_base: Published) -> None:
    inflected = real_base.found("төсвийн")
    assert inflected
    assert not inflected <= real_base.found("төсөв"), "SQLite's own words miss the forms"
    assert inflected <= real_base.found_by_key_of("төсөв")
    assert real_base.found("төсөв") <= real_base.found_by_key_of("төсвийн")


def test_texts_of_both_languages_are_found_with_capitals_and_marks(real_base: Published) -> None:
    assert real_base.found("ТӨСӨВ") == real_base.found("төсөв") != set()
    assert real_base.found("budget") != set()
    assert real_base.found("нийтийн") != set()
    assert real_base.found("ниитиин") == set(), "й is a letter of its own"


def test_each_text_of_the_written_tables_is_in_the_index_once(published: Published) -> None:
    written = [name for name in published.schemas if name in published.edition.catalog.tables and name != "provenance"]
    for code in ("en", "mn"):
        expected: dict[tuple[str, str], list[str]] = {}
        for name in written:
            header = [field["name"] for field in published.schemas[name]["fields"]]
            for row in published.rows(name):
                cells = dict(zip(header, row, strict=True))
                record = "/".join(cells[column] for column in published.schemas[name]["primaryKey"])
                if texts := [cells[column] for column in header if column.endswith(f"_{code}") and cells[column]]:
                    expected[name, record] = texts
        rows = published.asked("select table_name, record_id, title, text from search where language = ?", code)
        found = {(table, record): [title, *filter(None, text.split("\n"))] for table, record, title, text in rows}
        assert len(found) == len(rows)
        assert {key: " ".join(texts).split() for key, texts in found.items()} == {
            key: " ".join(texts).split() for key, texts in expected.items()
        }


# Questions


def views(base: sqlite3.Connection) -> set[str]:
    return {row[0] for row in base.execute("select name from sqlite_master where type = 'view'")}


def test_every_question_is_a_view_that_answers(published: Published) -> None:
    asked = {name: question for name, question in questions().items() if {*question.NEEDS} <= {*published.schemas}}
    assert views(published.base) == {f"question_{name}" for name in asked}
    for name, question in asked.items():
        cursor = published.base.execute(f"select * from question_{name}")
        columns = [column[0] for column in cursor.description]
        assert len(set(columns)) == len(columns), name
        assert cursor.fetchall() == published.base.execute(statement(question, ("en", "mn"))).fetchall()


def test_a_question_whose_tables_are_not_published_is_left_out(fictional_edition: Edition) -> None:
    question = questions()["late_organisations"]
    fewer = {table.name: table for table in fictional_edition.schemas if table.name != question.NEEDS[0]}
    base = connect(Dataset(replace(fictional_edition, schemas=Schemas(fewer))))
    assert "question_late_organisations" not in views(base)


def test_the_late_organisations_are_those_of_the_summary(fictional_edition: Edition) -> None:
    rows = connect(Dataset(fictional_edition)).execute("select * from question_late_organisations").fetchall()
    expected = {
        row["organisation_id"]: row["milestone_overdue_count"]
        for row in fictional_edition.derived.tables["organisation_summary"]
        if row["milestone_led_count"]
    }
    assert {row[0]: row[4] for row in rows} == expected
    assert any(row[5] for row in rows)


# Names


def test_no_table_can_take_a_name_that_the_database_needs(schema_files: Files) -> None:
    for name in (*OWN, "search_data", "question_late_organisations", "sqlite_master"):
        renamed = schema_files["datapackage.json"].replace(b'"name": "redirects"', f'"name": "{name}"'.encode())
        _, findings = read_schemas({**schema_files, "datapackage.json": renamed})
        assert [finding.name for finding in findings if finding.name == "schema-taken"], name

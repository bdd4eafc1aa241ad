"""The twenty questions: every query runs on the published file, and the page says what the file answers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pytest
from conftest import Files
from lxml import html

from site_builder.nouns.edition import Edition
from site_builder.writers.questions import Question, questions, statement

NUMBERS = list(range(1, 21))
OWN = {"about", "data_dictionary"}


@dataclass(frozen=True)
class Asked:
    """A built site with its database, opened without help of the program."""

    edition: Edition
    files: Files

    @cached_property
    def base(self) -> sqlite3.Connection:
        (content,) = (content for path, content in self.files.items() if path.endswith(".sqlite"))
        connection = sqlite3.connect(":memory:")
        connection.deserialize(content)
        return connection

    @cached_property
    def tables(self) -> set[str]:
        return {row[0] for row in self.base.execute("select name from sqlite_master where type = 'table'")}

    @cached_property
    def asked(self) -> Mapping[str, Question]:
        return {name: question for name, question in questions().items() if {*question.NEEDS} <= self.tables}

    def rows(self, name: str) -> list[tuple[object, ...]]:
        return self.base.execute(statement(questions()[name], self.edition.catalog.codes)).fetchall()

    def section(self, name: str, language: str) -> html.HtmlElement:
        return html.fromstring(self.files[f"{language}/data/questions/index.html"]).get_element_by_id(name)


@pytest.fixture(scope="module", params=["real", "fictional"])
def site(request: pytest.FixtureRequest) -> Asked:
    name = request.param
    return Asked(request.getfixturevalue(f"{name}_edition"), request.getfixturevalue(f"{name}_outputs"))


@pytest.fixture(scope="module")
def fiction(fictional_edition: Edition, fictional_outputs: Files) -> Asked:
    return Asked(fictional_edition, fictional_outputs)


def test_there_are_twenty_questions_each_with_its_number() -> None:
    assert [question.NUMBER for question in questions().values()] == NUMBERS


def test_a_query_reads_no_table_but_those_that_it_says_it_needs(fiction: Asked) -> None:
    for name, question in fiction.asked.items():
        read: set[str] = set()

        def noted(action: int, table: str | None, *_: object, read: set[str] = read) -> int:
            if action == sqlite3.SQLITE_READ and table:
                read.add(table)
            return sqlite3.SQLITE_OK

        fiction.base.set_authorizer(noted)
        fiction.rows(name)
        fiction.base.set_authorizer(None)
        assert read & fiction.tables - OWN <= {*question.NEEDS}, name


def test_no_query_names_a_day_or_a_year() -> None:
    for name, question in questions().items():
        assert not re.search(r"\d{4}", question.SQL), name


def test_the_page_gives_as_many_rows_as_the_published_file(site: Asked) -> None:
    for name in site.asked:
        rows = site.rows(name)
        for language in site.edition.catalog.codes:
            section = site.section(name, language)
            assert len(section.xpath(".//tbody/tr")) == min(len(rows), 10), name
            captions = [caption.text_content() for caption in section.xpath(".//caption")]
            numbers = re.findall(r"\d+", " ".join(captions))
            assert numbers == [] if not rows else str(len(rows)) in numbers, (name, captions)


def numbers_of(rows: list[tuple[object, ...]]) -> Iterator[str]:
    """Every number and id of the first rows, as a page writes them."""
    for row in rows[:10]:
        for value in row:
            if isinstance(value, (int, float)) and value not in (0, 1):
                yield f"{value:,.1f}".removesuffix(".0")
            elif isinstance(value, str) and re.fullmatch(r"(fic|nap)\d-[a-z0-9-]+", value):
                yield value


def test_the_page_shows_the_numbers_and_ids_that_the_published_file_gives(site: Asked) -> None:
    seen = 0
    for name in site.asked:
        text = " ".join(site.section(name, "en").xpath(".//table")[0].itertext()) if site.rows(name) else ""
        if "columns are shown" in text:
            continue  # of so many columns the page shows the first
        for value in numbers_of(site.rows(name)):
            assert re.search(rf"(?<![\w.,-]){re.escape(value)}(?![\w-])", text), (name, value)
            seen += 1
    assert seen > 50


def test_the_query_on_the_page_is_the_one_that_was_run(fiction: Asked) -> None:
    for name in fiction.asked:
        (code,) = fiction.section(name, "mn").xpath(".//details//pre/code")
        assert fiction.base.execute(code.text_content()).fetchall() == fiction.rows(name), name


def test_a_question_without_data_says_which_data_is_missing(site: Asked) -> None:
    for name, question in questions().items():
        missing = [table for table in question.NEEDS if table not in site.tables]
        if not missing and not site.rows(name):
            missing = [table for table in question.NEEDS if not site.base.execute(f"select 1 from {table}").fetchone()]
        for language in site.edition.catalog.codes:
            section = site.section(name, language)
            said = section.xpath("div/p[@class='missing']")
            is_told = name in site.asked and bool(site.rows(name)) and not lacks(site, name)
            assert bool(said) != is_told, name
            assert [code.text for code in section.xpath("div/p[@class='missing']//code")] == missing, name


def lacks(site: Asked, name: str) -> bool:
    """Whether the columns that hold an answer are empty in all its rows."""
    cursor = site.base.execute(statement(questions()[name], site.edition.catalog.codes))
    telling = [
        place
        for place, (column, *_) in enumerate(cursor.description)
        if column in getattr(questions()[name], "TELLS", ())
    ]
    return bool(telling) and not any(row[place] for row in cursor for place in telling)


def test_promised_numbers_of_which_nobody_recorded_a_value_are_no_answer(
    real_edition: Edition, real_outputs: Files, fiction: Asked
) -> None:
    real = Asked(real_edition, real_outputs)
    section = real.section("targets_reached", "en")
    assert "none of the 16 rows has a value for Observed" in section.text_content()
    assert section.xpath(".//tbody/tr"), "what was promised is shown all the same"
    assert not fiction.section("targets_reached", "en").xpath("div/p[@class='missing']")


def test_the_page_counts_a_question_as_answered_where_the_data_is_there(site: Asked) -> None:
    def is_answered(name: str) -> bool:
        tables = questions()[name].NEEDS
        full = all(site.base.execute(f"select 1 from {table}").fetchone() for table in tables)
        return not lacks(site, name) and (full or bool(site.rows(name)))

    (lede,) = html.fromstring(site.files["en/data/questions/index.html"]).find_class("lede")
    assert f"answers {sum(map(is_answered, site.asked))} of them" in lede.text_content()


def test_outcomes_and_groups_without_data_are_those_of_the_framework_reports(
    real_edition: Edition, real_outputs: Files
) -> None:
    real = Asked(real_edition, real_outputs)
    gaps = real.base.execute("select outcome_id, population_id from disaggregation_gaps where is_gap")
    bare = real.base.execute("select record_id from framework_gaps where kind = 'outcome_without_indicator'")
    rows = [row[2:4] for row in real.rows("results_without_data")]
    assert {row for row in rows if row[1]} == set(gaps.fetchall())
    assert {row[0] for row in rows if row[0] and not row[1]} >= {row[0] for row in bare}


def test_without_any_report_the_real_site_says_that_reports_are_missing(
    real_edition: Edition, real_outputs: Files
) -> None:
    said = Asked(real_edition, real_outputs).section("moved_deadlines", "en").xpath("div/p[@class='missing']")[0]
    assert "date_changes" in said.text_content()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # worked out by hand from the tables of fictional/EXPECTED.md
        (
            "late_organisations",
            [
                ("ministry-of-examples", 6, 2, 33.3, 46, 91, 0),
                ("office-of-old-maps", 3, 0, 0.0, 31, 31, 0),
                ("atlas-agency", 2, 0, 0.0, None, None, 2),
                ("lighthouse-agency", 8, 0, 0.0, None, None, 0),
            ],
        ),
        ("government_and_reviewers", [("fic1-c04", -2), ("fic0-c01", -1), ("fic1-c03", 1)]),
        ("due_in_90_days", [("fic1-c02-m01", 0), ("fic1-c02-m02", 30), ("fic1-c01-m04", 31)]),
        ("doing_and_telling", [("fic0-c01-m01", 112), ("fic1-c01-m02", 106), ("fic1-c01-m01", 10)]),
        (
            "moved_deadlines",
            [
                ("fic1-c04-m03", 275, 1),
                ("fic1-c02-m02", 211, 1),
                ("fic0-c01-m03", 153, 1),
                ("fic1-c01-m02", 92, 0),
                ("fic1-c02-m02", 92, 0),
            ],
        ),
        ("completed_without_proof", [("fic0-c01-m01", 1), ("fic1-c01-m03", 1)]),
        ("silent_commitments", [("fic1-c06", None), ("fic0-c02", None), ("fic0-c01", 526)]),
        # boats: 95 per cent promised, none at first, 36.5 observed
        ("targets_reached", [(95.0, 38.4), (None, None), (None, None)]),
    ],
)
def test_the_answer_is_as_worked_out_by_hand(name: str, expected: list[tuple[object, ...]], fiction: Asked) -> None:
    columns = {
        "late_organisations": (0, 3, 4, 5, 6, 7, 8),
        "government_and_reviewers": (0, 6),
        "due_in_90_days": (0, 4),
        "doing_and_telling": (0, 5),
        "moved_deadlines": (0, 4, 5),
        "completed_without_proof": (0, 5),
        "silent_commitments": (0, 5),
        "targets_reached": (3, 7),
    }[name]
    assert [tuple(row[place] for place in columns) for row in fiction.rows(name)] == expected


def test_an_id_in_an_answer_leads_to_its_page(fiction: Asked) -> None:
    section = fiction.section("due_in_90_days", "mn")
    assert section.xpath(".//tbody//a/@href")[0] == "../../commitments/fic1-c02/index.html#m01"


def test_a_code_in_an_answer_is_shown_by_its_label(fiction: Asked) -> None:
    text = fiction.section("government_and_reviewers", "mn").xpath(".//tbody")[0].text_content()
    assert "хэрэгжиж байгаа" in text
    assert "in_progress" not in text


def test_what_changed_is_told_in_words_beside_its_codes(fiction: Asked) -> None:
    cursor = fiction.base.execute("select * from question_recent_changes where record_id = 'fic1-2026-h1-c04-m03'")
    names = [column for column, *_ in cursor.description]
    (row,) = (dict(zip(names, values, strict=True)) for values in cursor)
    assert row["title_en"] == "Ring the foghorn for every new law"
    assert (row["old_value"], row["before_en"], row["before_mn"]) == ("completed", "completed", "биелсэн")
    assert (row["new_value"], row["after_en"], row["after_mn"]) == ("in_progress", "in progress", "хэрэгжиж байгаа")
    (table,) = fiction.section("recent_changes", "mn").xpath(".//table")
    assert "хэрэгжиж байгаа" in table.text_content() and "in_progress" not in table.text_content()


EDITS = """
insert into events (event_id, published_on, commit_id, pull_request, table_name, record_id, field, kind,
    old_value, new_value, days, commitment_id, milestone_id)
values
    ('event-1', '2026-06-01', 'c1', '12', 'milestones', 'fic1-c01-m01', 'due_baseline', 'date_moved',
        '2026-05-31', '2026-08-31', 92, 'fic1-c01', 'fic1-c01-m01'),
    ('event-2', '2026-06-02', 'c2', null, 'milestones', 'fic1-c01-m01', 'title_en', 'text_changed',
        'Count all boats', 'Count some boats', null, 'fic1-c01', 'fic1-c01-m01'),
    ('event-3', '2026-06-03', 'c3', null, 'commitments', 'fic1-c01', 'note_en', 'text_changed',
        'A', 'B', null, 'fic1-c01', null),
    ('event-4', '2025-06-03', 'c4', null, 'commitments', 'fic1-c01', 'title_en', 'text_changed',
        'A', 'B', null, 'fic1-c01', null),
    ('event-5', '2026-06-04', 'c5', null, 'milestones', 'fic1-c01-m02', null, 'added', null, null, null, 'fic1-c01',
        'fic1-c01-m02')
"""


def test_edits_of_the_content_are_among_the_answers(fiction: Asked) -> None:
    with_edits = sqlite3.connect(":memory:")
    fiction.base.backup(with_edits)
    with_edits.execute(EDITS)
    codes = fiction.edition.catalog.codes

    def commits(name: str) -> list[object]:
        cursor = with_edits.execute(statement(questions()[name], codes))
        place = [column for column, *_ in cursor.description].index("commit_id")
        return [row[place] for row in cursor if row[place]]

    assert commits("recent_changes") == ["c3", "c2", "c1"]  # the newest first, none of a year ago, nothing small added
    asked = statement(questions()["recent_changes"], codes).replace("order by", "-- order by")
    fields = with_edits.execute(f"select field_name_mn from ({asked}\n) where commit_id = 'c1'").fetchall()
    assert fields == [("Дуусах хугацаа (батлагдсан)",)]
    assert commits("moved_deadlines") == ["c1"]
    assert commits("decisions") == ["c2", "c1", "c4"]  # a note of ours needs no approval
    reworded = with_edits.execute(statement(questions()["reworded_promises"], codes)).fetchall()
    assert [row[1:4] for row in reworded] == [
        ("fic1-c01-m01", "title_en", "Count all boats"),
        ("fic1-c01", "title_en", "A"),
    ]
    with_edits.close()

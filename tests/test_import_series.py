"""Series are imported whole or not at all: every cell gets a place, is told in the report, or is a mistake with one."""

from __future__ import annotations

import csv
import io
import re
import time
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, Files, inputs_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from manual import base_files, folder_of

from site_builder.checks import check_catalog
from site_builder.composition import check, edition
from site_builder.interchange.series.importing import Done, Place, Wish, import_table, import_tree
from site_builder.interchange.series.merging import Revision
from site_builder.interchange.series.report import markdown
from site_builder.nouns.diagnostic import Severity
from site_builder.readers.content import read_content
from site_builder.readers.schemas import read_schemas
from site_builder.shell.cli import main
from site_builder.shell.disk import read_folder
from site_builder.shell.wording import Wording
from site_builder.writers.dataset import Dataset
from site_builder.writers.forms import csv_and_json

DAY = date(2026, 6, 30)
SERIES = ROOT / "tests" / "series"
BOATS, BOATS_MAP = (SERIES / "boats.csv").read_bytes(), (SERIES / "boats.yaml").read_bytes()
TAKEN = {
    *("indicator_name", "indicator_number", "indicator_definition", "national_geographical_coverage"),
    *("computation_units", "computation_calculations", "comments_limitations", "goal_meta_link"),
    *("source_active_1", "source_organisation_1", "source_url_1", "source_url_text_1"),
    *("source_active_2", "source_organisation_2", "source_active_3", "reporting_status"),
}
"""Keys of the fictional 8.5.2 that are taken over whole; each of the others stands in the report."""
TREE = "indicators/sdg-8-5-2"


@pytest.fixture(scope="module")
def content() -> Files:
    return folder_of(base_files(ROOT), "content")


def place_of(content: Files, schema_files: Files) -> Place:
    schemas, _ = read_schemas(schema_files)
    catalog, findings = read_content(content, schemas)
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]
    return Place(content, catalog, schemas)


@pytest.fixture(scope="module")
def place(content: Files, schema_files: Files) -> Place:
    return place_of(content, schema_files)


@pytest.fixture(scope="module")
def open_sdg() -> Files:
    return read_folder(SERIES / "open_sdg")


def _say(wording: Wording, language: str, key: str, /, **values: object) -> str:
    return wording.say(key, language, **values)


def table(
    place: Place,
    wording: Wording,
    content: bytes = BOATS,
    mapping: bytes = BOATS_MAP,
    *,
    revision: Revision | None = None,
) -> Done:
    wish = Wish("boats.csv", "en", "en", revision=revision)
    return import_table(content, ("boats.yaml", mapping), wish, place, say=partial(_say, wording, "en"))


def tree(place: Place, wording: Wording, files: Files, mapping: bytes | None = None) -> Done:
    given_mapping = ("map.yaml", mapping) if mapping is not None else None
    return import_tree(files, given_mapping, Wish("open_sdg", "en", "en"), place, say=partial(_say, wording, "en"))


def left(done: Done) -> set[tuple[str, str, str]]:
    """What was told: kind, column and value."""
    return {(item.kind, item.column, item.value) for ledger in done.ledgers for item in ledger.entries}


def published(content: Files, schemas: Files, theme: Files, wording: Wording) -> list[dict[str, str]]:
    """The rows of observations.csv as a build has them; the content must be without errors."""
    checked = check(inputs_of(content, schemas, theme, DAY, wording))
    assert [finding for finding in checked.findings if finding.severity is Severity.ERROR] == []
    files = csv_and_json.write(Dataset(edition(checked)))
    text = next(text for name, text in files if name == "observations.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


# A tidy table with a mapping


def test_a_table_becomes_a_sheet_and_an_indicator(place: Place, wording: Wording) -> None:
    done = table(place, wording)
    assert done.errors == []
    assert done.files["indicators/paper-boats.csv"].decode() == (
        "period,period_end,sex,age,urbanisation,value,observation_status,note_mn\n"
        "2020,,,,,1200,,\n"
        "2020,,M,,,700,,\n"
        "2020,,F,,,500,,\n"
        '2021,,,,,1250,P,"Урьдчилсан, зохиомол"\n'
        "2021,,,,R,,M,\n"
        "2021,,,Y15T24,,310,,\n"
        "2022,2023,,,,1300,,\n"
    )
    yaml = done.files["indicators/paper-boats.yaml"].decode()
    for line in (
        "unit: people",
        "direction: increase",
        "source: plan-text",
        "disaggregations: [SEX, AGE, URBANISATION]",
    ):
        assert f"\n{line}\n" in yaml
    assert left(done) == {
        ("skipped_column", "Дугаар", ""),
        ("skipped_code", "Хүйс", "Тодорхойгүй"),
        ("missing", "Утга", "-"),
    }


def test_what_was_imported_stands_in_the_published_observations(
    content: Files, place: Place, open_sdg: Files, schema_files: Files, theme_files: Files, wording: Wording
) -> None:
    both = {**table(place, wording).files, **tree(place, wording, open_sdg).files}
    rows = published({**content, **both}, schema_files, theme_files, wording)
    values = {row["observation_id"]: row["value"] for row in rows}
    for number, value in {
        "paper-boats-m-2020": "700",
        "paper-boats-total-2022-to-2023": "1300",
        "paper-boats-r-2021": "",
        "sdg-8-5-2-total-2018": "11.0",
        "sdg-8-5-2-f-2021": "8.5",
        "sdg-8-5-2-y15t24-2021": "14.1",
        "sdg-12-5-1-persons-total-2020": "1310",
    }.items():
        assert values[number] == value
    assert len([row for row in rows if row["series_id"].startswith(("paper-boats", "sdg-"))]) == 7 + 7 + 4


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbf" + BOATS,
        BOATS.replace(b"\n", b"\r\n"),
        BOATS + b",,,,,,,,,\n,,,,,,,,,,,,\n\n",
        BOATS.replace(b",,\n", b"\n"),
        BOATS.replace("Эрэгтэй,".encode(), " Эрэгтэй ,".encode()),
    ],
    ids=["mark", "windows", "empty rows", "no empty columns", "spaces"],
)
def test_what_spreadsheets_leave_behind_is_tolerated(text: bytes, place: Place, wording: Wording) -> None:
    assert table(place, wording, text).files == table(place, wording).files


FAULTS = [
    ("2020,Нийт", "20I5,Нийт", "partial-date-form", 2, 1, "2015"),
    (",1200,", ',"1200,5",', "number-form", 2, 14, "1200.5"),
    (",1200,", ",1200,5,", "number-form", 2, 13, "1200.5"),
    (",1200,", ",1 200,", "number-form", 2, 13, "1200"),
    ("Эрэгтэй", "Эрэгтей", "series-word-unmapped", 3, 6, "эрэгтэй"),
    ("2020,Эмэгтэй", "2020,Эрэгтэй", "value-twice", 4, 16, ""),
    (",700,,,2,,", ",700,,,2,,,x", "row-too-long", 3, 0, ""),
    (",700,,,2,,", ",700", "row-too-short", 3, 19, ""),
    ('"Урьдчилсан', 'x"Урьдчилсан', "csv-quote", 5, 0, ""),
    (",310,,", ',310,,"', "csv-line-break", 7, 0, ""),
    ("2021,Нийт,15-24", ",Нийт,15-24", "cell-empty", 7, 1, ""),
    ("15-24", "15-99", "series-word-unmapped", 7, 11, ""),
    ("Он,Хүйс", "Он,Хуйс", "series-column-unmapped", 1, 4, "sex"),
    ("Он,Хүйс", "Он,Он", "column-twice", 1, 4, ""),
    ("Он,Хүйс", "Он,2019,2020,Хүйс", "csv-years-across", 1, 4, ""),
    ("2022/23,Нийт", "Нийт дүн,,,,9\nЭх сурвалж\n2022/23,Нийт", "csv-text-line", 8, 1, ""),
]


@pytest.mark.parametrize(("before", "after", "rule", "line", "column", "meant"), FAULTS, ids=range(len(FAULTS)))
def test_a_mistake_is_told_with_its_place_and_what_was_meant(
    before: str, after: str, rule: str, line: int, column: int, meant: str, place: Place, wording: Wording
) -> None:
    spoiled = BOATS.decode().replace(before, after, 1)
    assert spoiled != BOATS.decode()
    done = table(place, wording, spoiled.encode())
    error = done.errors[0]
    assert (error.name, error.location.file, error.location.line) == (rule, "boats.csv", line)
    assert column in (0, error.location.column)
    assert error.suggestion == meant
    assert done.files == {}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (BOATS.replace(b",", b";"), "csv-separator"),
        (BOATS.decode().encode("cp1251", "replace"), "not-utf8"),
        ("Year,Sexe\n2020,Fémin\n".encode("latin-1"), "not-utf8"),
        (BOATS.decode().encode("utf-16"), "not-utf8"),
        (b"", "file-empty"),
        (b"\x00,a\n", "control-character"),
    ],
)
def test_a_file_in_another_form_is_refused(text: bytes, rule: str, place: Place, wording: Wording) -> None:
    done = table(place, wording, text)
    assert [error.name for error in done.errors] == [rule]


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("Он: period", "Он: perod", "unknown-key"),
        ("Он: period", "Жил: period", "series-column-unmapped"),
        ("columns:", "colums:", "unknown-key"),
        ("Хүйс: sex", "Хүйс: age", "series-target-twice"),
        ("unit: people", "unit: peple", "code-unknown"),
        ("indicator: paper-boats", "indicator: ../../paper", "id-form"),
        ("retrieved_on: 2026-06-01", "retrieved_on: 2026-06-31", "date-nonexistent"),
        ('missing: ["-", ".."]', "missing: none", "series-mapping-form"),
        ('missing: ["-", ".."]', "missing: [", "unclosed-bracket"),
    ],
)
def test_a_mistake_in_the_mapping_is_told_at_its_place(
    before: str, after: str, rule: str, place: Place, wording: Wording
) -> None:
    spoiled = BOATS_MAP.decode().replace(before, after, 1)
    assert spoiled != BOATS_MAP.decode()
    done = table(place, wording, mapping=spoiled.encode())
    assert rule in [error.name for error in done.errors], done.errors
    assert done.files == {}


def test_a_mapping_that_names_a_column_the_table_lacks_is_told(place: Place, wording: Wording) -> None:
    (error,) = table(
        place, wording, mapping=BOATS_MAP.replace("Дугаар: skip".encode(), "Дугаар: skip\n  Байршилт: skip".encode())
    ).errors
    assert (error.name, error.location.file, error.suggestion) == ("series-column-absent", "boats.yaml", "Байршил")


def test_a_table_without_a_mapping_may_use_our_own_names(place: Place, wording: Wording) -> None:
    rows = b"boats,2020,F,1.50,percent,plan-text\nboats,2021,women,2,percent,plan-text\n"
    content = b"indicator,period,sex,value,unit,source\n" + rows
    done = import_table(content, None, Wish("t.csv", "en", "en"), place, say=partial(_say, wording, "en"))
    assert done.errors == []
    assert done.files["indicators/boats.csv"] == b"period,sex,value\n2020,F,1.50\n2021,F,2\n"
    yaml = done.files["indicators/boats.yaml"].decode()
    assert done.made[0].left_to_do == ["name", "direction"]
    assert "## increase = " in yaml and "\n# direction:\n" in yaml
    assert '# name:\n#   en: ""\n#   mn: ""\n' in yaml


# Years across the columns

WIDE, WIDE_MAP = (SERIES / "boats-wide.csv").read_bytes(), (SERIES / "boats-wide.yaml").read_bytes()


def test_a_table_with_years_across_becomes_a_row_a_value(place: Place, wording: Wording) -> None:
    done = table(place, wording, WIDE, WIDE_MAP)
    assert done.errors == []
    assert done.files["indicators/paper-boats.csv"].decode() == (
        "period,period_end,sex,value,observation_status\n"
        "2020,,,1200,\n"
        "2021,,,1250,\n"
        "2022,2023,,1300,\n"
        "2020,,M,700,\n"
        "2021,,M,,M\n"
        "2020,,F,500,\n"
        "2022,2023,F,610,\n"
    )
    assert left(done) == {("no_value", "2021 он", ""), ("no_value", "2022/23", ""), ("missing", "2021 он", "..")}
    named = WIDE_MAP.replace(b"codes:\n", b'codes:\n  period:\n    "2024 (p)": 2024\n')
    marked = table(place, wording, WIDE.replace(b"2022/23", b"2024 (p)"), named)
    assert b"\n2024,,1300,\n" in marked.files["indicators/paper-boats.csv"]


@pytest.mark.parametrize(
    ("before", "after", "rule", "line", "column", "meant"),
    [
        ("Эмэгтэй,500", "Эмэгтэй,5OO", "number-form", 4, 9, ""),
        ("Эмэгтэй,500,,610", 'Эмэгтэй,500,,"61,5"', "number-form", 4, 15, "61.5"),
        ("Нийт,1200,1250,1300", "Нийт,12,5,12,6,13,1", "number-form", 2, 6, "12.5"),
        ("Эмэгтэй,500,,610", "Эмэгтэй,500,,610,7", "row-too-long", 4, 18, ""),
        ("Эмэгтэй", "Эрэгтэй", "value-twice", 4, 9, ""),
        ("Эмэгтэй,500", "Эмгтэй,500", "series-word-unmapped", 4, 1, "эмэгтэй"),
        (",2021 он", ",2020.0", "value-twice", 2, 11, ""),
        (",2021 он", ",20I1", "series-column-unmapped", 1, 11, ""),
        (",610\n", ",610\nЭх сурвалж: зохиомол,,,\nТайлбар\n", "csv-text-line", 5, 1, ""),
        (",2020,2021 он,2022/23", ",a,b,c", "series-column-unmapped", 1, 6, ""),
    ],
)
def test_a_mistake_in_a_table_with_years_across_is_told_at_its_cell(
    before: str, after: str, rule: str, line: int, column: int, meant: str, place: Place, wording: Wording
) -> None:
    spoiled = WIDE.decode().replace(before, after, 1)
    assert spoiled != WIDE.decode()
    done = table(place, wording, spoiled.encode(), WIDE_MAP)
    error = done.errors[0]
    told = (error.name, error.location.line, error.location.column, error.suggestion)
    assert told == (rule, line, column, meant)
    assert done.files == {} and len(done.errors) <= 3


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("years_across: true", "years_across: yes", "boolean-form"),
        ("years_across: true", "years_across: [2019]", "series-mapping-form"),
        ("years_across: true\n", "", "csv-years-across"),
        ("constants:\n", "constants:\n  period: 2020\n", "series-target-twice"),
    ],
)
def test_a_mapping_says_plainly_that_years_stand_across(
    before: str, after: str, rule: str, place: Place, wording: Wording
) -> None:
    done = table(place, wording, WIDE, WIDE_MAP.decode().replace(before, after, 1).encode())
    assert rule in [error.name for error in done.errors], done.errors
    assert done.files == {}


def test_a_table_without_a_year_across_is_told(place: Place, wording: Wording) -> None:
    (error,) = table(place, wording, "Хүйс\nНийт\n".encode(), WIDE_MAP).errors
    assert (error.name, error.location.file) == ("series-no-years", "boats.yaml")


def test_what_the_content_has_otherwise_is_told_at_the_cell_of_its_year(
    place: Place, content: Files, schema_files: Files, wording: Wording
) -> None:
    done = table(place, wording, WIDE, WIDE_MAP)
    again = place_of({**content, **done.files}, schema_files)
    assert table(again, wording, WIDE, WIDE_MAP).files == {}
    (error,) = table(again, wording, WIDE.replace(b"1250", b"1251"), WIDE_MAP).errors
    assert (error.name, error.location.line, error.location.column) == ("series-conflict", 2, 11)
    (row,) = [row for _, row in done.origins["indicators/paper-boats.csv"] if row.cells[0] == "2021" and row.line == 2]
    table_read = done.origins["indicators/paper-boats.csv"][0][0]
    assert [table_read.place(row, name)[0].line for name in ("value", "period")] == [2, 1]


# What is there already


def test_values_that_are_there_are_skipped_and_new_ones_follow(
    content: Files, schema_files: Files, wording: Wording
) -> None:
    first = table(place_of(content, schema_files), wording)
    there = {**content, **first.files}
    there["indicators/paper-boats.csv"] = b"\xef\xbb\xbf" + first.files["indicators/paper-boats.csv"].replace(
        b"\n", b"\r\n"
    )
    place = place_of(there, schema_files)
    assert table(place, wording).files == {}
    assert table(place, wording).counts()["same"] == 7
    more = table(place, wording, BOATS + b"2024,,,,1500.0,,,9\n2024,,60+,,90,,,9\n")
    assert list(more.files) == ["indicators/paper-boats.csv"]
    before, after = there["indicators/paper-boats.csv"], more.files["indicators/paper-boats.csv"]
    assert after == before + b"2024,,,,,1500.0,,\r\n2024,,,Y_GE60,,90,,\r\n"


def test_a_column_that_the_sheet_does_not_have_is_added_to_it(place: Place, wording: Wording) -> None:
    content = b"indicator,period,age,value\njobless,2022,Y15T24,17.1\njobless,2020,,7.2\n"
    done = import_table(content, None, Wish("t.csv", "en", "en"), place, say=partial(_say, wording, "en"))
    lines = done.files["indicators/jobless.csv"].decode().splitlines()
    assert lines[0] == "period,sex,value,observation_status,note_en,note_mn,age"
    assert lines[1] == "2019,,7.0,,,,"
    assert lines[-1] == "2022,,17.1,,,,Y15T24"
    assert len(lines) == 8


def test_another_value_is_a_conflict_unless_it_is_a_revision(place: Place, wording: Wording) -> None:
    content = b"indicator,period,value\njobless,2020,7.3\njobless,2019,7.00\n"
    say = partial(_say, wording, "en")
    done = import_table(content, None, Wish("t.csv", "en", "en"), place, say=say)
    assert [(error.name, error.location.line, error.location.column) for error in done.errors] == [
        ("series-conflict", 2, 14)
    ]
    assert dict(done.errors[0].arguments)["first_file"] == "content/indicators/jobless.csv"
    assert done.files == {}
    wish = Wish("t.csv", "en", "en", revision=Revision("2026-05", "Counted again.", "en"))
    revised = import_table(content, None, wish, place, say=say)
    lines = revised.files["indicators/jobless.csv"].decode().splitlines()
    assert lines[0].endswith(",vintage") and lines[-1] == "2020,,7.3,,Counted again.,,2026-05"
    assert revised.made[0].revised == 1 and revised.counts() == {"same": 1}


def test_rows_of_another_unit_are_refused(place: Place, wording: Wording) -> None:
    content = b"indicator,period,value,unit\njobless,2025,7.3,percent\njobless,2026,7.3,people\n"
    done = import_table(content, None, Wish("t.csv", "en", "en"), place, say=partial(_say, wording, "en"))
    assert [(error.name, error.location.line) for error in done.errors] == [("series-two-units", 3)]


# A tree of Open SDG


def test_metadata_and_configuration_become_a_record(place: Place, wording: Wording, open_sdg: Files) -> None:
    done = tree(place, wording, open_sdg)
    assert done.errors == []
    yaml = done.files[f"{TREE}.yaml"].decode()
    for line in (
        '  en: "Sailors without a boat (fictional)"',
        '  mn: "Завьгүй далайчин (зохиомол)"',
        "external_code: 8.5.2",
        "unit: percent",
        "direction: decrease",
        "base_year: 2015",
        "source: survey-of-sailors-fictional",
        "disaggregations: [SEX, AGE, URBANISATION]",
        "  availability_state: available",
        "    target_value: 4",
        "    series: sdg-8-5-2-f",
        '      en: "Sailors at sea are not asked. Ask […]."',
        '      en: "Harbour office (fictional)"',
    ):
        assert f"\n{line}\n" in yaml, line
    assert "<b>" not in yaml and "harbour@" not in yaml
    assert "natural_limit: 100\n" in done.files["indicators/sdg-12-5-1-percentage.yaml"].decode()
    assert sum(path.startswith("sources/") for path in done.files) == 1


def test_nothing_of_a_tree_is_lost_in_silence(place: Place, wording: Wording, open_sdg: Files) -> None:
    told = left(tree(place, wording, open_sdg))
    assert told >= {
        ("no_column", "Colour", "Blue"),
        ("no_code", "GeoCode", "XH-1"),
        ("no_key", "un_designated_tier", "1"),
        ("no_key", "source_periodicity_1", "Every three years"),
        ("not_active", "source_organisation_3", "Nobody (fictional)"),
        ("translation_key", "graph_title", "my_titles.sailors"),
        ("default_year", "progress_calculation_options.target", "5"),
        ("no_code", "expected_disaggregations", "Colour"),
        ("no_file", "", ""),
        ("no_data", "", "1-1-1"),
        ("person", "", "mail"),
        ("split", "", "Persons"),
    }
    written = "\n".join(text.decode() for path, text in open_sdg.items() if path.endswith("/8-5-2.yml"))
    keys = {key for key in re.findall(r"(?m)^(\w+):[ \n]*\S", written) if key != "other_info"}
    assert keys - {column.partition(".")[0] for _, column, _ in told} == TAKEN


def test_an_empty_value_is_missing_whatever_status_stands_beside_it(
    place: Place, wording: Wording, open_sdg: Files
) -> None:
    path = "data/indicator_1-1-1.csv"
    rows = b"Year,Observation status,Value\n2019,A,7.5\n2020,A,\n2021,,\n"
    done = tree(place, wording, {**open_sdg, path: rows})
    assert done.errors == []
    assert done.files["indicators/sdg-1-1-1.csv"].decode() == (
        "period,value,observation_status\n2019,7.5,A\n2020,,M\n2021,,M\n"
    )


def test_two_tables_of_one_indicator_are_told(place: Place, wording: Wording, open_sdg: Files) -> None:
    again = open_sdg | {"data/indicator_8-5-9.csv": open_sdg["data/indicator_8-5-2.csv"]}
    mapping = b"columns:\n  Colour: cust_breakdown\ncodes:\n  indicator:\n    8-5-2: sailors\n    8-5-9: sailors\n"
    twice = [error for error in tree(place, wording, again, mapping).errors if error.name == "series-indicator-twice"]
    assert [(error.location.file, dict(error.arguments)["value"]) for error in twice] == [
        ("data/indicator_8-5-9.csv", "sailors")
    ]


def test_a_mapping_gives_a_tree_its_codes_and_ids(place: Place, wording: Wording, open_sdg: Files) -> None:
    mapping = (
        b"columns:\n  Colour: cust_breakdown\n"
        b"codes:\n  cust_breakdown:\n    Blue: skip\n  indicator:\n    8-5-2: sailors\n  ref_area:\n    XH-1: skip\n"
    )
    done = tree(place, wording, open_sdg, mapping)
    assert "indicators/sailors.yaml" in done.files and f"{TREE}.yaml" not in done.files
    assert [error.name for error in done.errors] == []


@pytest.mark.parametrize(
    ("path", "before", "after", "rule"),
    [
        ("data/indicator_8-5-2.csv", b"2018", b"20I8", "partial-date-form"),
        ("data/indicator_8-5-2.csv", b"Female", b"Femlae", "series-word-unmapped"),
        ("data/indicator_8-5-2.csv", b"9.75", b'"9,75"', "number-form"),
        ("data/indicator_8-5-2.csv", b"2018", b"2015", "value-twice"),
        ("data/indicator_8-5-2.csv", b",Value,", b",Valeu,", "column-missing"),
        ("meta/8-5-2.yml", b"indicator_number:", b"indicator_name:", "duplicate-key"),
        ("meta/8-5-2.yml", b"'1'", b"'1", "unclosed-quote"),
    ],
)
def test_a_mistake_in_a_tree_is_told_at_its_place(
    path: str, before: bytes, after: bytes, rule: str, place: Place, wording: Wording, open_sdg: Files
) -> None:
    assert before in open_sdg[path]
    done = tree(place, wording, {**open_sdg, path: open_sdg[path].replace(before, after, 1)})
    assert [error.location.file for error in done.errors] == [path] * len(done.errors)
    assert rule in [error.name for error in done.errors], done.errors
    assert done.files == {}


def test_what_is_no_option_and_no_table_is_told(place: Place, wording: Wording) -> None:
    config = (
        b"sources:\n  - nobody\nprogress_calculation_options:\n  - text\n  - direction: up\n    target: 4,5\n"
        b"    color: red\n  - series: Other\n    direction: positive\n    target: 3\n"
    )
    files = {
        "data/indicator_1.csv": b"Year,Series,Value\n2020,One,1\n2020,Two,2\n",
        "indicator-config/1.yml": config,
        "meta/1.md": b"Only text.\n",
        "data/indicator_2.csv": b"Year,Value\n",
    }
    done = tree(place, wording, files, b"codes:\n  series:\n    One: first\n")
    assert done.errors == []
    assert {"indicators/sdg-1-first.csv", "indicators/sdg-1-two.csv"} <= done.files.keys()
    assert b'en: "Only text."' in done.files["indicators/sdg-1-two.yaml"]
    assert left(done) >= {
        ("no_key", "sources", "nobody"),
        ("no_key", "progress_calculation_options", "text"),
        ("no_code", "progress_calculation_options.direction", "up"),
        ("no_number", "progress_calculation_options.target", "4,5"),
        ("no_key", "progress_calculation_options.color", "red"),
        ("no_series", "progress_calculation_options.series", "Other"),
        ("no_data", "", "2"),
    }


def test_the_code_of_the_only_series_stands_in_its_field_and_a_name_in_the_name(place: Place, wording: Wording) -> None:
    def made(series: str) -> str:
        rows = f"2020,{series},,1\n2020,{series},Female,2\n2021,{series},,3\n"
        files = {
            "data/indicator_1.csv": f"Year,Series,Sex,Value\n{rows}".encode(),
            "meta/1.yml": b"indicator_name: Poor\n",
        }
        done = tree(place, wording, files)
        assert done.errors == []
        return done.files["indicators/sdg-1.yaml"].decode()

    text = made("SI_POV_NAHC")
    assert 'en: "Poor"\n' in text
    assert "\nseries:\n  - series_code: SI_POV_NAHC\n  - series_code: SI_POV_NAHC\n    sex: F\n" in text
    assert 'en: "Poor: Below the line"\n' in made("Below the line")


# The report


def test_the_report_names_column_value_count_and_line_in_both_languages(
    place: Place, wording: Wording, open_sdg: Files
) -> None:
    done = tree(place, wording, open_sdg)
    english = markdown(done, "open_sdg", partial(_say, wording, "en"))
    assert "| data/indicator\\_12-5-1.csv | Colour | Blue | 1 | 4 | rows left out: no breakdown of ours" in english
    mongolian = markdown(done, "open_sdg", partial(_say, wording, "mn"))
    assert "| data/indicator\\_12-5-1.csv | Colour | Blue | 1 | 4 | мөрийг орхисон" in mongolian
    assert len(english.splitlines()) == len(mongolian.splitlines())


def test_every_kind_that_can_be_told_has_its_words(wording: Wording) -> None:
    sources = (ROOT / "site_builder" / "interchange" / "series").glob("*.py")
    written = "".join(path.read_text("utf-8") for path in sources)
    for words in (catalogue.phrases for catalogue in wording.catalogues.values()):
        kinds = {key.rpartition(".")[2] for key in words if key.startswith("import_series.left.")}
        assert kinds == {key.rpartition(".")[2] for key in words if key.startswith("import_series.kind.")}
        assert not [kind for kind in kinds if f'"{kind}"' not in written]
        rules = {key.partition(".")[0] for key in words if key.startswith("series-")} - {"series-of-another"}
        assert rules == set(re.findall(r'"(series-[a-z-]+)"', written))


# The command


def cli(tmp_path: Path, *call: str) -> Result:
    return CliRunner().invoke(main, ["import-series", *call, "--out", str(tmp_path), "--as-of", "2026-06-30"])


@pytest.fixture
def folder(tmp_path: Path, content: Files) -> Path:
    for path, text in content.items():
        target = tmp_path / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text)
    return tmp_path / "content"


def test_the_command_writes_files_and_report_and_nothing_with_a_mistake(folder: Path) -> None:
    before = read_folder(folder)
    call = [str(SERIES / "boats.csv"), "--map", str(SERIES / "boats.yaml")]
    report = folder.parent / "report.md"
    done = cli(folder, *call, "--messages", "mn", "--report", str(report))
    assert done.exit_code == 0, done.output
    assert read_folder(folder).keys() - before.keys() == {"indicators/paper-boats.csv", "indicators/paper-boats.yaml"}
    assert "| paper-boats | 7 |" in report.read_text("utf-8") and "Орхигдсон" in report.read_text("utf-8")
    after = read_folder(folder)
    spoiled = folder.parent / "spoiled.csv"
    spoiled.write_bytes(BOATS.replace(b"1200", b"1300"))
    refused = cli(folder, str(spoiled), *call[1:], "--messages", "en")
    assert refused.exit_code == 1 and "spoiled.csv:2:13: error: The content has another value" in refused.output
    assert "Nothing was imported." in refused.output and "--revised" in refused.output

    future = cli(folder, str(spoiled), *call[1:], "--messages", "en", "--revised", "2026-05")
    assert future.exit_code == 1 and "[revision-without-reason]" in future.output
    assert "spoiled.csv:2:13: error: " in future.output, "the row that is wrong, in the table that somebody has"
    spoiled.write_bytes(BOATS.replace("2022/23,Нийт".encode(), "2029,Нийт".encode()))
    untrue = cli(folder, str(spoiled), *call[1:], "--messages", "en")
    assert "spoiled.csv:8:1: error: " in untrue.output and "[value-from-the-future]" in untrue.output
    assert "  8 | 2029,Нийт,,,1300,,,7,," in untrue.output
    assert read_folder(folder) == after


def test_what_is_left_to_do_is_marked_and_named_by_the_check(folder: Path, schema_files: Files) -> None:
    table_file = folder.parent / "bare.csv"
    table_file.write_bytes(b"indicator,period,value\nbare,2020,1\n")
    done = cli(folder, str(table_file), "--messages", "en")
    assert done.exit_code == 0, done.output
    assert "indicators/bare.yaml: name, unit, direction, source" in done.output
    catalog, findings = read_content(read_folder(folder), read_schemas(schema_files)[0])
    errors = [item for item in (*findings, *check_catalog(catalog)) if item.severity is Severity.ERROR]
    assert sorted(item.name for item in errors) == ["required-missing"] * 3 + ["value-without-source"]


def test_a_folder_that_is_no_tree_is_a_wrong_call(folder: Path) -> None:
    assert cli(folder, str(folder)).exit_code == 2
    assert cli(folder, str(SERIES / "boats.csv"), "--revised", "20I5").exit_code == 2
    assert cli(folder, str(SERIES / "boats.csv"), "--lang", "xx").exit_code == 2


# Every cell


WORDS = st.sampled_from(["", "Female", "men", "F", "эрэгтэй", "Both sexes", "zzz", "Unknown to all", "9q"])
COLOURS = st.sampled_from(["", "", "", "Blue", "Total"])
NUMBERS = st.sampled_from(["", "1", "-2.50", "0.001", "300000"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(WORDS, COLOURS, NUMBERS), min_size=1, max_size=12))
def test_every_cell_is_imported_or_named_in_the_report(
    place: Place, wording: Wording, cells: list[tuple[str, str, str]]
) -> None:
    rows = [f"{1990 + number},{sex},{colour},{value}" for number, (sex, colour, value) in enumerate(cells)]
    text = "\n".join(["Year,Sex,Colour,Value", *rows, ""])
    done = tree(place, wording, {"data/indicator_1-1-1.csv": text.encode()})
    assert done.errors == []
    sheet = done.files.get("indicators/sdg-1-1-1.csv", b"").decode()
    kept = {row["period"]: row for row in csv.DictReader(io.StringIO(sheet))}
    told = left(done)
    for number, (sex, colour, value) in enumerate(cells):
        row = kept.get(str(1990 + number))
        named = {column for kind, column, word in told if kind in ("no_code", "no_column") and word in (sex, colour)}
        assert (row is None) == bool(named), (sex, colour)
        if row is not None:
            assert row["value"] == value
            assert bool(value) or ("missing", "Value", "") in told
    lost = sum(done.counts().get(kind, 0) for kind in ("no_code", "no_column"))
    assert len(kept) + lost >= len(cells)


def test_a_long_table_is_read_in_seconds(place: Place, wording: Wording) -> None:
    rows = [f"x{number // 100},{1900 + number % 100},Female,{number % 97}.5" for number in range(20_000)]
    text = "\n".join(["indicator,period,sex,value", *rows, ""]).encode()
    mapping = b"constants:\n  unit: ratio\n  source: plan-text\n"
    started = time.process_time()
    done = table(place, wording, text, mapping)
    spent = time.process_time() - started
    assert done.errors == [] and len(done.files) == 2 * 200
    assert spent < 3, f"{spent:.1f} s for 20,000 rows"

"""Long series in CSV: read in seconds, every value with its place, a new breakdown without a change of program."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping

import pytest
from conftest import ROOT
from manual import base_files, folder_of

from site_builder.checks import check_catalog
from site_builder.nouns.record import Catalog
from site_builder.readers.content import read_content
from site_builder.readers.schemas import read_schemas
from site_builder.shell.disk import read_folder

Files = Mapping[str, bytes]
SHEET = "indicators/jobless.csv"
YEARS, AGES = range(1901, 2001), 200


@pytest.fixture(scope="module")
def files() -> Files:
    return folder_of(base_files(ROOT), "content")


@pytest.fixture(scope="module")
def schema_files() -> Files:
    return read_folder(ROOT / "schemas")


def read(files: Files, schema_files: Files) -> Catalog:
    schemas, wrong = read_schemas(schema_files)
    catalog, findings = read_content(files, schemas)
    assert [*wrong, *findings] == []
    return catalog


def with_codes(content: bytes, codes: list[str]) -> bytes:
    """Return a code list with more codes."""
    more = (f'  - code: {code}\n    label:\n      en: "{code}"\n      mn: "{code}"\n' for code in codes)
    return content + "".join(more).encode()


def test_a_long_series_is_read_in_seconds_and_its_cells_are_made_only_when_asked_for(
    files: Files, schema_files: Files
) -> None:
    ages = [f"Y{number}" for number in range(AGES)]
    rows = [f"{year},F,{age},{number % 90}.{year}" for number, age in enumerate(ages) for year in YEARS]
    sheet = "\r\n".join(["\ufeffperiod,sex,age,value", "2019,,,7.0", *rows, ""]).encode()
    ages_list = with_codes(files["codelists/sdmx_age.yaml"], ages)
    started = time.process_time()
    catalog = read({**files, SHEET: sheet, "codelists/sdmx_age.yaml": ages_list}, schema_files)
    findings = [finding for finding in check_catalog(catalog) if finding.location.file.endswith("jobless.csv")]
    spent = time.process_time() - started
    assert findings == []
    series = [record for record in catalog.rows("series") if record.get("indicator_id") == "jobless"]
    assert len(series) == AGES + 1
    assert len(catalog.rows("observations")) == len(YEARS) * AGES + 1 + 4
    assert spent < 4, f"{spent:.1f} s for 20,000 rows"


def test_a_value_knows_its_place_in_the_file(files: Files, schema_files: Files) -> None:
    catalog = read({**files, SHEET: b'period,note_en,note_mn,value\n2019,"a, ""b""",x,7.0\n'}, schema_files)
    row = catalog.referring("observations", "series_id", "jobless-total")[0]
    assert row.get("note_en") == 'a, "b"'
    places = {column: (cell.location.line, cell.location.column, cell.length) for column, cell in row.cells.items()}
    assert places["period"] == (2, 1, 4)
    assert places["note_en"] == (2, 7, 8)
    assert places["value"] == (2, 19, 3)
    assert places["observation_id"] == (2, 1, 1)
    assert row.cells["source_id"].location.file == "content/indicators/jobless.yaml"


def test_inline_values_and_a_csv_file_make_the_same_records(files: Files, schema_files: Files) -> None:
    sheet = b"period,age,sex,value\n2023,Y_GE60,,820\n2024,Y_GE60,,860\n2023,Y_GE60,F,430\n2023,Y_GE60,M,390\n"
    inline = files["indicators/elders.yaml"]
    head = inline[: inline.index(b"series:")] + b"retrieved_on: 2026-06-01\n"
    moved = {**files, "indicators/elders.yaml": head, "indicators/elders.csv": sheet}
    for table in ("series", "observations"):
        before, after = (
            [(record.id, record.values()) for record in read(given, schema_files).rows(table)]
            for given in (files, moved)
        )
        assert before == after


def test_a_breakdown_added_to_the_schema_is_a_column_of_the_csv_file(files: Files, schema_files: Files) -> None:
    series = json.loads(schema_files["series.json"])
    place = next(place for place, item in enumerate(series["fields"]) if item["name"] == "cust_breakdown")
    labels = {"labels": {"en": "Movement", "mn": "Шилжилт"}, "descriptions": {"en": "Moved or not.", "mn": "Шилжсэн."}}
    field = {"name": "migratory_status", "type": "string", "codelist": "sdmx_migratory_status", **labels}
    series["fields"].insert(place, {**field, "constraints": {"required": True}})
    codes = with_codes(b"codes:\n", ["_T", "MG"])
    sheet = b"period,migratory_status,sex,value\n2019,,F,7.0\n2019,MG,F,9.0\n"
    catalog = read(
        {**files, SHEET: sheet, "codelists/sdmx_migratory_status.yaml": codes},
        {**schema_files, "series.json": json.dumps(series).encode()},
    )
    assert catalog.find("series", "jobless-f-mg") is not None
    moved = catalog.find("series", "jobless-f")
    assert moved is not None
    assert moved.get("migratory_status") == "_T"


def test_a_mistake_in_every_row_is_told_in_few_findings(files: Files, schema_files: Files) -> None:
    rows = "".join(f"{year},x\n" for year in YEARS)
    schemas, _ = read_schemas(schema_files)
    _, findings = read_content({**files, SHEET: f"period,value\n{rows}".encode()}, schemas)
    assert [finding.name for finding in findings] == ["number-form"] * 5 + ["more-of-the-same"]
    assert dict(findings[-1].arguments)["count"] == "95"


@pytest.mark.parametrize(
    ("line", "is_lost"),
    [
        ("2020", True),
        ("2020,7.0,8.0,9.0", True),
        ('2020,"7.0', True),
        ('2020,"7"0', True),
        (",7.0", True),
        (",", False),
        ("The figures of 2020 are preliminary.", False),
    ],
)
def test_a_value_whose_line_cannot_be_read_is_not_taken_for_gone(
    line: str, *, is_lost: bool, files: Files, schema_files: Files
) -> None:
    schemas, _ = read_schemas(schema_files)
    catalog, _ = read_content({**files, SHEET: f"period,value\n2019,7.0\n{line}\n".encode()}, schemas)
    assert catalog.find("observations", "jobless-total-2019") is not None
    assert catalog.is_unread("jobless-total-2020") is is_lost

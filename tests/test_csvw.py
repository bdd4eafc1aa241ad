"""CSV on the Web: what is said of the CSVs, judged cell by cell by the reference reader of the standard."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Files, write_to
from csvw import CSVW

LATEST = "data/latest/"
NAME = "csvw-metadata.json"
LANGUAGES = {"en", "mn"}
Rows = list[dict[str, str]]


def described(outputs: Files) -> dict[str, Any]:
    return dict(json.loads(outputs[LATEST + NAME]))


def copied(outputs: Files, folder: Path, document: dict[str, Any]) -> Path:
    """Write a description and the tables that it names into a folder; return where it stands."""
    write_to(folder, {table["url"]: outputs[LATEST + table["url"]] for table in document["tables"]})
    (folder / NAME).write_text(json.dumps(document), encoding="utf-8")
    return folder / NAME


def complaints(description: Path) -> list[str]:
    """What the judge has against a description and its tables, by the strict reading of the standard."""
    try:
        judged = CSVW(str(description), validate=True)
        return [] if judged.is_valid else [str(warning.message) for warning in judged.warnings] or ["not valid"]
    except ValueError as error:
        return [str(error)]


@pytest.mark.parametrize("site", ["real", "fictional"])
def test_every_csv_is_as_its_description_says(site: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    outputs: Files = request.getfixturevalue(f"{site}_outputs")
    document = described(outputs)
    assert complaints(copied(outputs, tmp_path, document)) == []
    for table in document["tables"]:
        header = next(csv.reader(io.StringIO(outputs[LATEST + table["url"]].decode("utf-8-sig"))))
        assert [column["name"] for column in table["tableSchema"]["columns"]] == header, table["url"]


def test_every_table_is_described_in_every_language(real_outputs: Files) -> None:
    document = described(real_outputs)
    package = json.loads(real_outputs[f"{LATEST}datapackage.json"])
    names = [*(resource["path"] for resource in package["resources"]), "data_dictionary.csv"]
    assert [table["url"] for table in document["tables"]] == names
    for table in document["tables"]:
        for key in ("dc:title", "dc:description"):
            assert {text["@language"] for text in table[key]} == LANGUAGES, table["url"]
    for table in document["tables"][:-1]:
        for column in table["tableSchema"]["columns"]:
            assert set(column["titles"]) == {"und", *LANGUAGES}
            assert {text["@language"] for text in column["dc:description"]} == LANGUAGES


def test_codes_and_keys_are_told_as_in_the_data_package(fictional_outputs: Files) -> None:
    package = json.loads(fictional_outputs[f"{LATEST}datapackage.json"])
    told = {table["url"]: table["tableSchema"] for table in described(fictional_outputs)["tables"]}
    seen = 0
    for resource in package["resources"]:
        schema = told[resource["path"]]
        assert schema["primaryKey"] == resource["schema"]["primaryKey"]
        columns = {column["name"]: column for column in schema["columns"]}
        foreign = {key["columnReference"][0] for key in schema["foreignKeys"]}
        for key in resource["schema"].get("foreignKeys", []):
            (name,) = key["fields"]
            assert (name in foreign) != ("dc:references" in columns[name]), f"{resource['name']}.{name}"
        for field in resource["schema"]["fields"]:
            allowed = field.get("constraints", {}).get("enum")
            if allowed:
                seen += 1
                assert columns[field["name"]]["datatype"]["format"].replace("\\", "") == f"^({'|'.join(allowed)})$"
    assert seen > 20


def a_code_of_no_list(rows: Rows) -> None:
    rows[0]["continuity"] = "somehow"


def a_day_that_does_not_exist(rows: Rows) -> None:
    rows[0]["start_date"] = "2025-02-30"


def a_number_that_is_a_word(rows: Rows) -> None:
    rows[0]["number"] = "one"


def a_number_below_its_limit(rows: Rows) -> None:
    rows[0]["number"] = "0"


def nothing_where_something_must_stand(rows: Rows) -> None:
    rows[0]["number"] = ""


def a_plan_that_nobody_knows(rows: Rows) -> None:
    rows[0]["plan_id"] = "fic9"


def the_same_key_twice(rows: Rows) -> None:
    rows[1]["commitment_id"] = rows[0]["commitment_id"]


@pytest.mark.parametrize(
    "slip",
    [
        a_code_of_no_list,
        a_day_that_does_not_exist,
        a_number_that_is_a_word,
        a_number_below_its_limit,
        nothing_where_something_must_stand,
        a_plan_that_nobody_knows,
        the_same_key_twice,
    ],
)
def test_the_judge_finds_one_changed_cell(
    slip: Callable[[Rows], None], fictional_outputs: Files, tmp_path: Path
) -> None:
    document = described(fictional_outputs)
    document["tables"] = [table for table in document["tables"] if table["url"] in ("plans.csv", "commitments.csv")]
    description = copied(fictional_outputs, tmp_path, document)
    assert complaints(description) == []
    path = tmp_path / "commitments.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    slip(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    assert complaints(description)

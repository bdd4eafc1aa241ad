"""The static JSON for programs: its description judged by OpenAPI 3.1, and the files judged by the description."""

from __future__ import annotations

import copy
import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Files
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from site_builder.composition import Checked, edition
from site_builder.writers.exports import openapi

LANGUAGES = {"en": "data/openapi.json", "mn": "data/openapi.mn.json"}
LATEST = "data/latest/"
Node = dict[str, Any]


def described(outputs: Files, language: str = "en") -> Node:
    return dict(json.loads(outputs[LANGUAGES[language]]))


def complaints(document: Node) -> list[str]:
    return [str(error)[:300] for error in OpenAPIV31SpecValidator(document).iter_errors()]


def row_judges(document: Node) -> Iterator[tuple[str, Draft202012Validator]]:
    """The name of each table and what judges its rows, dates by the calendar too."""
    checker = Draft202012Validator.FORMAT_CHECKER
    for path, item in document["paths"].items():
        schema = item["get"]["responses"]["200"]["content"].get("application/json", {}).get("schema", {})
        reference = schema.get("items", {}).get("$ref", "")
        if reference:
            name = reference.rpartition("/")[2]
            assert path == f"/{LATEST}{name}.json"
            yield name, Draft202012Validator(document["components"]["schemas"][name], format_checker=checker)


def test_the_description_is_openapi(real_outputs: Files) -> None:
    # its twin in the other language differs in words only, as a test below makes sure of
    assert complaints(described(real_outputs)) == []


def test_the_judge_refuses_what_is_no_openapi(fictional_outputs: Files) -> None:
    document = described(fictional_outputs)
    document["paths"] = {"/data/latest/plans.json": document["paths"]["/data/latest/plans.json"]}
    document["components"]["schemas"] = {"plans": document["components"]["schemas"]["plans"]}
    assert complaints(document) == []
    for slip in ("info", "title"), ("paths", "/data/latest/plans.json", "get", "responses", "200", "description"):
        wrong = copy.deepcopy(document)
        place = wrong
        for key in slip[:-1]:
            place = place[key]
        del place[slip[-1]]
        assert complaints(wrong), slip


@pytest.mark.parametrize("site", ["fictional", "real"])
def test_every_row_of_every_table_is_what_its_schema_says(site: str, request: pytest.FixtureRequest) -> None:
    outputs: Files = request.getfixturevalue(f"{site}_outputs")
    judges = dict(row_judges(described(outputs)))
    package = json.loads(outputs[f"{LATEST}datapackage.json"])
    assert list(judges) == [resource["name"] for resource in package["resources"]]
    seen = 0
    for name, judge in judges.items():
        for row in json.loads(outputs[f"{LATEST}{name}.json"]):
            seen += 1
            assert [error.message for error in judge.iter_errors(row)] == [], f"{name}: {row}"
            assert list(row) == judge.schema["required"] == list(judge.schema["properties"]), name
    assert seen > 500


def test_a_changed_value_is_found(fictional_outputs: Files) -> None:
    judge = dict(row_judges(described(fictional_outputs)))["commitments"]
    row = json.loads(fictional_outputs[f"{LATEST}commitments.json"])[0]
    assert judge.is_valid(row)
    for column, value in (
        ("continuity", "somehow"),
        ("start_date", "2025-02-30"),
        ("number", "1"),
        ("number", None),
        ("commitment_id", "Fic 1"),
    ):
        assert not judge.is_valid({**row, column: value}), column
    assert not judge.is_valid({key: value for key, value in row.items() if key != "title_en"})
    assert judge.is_valid({**row, "a_column_to_come": 1})


def test_every_json_file_below_the_data_has_a_described_address(real_outputs: Files) -> None:
    patterns = [re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path[1:])) for path in described(real_outputs)["paths"]]
    whole = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    left = [path for path in real_outputs if path.startswith(("data/", "id/")) and path.endswith((".json", ".jsonld"))]
    frozen = re.compile(r"data/releases/[^/]+/.+")
    assert [path for path in left if not whole.fullmatch(path) and not frozen.fullmatch(path)] == list(
        LANGUAGES.values()
    )


def test_no_address_is_described_that_is_not_there(real_outputs: Files) -> None:
    for path, item in described(real_outputs)["paths"].items():
        if "parameters" not in item["get"]:
            assert path[1:] in real_outputs
        else:
            pattern = re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path[1:])))
            assert any(pattern.fullmatch(output) for output in real_outputs), path


def test_the_promise_stands_in_the_description_and_on_the_page_in_each_language(real_outputs: Files) -> None:
    for language, name in (("en", "An identifier is never given"), ("mn", "Байнгын хаягийг өөр зүйлд")):
        page = real_outputs[f"{language}/data/api/index.html"].decode("utf-8")
        document = described(real_outputs, language)
        assert name in document["info"]["description"]
        assert name in page
        assert LANGUAGES[language].rpartition("/")[2] in page
        assert document["info"]["license"]["name"] == "CC-BY-4.0"


def test_the_server_is_where_the_site_lies(real: Checked, real_outputs: Files, fictional_outputs: Files) -> None:
    assert described(real_outputs)["servers"] == [{"url": ".."}]
    assert described(fictional_outputs)["servers"] == [{"url": "https://example.org/plan"}]
    hosted = next(iter(openapi.write(edition(real, base_url="https://host.example/a/b/"))))
    assert json.loads(hosted.content)["servers"] == [{"url": "https://host.example/a/b"}]


def test_the_two_descriptions_differ_in_words_only(real_outputs: Files) -> None:
    def shape(node: object, key: str = "") -> object:
        if isinstance(node, dict):
            return {name: shape(value, name) for name, value in node.items()}
        if isinstance(node, list):
            return [shape(item, key) for item in node]
        return "words" if key in ("title", "description", "summary", "name") else node

    assert shape(described(real_outputs, "en")) == shape(described(real_outputs, "mn"))


def test_the_page_shows_the_row_that_stands_in_the_file(real_outputs: Files) -> None:
    page = html.unescape(real_outputs["en/data/api/index.html"].decode("utf-8"))
    shown = re.search(r"<pre[^>]*><code>(.*?),\n …</code>", page, re.DOTALL)
    assert shown
    row = json.loads(shown[1] + "}")
    rows = json.loads(real_outputs[f"{LATEST}commitments.json"])
    assert row in [{column: whole[column] for column in row} for whole in rows]
    assert None not in row.values()

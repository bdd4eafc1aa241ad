"""The promises of the file of one commitment: nothing is lost, all that it names is in it, its shape is described."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest
from conftest import Files
from jsonschema import Draft202012Validator

LATEST = "data/latest/"
FOLDER = f"{LATEST}commitments/"
REPEATED = {"overview", "translation_state"}
"""Tables that say again what stands in other tables."""
Node = dict[str, Any]


@dataclass(frozen=True)
class Published:
    """The files of the commitments of a site, and the tables beside them."""

    files: Files

    @cached_property
    def commitments(self) -> dict[str, Node]:
        paths = [path for path in self.files if path.startswith(FOLDER)]
        return {path.removeprefix(FOLDER).removesuffix(".json"): json.loads(self.files[path]) for path in paths}

    @cached_property
    def schemas(self) -> Mapping[str, Mapping[str, Any]]:
        descriptor = json.loads(self.files[f"{LATEST}datapackage.json"])
        return {resource["name"]: resource["schema"] for resource in descriptor["resources"]}

    def table(self, name: str) -> list[Node]:
        return list(json.loads(self.files[f"{LATEST}{name}.json"]))

    def rows_in(self, node: Node, name: str) -> Iterator[tuple[str, Node]]:
        """Yield every row that stands in a row of a table, with the name of its own table, and the row itself."""
        columns = {field["name"] for field in self.schemas[name]["fields"]}
        yield name, {key: value for key, value in node.items() if key in columns}
        for key, value in node.items():
            if key not in columns:
                for child in value if isinstance(value, list) else [value] if value else []:
                    yield from self.rows_in(child, key)

    def rows_of(self, document: Node) -> Iterator[tuple[str, Node]]:
        yield from self.rows_in(document["commitment"], "commitments")
        for name, rows in document["named"].items():
            for row in rows.values():
                yield name, row


@pytest.fixture(scope="module", params=["real", "fictional"])
def published(request: pytest.FixtureRequest) -> Published:
    return Published(request.getfixturevalue(f"{request.param}_outputs"))


def test_every_commitment_has_a_file_that_holds_all_rows_on_it(published: Published) -> None:
    assert set(published.commitments) == {row["commitment_id"] for row in published.table("commitments")}
    found: dict[str, list[str]] = {}
    for document in published.commitments.values():
        for name, row in published.rows_in(document["commitment"], "commitments"):
            found.setdefault(name, []).append(json.dumps(row, sort_keys=True))
    counted = 0
    for name in set(published.schemas) - REPEATED:
        rows = published.table(name)
        every = [json.dumps(row, sort_keys=True) for row in rows]
        assert set(found.get(name, [])) <= set(every), name
        if rows and ("commitment_id" in rows[0] or name in ("update_items", "evidence", "milestone_state")):
            mine = [text for row, text in zip(rows, every, strict=True) if row.get("commitment_id", "") is not None]
            assert sorted(found[name]) == sorted(mine), name
            counted += len(mine)
    assert counted > 500
    assert found["provenance"]


def test_a_row_stands_in_the_most_particular_thing_that_it_names(fictional_outputs: Files) -> None:
    document = Published(fictional_outputs).commitments["fic1-c02"]
    commitment = document["commitment"]
    assert commitment["commitment_id"] == "fic1-c02"
    assert commitment["commitment_summary"]["commitment_id"] == "fic1-c02"
    for milestone in commitment["milestones"]:
        assert milestone["milestone_schedule"]["milestone_id"] == milestone["milestone_id"]
        assert {row["milestone_id"] for row in milestone["milestone_state"]} == {milestone["milestone_id"]}
    for update in commitment["updates"]:
        for item in update["update_items"]:
            assert item["update_id"] == update["update_id"]
            assert all(proof["update_item_id"] == item["update_item_id"] for proof in item["evidence"])
    assert any(item["evidence"] for update in commitment["updates"] for item in update["update_items"])
    lead = next(row for row in commitment["commitment_organisations"] if row["role"] == "lead")
    assert document["named"]["organisations"][lead["organisation_id"]]["name_mn"]


def test_all_that_a_file_names_is_in_it_with_words_for_every_code(published: Published) -> None:
    for document in published.commitments.values():
        there: dict[str, set[str]] = {}
        for name, row in published.rows_of(document):
            key = published.schemas[name]["primaryKey"]
            there.setdefault(name, set()).add(row[key[0]])
        for name, row in published.rows_of(document):
            schema = published.schemas[name]
            for reference in schema.get("foreignKeys", []):
                (column,), target = reference["fields"], reference["reference"]["resource"] or name
                assert row[column] is None or row[column] in there[target], f"{name}.{column}"
            for field in schema["fields"]:
                if "codelist" in field and row[field["name"]] is not None:
                    meaning = document["codes"][field["codelist"]][row[field["name"]]]
                    assert all(meaning[f"{word}_{code}"] for word in ("label", "definition") for code in ("en", "mn"))


def test_a_file_says_of_which_day_it_is_and_how_to_cite_it(published: Published) -> None:
    for document in published.commitments.values():
        about = document["about"]
        assert about["as_of"] in ("2026-11-22", "2026-06-30")
        assert about["licence"] == "CC-BY-4.0"
        assert set(about["citation"]) == set(about["languages"]) == {"en", "mn"}


def judge(outputs: Files) -> Draft202012Validator:
    """The shape as the description for programs tells it."""
    components = json.loads(outputs["data/openapi.json"])["components"]
    return Draft202012Validator({"$ref": "#/components/schemas/commitment_file", "components": components})


def test_every_file_has_the_shape_that_is_described_for_programs(fictional_outputs: Files) -> None:
    validator = judge(fictional_outputs)
    for name, document in Published(fictional_outputs).commitments.items():
        assert [error.message[:200] for error in validator.iter_errors(document)] == [], name


@pytest.mark.parametrize("part", ["about", "commitment", "named", "codes"])
def test_the_described_shape_refuses_another(part: str, fictional_outputs: Files) -> None:
    document = Published(fictional_outputs).commitments["fic1-c02"]
    assert not judge(fictional_outputs).is_valid({key: value for key, value in document.items() if key != part})


def test_the_described_shape_looks_into_what_is_nested(fictional_outputs: Files) -> None:
    document = Published(fictional_outputs).commitments["fic1-c02"]
    validator = judge(fictional_outputs)
    broken = json.loads(json.dumps(document))
    broken["commitment"]["milestones"][0]["milestone_state"][0]["period_end"] = 7
    assert not validator.is_valid(broken)
    broken = json.loads(json.dumps(document))
    del broken["commitment"]["updates"][0]["update_items"]
    assert not validator.is_valid(broken)

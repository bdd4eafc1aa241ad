"""A field added to one schema file is accepted, checked, shown, exported and described: nothing else is touched."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

from conftest import FICTIONAL_DAY, inputs_of
from recipes import the_one

from site_builder.composition import Checked, build, check
from site_builder.shell.wording import Wording

Files = Mapping[str, bytes]
NEW = json.loads(the_one("schemas/commitments.json").text)
"""The recipe of CONTRIBUTING.md, as it is written there."""
COMMITMENT = "plans/fic1/commitments/c01.yaml"


def with_field(schemas: Files) -> dict[str, bytes]:
    """The schemas with the new field in the one file of table commitments."""
    table = json.loads(schemas["commitments.json"])
    table["fields"].append(NEW)
    return {**schemas, "commitments.json": json.dumps(table).encode()}


def with_value(content: Files, text: str) -> dict[str, bytes]:
    added = f'budget_note:\n  en: "{text}"\n  mn: "Дөрвөн сая"\n'.encode()
    return {**content, COMMITMENT: added + content[COMMITMENT]}


def checked(content: Files, schemas: Files, theme: Files, wording: Wording) -> Checked:
    return check(inputs_of(content, schemas, theme, FICTIONAL_DAY, wording))


def test_without_the_schema_the_key_is_unknown(
    fictional_content: Files, schema_files: Files, theme_files: Files, wording: Wording
) -> None:
    result = checked(with_value(fictional_content, "Four million"), schema_files, theme_files, wording)
    assert [finding.name for finding in result.findings if finding.field == "budget_note"] == ["unknown-key"]


def test_with_it_the_value_is_checked(
    fictional_content: Files, schema_files: Files, theme_files: Files, wording: Wording
) -> None:
    result = checked(with_value(fictional_content, "x" * 41), with_field(schema_files), theme_files, wording)
    wrong = [finding for finding in result.findings if finding.name == "too-long"]
    assert [(finding.location.file, finding.location.line) for finding in wrong] == [(f"content/{COMMITMENT}", 2)]


def test_with_it_the_value_is_shown_exported_and_described(
    fictional_content: Files, schema_files: Files, theme_files: Files, wording: Wording
) -> None:
    result = checked(with_value(fictional_content, "Four million"), with_field(schema_files), theme_files, wording)
    assert not result.has_errors
    outputs = {output.path: output.content.decode("utf-8", "replace") for output in build(result)}

    page = outputs["en/commitments/fic1-c01/index.html"]
    assert "<dt>Budget note</dt>" in page and "Four million" in page
    assert "<dt>Төсвийн тэмдэглэл</dt>" in outputs["mn/commitments/fic1-c01/index.html"]

    rows = list(csv.DictReader(io.StringIO(outputs["data/latest/commitments.csv"].removeprefix("\ufeff"))))
    assert {row["commitment_id"]: row["budget_note_en"] for row in rows}["fic1-c01"] == "Four million"
    assert [row["budget_note_mn"] for row in json.loads(outputs["data/latest/commitments.json"])][2:3] == ["Дөрвөн сая"]

    dictionary = list(csv.DictReader(io.StringIO(outputs["data/latest/data_dictionary.csv"].removeprefix("\ufeff"))))
    described = {row["column_name"]: row for row in dictionary if row["table_name"] == "commitments"}
    assert described["budget_note_mn"]["description_mn"] == "Төсөвт юу гэж заасан."
    assert "budget_note_en" in outputs["en/data/commitments/index.html"]
    package = json.loads(outputs["data/latest/datapackage.json"])
    fields = next(item for item in package["resources"] if item["name"] == "commitments")["schema"]["fields"]
    assert next(item for item in fields if item["name"] == "budget_note_en")["constraints"] == {"maxLength": 40}

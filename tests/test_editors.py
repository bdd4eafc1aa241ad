"""What editors are told of the files: schemas that fit them and refuse slips, a web editor's output that reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT
from jsonschema import Draft7Validator

from site_builder.composition import Checked
from site_builder.readers.blanks import Line, blanks
from site_builder.readers.content import read_content
from site_builder.readers.layout import file_kind
from site_builder.writers.editors import SCHEMAS, SVELTIA, editor_files

Files = Mapping[str, bytes]


class Core(yaml.CSafeLoader):
    """Reads as the core schema of YAML 1.2 does, as VS Code and web editors do: a day is a text."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), list(first))
Core.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))


def read(content: bytes) -> Any:
    return yaml.load(content, Loader=Core)  # noqa: S506 - a safe loader


@pytest.fixture(scope="module")
def made(real: Checked) -> Files:
    return editor_files(real.catalog, real.schemas)


@pytest.fixture(scope="module")
def judges(made: Files) -> dict[str, Draft7Validator]:
    """A validator for each kind of file."""
    return {
        Path(name).stem: Draft7Validator(json.loads(content), format_checker=Draft7Validator.FORMAT_CHECKER)
        for name, content in made.items()
        if name.startswith(SCHEMAS)
    }


def kind_of(path: str, judges: Mapping[str, Draft7Validator], made: Files) -> Draft7Validator:
    """The validator that the settings bind to a file, found by their patterns and by nothing of the program."""
    bound = json.loads(made[".vscode/settings.json"])["yaml.schemas"]
    fitting = [name for name, pattern in bound.items() if _fits(f"content/{path}", pattern)]
    assert len(fitting) == 1, (path, fitting)
    return judges[Path(fitting[0]).stem]


def _fits(path: str, pattern: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", "[^/]*"), path) is not None


def yaml_files(content: Files) -> Iterator[tuple[str, bytes]]:
    return ((path, text) for path, text in content.items() if path.endswith(".yaml") and file_kind(path))


def test_what_is_in_the_repository_is_what_the_program_makes(made: Files) -> None:
    stale = [path for path, content in made.items() if not _is(ROOT / path, content)]
    left = {path.as_posix() for path in (ROOT / SCHEMAS).iterdir()} - {(ROOT / path).as_posix() for path in made}
    assert not stale and not left, "python3 build.py editors"


def _is(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes().replace(b"\r\n", b"\n") == content


def test_the_schemas_are_draft_07(judges: Mapping[str, Draft7Validator]) -> None:
    for judge in judges.values():
        Draft7Validator.check_schema(judge.schema)


def test_every_description_is_in_all_languages(made: Files) -> None:
    milestones = json.loads(made[f"{SCHEMAS}/commitments.json"])["properties"]["milestones"]
    due = milestones["items"]["properties"]["due_baseline"]
    assert due["title"] == "Due (adopted) · Дуусах хугацаа (батлагдсан)"
    assert "Never changes." in due["description"] and "Хэзээ ч өөрчлөгдөхгүй." in due["description"]


def test_every_file_of_the_content_is_as_its_schema_says(
    real_content: Files, fictional_content: Files, judges: Mapping[str, Draft7Validator], made: Files
) -> None:
    wrong = [
        (path, "/".join(map(str, error.path)), error.message[:120])
        for content in (real_content, fictional_content)
        for path, text in yaml_files(content)
        for error in kind_of(path, judges, made).iter_errors(read(text))
    ]
    assert not wrong, wrong[:10]


SLIPS: Mapping[str, tuple[str, Any]] = {
    "unknown key": ("titel", {"en": "x"}),
    "unknown code": ("continuity", "newish"),
    "text for a number": ("number", "one"),
    "half a number": ("number", 1.5),
    "number too small": ("number", 0),
    "no day": ("start_date", "2019-13-40"),
    "another form of a day": ("start_date", "15.01.2019"),
    "text without a language": ("title", "Health"),
    "unknown language": ("title", {"fr": "Santé"}),
    "text too long": ("brief", {"en": "x" * 141}),
    "no address": ("ogp_url", "www.example.org"),
    "one thing in place of a list": ("values", "transparency"),
    "unknown code in a list": ("values", ["clarity"]),
    "role nobody knows": ("organisations", [{"organisation": "moh", "role": "boss"}]),
    "record without what it needs": ("milestones", [{"id": "m01", "number": 1}]),
    "id in capitals": ("milestones", [{"id": "M01", "number": 1, "title": {"en": "x"}}]),
    "no truth": ("milestones", [{"id": "m01", "number": 1, "title": {"en": "x"}, "title_complete": "yes"}]),
    "provenance of an unknown field": ("provenance", [{"fields": ["titel"], "status": "sourced"}]),
    "filled in by the program": ("url", "https://example.org/"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_refused(slip: str, real_content: Files, judges: Mapping[str, Draft7Validator]) -> None:
    right = read(real_content["plans/nap3/commitments/c01.yaml"])
    judge = judges["commitments"]
    assert judge.is_valid(right)
    key, value = SLIPS[slip]
    assert not judge.is_valid({**deepcopy(right), key: value})


def test_what_is_required_is_missed(judges: Mapping[str, Draft7Validator]) -> None:
    assert not judges["organisations"].is_valid({"name": {"en": "x"}})
    assert judges["organisations"].is_valid({"name": {"en": "x"}, "kind": "ministry"})


# --- the web editor


def quoted(value: Any, margin: str = "") -> Iterator[str]:
    """The lines of a value as a web editor writes it: block style, every text on one line in double quotes."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, (dict, list)):
                yield f"{margin}{key}:"
                yield from quoted(inner, f"{margin}  ")
            else:
                yield f"{margin}{key}: {json.dumps(inner, ensure_ascii=False)}"
    else:
        for item in value:
            if isinstance(item, dict):
                first, *more = quoted(item, f"{margin}  ")
                yield f"{margin}- {first.lstrip()}"
                yield from more
            else:
                yield f"{margin}- {json.dumps(item, ensure_ascii=False)}"


def test_what_the_web_editor_writes_is_read_as_before(real: Checked, real_content: Files) -> None:
    written = {path: "\n".join(quoted(read(text))).encode() + b"\n" for path, text in yaml_files(real_content)}
    again, findings = read_content({**real_content, **written}, real.schemas)
    assert not findings
    assert {name: values(rows) for name, rows in again.tables.items()} == {
        name: values(rows) for name, rows in real.catalog.tables.items()
    }


def values(rows: Any) -> list[Any]:
    return [(row.id, {name: cell.value for name, cell in row.cells.items()}) for row in rows]


def test_the_web_editor_quotes_texts_and_asks_for_every_key_and_no_other(made: Files) -> None:
    config = read(made[SVELTIA])
    assert config["output"]["yaml"]["quote"] == "double" and config["output"]["omit_empty_optional_fields"] is True
    kinds = {item["name"].split("-")[0]: item["fields"] for item in (*config["collections"], *config["singletons"])}
    schemas = {Path(name).stem: json.loads(text) for name, text in made.items() if name.startswith(SCHEMAS)}
    assert kinds.keys() == schemas.keys()
    for name, fields in kinds.items():
        assert _keys(fields) == _properties(schemas[name]), name


def _keys(fields: Any) -> dict[str, Any]:
    return {item["name"]: _keys(item.get("fields", ())) for item in fields}


def _properties(schema: Any) -> dict[str, Any]:
    of = schema.get("properties") or schema.get("items", {}).get("properties") or {}
    return {name: _properties(inner) for name, inner in of.items()}


WIDGETS = {
    "datetime": "DateTimeField",
    "list": "ListFieldWithSubFields",
    "number": "NumberField",
    "object": "ObjectFieldWithSubFields",
    "select": "SelectField",
    "string": "StringField",
    "text": "TextField",
}
"""Names in the schema of the web editor, which takes a field with any other widget for one of the user's own."""


def test_the_web_editor_takes_the_configuration_by_its_own_schema(made: Files) -> None:
    schema = json.loads((ROOT / "tests" / "judges" / "sveltia-cms.json").read_bytes())
    judges = {name: Draft7Validator({**schema, "$ref": f"#/definitions/{name}"}) for name in WIDGETS.values()}
    judges["SimpleListField"] = Draft7Validator({**schema, "$ref": "#/definitions/SimpleListField"})

    def wrong(fields: Any) -> Iterator[str]:
        for item in fields:
            name = WIDGETS[item["widget"]] if item["widget"] != "list" or "fields" in item else "SimpleListField"
            shown = {**item, "fields": []} if "fields" in item else item
            yield from (f"{item.get('name')}: {error.message}" for error in judges[name].iter_errors(shown))
            yield from wrong(item.get("fields", ()))

    config = read(made[SVELTIA])
    places = ("collections", "singletons")
    assert [message for place in places for item in config[place] for message in wrong(item["fields"])] == []
    frame = {**config, **{place: [{**item, "fields": []} for item in config[place]] for place in places}}
    assert [error.message for error in Draft7Validator(schema).iter_errors(frame)] == []

    assert list(wrong([{"name": "x", "widget": "select"}])) and list(wrong([{"widget": "string"}]))
    assert not Draft7Validator(schema).is_valid({**frame, "output": {"yaml": {"quote": "always"}}})


def test_every_key_of_every_file_stands_on_a_page(real: Checked, real_outputs: Files) -> None:
    for blank in blanks(real.schemas, real.catalog.codes):
        for code in real.catalog.codes:
            page = real_outputs[f"{code}/fields/{blank.name}/index.html"].decode()
            assert blank.kind.path.rpartition("/")[2].replace("{", "&lt;").replace("}", "&gt;") in page
            missing = [key for key in _all_keys(blank.lines) if f'<code translate="no">{key}</code></th>' not in page]
            assert not missing, (blank.name, missing)
    commitments = real_outputs["mn/fields/commitments/index.html"].decode()
    assert '<tr id="milestones.due_baseline">' in commitments and "Хэзээ ч өөрчлөгдөхгүй." in commitments
    assert '<code translate="no">ongoing</code> үргэлжилж буй' in commitments


def _all_keys(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        yield line.key
        yield from _all_keys(line.lines)

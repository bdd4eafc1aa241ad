"""The promises of the published data package, judged by frictionless, by the official schemas and by hand."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from conftest import FICTIONAL_DAY, ROOT, Files, inputs_of, write_to
from frictionless import Report, validate
from jsonschema import Draft7Validator
from referencing import Registry

from site_builder.composition import Checked, check, edition
from site_builder.shell.wording import Wording
from site_builder.writers.downloads import write_data

LATEST = "data/latest/"
MARK = b"\xef\xbb\xbf"
LANGUAGES = ("en", "mn")
BESIDE_TABLES = {
    "datapackage.json",
    "datapackage.mn.json",
    "README.md",
    "README.mn.md",
    "LICENSE.txt",
    "data_dictionary.csv",
    "CHANGES.md",
    "SHA256SUMS",
}
"""What the archive holds beside its tables."""
PAGED = {"plans": "plan_id", "commitments": "commitment_id", "organisations": "organisation_id"}
"""Tables whose rows have a page, with their key."""
NUMBER_OR_DATE = re.compile(
    r"[-+]?[\d.,]+(e[-+]?\d+)?"  # 1.10 · 1e5
    r"|\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?"  # 1-2 · 2019-02-03
    r"|(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*[-/. ]?\d+"  # a gene once called SEPT2
    r"|\d+[-/. ]?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|true|false|nan|null|n/?a|inf",
    re.IGNORECASE,
)
"""What a spreadsheet or a reader of CSV takes for something else than text."""

Row = Mapping[str, str]


@dataclass(frozen=True)
class Package:
    """The built data of one site, as files and as rows."""

    folder: Path
    """A disk copy of data/latest/."""
    files: Files
    """The same by name."""
    schemas: Mapping[str, Mapping[str, Any]]
    """The Table Schemas of the project by table, in the order of the project's descriptor."""

    @cached_property
    def descriptor(self) -> dict[str, Any]:
        return dict(json.loads(self.files["datapackage.json"]))

    @cached_property
    def resources(self) -> dict[str, dict[str, Any]]:
        return {resource["name"]: resource for resource in self.descriptor["resources"]}

    @cached_property
    def rows(self) -> dict[str, list[dict[str, str]]]:
        """Rows of every table, read without help of the program."""
        return {name: read_csv(self.files[f"{name}.csv"]) for name in self.schemas}

    def key(self, table: str) -> list[str]:
        return list(self.resources[table]["schema"]["primaryKey"])

    @cached_property
    def archive_name(self) -> str:
        (name,) = (name for name in self.files if name.endswith(".zip") and "/" not in name)
        return name

    @cached_property
    def archived(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.files[self.archive_name])) as archive:
            assert archive.testzip() is None
            return {name: archive.read(name) for name in archive.namelist()}


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def header_of(content: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def latest(outputs: Files) -> dict[str, bytes]:
    """The data package by name; the packs of single commitments are a folder of their own."""
    files = {path.removeprefix(LATEST): content for path, content in outputs.items() if path.startswith(LATEST)}
    return {name: content for name, content in files.items() if not name.startswith("packs/")}


def fingerprints(outputs: Files) -> dict[str, str]:
    return {path: hashlib.sha256(content).hexdigest() for path, content in outputs.items()}


@pytest.fixture(scope="module", params=["real", "fictional"])
def package(request: pytest.FixtureRequest, schema_files: Files, tmp_path_factory: pytest.TempPathFactory) -> Package:
    outputs: Files = request.getfixturevalue(f"{request.param}_outputs")
    names = [resource["name"] for resource in json.loads(schema_files["datapackage.json"])["resources"]]
    return Package(
        write_to(tmp_path_factory.mktemp(request.param), latest(outputs)),
        latest(outputs),
        {name: json.loads(schema_files[f"{name}.json"]) for name in names},
    )


# Judged by others


def assert_frictionless_read_all(source: Path, package: Package) -> None:
    report = validate(str(source))
    wrong = [f"{task.name}: {error.message}" for task in report.tasks for error in task.errors]
    assert report.valid, [*(error.message for error in report.errors), *wrong]
    # frictionless says valid, too, when it has read nothing
    assert [task.name for task in report.tasks] == list(package.schemas)
    assert {task.type for task in report.tasks} == {"table"}
    # of a table that is only a header it reports no number of rows
    read = {task.name: task.stats.get("rows") or 0 for task in report.tasks}
    assert read == {name: len(rows) for name, rows in package.rows.items()}
    assert sum(read.values()) > 500
    assert [task.name for task in report.tasks if task.warnings] == []


def test_frictionless_accepts_the_folder_and_reads_every_table(package: Package) -> None:
    assert_frictionless_read_all(package.folder / "datapackage.json", package)


@pytest.mark.parametrize("package", ["fictional"], indirect=True)
def test_frictionless_accepts_the_zip_and_reads_every_table(package: Package) -> None:
    # of one site: what the zip holds are the bytes of the folder, as tests below see for each
    assert_frictionless_read_all(package.folder / package.archive_name, package)


def judged_with(package: Package, folder: Path, old: bytes, new: bytes) -> Report:
    """What frictionless says of the folder after a change to one of its tables."""
    shutil.copytree(package.folder, folder, dirs_exist_ok=True)
    content = (folder / "commitments.csv").read_bytes()
    assert old in content
    (folder / "commitments.csv").write_bytes(content.replace(old, new, 1))
    return validate(str(folder / "datapackage.json"), resource_name="commitments")


def test_a_changed_byte_is_found_by_its_hash(package: Package, tmp_path: Path) -> None:
    brief = package.rows["commitments"][0]["brief_en"].encode()
    report = judged_with(package, tmp_path, brief, b"#" + brief[1:])
    assert not report.valid
    assert {error.type for task in report.tasks for error in task.errors} == {"hash-count"}


def test_an_added_byte_is_found_by_the_number_of_bytes(package: Package, tmp_path: Path) -> None:
    brief = package.rows["commitments"][0]["brief_en"].encode()
    report = judged_with(package, tmp_path, brief, brief + b"!")
    assert "byte-count" in {error.type for task in report.tasks for error in task.errors}


def official(name: str) -> Draft7Validator:
    """The official JSON Schema of Data Package 2.0, with a registry that cannot fetch anything."""
    profile = json.loads((files("dplib") / "profiles" / "2.0" / name).read_text(encoding="utf-8"))
    return Draft7Validator(profile, registry=Registry())


def complaints(judge: Draft7Validator, document: object) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in judge.iter_errors(document)]


@pytest.mark.parametrize("name", ["datapackage.json", "datapackage.mn.json"])
def test_the_descriptors_are_valid_by_the_official_schemas(package: Package, name: str) -> None:
    judge = official("datapackage.json")
    for content in (package.files[name], package.archived[name]):
        document = json.loads(content)
        assert complaints(judge, document) == []
        assert document["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", document["created"])


def test_the_schema_of_every_table_is_valid_by_the_official_schema(package: Package) -> None:
    judge = official("tableschema.json")
    for resource in package.descriptor["resources"]:
        assert complaints(judge, resource["schema"]) == [], resource["name"]


def test_the_official_schemas_do_refuse_what_is_wrong(package: Package) -> None:
    judge = official("datapackage.json")
    assert complaints(judge, {**package.descriptor, "resources": []})
    assert complaints(judge, {**package.descriptor, "title": {"en": "A mapping"}})
    assert complaints(official("tableschema.json"), {"fields": [{"name": "a", "type": "sentence"}]})


# The descriptors


def test_each_resource_says_what_it_is_with_its_true_bytes_and_hash(package: Package) -> None:
    for prefix, documents in (("", package.files), ("archive", package.archived)):
        for name in ("datapackage.json", "datapackage.mn.json"):
            document = json.loads(documents[name])
            assert [resource["name"] for resource in document["resources"]] == list(package.schemas), prefix
            for resource in document["resources"]:
                content = documents[resource["path"]]
                assert resource["bytes"] == len(content)
                assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
                said = {key: resource[key] for key in ("type", "format", "mediatype", "encoding")}
                assert said == {"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}


def test_the_two_descriptors_differ_in_words_only(package: Package) -> None:
    def without_words(node: object) -> object:
        if isinstance(node, dict):
            return {key: without_words(value) for key, value in node.items() if key not in ("title", "description")}
        return [without_words(item) for item in node] if isinstance(node, list) else node

    mongolian = json.loads(package.files["datapackage.mn.json"])
    assert without_words(mongolian) == without_words(package.descriptor)
    titles = [resource["title"] for resource in mongolian["resources"]]
    assert all(re.search("[а-яөү]", title) for title in titles)
    assert not any(re.search("[а-яөү]", resource["title"]) for resource in package.descriptor["resources"])


def test_codes_are_constraints_and_no_judge_is_asked_for_what_it_ignores(package: Package) -> None:
    lists: dict[str, set[str]] = {}
    for row in package.rows["codelists"]:
        lists.setdefault(row["list"], set()).add(row["code"])
    text = package.files["datapackage.json"].decode()
    assert "fieldsMatch" not in text
    assert "utf-8-sig" not in text
    fields = [field for resource in package.resources.values() for field in resource["schema"]["fields"]]
    coded = [field for field in fields if "codelist" in field]
    assert coded
    for field in coded:
        assert set(field["constraints"]["enum"]) == lists[field["codelist"]]


# The archive and the checksums


def test_the_zip_has_its_descriptor_at_the_root_and_all_that_belongs_to_it(package: Package) -> None:
    tables = {"codelists.csv"} | {f"data/{name}.csv" for name in package.schemas if name != "codelists"}
    assert set(package.archived) == BESIDE_TABLES | tables
    for table in package.schemas:
        path = "codelists.csv" if table == "codelists" else f"data/{table}.csv"
        assert package.archived[path] == package.files[f"{table}.csv"]
    assert package.archived["data_dictionary.csv"] == package.files["data_dictionary.csv"]


def test_the_zip_knows_no_clock_and_no_machine(package: Package) -> None:
    with zipfile.ZipFile(io.BytesIO(package.files[package.archive_name])) as archive:
        members = archive.infolist()
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert len({(member.create_system, member.external_attr) for member in members}) == 1
    names = [member.filename for member in members]
    assert names == sorted(names)


def test_the_checksums_are_right_for_every_file_of_folder_and_zip(package: Package) -> None:
    for contents in (package.files, package.archived):
        lines = contents["SHA256SUMS"].decode().splitlines()
        listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
        expected = {name: digest for name, digest in fingerprints(contents).items() if name != "SHA256SUMS"}
        assert listed == expected
        assert len(lines) == len(listed)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="this machine has no sha256sum")
def test_sha256sum_itself_can_check_the_folder(package: Package) -> None:
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    answer = subprocess.run(command, cwd=package.folder, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout) == (0, "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_archive_is_explained_in_each_language(package: Package, language: str) -> None:
    name = "README.md" if language == "en" else f"README.{language}.md"
    text = package.archived[name].decode()
    assert "{" not in text
    assert "datapackage" in text
    assert bool(re.search("[а-яөү]{4}", text)) == (language == "mn")
    assert "CC-BY-4.0" in package.archived["LICENSE.txt"].decode()


# The tables as files


def test_a_csv_is_utf8_with_mark_and_ends_its_lines_with_lf(package: Package) -> None:
    csvs = {name: content for name, content in package.files.items() if name.endswith(".csv")}
    whole = {name for name in csvs if not name.startswith("indicators/")}  # the values of one indicator each
    assert whole == {f"{name}.csv" for name in (*package.schemas, "data_dictionary", "ogp_commitments")}
    for name, content in csvs.items():
        assert content.startswith(MARK), name
        assert content.count(MARK) == 1, name
        assert b"\r" not in content, name
        assert content.endswith(b"\n"), name


def test_the_byte_order_mark_can_be_switched_off(
    fictional_content: Files, schema_files: Files, theme_files: Files, wording: Wording, fictional_outputs: Files
) -> None:
    site = fictional_content["site.yaml"]
    assert site.count(b"csv_byte_order_mark: true") == 1
    content = {**fictional_content, "site.yaml": site.replace(b"_order_mark: true", b"_order_mark: false")}
    checked = check(inputs_of(content, schema_files, theme_files, FICTIONAL_DAY, wording))
    plain = latest({output.path: output.content for output in write_data(edition(checked))})
    marked = latest(fictional_outputs)
    for name in (name for name in marked if name.endswith(".csv") and name != "site.csv"):
        assert plain[name] == marked[name].removeprefix(MARK), name
    resources = json.loads(plain["datapackage.json"])["resources"]
    assert all(resource["bytes"] == len(plain[resource["path"]]) for resource in resources)


def columns_by_schema(schema: Mapping[str, Any]) -> Iterator[str]:
    """The columns that a Table Schema of the project asks for, worked out from the contract."""
    for field in schema["fields"]:
        if field.get("localized"):
            yield from (f"{field['name']}_{language}" for language in LANGUAGES)
        else:
            yield field["name"]
            if field.get("partial_date"):
                yield f"{field['name']}_precision"


def test_columns_stand_in_the_order_of_the_schema(package: Package) -> None:
    for name, schema in package.schemas.items():
        header = header_of(package.files[f"{name}.csv"])
        assert header == list(columns_by_schema(schema)), name
        assert header == [field["name"] for field in package.resources[name]["schema"]["fields"]], name
        assert all(re.fullmatch("[a-z][a-z0-9_]*", column) for column in header), name


def test_rows_are_sorted_by_their_key_and_no_key_comes_twice(package: Package) -> None:
    for name, rows in package.rows.items():
        types = {field["name"]: field["type"] for field in package.resources[name]["schema"]["fields"]}
        keys = [
            tuple(int(row[column]) if types[column] == "integer" else row[column] for column in package.key(name))
            for row in rows
        ]
        assert len(set(keys)) == len(keys), name
        assert keys == sorted(keys), name


def test_a_cell_has_no_outer_spaces_and_empty_is_missing(package: Package) -> None:
    for name, rows in package.rows.items():
        assert package.resources[name]["schema"]["missingValues"] == [""]
        for row in rows:
            assert None not in row, name
            for column, cell in row.items():
                assert cell == cell.strip(), f"{name}.{column}: {cell!r}"
                assert cell not in ("None", "N/A", "NA", "nan", "null", "-"), f"{name}.{column}"


def test_dates_are_iso_numbers_plain_and_booleans_words(package: Package) -> None:
    forms = {
        "date": r"\d{4}-\d{2}-\d{2}",
        "integer": r"-?(0|[1-9]\d*)",
        "number": r"-?(0|[1-9]\d*)(\.\d+)?",
        "boolean": r"true|false",
        "year": r"\d{4}",
    }
    seen = set()
    for name, rows in package.rows.items():
        for field in package.resources[name]["schema"]["fields"]:
            for cell in (row[field["name"]] for row in rows if row[field["name"]]):
                if form := forms.get(field["type"]):
                    seen.add(field["type"])
                    assert re.fullmatch(form, cell), f"{name}.{field['name']}: {cell}"
                    if field["type"] == "date":
                        date.fromisoformat(cell)
    assert {"date", "integer", "boolean"} <= seen


def test_a_partial_date_comes_with_its_precision(package: Package) -> None:
    lengths = {4: "year", 7: "month", 10: "day"}
    seen = set()
    for name, schema in package.schemas.items():
        for field in schema["fields"]:
            if field.get("partial_date"):
                for row in package.rows[name]:
                    value, precision = row[field["name"]], row[f"{field['name']}_precision"]
                    assert precision == (lengths[len(value)] if value else ""), f"{name}.{field['name']}: {value}"
                    seen.add(precision)
    assert {"year", "day"} <= seen


def test_the_rows_of_json_equal_those_of_csv(package: Package) -> None:
    for name, rows in package.rows.items():
        document = json.loads(package.files[f"{name}.json"])
        assert [list(row) for row in document] == [list(row) for row in rows], name
        types = {field["name"]: field["type"] for field in package.resources[name]["schema"]["fields"]}
        for typed, row in zip(document, rows, strict=True):
            for column, cell in row.items():
                assert same(typed[column], cell, types[column]), f"{name}.{column}: {typed[column]!r}, {cell!r}"


def test_json_lines_hold_the_objects_of_json_a_line_each(package: Package) -> None:
    for name in package.schemas:
        lines = package.files[f"{name}.jsonl"].decode().split("\n")
        assert lines.pop() == ""
        assert [json.loads(line) for line in lines] == json.loads(package.files[f"{name}.json"]), name


def same(value: object, cell: str, kind: str) -> bool:
    """Whether a value of JSON, of the type that the column has, is what a cell of CSV says."""
    if value is None or cell == "":
        return value is None and cell == ""
    if kind == "boolean":
        return isinstance(value, bool) and cell == str(value).lower()
    if kind in ("integer", "number"):
        return isinstance(value, int | float) and not isinstance(value, bool) and float(cell) == value
    return isinstance(value, str) and value == cell


# What explains the tables


def test_the_dictionary_describes_each_column_of_each_table_in_both_languages(package: Package) -> None:
    rows = read_csv(package.files["data_dictionary.csv"])
    described = [(row["table_name"], row["column_name"]) for row in rows]
    columns = [(name, column) for name in package.schemas for column in header_of(package.files[f"{name}.csv"])]
    assert described == columns
    for row in rows:
        for language in LANGUAGES:
            for words in ("label", "description"):
                where = f"{row['table_name']}.{row['column_name']} {words}_{language}"
                assert row[f"{words}_{language}"], where
    places: dict[str, list[int]] = {}
    for row in rows:
        places.setdefault(row["table_name"], []).append(int(row["position"]))
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in places.values())


def test_the_code_lists_explain_every_code_that_occurs(package: Package) -> None:
    explained = {(row["list"], row["code"]): row for row in package.rows["codelists"]}
    occurring = {
        (field["codelist"], row[field["name"]])
        for name, schema in package.schemas.items()
        for field in schema["fields"]
        if "codelist" in field
        for row in package.rows[name]
        if row[field["name"]]
    }
    assert len(occurring) > 30
    assert occurring <= set(explained)
    for code in occurring:
        for language in LANGUAGES:
            assert explained[code][f"label_{language}"], code
            assert explained[code][f"definition_{language}"], code


def test_every_foreign_key_resolves(package: Package) -> None:
    followed = 0
    for name, schema in package.schemas.items():
        written = [(tuple(key["fields"]), key["reference"]["resource"]) for key in schema.get("foreignKeys", [])]
        published = package.resources[name]["schema"].get("foreignKeys", [])
        assert [(tuple(key["fields"]), key["reference"]["resource"]) for key in published] == written, name
        for key in published:
            (column,), target = key["fields"], key["reference"]["resource"] or name
            (target_column,) = key["reference"]["fields"]
            there = {row[target_column] for row in package.rows[target]}
            values = {row[column] for row in package.rows[name] if row[column]}
            assert values <= there, f"{name}.{column}"
            followed += len(values)
    assert followed > 100


def test_provenance_speaks_only_of_rows_and_columns_that_are_there(package: Package) -> None:
    keys = {
        (name, "/".join(row[column] for column in package.key(name)))
        for name, rows in package.rows.items()
        for row in rows
    }
    for row in package.rows["provenance"]:
        assert (row["table_name"], row["record_id"]) in keys, row


# Identity


def test_ids_never_look_like_numbers_or_dates(package: Package) -> None:
    assert all(NUMBER_OR_DATE.fullmatch(text) for text in ("1.10", "1-2", "2019", "2019-02-03", "sep2", "1e5"))
    seen = 0
    for name, rows in package.rows.items():
        fields = package.resources[name]["schema"]["fields"]
        for column in (field["name"] for field in fields if field["type"] == "string"):
            if column not in package.key(name) and not column.endswith("_id"):
                continue
            for cell in (row[column] for row in rows if row[column]):
                seen += 1
                assert not NUMBER_OR_DATE.fullmatch(cell), f"{name}.{column}: {cell}"
                assert cell.isascii(), f"{name}.{column}: {cell}"
    assert seen > 500


def urls(rows: Mapping[str, list[dict[str, str]]]) -> dict[tuple[str, str], str]:
    return {
        (table, row[key]): row["url"]
        for table, key in PAGED.items()
        for row in rows[table]
        if row.get("kind") != "group"
    }


def test_every_row_of_a_thing_with_a_page_has_a_url_of_its_own(package: Package) -> None:
    found = urls(package.rows)
    assert all(found.values()), [thing for thing, url in found.items() if not url]
    assert len(set(found.values())) == len(found) > 10
    assert all(":" in url for url in found.values())
    assert not [row for row in package.rows["organisations"] if row["kind"] == "group" and row["url"]]


@pytest.mark.parametrize("site", ["real", "fictional"])
def test_a_preview_at_another_address_does_not_change_the_data(site: str, request: pytest.FixtureRequest) -> None:
    checked: Checked = request.getfixturevalue(site)
    outputs: Files = request.getfixturevalue(f"{site}_outputs")
    moved = write_data(edition(checked, base_url="https://preview.example.org/branch-7/"))
    there = latest({output.path: output.content for output in moved})
    here = latest(outputs)
    data = [name for name in here if name.endswith((".csv", ".json")) and "datapackage" not in name]
    assert len(data) > 2 * len(checked.schemas.tables)
    for name in data:
        assert there[name] == here[name], name
    assert b"preview.example.org/branch-7/" in there["datapackage.json"]


# Same input, same bytes


PLACES: tuple[tuple[list[str], dict[str, str]], ...] = (
    (["--jobs", "1"], {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
    (
        ["--jobs", "2", "--lang", "mn"],
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "mn_MN.UTF-8", "LANG": "mn_MN.UTF-8", "PYTHONHASHSEED": "77"},
    ),
)
"""Options of the command and what is set around it."""


def test_another_process_place_and_time_zone_give_the_same_bytes(
    fictional_content: Files, fictional_outputs: Files, tmp_path: Path
) -> None:
    here, elsewhere = (
        fingerprints(built_by_command(tmp_path / place, fictional_content, *called))
        for place, called in zip(("сан", "a folder"), PLACES, strict=True)
    )
    assert here == elsewhere
    # the site of the fixtures explains no rules, which stand on pages of their own and are linked from one more
    data = {path: mark for path, mark in fingerprints(fictional_outputs).items() if path.startswith("data/")}
    assert data.items() <= here.items()


def built_by_command(home: Path, content: Files, arguments: list[str], surroundings: dict[str, str]) -> Files:
    write_to(home / "input", content)
    command = [sys.executable, "-m", "site_builder", "build", "--as-of", FICTIONAL_DAY.isoformat()]
    command += ["--content", str(home / "input"), "--out", str(home / "output"), *arguments]
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "SOURCE_DATE"))}
    answer = subprocess.run(
        command,
        cwd=ROOT,
        env={**kept, **surroundings, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    out = home / "output"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}

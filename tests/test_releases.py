"""Releases: what was published never changes, nothing of it is lost, and each tells how it differs from the last."""

from __future__ import annotations

import csv
import gzip
import hashlib
import http.server
import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import feedparser
import pytest
from click.testing import CliRunner, Result
from conftest import CHAIN_DAYS, FICTIONAL_DAY, WISHES, Files, chapters, write_to

from site_builder.checks.personal_data import personal_patterns
from site_builder.composition import Checked, Inputs, build, check, edition, release
from site_builder.derive.differences import count_changes, differences
from site_builder.derive.versions import step_of, stepped
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.output import Output
from site_builder.nouns.release import Change, Difference, Kind, ReleaseFolder, Step, Wish
from site_builder.plan.hosting import headers_of, rules
from site_builder.readers.published import PublishedTable, read_published
from site_builder.readers.release_format import NotUnderstood, is_safe, parse_index
from site_builder.readers.releases import read_releases
from site_builder.shell.cli import main
from site_builder.shell.disk import read_folder
from site_builder.shell.fetch import FetchRefused, fetch_releases
from site_builder.shell.notes import NotesRefused, in_languages
from site_builder.shell.release_folder import add_release, read_releases_in
from site_builder.shell.wording import Wording
from site_builder.writers.content_hashes import content_hash
from site_builder.writers.downloads import plan_data
from site_builder.writers.releases import write_release
from site_builder.writers.seal import sealed

FIRST, SECOND, THIRD = (day.isoformat() for day in CHAIN_DAYS)
MARK = b"\xef\xbb\xbf"


def manifest_of(files: Files, day: str) -> dict[str, Any]:
    return dict(json.loads(files[f"{day}/release.json"]))


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def refused(files: Files, *more: Files) -> set[tuple[str, str]]:
    """Name and place of everything that is found wrong with folders of releases."""
    folders = [ReleaseFolder("releases", files), *(ReleaseFolder("there", other) for other in more)]
    releases, findings = read_releases(folders)
    assert not (findings and releases), "half of the releases would only confuse"
    return {(finding.name, finding.location.file) for finding in findings}


# What a release is


def test_every_release_is_whole_and_says_so(chain: Files) -> None:
    index = json.loads(chain["index.json"])
    assert [entry["date"] for entry in index["releases"]] == [THIRD, SECOND, FIRST]
    seen = {"index.json"}
    for entry in index["releases"]:
        assert hashlib.sha256(chain[entry["manifest"]]).hexdigest() == entry["manifest_sha256"]
        manifest = json.loads(chain[entry["manifest"]])
        seen.add(entry["manifest"])
        for file in manifest["files"]:
            path = f"{entry['date']}/{file['path']}"
            assert (len(chain[path]), hashlib.sha256(chain[path]).hexdigest()) == (file["bytes"], file["sha256"])
            seen.add(path)
        assert (entry["files"], entry["bytes"]) == (
            len(manifest["files"]),
            sum(file["bytes"] for file in manifest["files"]),
        )
    assert seen == set(chain)


def test_a_release_tells_kind_notes_version_schema_commit_and_the_one_before(chain: Files) -> None:
    first, second, third = (manifest_of(chain, day) for day in (FIRST, SECOND, THIRD))
    assert first["previous"] is None and first["version"] == "1.0.0"
    assert first["notes"] == WISHES[0].notes and set(first["notes"]) == {"en", "mn"}
    assert second["previous"]["date"] == FIRST
    assert second["previous"]["sha256"] == hashlib.sha256(chain[f"{FIRST}/release.json"]).hexdigest()
    assert third["kind"] == "correction" and third["reason"] == WISHES[2].reason
    assert third["commit"] == "20260415" * 5
    assert len({manifest["schema_version"] for manifest in (first, second, third)}) == 1


def test_a_release_holds_the_data_of_its_day_byte_for_byte(released: Checked, chain: Files) -> None:
    data = json.loads(chain[f"{THIRD}/datapackage.json"])
    assert data["created"] == f"{THIRD}T00:00:00Z"
    sums = chain[f"{THIRD}/SHA256SUMS"].decode().splitlines()
    for line in sums:
        digest, name = line.split("  ")
        assert hashlib.sha256(chain[f"{THIRD}/{name}"]).hexdigest() == digest
    names = {path.removeprefix("data/latest/") for path in plan_data(released.catalog, released.schemas)}
    own = {"release.json", "changes.csv", "changes.json", "CHANGES.md", "CHANGES.mn.md"}
    assert {path.removeprefix(f"{THIRD}/") for path in chain if path.startswith(THIRD)} == names | own


def test_the_differences_are_those_that_a_reader_of_both_csv_finds(chain: Files) -> None:
    """Worked out again by hand for three tables, without help of the program."""
    told = rows_of(chain[f"{SECOND}/changes.csv"])
    assert list(told[0]) == ["table_name", "record_id", "column_name", "old_value", "new_value", "kind"]
    for table, key in (("commitments", "commitment_id"), ("update_items", "update_item_id"), ("updates", "update_id")):
        old, new = ({row[key]: row for row in rows_of(chain[f"{day}/{table}.csv"])} for day in (FIRST, SECOND))
        expected = {(table, record, "", "", "", "added") for record in set(new) - set(old)}
        expected |= {(table, record, "", "", "", "removed") for record in set(old) - set(new)}
        expected |= {
            (table, record, column, old[record][column], value, "changed")
            for record in set(old) & set(new)
            for column, value in new[record].items()
            if value != old[record][column]
        }
        assert {tuple(row.values()) for row in told if row["table_name"] == table} == expected
    assert {row["kind"] for row in told} >= {"added", "removed", "changed"}


def test_a_correction_differs_in_what_it_corrects_and_nothing_else_that_people_write(chain: Files) -> None:
    told = json.loads(chain[f"{THIRD}/changes.json"])
    written = {table["table_name"] for table in told["tables"] if not table["computed"]}
    assert [change for change in told["changes"] if change["table_name"] in written] == [
        {
            "table_name": "commitments",
            "record_id": "fic1-c02",
            "column_name": "brief_en",
            "old_value": "Teh money for making clouds is published every month, before the rain.",
            "new_value": "The money for making clouds is published every month, before the rain.",
            "kind": "changed",
        }
    ]
    assert manifest_of(chain, THIRD)["version"].endswith(".1")
    assert "misspelt" in chain[f"{THIRD}/CHANGES.md"].decode() and "алдааг" in chain[f"{THIRD}/CHANGES.mn.md"].decode()


def test_what_changes_with_the_day_alone_is_no_difference(chain: Files) -> None:
    told = rows_of(chain[f"{THIRD}/changes.csv"])
    assert not [row for row in told if row["column_name"] == "as_of" or row["column_name"].startswith("days_")]
    later = rows_of(chain[f"{THIRD}/milestone_schedule.csv"])
    assert {row["as_of"] for row in later} == {THIRD}


def test_the_files_of_changes_say_the_same(chain: Files) -> None:
    for day in (FIRST, SECOND, THIRD):
        rows, told = rows_of(chain[f"{day}/changes.csv"]), json.loads(chain[f"{day}/changes.json"])
        assert [{key: value or "" for key, value in change.items()} for change in told["changes"]] == rows
        counted: dict[str, dict[str, int]] = {}
        for row in rows:
            of_table = counted.setdefault(row["table_name"], {})
            of_table[row["kind"]] = of_table.get(row["kind"], 0) + 1
        assert manifest_of(chain, day)["changes"] == counted
        said = {table.pop("table_name"): table for table in told["tables"] if table.pop("computed") in (True, False)}
        assert said == counted


# Verification


Breaking = Callable[[dict[str, bytes]], object]


def _flip(files: dict[str, bytes], path: str) -> None:
    files[path] = files[path].replace(b"a", b"b", 1)


def _listed_elsewhere(files: dict[str, bytes], path: str) -> None:
    """Let the first release list a file outside, with manifest and index that fit: a forged release."""
    manifest = manifest_of(files, FIRST)
    manifest["files"][0]["path"] = path
    files[f"{FIRST}/release.json"] = (json.dumps(manifest) + "\n").encode()
    index = json.loads(files["index.json"])
    index["releases"][-1]["manifest_sha256"] = hashlib.sha256(files[f"{FIRST}/release.json"]).hexdigest()
    files["index.json"] = json.dumps(index).encode()


def _without(files: dict[str, bytes], day: str) -> None:
    """Take a release out of folder and index, with care."""
    for path in [path for path in files if path.startswith(day)]:
        del files[path]
    index = json.loads(files["index.json"])
    index["releases"] = [entry for entry in index["releases"] if entry["date"] != day]
    files["index.json"] = (json.dumps(index, ensure_ascii=False, indent=1) + "\n").encode()


def _edit_index(files: dict[str, bytes]) -> None:
    files["index.json"] = files["index.json"].replace(b"The first data", b"The best data")


def _say_nothing(files: dict[str, bytes], day: str) -> None:
    """Let a release say nothing of itself, with an index that fits."""
    files[f"{day}/release.json"] = b"{}\n"
    index = json.loads(files["index.json"])
    entry = next(entry for entry in index["releases"] if entry["date"] == day)
    entry["manifest_sha256"] = hashlib.sha256(files[f"{day}/release.json"]).hexdigest()
    files["index.json"] = json.dumps(index).encode()


BREAKINGS: Mapping[str, tuple[Breaking, set[tuple[str, str]]]] = {
    "a changed byte": (
        lambda files: _flip(files, f"{FIRST}/commitments.csv"),
        {("release-changed", f"releases/{FIRST}/commitments.csv")},
    ),
    "a changed manifest": (
        lambda files: _flip(files, f"{SECOND}/release.json"),
        {("release-changed", f"releases/{SECOND}/release.json")},
    ),
    "a missing file": (
        lambda files: files.pop(f"{FIRST}/plans.json"),
        {("release-file-missing", f"releases/{FIRST}/plans.json")},
    ),
    "a missing manifest": (
        lambda files: files.pop(f"{FIRST}/release.json"),
        {("release-file-missing", f"releases/{FIRST}/release.json")},
    ),
    "an extra file": (
        lambda files: files.update({f"{FIRST}/more.csv": b"x"}),
        {("release-file-extra", f"releases/{FIRST}/more.csv")},
    ),
    "an extra folder": (
        lambda files: files.update({"2027-01-01/more.csv": b"x"}),
        {("release-unlisted", "releases/2027-01-01")},
    ),
    "a missing folder": (
        lambda files: [files.pop(path) for path in list(files) if path.startswith(SECOND)],
        {("release-missing", "releases/index.json")},
    ),
    "a release taken out with care": (
        lambda files: _without(files, SECOND),
        {("release-previous-missing", f"releases/{THIRD}/release.json")},
    ),
    "the first release taken out with care": (
        lambda files: _without(files, FIRST),
        {("release-previous-missing", f"releases/{SECOND}/release.json")},
    ),
    "no index": (lambda files: files.pop("index.json"), {("release-index-missing", "releases/index.json")}),
    "an index that is no JSON": (
        lambda files: files.update({"index.json": b"{"}),
        {("release-index-broken", "releases/index.json")},
    ),
    "an index that is nested without end": (
        lambda files: files.update({"index.json": b"[" * 100_000}),
        {("release-index-broken", "releases/index.json")},
    ),
    "an index edited by hand": (_edit_index, {("release-index-edited", "releases/index.json")}),
    "a manifest that says nothing": (
        lambda files: _say_nothing(files, THIRD),
        {("release-broken", f"releases/{THIRD}/release.json")},
    ),
    "a path out of the tree": (
        lambda files: _listed_elsewhere(files, "../../../etc/passwd"),
        {("release-path", f"releases/{FIRST}/release.json")},
    ),
}


@pytest.mark.parametrize("name", BREAKINGS)
def test_whatever_is_altered_is_refused_and_named(name: str, chain: Files) -> None:
    breaking, expected = BREAKINGS[name]
    files = dict(chain)
    breaking(files)
    assert refused(files) >= expected
    if "path" not in name:  # the file that was listed before is one too many, and rightly so
        assert refused(files) == expected


def test_what_is_whole_is_accepted_once_and_twice(chain: Files) -> None:
    assert refused(chain) == set()
    assert refused(chain, chain) == set()
    releases, _ = read_releases([ReleaseFolder("releases", chain), ReleaseFolder("there", chain)])
    assert [release.name for release in releases] == [FIRST, SECOND, THIRD]


def test_two_folders_add_up_and_their_quarrel_is_told(chain: Files, fictional: Checked) -> None:
    older = {path: content for path, content in chain.items() if not path.startswith(THIRD)}
    _without(older, THIRD)
    assert refused(older) == set() == refused(older, chain)
    small = [Output("data/latest/a.csv", b"a\n1\n")]
    other = {output.path: output.content for output in write_release(edition(fictional), small, Wish())}
    assert refused(chain, other) == {("release-fork", f"there/{FICTIONAL_DAY}/release.json")}
    on_that_day = edition(on(fictional, CHAIN_DAYS[0]))
    again = {output.path: output.content for output in write_release(on_that_day, small, Wish())}
    assert refused(chain, again) == {("release-disagrees", f"there/{FIRST}/release.json")}


@pytest.mark.parametrize(
    "path", ["../x", "/etc/passwd", "a/../b", "a//b", ".hidden", "a/.b", "C:\\x", "a\\b", "", "a/", "x" * 300, "a\nb"]
)
def test_a_path_that_could_leave_its_folder_is_not_safe(path: str) -> None:
    assert not is_safe(path)
    assert is_safe("plans/nap3.zip")


@pytest.mark.parametrize(
    "text",
    [
        "null",
        "[]",
        '{"releases": []}',
        '{"format": "open-action-plan releases 1"}',
        '{"format": "open-action-plan releases 1", "releases": [{"date": "2026-02-30", "manifest_sha256": "0"}]}',
        '{"format": "open-action-plan releases 1", "releases": [{"date": 5, "manifest_sha256": "0"}]}',
        '{"format": "open-action-plan releases 1", "releases": {"date": 5}}',
    ],
)
def test_an_index_of_another_shape_is_not_understood(text: str) -> None:
    with pytest.raises(NotUnderstood):
        parse_index(text.encode())


# Which day


def refusals(checked: Checked, wish: Wish) -> list[Diagnostic]:
    outputs, found = release(checked, wish)
    assert not (outputs and found)
    return found


def on(checked: Checked, day: date) -> Checked:
    return Checked(**{**vars(checked), "as_of": day})


def test_a_second_release_of_a_day_an_older_one_and_a_correction_of_nothing_are_refused(
    released: Checked, fictional: Checked
) -> None:
    assert [item.name for item in refusals(on(released, CHAIN_DAYS[2]), Wish())] == ["release-same-day"]
    assert [item.name for item in refusals(on(released, CHAIN_DAYS[1]), Wish())] == ["release-not-newest"]
    assert [item.name for item in refusals(fictional, WISHES[2])] == ["release-corrects-nothing"]


# The version rule


def table(
    *fields: Mapping[str, Any], rows: str = "1,x\n", key: tuple[str, ...] = ("thing_id",), **schema: object
) -> PublishedTable:
    header = ",".join(field["name"] for field in fields)
    told = {"fields": list(fields), "primaryKey": list(key), **schema}
    return PublishedTable("things", told, f"{header}\n{rows}".encode())


ID: Mapping[str, Any] = {"name": "thing_id", "type": "string", "format": "default", "constraints": {"required": True}}
NAME: Mapping[str, Any] = {"name": "name", "type": "string", "format": "default"}
MORE: Mapping[str, Any] = {"name": "more", "type": "string", "format": "default"}


def limited(**constraints: object) -> Mapping[str, Any]:
    return {**NAME, "constraints": constraints}


OLD = table(ID, NAME)
STEPS: Mapping[str, tuple[PublishedTable | None, PublishedTable | None, Step, str]] = {
    "nothing": (OLD, OLD, Step.PATCH, "nothing_changed"),
    "a new row": (OLD, table(ID, NAME, rows="1,x\n2,y\n"), Step.PATCH, "rows_changed"),
    "another value": (OLD, table(ID, NAME, rows="1,z\n"), Step.PATCH, "rows_changed"),
    "a new column at the end": (OLD, table(ID, NAME, MORE, rows="1,x,\n"), Step.MINOR, "column_added"),
    "a new table": (None, OLD, Step.MINOR, "table_added"),
    "a new code": (
        table(ID, limited(enum=["a"])),
        table(ID, limited(enum=["a", "b"])),
        Step.MINOR,
        "constraint_loosened",
    ),
    "a longer text": (
        table(ID, limited(maxLength=5)),
        table(ID, limited(maxLength=9)),
        Step.MINOR,
        "constraint_loosened",
    ),
    "no longer required": (table(ID, limited(required=True)), OLD, Step.MINOR, "constraint_loosened"),
    "a new column in the middle": (OLD, table(ID, MORE, NAME, rows="1,,x\n"), Step.MAJOR, "column_moved"),
    "columns in another order": (OLD, table(NAME, ID, rows="x,1\n"), Step.MAJOR, "column_moved"),
    "a column gone": (table(ID, NAME, MORE, rows="1,x,\n"), OLD, Step.MAJOR, "column_removed"),
    "a column renamed": (OLD, table(ID, MORE), Step.MAJOR, "column_removed"),
    "a table gone": (OLD, None, Step.MAJOR, "table_removed"),
    "another type": (OLD, table(ID, {**NAME, "type": "integer"}), Step.MAJOR, "type_changed"),
    "a code gone": (
        table(ID, limited(enum=["a", "b"])),
        table(ID, limited(enum=["a"])),
        Step.MAJOR,
        "constraint_tightened",
    ),
    "required": (OLD, table(ID, limited(required=True)), Step.MAJOR, "constraint_tightened"),
    "a minimum of 0": (OLD, table(ID, limited(minimum=0)), Step.MAJOR, "constraint_tightened"),
    "a greater minimum": (
        table(ID, limited(minimum=0)),
        table(ID, limited(minimum=1)),
        Step.MAJOR,
        "constraint_tightened",
    ),
    "a shorter text": (
        table(ID, limited(maxLength=9)),
        table(ID, limited(maxLength=5)),
        Step.MAJOR,
        "constraint_tightened",
    ),
    "another pattern": (
        table(ID, limited(pattern="a")),
        table(ID, limited(pattern="b")),
        Step.MAJOR,
        "constraint_tightened",
    ),
    "another key": (OLD, table(ID, NAME, key=("thing_id", "name")), Step.MAJOR, "key_changed"),
    "a new reference": (OLD, table(ID, NAME, foreignKeys=[{"fields": ["name"]}]), Step.MAJOR, "constraint_tightened"),
    "a record withdrawn": (table(ID, NAME, rows="1,x\n2,y\n"), OLD, Step.MAJOR, "record_withdrawn"),
}


@pytest.mark.parametrize("name", STEPS)
def test_the_version_steps_by_the_rule(name: str) -> None:
    old, new, step, rule = STEPS[name]
    before, after = ({"things": one} if one else {} for one in (old, new))
    changes = differences(before, after)
    found, causes = step_of(before, after, changes, things=("things",))
    assert (found, rule in {cause.rule for cause in causes}) == (step, True), causes
    if name == "a record withdrawn":
        assert step_of(before, after, changes, things=())[0] is Step.PATCH, "a computed row comes and goes"


def test_a_version_has_three_numbers_that_step_by_themselves() -> None:
    assert [stepped("1.2.3", step) for step in (Step.PATCH, Step.MINOR, Step.MAJOR)] == ["1.2.4", "1.3.0", "2.0.0"]


def test_columns_and_tables_are_told_once_and_not_row_by_row() -> None:
    assert differences({}, {"things": OLD}) == (Change("things", Difference.TABLE_ADDED),)
    wider = {"things": table(ID, NAME, MORE, rows="1,x,new\n")}
    assert differences({"things": OLD}, wider) == (Change("things", Difference.COLUMN_ADDED, column="more"),)
    assert count_changes(differences(wider, {"things": OLD})) == {"things": {"column_removed": 1}}


def test_a_finding_that_only_counts_further_is_no_difference_and_another_text_is_one() -> None:
    def findings(first: str, second: str) -> Mapping[str, PublishedTable]:
        message = {**NAME, "name": "message_en"}
        return {"findings": replace(table(ID, message, rows=f"1,{first}\n2,{second}\n"), name="findings")}

    before = findings("It is 9 days overdue since 2026-06-30", "1 of 2")
    assert differences(before, findings("It is 10 days overdue since 2026-06-30", "1 of 2")) == ()
    (change,) = differences(before, findings("It is 10 days overdue since 2026-06-30", "None of 2"))
    assert (change.record, change.old, change.new) == ("2", "1 of 2", "None of 2")


def test_a_line_of_a_row_is_counted_past_cells_of_several_lines() -> None:
    rows = table(ID, NAME, rows='1,"x\ny"\n2,z\n').rows
    assert {key: row.line for key, row in rows.items()} == {"1": 2, "2": 4}


# In the build


def test_the_site_has_every_release_byte_for_byte_and_the_newest_data_is_its_own(
    released_outputs: Files, fictional_outputs: Files, chain: Files
) -> None:
    there = {path: content for path, content in released_outputs.items() if path.startswith("data/releases/")}
    assert there == {f"data/releases/{path}": content for path, content in chain.items()}
    assert json.loads(fictional_outputs["data/releases/index.json"])["releases"] == []


def test_what_a_packed_file_of_a_release_says_is_hashed_as_everywhere(released_outputs: Files) -> None:
    path = f"data/releases/{FIRST}/exemplia.zip"
    lines = dict(
        line.split("  ")[::-1] for line in released_outputs["content-manifest-sha256.txt"].decode().splitlines()
    )
    assert lines[path] == content_hash(path, released_outputs[path])


def test_two_builds_with_releases_are_the_same_bytes(released: Checked, released_outputs: Files) -> None:
    again = {output.path: output.content for output in build(released)}
    assert {path: hashlib.sha256(content).hexdigest() for path, content in again.items()} == {
        path: hashlib.sha256(content).hexdigest() for path, content in released_outputs.items()
    }


def test_a_published_site_is_a_source_of_its_releases(released_outputs: Files, chain: Files, tmp_path: Path) -> None:
    there = {path: content for path, content in released_outputs.items() if path.startswith("data/")}
    write_to(tmp_path, there)
    assert read_releases_in(tmp_path, shown="site") == ReleaseFolder("site/data/releases", dict(sorted(chain.items())))


def test_a_site_of_the_past_knows_no_later_release(
    fictional_content: Files, schema_files: Files, theme_files: Files, wording: Wording, chain: Files
) -> None:
    then = CHAIN_DAYS[1] - timedelta(days=1)
    earlier = (ReleaseFolder("releases", chain),)
    content = chapters(fictional_content)[0]
    checked = check(Inputs(content, schema_files, theme_files, then, wording, releases=earlier, releases_until=then))
    assert not checked.has_errors
    assert [release.name for release in checked.catalog.releases] == [FIRST]


# The command


@pytest.fixture
def project(tmp_path: Path, fictional_content: Files, chain: Files) -> Path:
    """A project with the fictional plan and its releases."""
    write_to(tmp_path / "content", fictional_content)
    write_to(tmp_path / "releases", chain)
    return tmp_path


def call(project: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--content", str(project / "content"), "--lang", "en"])


def test_the_command_adds_a_release_and_says_what_it_is(project: Path, chain: Files) -> None:
    (project / "mn.txt").write_text("Тайлан нэмэв.\n", "utf-8")
    words = ["--notes", "Summer", "--notes-file", f"mn={project / 'mn.txt'}", "--as-of", "2026-06-30"]
    result = call(project, "release", *words)
    assert result.exit_code == 0, result.output
    after = read_folder(project / "releases")
    assert {path: after[path] for path in chain if path != "index.json"} == {
        path: content for path, content in chain.items() if path != "index.json"
    }
    assert manifest_of(after, "2026-06-30")["notes"] == {"en": "Summer", "mn": "Тайлан нэмэв."}
    assert refused(after) == set()
    told = result.stderr.splitlines()[-2:]
    assert told[0].startswith("Release ") and told[0].endswith("/releases/2026-06-30/.")
    assert "rows new" in told[1] and "_" not in told[1]
    again = call(project, "release", "--as-of", "2026-06-30")
    assert again.exit_code == 1
    assert "[release-same-day]" in again.stdout and "--kind correction" in again.stdout
    assert read_folder(project / "releases") == after
    assert [path.name for path in (project / "releases").iterdir() if path.name.startswith(".")] == []


def test_a_mistake_in_a_release_stops_everything(project: Path) -> None:
    (project / "releases" / FIRST / "plans.csv").write_bytes(b"x")
    for command in (["release"], ["build", "--out", str(project / "_site")], ["check"]):
        result = call(project, *command, "--as-of", "2026-06-30")
        assert result.exit_code == 1, command
        assert "plans.csv:1:1: error: This file of the release of 2026-01-31 was changed" in result.stdout
    assert not (project / "_site").exists() and not (project / "releases" / "2026-06-30").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["--kind", "correction"],
        ["--reason", "why"],
        ["--notes", "xx=text"],
        ["--previous", "nowhere"],
        ["--previous", "http://example.org/"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_writes_nothing(words: list[str], project: Path, chain: Files) -> None:
    result = call(project, "release", "--as-of", "2026-06-30", *words)
    assert result.exit_code == 2 and "Error: " in result.stderr, result.output
    assert read_folder(project / "releases") == dict(sorted(chain.items()))


def test_notes_are_by_language_and_the_main_one_needs_no_name() -> None:
    told = in_languages(["Plain = text", "mn=Тэмдэглэл"], [], main="en", codes=("en", "mn"), private=())
    assert told == {"en": "Plain = text", "mn": "Тэмдэглэл"}


@pytest.mark.parametrize(
    ("texts", "files", "told"),
    [
        (["a", "en=b"], [], "note_twice"),
        ([""], [], "note_length"),
        (["x" * 10_001], [], "note_length"),
        (["a\x07b"], [], "note_unseen"),
        (["write to somebody@gmail.com"], [], "somebody@gmail"),
        (["xx=text"], [], "no_language xx"),
        ([], ["nowhere.txt"], "nowhere.txt"),
    ],
)
def test_a_note_that_cannot_be_published_is_refused(
    fictional: Checked, texts: list[str], files: list[str], told: str
) -> None:
    private = personal_patterns(fictional.catalog)
    with pytest.raises(NotesRefused, match=told):
        in_languages(texts, files, main="en", codes=("en", "mn"), private=private)


# Killed while writing


SLOW_WRITER = """
import sys, time
from pathlib import Path
from site_builder.nouns.output import Output
from site_builder.shell.release_folder import add_release

def outputs():
    yield Output("index.json", b"new")
    for number in range(10_000):
        yield Output(f"2027-01-01/{number}.csv", b"new")

add_release(Path(sys.argv[1]), "2027-01-01", outputs())
"""


def test_a_release_killed_while_it_is_written_leaves_the_old_state(tmp_path: Path, chain: Files, root: Path) -> None:
    folder = write_to(tmp_path / "releases", chain)
    writer = subprocess.Popen([sys.executable, "-c", SLOW_WRITER, str(folder)], cwd=root, env={**os.environ})
    aside = folder / ".2027-01-01.new" / "2027-01-01"
    while not aside.is_dir() or len(list(aside.iterdir())) < 100:
        assert writer.poll() is None, "it was done before it could be killed"
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert read_releases_in(folder, shown="releases").files == dict(sorted(chain.items()))
    add_release(folder, "2027-01-01", [Output("index.json", b"i"), Output("2027-01-01/a.csv", b"a")])
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
    assert (folder / "2027-01-01/a.csv").read_bytes() == b"a" and not (folder / "2027-01-01/1.csv").exists()


def test_a_release_killed_between_its_last_two_steps_leaves_the_old_state(tmp_path: Path, chain: Files) -> None:
    folder = write_to(tmp_path / "releases", chain)
    write_to(folder, {"2027-01-01/a.csv": b"half", ".2027-01-01.new/index.json": b"new"})
    assert read_releases_in(folder, shown="releases").files == dict(sorted(chain.items()))
    add_release(folder, "2027-01-02", [Output("index.json", chain["index.json"]), Output("2027-01-02/a.csv", b"a")])
    assert sorted(path.name for path in folder.iterdir()) == [FIRST, SECOND, THIRD, "2027-01-02", "index.json"]


# Over the network


class _Quiet(http.server.SimpleHTTPRequestHandler):
    asked: ClassVar[list[str]] = []
    """What was asked of it."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, ARG002 - the library's names
        _Quiet.asked.append(self.path)

    def do_GET(self) -> None:
        if self.path.startswith("/away/"):
            self.send_response(302)
            self.send_header("Location", "http://example.org/")
            self.end_headers()
        else:
            super().do_GET()


@pytest.fixture
def host(tmp_path: Path, chain: Files) -> Iterator[tuple[str, Path]]:
    """A site that was published with the releases, on this machine."""
    folder = write_to(tmp_path / "published", {f"data/releases/{path}": content for path, content in chain.items()})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    _Quiet.asked.clear()
    yield f"http://127.0.0.1:{server.server_address[1]}", folder / "data" / "releases"
    server.shutdown()
    server.server_close()


def fetched(url: str, known: Files | None = None) -> ReleaseFolder:
    return fetch_releases(url, known or {}, tell=lambda _step: None)


def test_a_published_site_gives_its_releases_back(host: tuple[str, Path], chain: Files) -> None:
    url, _ = host
    assert fetched(url).files.items() == chain.items()
    _Quiet.asked.clear()
    assert fetched(f"{url}/", chain).files.items() == chain.items()
    assert len(_Quiet.asked) == 4, "what is here already is not fetched again: the index and three manifests are"


def test_what_comes_over_the_network_is_judged_like_a_folder(host: tuple[str, Path]) -> None:
    url, folder = host
    (folder / FIRST / "plans.csv").write_bytes(b"x" * 1_000_000)
    (folder / SECOND / "plans.csv").unlink()
    there = fetched(url)
    assert len(there.files[f"{FIRST}/plans.csv"]) < 100_000, "no more is read than was promised"
    shown = f"{url}/data/releases"
    _, findings = read_releases([there])
    assert {(finding.name, finding.location.file) for finding in findings} == {
        ("release-changed", f"{shown}/{FIRST}/plans.csv"),
        ("release-file-missing", f"{shown}/{SECOND}/plans.csv"),
    }


def test_a_path_out_of_the_tree_is_never_asked_for(host: tuple[str, Path], chain: Files) -> None:
    url, folder = host
    files = dict(chain)
    _listed_elsewhere(files, "../../../secret.txt")
    write_to(folder, {path: files[path] for path in ("index.json", f"{FIRST}/release.json")})
    _, findings = read_releases([fetched(url)])
    assert "release-path" in {finding.name for finding in findings}
    assert not [path for path in _Quiet.asked if "secret" in path or ".." in path]


@pytest.mark.parametrize(
    "url", ["http://example.org/", "http://127.0.0.1.example.org/", "http://localhost/", "file:///etc/", "http://[::1"]
)
def test_an_address_without_encryption_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(FetchRefused, match="not_https"):
        fetched(url)


def test_a_server_that_leads_away_or_has_nothing_or_is_not_there_is_told_in_a_sentence(host: tuple[str, Path]) -> None:
    url, folder = host
    with pytest.raises(FetchRefused, match="leads_away"):
        fetched(f"{url}/away")
    (folder / "index.json").unlink()
    with pytest.raises(FetchRefused, match="no_releases"):
        fetched(url)
    with pytest.raises(FetchRefused, match=r"127\.0\.0\.1:9"):
        fetched("http://127.0.0.1:9")


def test_the_command_takes_releases_from_a_site(host: tuple[str, Path], project: Path, chain: Files) -> None:
    url, _ = host
    own = {path: content for path, content in chain.items() if path.startswith(FIRST)}
    for path in chain.keys() - own.keys():
        (project / "releases" / path).unlink()
    result = call(project, "check", "--as-of", "2026-06-30")
    assert "[release-index-missing]" in result.stdout
    for path in own:
        (project / "releases" / path).unlink()
    result = call(project, "check", "--as-of", "2026-06-30", "--previous", url)
    assert result.exit_code == 0, result.output


def test_the_tables_of_a_release_are_read_as_they_were_written(chain: Files) -> None:
    files = {path.removeprefix(f"{FIRST}/"): content for path, content in chain.items() if path.startswith(FIRST)}
    tables = read_published(files)
    rows = rows_of(files["commitments.csv"])
    assert [dict(row.cells) for row in tables["commitments"].rows.values()] == rows
    assert Kind("correction") is WISHES[2].kind


# For people


def text_of(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


@pytest.mark.parametrize("language", ["en", "mn"])
def test_the_page_of_releases_lists_them_newest_first(released_outputs: Files, language: str) -> None:
    page = released_outputs[f"{language}/data/releases/index.html"].decode()
    links = re.findall(r'<th scope="row"><a href="([^"]+)">([0-9.]+),', page)
    assert [href for href, _ in links] == [f"{day}/index.html" for day in (THIRD, SECOND, FIRST)]
    told = json.loads(released_outputs["data/releases/index.json"])["releases"]
    assert [version for _, version in links] == [entry["version"] for entry in told]
    for entry in told:
        assert all(str(count) in text_of(page.encode()) for count in entry["changes"].values())
    assert (released_outputs[f"{language}/data/index.html"].decode()).count('href="releases/index.html"') == 1


@pytest.mark.parametrize(("language", "words"), [("en", "No release has been made yet"), ("mn", "хараахан гаргаагүй")])
def test_without_a_release_the_page_says_so_and_how_to_cite(real_outputs: Files, language: str, words: str) -> None:
    page = text_of(real_outputs[f"{language}/data/releases/index.html"])
    assert words in page and "CC-BY-4.0" in page and "2026" in page


@pytest.mark.parametrize("day", [FIRST, SECOND, THIRD])
def test_every_figure_of_a_release_on_its_page_is_one_of_its_files(
    released_outputs: Files, chain: Files, day: str
) -> None:
    page = released_outputs[f"en/data/releases/{day}/index.html"].decode()
    manifest = manifest_of(chain, day)
    counts: dict[str, list[int]] = {}
    for table, told in re.findall(r'<code class="prov">(\w+)</code>: ([^<]+)</li>', page):
        counts[table] = [int(number) for number in re.findall(r"\d+", told)]
    assert counts == {table: list(kinds.values()) for table, kinds in manifest["changes"].items()}
    hashes = dict(
        re.findall(r'<th scope="row"><a href="[^"]*/([^"/]+)">.*?<code class="prov">([0-9a-f]{64})<', page, re.S)
    )
    assert hashes == {file["path"]: file["sha256"] for file in manifest["files"] if "/" not in file["path"]}
    assert len(hashes) > 100
    rows = rows_of(chain[f"{day}/changes.csv"])
    shown = page.count('<td data-label="What happened">')
    assert shown == min(100, len(rows))
    assert ("The first 100 of" in page) == (len(rows) > 100)
    assert f"release {manifest['version']} of" in text_of(page.encode())
    assert len(gzip.compress(page.encode())) <= 40_000


def test_a_correction_says_on_its_page_what_it_corrects(released_outputs: Files) -> None:
    page = released_outputs[f"mn/data/releases/{THIRD}/index.html"].decode()
    assert "Нэг үгийн алдааг засав." in page and "<s>Teh money" in page
    other = released_outputs[f"mn/data/releases/{SECOND}/index.html"].decode()
    assert '<p lang="en">The reports of the winter.</p>' in other, "a note in another language says which"


@pytest.mark.parametrize("language", ["en", "mn"])
def test_the_feed_of_releases_is_read_without_a_complaint(released_outputs: Files, language: str) -> None:
    feed = feedparser.parse(released_outputs[f"{language}/data/releases/feed.xml"])
    assert (feed.bozo, feed.version) == (0, "atom10")
    assert [entry.published[:10] for entry in feed.entries] == [THIRD, SECOND, FIRST]
    assert [entry.tags[0].term for entry in feed.entries] == ["correction", "regular", "regular"]
    for entry in feed.entries:
        path = entry.link.removeprefix("https://example.org/plan/") + "index.html"
        assert path in released_outputs
    assert len({entry.id for entry in feed.entries}) == 3


def test_the_archive_of_the_newest_data_names_the_releases_before_it(released_outputs: Files) -> None:
    with zipfile.ZipFile(io.BytesIO(released_outputs["data/latest/exemplia.zip"])) as archive:
        told = archive.read("CHANGES.md").decode()
    assert [line.split(",")[0] for line in told.splitlines() if line.startswith("- ")] == [
        "- 2.0.1",
        "- 2.0.0",
        "- 1.0.0",
    ]
    assert "A word was misspelt." in told


def test_hosts_keep_a_release_for_ever_and_its_index_for_minutes(released_outputs: Files) -> None:
    assert "immutable" in headers_of(f"data/releases/{FIRST}/plans.csv")["Cache-Control"]
    assert "immutable" not in headers_of("data/releases/index.json")["Cache-Control"]
    fitting = [rule for rule in rules(released_outputs) if rule.fits("data/releases/index.json")]
    assert sum("Cache-Control" in rule.headers for rule in fitting) == 1


def test_nothing_packed_is_put_beside_a_release(released: Checked) -> None:
    outputs = [Output(path, b"a" * 9999) for path in ("data/releases/x/a.csv", "a.csv")]
    copies = sealed(edition(released), outputs, packings=["gz"])
    assert {output.path for output in copies} >= {"a.csv.gz"}
    assert "data/releases/x/a.csv.gz" not in {output.path for output in copies}

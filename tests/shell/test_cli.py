"""The commands as a clerk or CI calls them: exit codes, what is printed where, what is left alone."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from history import Repository

from site_builder.shell.cli import main
from site_builder.shell.job import resolve_day
from site_builder.shell.server import make_server

COMMITMENT = "plans/fic1/commitments/c02.yaml"


@pytest.fixture
def project(tmp_path: Path, root: Path) -> Path:
    """A folder with the fictional content, the real schemas, code lists and theme."""
    shutil.copytree(root / "tests" / "fictional" / "content", tmp_path / "content")
    shutil.copytree(root / "content" / "codelists", tmp_path / "content" / "codelists")
    shutil.copytree(root / "schemas", tmp_path / "schemas")
    shutil.copytree(root / "themes", tmp_path / "themes")
    return tmp_path


def run(project: Path, *words: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.chdir(project)
    return CliRunner().invoke(main, list(words))


def break_content(project: Path) -> None:
    path = project / "content" / COMMITMENT
    path.write_text(path.read_text("utf-8").replace("grand_challenge: ", "grand_chalenge: "), "utf-8")


def test_build_writes_the_site_and_says_what_to_open(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(project, "build", "--as-of", "2026-06-30", monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert "As of 2026-06-30 (--as-of)." in result.stderr
    assert "Open _site/index.html" in result.stderr
    assert (project / "_site/en/commitments/fic1-c01/index.html").is_file()


def test_a_history_that_was_cut_off_is_reported_in_the_language_of_the_user(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin = Repository(project, "content")
    origin.git("init", "-q", "-b", "main")
    origin.commit("All", at="2026-06-01T00:00:00Z")
    origin.add(COMMITMENT, "# one more line\n")
    origin.commit("A comment", at="2026-06-02T00:00:00Z")
    origin.git("clone", "-q", "--depth", "1", f"file://{project}", str(project / "shallow"))
    words = ("build", "--as-of", "2026-06-30")
    result = run(project / "shallow", *words, "--lang", "mn", monkeypatch=monkeypatch)
    assert result.exit_code == 0 and "Түүх 2026-06-02 өдрөөс хойш" in result.stderr
    assert (project / "shallow/_site/data/latest/events.csv").read_bytes().count(b"\n") == 1


def test_the_site_of_a_day_is_built_from_what_had_been_published_then(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "content/codelists/event_kinds.yaml").rename(project / "later")
    origin = Repository(project, "content")
    origin.git("init", "-q", "-b", "main")
    origin.commit("All", at="2026-06-01T00:00:00Z")
    (project / "later").rename(project / "content/codelists/event_kinds.yaml")
    origin.change(COMMITMENT, "number: 2\nogp_id", "number: 9\nogp_id")
    origin.commit("Another number, and a list of codes that the program asks for now", at="2026-06-20T00:00:00Z")
    break_content(project)
    result = run(project, "build", "--published", "2026-06-10", "--no-cache", monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert "As of 2026-06-10 (--published)." in result.stderr
    rows = (project / "_site/data/latest/commitments.csv").read_text("utf-8-sig").splitlines()
    assert [row.split(",")[2] for row in rows if row.startswith("fic1-c02,")] == ["2"]
    events = (project / "_site/data/latest/events.csv").read_text("utf-8-sig")
    assert events.count("\n") > 10 and events.count(",number,") == 0
    assert "cut off" not in result.stderr and not (project / ".cache").exists()
    later = run(project, "check", "--published", "2026-06-20", "--as-of", "2026-06-30", monkeypatch=monkeypatch)
    assert later.exit_code == 0 and "As of 2026-06-30 (--as-of)." in later.stderr
    early = run(project, "check", "--published", "2026-05-31", monkeypatch=monkeypatch)
    assert early.exit_code == 2 and "the first commit was made on 2026-06-01" in early.stderr


def test_with_a_mistake_nothing_is_written_and_the_old_site_stays(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "_site").mkdir()
    (project / "_site/build.json").write_text('{"generator": "open-action-plan 0"}')
    (project / "_site/index.html").write_text("published")
    break_content(project)
    result = run(project, "build", monkeypatch=monkeypatch)
    assert result.exit_code == 1
    assert "Did you mean `grand_challenge`?" in result.stdout
    assert (project / "_site/index.html").read_text() == "published"
    assert sorted(path.name for path in project.iterdir()) == ["_site", "content", "schemas", "themes"]


@pytest.mark.parametrize(
    ("start", "script", "named"),
    [
        ("site-builder", "build.py", "site-builder"),
        ("python -m site_builder", "build.py", "python3 build.py"),
        ("python -m site_builder", "", "python -m site_builder"),
    ],
)
def test_another_command_is_named_as_this_one_was_called(
    project: Path, monkeypatch: pytest.MonkeyPatch, start: str, script: str, named: str
) -> None:
    break_content(project)
    monkeypatch.chdir(project)
    if script:
        (project / script).touch()
        monkeypatch.setattr(sys, "prefix", str(project / ".venv"))
    result = CliRunner().invoke(main, ["check", "--lang", "en"], prog_name=start)
    assert f": {named} explain " in result.stderr


class WithoutFullText(sqlite3.Connection):
    """SQLite as it answers where it was built without its full-text search."""

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if "using fts5" in sql:
            raise sqlite3.OperationalError("no such module: fts5")
        return super().execute(sql, *values)


def test_a_python_without_full_text_search_is_told_in_a_sentence(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=WithoutFullText))
    result = run(project, "build", monkeypatch=monkeypatch)
    assert result.exit_code == 2
    assert f"Python's SQLite ({sqlite3.sqlite_version}) has no full-text search (FTS5)" in result.stderr
    assert not (project / "_site").exists()


def test_check_writes_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(project, "check", monkeypatch=monkeypatch).exit_code == 0
    break_content(project)
    assert run(project, "check", monkeypatch=monkeypatch).exit_code == 1
    assert not (project / "_site").exists()


@pytest.mark.parametrize("out", ["content", "content/site.yaml", "content/site.yaml/site"])
def test_a_place_for_the_site_is_refused_before_anything_is_read(
    out: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_content(project)
    result = run(project, "build", "--out", out, monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: content" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["build", "--as-of", "1 May 2020"],
        ["build", "--as-of", "20200501"],
        ["build", "--content", "nowhere"],
        ["build", "--lang", "xx"],
        ["build", "--base-url", "ftp://example.org"],
        ["build", "--out", "content"],
        ["check", "--format", "prose"],
        ["check", "--report", "prose=report.txt"],
        ["check", "--report", "sarif"],
        ["check", "--report", "sarif=content/site.yaml/report"],
        ["publish"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_2_and_one_sentence(
    words: list[str], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run(project, *words, monkeypatch=monkeypatch)
    assert result.exit_code == 2
    assert "Error: " in result.stderr and "Traceback" not in result.output
    assert (project / "content/site.yaml").is_file()


def test_json_has_both_languages_and_nothing_else_on_standard_output(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_content(project)
    result = run(project, "check", "--format", "json", monkeypatch=monkeypatch)
    finding = next(row for row in json.loads(result.stdout) if row["severity"] == "error")
    assert set(finding) == {"name", "severity", "file", "line", "column", "record", "field", "message", "hint"}
    assert finding["name"] == "unknown-key" and finding["file"] == f"content/{COMMITMENT}"
    assert set(finding["message"]) == {"en", "mn"} and finding["message"]["en"] != finding["message"]["mn"]


def test_github_annotations_stand_at_file_and_line(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_content(project)
    files = ("--report", "markdown=out/summary.md", "--report", "gitlab=out/quality.json")
    result = run(project, "check", "--format", "github", *files, monkeypatch=monkeypatch)
    assert (project / "out/summary.md").read_text("utf-8").startswith("# NOT YET")
    assert [row["check_name"] for row in json.loads((project / "out/quality.json").read_bytes())][:1] == ["unknown-key"]
    line = next(line for line in result.stdout.splitlines() if line.startswith("::error"))
    assert line.startswith(f"::error file=content/{COMMITMENT},line=")
    assert "title=unknown-key::" in line and "%0A" in line


def test_sarif_names_rule_and_place(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_content(project)
    log = json.loads(run(project, "check", "--format", "sarif", monkeypatch=monkeypatch).stdout)
    results = [result for result in log["runs"][0]["results"] if result["level"] == "error"]
    assert [result["ruleId"] for result in results] == ["unknown-key"]


def test_messages_come_in_the_language_asked_for(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_content(project)
    result = run(project, "check", "--lang", "mn", monkeypatch=monkeypatch)
    assert "алдаа" in result.stdout and "Did you mean" not in result.stdout


def git(folder: Path, *words: str) -> None:
    settings = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", *settings, *words], cwd=folder, check=True, capture_output=True)


def test_the_day_is_that_of_the_commit_until_a_file_is_changed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-06-30T20:00:00Z")
    git(project, "init", "-q")
    git(project, "add", ".")
    git(project, "commit", "-qm", "content")
    result = run(project, "check", monkeypatch=monkeypatch)
    assert "As of 2026-07-01 (date of the newest commit)." in result.stderr, "20:00 UTC is the next day in Ulaanbaatar"
    (project / "content/notes.tmp~").write_text("ignored")
    (project / "content/glossary.yaml").write_text((project / "content/glossary.yaml").read_text() + "\n")
    assert resolve_day(None, project / "content").origin.startswith("today")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1577836800")
    assert "As of 2020-01-01 (SOURCE_DATE_EPOCH)." in run(project, "check", monkeypatch=monkeypatch).stderr


def test_the_preview_serves_on_this_machine_with_its_headers_and_404_page(
    fictional_outputs: dict[str, bytes], tmp_path: Path
) -> None:
    for path, content in fictional_outputs.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    server = make_server(tmp_path, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_address[1]}"
        with urllib.request.urlopen(f"{address}/en/") as answer:
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        with pytest.raises(urllib.error.HTTPError) as missing:
            urllib.request.urlopen(f"{address}/en/nowhere/")
        assert missing.value.code == 404 and b"<h1>" in missing.value.read()
    finally:
        server.shutdown()

"""The command `diff` as a clerk or CI calls it: folders and commits, exit codes, what a copy cannot know."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from history import Repository
from manual import base_files

from site_builder.shell.cli import main

C01 = "plans/demo/commitments/c01.yaml"
SAME = "PASSED: this change brings no mistakes\nNothing changed.\n"


@pytest.fixture(scope="module")
def origin(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The smallest project: `main` with a second commit, and a branch that left before it."""
    repository = Repository.make(tmp_path_factory.mktemp("diff") / "project", "content")
    for path, content in base_files(root).items():
        target = repository.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    repository.commit("All", at="2026-06-01T00:00:00Z")
    repository.git("branch", "proposal")
    repository.change(C01, "One page lists them all.", "One page shows them all.")
    repository.commit("Another word", at="2026-06-02T00:00:00Z")
    repository.git("checkout", "-q", "proposal")
    repository.change("organisations/council.yaml", "Open Plan Council", "Open Plan Board")
    repository.commit("Another name", at="2026-06-03T00:00:00Z")
    return repository


def diff(place: Path, *words: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.chdir(place)
    monkeypatch.setenv("LC_ALL", "C")
    return CliRunner().invoke(main, ["diff", "--as-of", "2026-06-30", *words])


def test_a_proposal_is_told_without_what_happened_elsewhere_since(
    origin: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = diff(origin.root, "main", monkeypatch=monkeypatch)
    assert told.exit_code == 0, told.output
    assert "[-Council-] {+Board+}" in told.stdout and "lists" not in told.stdout
    assert "As of 2026-06-30 (--as-of)." in told.stderr


def test_two_commits_are_compared_exactly_as_they_are(origin: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    told = diff(origin.root, "main", "proposal", monkeypatch=monkeypatch)
    assert "[-Council-] {+Board+}" in told.stdout and "[-shows-] {+lists+}" in told.stdout
    back = diff(origin.root, "proposal", "main", "--lang", "mn", monkeypatch=monkeypatch)
    assert "[-Board-] {+Council+}" in back.stdout and back.stdout.startswith("ТЭНЦСЭН: ")
    same = diff(origin.root, "main", "main", monkeypatch=monkeypatch)
    assert same.exit_code == 0 and same.stdout.startswith(SAME)


def test_folders_are_compared_with_folders_and_with_commits(
    origin: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, content = str(origin.root), str(origin.content)
    assert diff(origin.root, content, project, monkeypatch=monkeypatch).stdout.startswith(SAME)
    assert diff(origin.root, "HEAD", content, monkeypatch=monkeypatch).stdout.startswith(SAME)
    told = diff(origin.root, content, "main", "--format", "json", monkeypatch=monkeypatch)
    tree = json.loads(told.stdout)
    assert [thing["id"] for thing in tree["things"]] == ["demo-c01", "council"]
    assert tree["things"][0]["changes"][0]["told"]["en"] == (
        "Reworded: In short (English): One page [-lists-] {+shows+} them all."
        " The text in Mongolian stayed as it was: does it still say the same?"
    )


def test_mistakes_and_mass_deletions_end_with_one_and_a_wrong_call_with_two(
    origin: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin.git("worktree", "add", "-q", "--detach", str(tmp_path / "wrong"), "HEAD")
    wrong = Repository(tmp_path / "wrong", "content")
    wrong.change(C01, "due_baseline: 2026-08-01", "due_baseline: 2026.08.01")
    told = diff(wrong.root, "main", "--format", "markdown", monkeypatch=monkeypatch)
    assert told.exit_code == 1 and told.stdout.startswith("## ❌ NOT YET: this change brings 1 mistake")
    wrong.git("checkout", "-q", ".")
    wrong.change(C01, "  - id: m02\n    number: 2\n", "  - id: m03\n    number: 2\n")
    words = ("HEAD", "--max-deleted", "0", "--format", "json")
    bulk = diff(wrong.root, *words, monkeypatch=monkeypatch)
    assert bulk.exit_code == 1 and json.loads(bulk.stdout)["bulk"]["deletes_many"]
    for call in (("HEAD", "--lang", "xx"), ("no-such-branch",), ("HEAD", "--format", "html"), ()):
        refused = diff(wrong.root, *call, monkeypatch=monkeypatch)
        assert refused.exit_code == 2 and not refused.stdout, call
        assert "Traceback" not in refused.stderr


def test_a_copy_whose_history_was_cut_off_says_what_to_fetch(
    origin: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    origin.git("clone", "-q", "--depth", "1", "--branch", "proposal", f"file://{origin.root}", str(copy))
    told = diff(copy, "origin/main", monkeypatch=monkeypatch)
    assert told.exit_code == 2 and "knows no commit `origin/main`; fetch it (git fetch --unshallow)" in told.stderr
    Repository(copy, "content").git("fetch", "-q", "--depth", "1", "origin", "main:refs/remotes/origin/main")
    parted = diff(copy, "origin/main", monkeypatch=monkeypatch)
    assert parted.exit_code == 2 and "the history is cut off in this copy" in parted.stderr
    assert diff(copy, "HEAD", monkeypatch=monkeypatch).stdout.startswith(SAME)


def test_outside_git_only_folders_can_be_compared(
    origin: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = tmp_path / "alone"
    shutil.copytree(origin.content, alone)
    refused = diff(origin.root, "main", "--content", str(alone), monkeypatch=monkeypatch)
    assert refused.exit_code == 2 and "here is none" in refused.stderr
    told = diff(origin.root, str(origin.content), "--content", str(alone), monkeypatch=monkeypatch)
    assert told.exit_code == 0 and told.stdout.startswith(SAME)

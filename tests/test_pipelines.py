"""What runs on the hosts on its own: pinned, with few rights, deaf to what a stranger writes, loud when it stops."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from history import Repository

from site_builder.shell.commands import Commands
from site_builder.shell.reports import formats

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PINNED = re.compile(r"[\w/-]+@[0-9a-f]{40}")
Workflow = dict[Any, Any]

each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


def read(path: Path) -> Workflow:
    """Return a workflow; YAML 1.1 reads its key `on` as true."""
    content: Workflow = yaml.safe_load(path.read_text("utf-8"))
    return content


def steps_of(path: Path) -> list[dict[str, Any]]:
    return [step for job in read(path)["jobs"].values() for step in job.get("steps", [])]


@each_workflow
def test_what_others_wrote_is_pinned_by_commit_with_its_version_beside_it(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        if (match := re.search(r"uses: (\S+)(.*)", line)) and not match[1].startswith("./"):
            assert PINNED.fullmatch(match[1]) and re.fullmatch(r" # v\d+\.\d+\.\d+", match[2]), line


@each_workflow
def test_a_workflow_has_no_right_but_those_that_a_job_names_and_every_job_ends(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert "permissions" in job, name
        assert "uses" in job or job["timeout-minutes"] <= 40, name


@each_workflow
def test_no_text_of_a_stranger_reaches_a_shell_a_secret_or_a_kept_token(path: Path) -> None:
    triggers = set(read(path)[True])
    assert not triggers & {"pull_request_target", "workflow_run", "issue_comment"}
    assert "secrets." not in path.read_text("utf-8")
    for step in steps_of(path):
        assert "${{" not in step.get("run", ""), step
        if "actions/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def test_a_proposal_is_checked_with_a_token_that_can_only_read() -> None:
    for path in WORKFLOWS:
        if "pull_request" in read(path)[True]:
            for job in read(path)["jobs"].values():
                if "!= 'pull_request'" not in job.get("if", ""):
                    assert set(job["permissions"].values()) == {"read"}


def test_the_schedule_stands_in_a_file_of_its_own_and_something_without_one_watches_it() -> None:
    scheduled = [path.name for path in WORKFLOWS if "schedule" in read(path)[True]]
    assert scheduled == ["daily.yml"] and set(read(ROOT / ".github/workflows/daily.yml")["jobs"]) == {"publish"}
    alarm = (ROOT / ".github/workflows/alarm.yml").read_text("utf-8")
    assert "workflows/daily.yml" in alarm and ".ci/site_age.py" in alarm


@pytest.mark.parametrize("path", [*WORKFLOWS, ROOT / ".gitlab-ci.yml"], ids=lambda path: path.name)
def test_commands_and_formats_that_a_pipeline_names_are_there(path: Path) -> None:
    text = path.read_text("utf-8")
    known = {*Commands(), "test"}
    assert set(re.findall(r"python3 build\.py ([\w-]+)", text)) <= known
    assert set(re.findall(r"--(?:report|format) (\w+)", text)) <= set(formats())


@each_workflow
def test_the_shell_of_every_step_is_shell(path: Path) -> None:
    for step in steps_of(path):
        if "run" in step:
            answer = subprocess.run(["bash", "-n"], input=step["run"], capture_output=True, text=True, check=False)
            assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize(
    ("days", "notes", "code", "words"),
    [
        (0, None, 0, "tells of"),
        (3, None, 0, "tells of"),
        (4, None, 1, "4 days ago: the daily build has stopped"),
        (0, {}, 2, "names no day"),
        (0, {"as_of": "$(touch hacked)"}, 2, "names no day"),
        (0, {"as_of": "2026-99-99"}, 2, "names no day"),
    ],
)
def test_the_alarm_reads_the_day_of_the_published_site(
    days: int, notes: dict[str, str] | None, code: int, words: str, tmp_path: Path
) -> None:
    day = (datetime.now(UTC).date() - timedelta(days=days)).isoformat()
    (tmp_path / "build.json").write_text(json.dumps({"as_of": day} if notes is None else notes))
    command = [sys.executable, str(ROOT / ".ci/site_age.py"), tmp_path.as_uri(), "3"]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode == code, answer.stderr
    assert words in answer.stdout + answer.stderr and not (tmp_path / "hacked").exists()


@pytest.mark.parametrize("words", [[], [""], ["file:///nowhere"], ["--config=/etc/passwd"], ["file:///tmp", "x"]])
def test_an_age_that_cannot_be_told_is_no_alarm(words: list[str]) -> None:
    command = [sys.executable, str(ROOT / ".ci/site_age.py"), *words]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 2 and "cannot be told" in answer.stderr


NEW = "content/plans/nap3/updates/2026-h2/c01.yaml"
PATCHES = {
    "a workflow": ({".github/workflows/x.yml": "on: push\n"}, 0o644),
    "a change of what is there": ({"content/plans/nap3/plan.yaml": "hacked\n"}, 0o644),
    "something beside it": ({NEW: "x\n", "build.py": "hacked\n"}, 0o644),
    "a program": ({NEW: "x\n"}, 0o755),
    "another ending": ({"content/plans/nap3/updates/2026-h2/c01.py": "x\n"}, 0o644),
}


@pytest.mark.parametrize("files", [*PATCHES.values(), ({NEW: None}, 0)], ids=[*PATCHES, "a link"])
def test_a_patch_with_more_than_new_updates_is_not_proposed(
    files: tuple[dict[str, str | None], int], tmp_path: Path
) -> None:
    repository = Repository.make(tmp_path / "project", "content")
    repository.write("plans/nap3/plan.yaml", "number: 3\n")
    (tmp_path / "project/build.py").write_text("print()\n")
    repository.commit("All", at="2026-06-01T00:00:00Z")
    for name, text in files[0].items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.symlink_to("/etc/passwd")
        else:
            path.write_text(text)
            path.chmod(files[1])
    repository.git("add", "--all")
    patch = repository.git("diff", "--cached", "--binary")
    repository.git("reset", "-q", "--hard")
    (tmp_path / "content.patch").write_text(f"{patch}\n")
    command = ["bash", str(ROOT / ".ci/propose-update"), str(tmp_path), "7"]
    answer = subprocess.run(command, cwd=tmp_path / "project", capture_output=True, text=True, check=False)
    assert answer.returncode == 1 and "would change more than it may" in answer.stderr, answer
    assert repository.git("branch", "--list", "issue-*") == "" and repository.git("log", "--oneline").count("\n") <= 1


def test_hooks_call_commands_of_the_program() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {hook["id"] for hook in hooks} == {"action-plan-check", "action-plan-fmt"}
    for hook in hooks:
        assert hook["entry"].split()[:1] == ["site-builder"] and hook["pass_filenames"] is False
        assert re.match(hook["files"], "content/plans/nap3/plan.yaml")


@pytest.mark.parametrize(
    ("schema", "names"),
    [("github-issue-forms", ["report-progress.yml", "wrong-fact.yml"]), ("github-issue-config", ["config.yml"])],
    ids=["forms", "config"],
)
def test_every_form_keeps_to_the_schema_of_its_host(schema: str, names: list[str]) -> None:
    folder = ROOT / ".github/ISSUE_TEMPLATE"
    assert set(names) <= {path.name for path in folder.iterdir()} and len(list(folder.iterdir())) == 3
    judge = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    files = [str(folder / name) for name in names]
    answer = subprocess.run([*judge, *files], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_workflows_hold_nothing_that_a_judge_of_their_safety_warns_of() -> None:
    judge = [
        str(Path(sys.executable).with_name("zizmor")),
        "--offline",
        "--no-progress",
        "--min-severity=medium",
        ".github",
    ]
    answer = subprocess.run(judge, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr

"""CONTRIBUTING.md is true: its recipes work as they stand there, the robot answers so, all that it names is there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import REAL_DAY, Files, inputs_of
from manual import base_files
from recipes import BLOCKS, GUIDE, RECIPES, REPORT, follow, project_in

from site_builder.composition import Checked, check
from site_builder.readers.content import read_content
from site_builder.shell.cli import main
from site_builder.shell.reports import Report, formats
from site_builder.shell.wording import Wording
from site_builder.writers.pages import kinds

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a copy of the project does in which every recipe was followed as it is written."""
    project = project_in(tmp_path_factory.mktemp("recipes"))
    for block in RECIPES:
        follow(block, project)
    answer = subprocess.run(
        [sys.executable, str(ROOT / "tests/follower.py")],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    result: dict[str, Any] = json.loads(answer.stdout)
    return result


# Recipes


def test_the_recipe_for_a_check_finds_the_slip_and_explains_it(followed: dict[str, Any]) -> None:
    # and nothing else is found where every recipe was followed
    assert followed["findings"] == [["brief-repeats-title", "warning"]]
    for language, said in (("en", "The brief says the same"), ("mn", "Товч агуулга нь гарчгийг давтсан")):
        told = followed["commands"][f"explain brief-repeats-title --lang {language}"]
        assert said in told and "{" not in told


def test_the_recipe_for_a_page_makes_one_in_each_language(followed: dict[str, Any]) -> None:
    assert list(followed["pages"]) == ["en/imprint/index.html", "mn/imprint/index.html"]
    assert "<h1>Imprint</h1>" in followed["pages"]["en/imprint/index.html"]
    assert "Төлөвлөгөөний алба" in followed["pages"]["mn/imprint/index.html"]


def test_the_recipe_for_an_export_writes_its_file(followed: dict[str, Any]) -> None:
    assert followed["exports"] == [["languages.txt", "en\nmn\n"]]


def test_the_recipe_for_a_form_is_planned_and_written(followed: dict[str, Any]) -> None:
    assert followed["data"] == ["data/latest/row_counts.txt"]
    ((name, text),) = followed["forms"]
    assert name == "row_counts.txt" and "commitments 1\n" in text


def test_the_recipe_for_a_method_judges_and_stands_in_the_table(followed: dict[str, Any]) -> None:
    assert followed["verdict"] == "step_forward"
    assert "any_step" in followed["methods"]


def test_the_recipe_for_a_report_format_is_a_choice_and_tells_the_place(followed: dict[str, Any]) -> None:
    assert re.fullmatch(r"content/plans/demo/commitments/c01\.yaml:\d+:\d+: brief-repeats-title\n", followed["places"])


def test_the_recipe_for_a_command_is_found(followed: dict[str, Any]) -> None:
    assert followed["commands"]["spoken"] == "en\nmn\n"


# The robot's answer


@pytest.fixture(scope="module")
def slipped(real_content: Files, schema_files: Files, theme_files: Files, wording: Wording) -> tuple[Report, ...]:
    """The reports on the slips that the guide shows, made in the real content beside the update that it shows."""
    updates = {block.text for block in BLOCKS if block.named == REPORT}
    assert len(updates) == 1, "both languages show the same update"
    content = {**real_content, REPORT.removeprefix("content/"): updates.pop().encode()}
    changes = {(block.named, block.text) for block in BLOCKS if block.language == "diff"}
    assert len(changes) == 1, "both languages show the same slips"
    ((named, text),) = changes
    path = named.removeprefix("content/")
    for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", text, re.MULTILINE):
        before, after = (re.sub("^[-+]", "", part, flags=re.MULTILINE).encode() for part in (old, new))
        assert before in content[path], before.decode()
        content[path] = content[path].replace(before, after, 1)
    checked = check(inputs_of(content, schema_files, theme_files, REAL_DAY, wording))
    lines = {named: content[path].decode().splitlines()}
    return tuple(Report(checked.findings, wording, language, lines) for language in wording.languages)


def test_the_robot_answers_in_each_language_as_the_guide_shows(slipped: tuple[Report, ...]) -> None:
    shown = {block.options.split()[-1]: block.text for block in BLOCKS if block.language == "text"}
    assert shown == {report.language: formats()["text"](report) for report in slipped}


@pytest.mark.parametrize(("place", "heading"), list(enumerate(("| it says |", "| бичсэн нь |"))))
def test_each_part_that_the_guide_explains_stands_in_the_answer(
    place: int, heading: str, slipped: tuple[Report, ...]
) -> None:
    report = slipped[place]
    answer = formats()["text"](report)
    rows = [row.split(" | ")[0][2:] for row in GUIDE.partition(heading)[2].partition("\n\n")[0].splitlines()[2:]]
    parts = [two or one for row in rows for two, one in re.findall(r"`` (.+?) ``|`([^`]+)`", row)]
    assert len(parts) >= 8
    assert [part for part in parts if part not in answer] == []
    for key in ("severity.error", "severity.warning", "severity.notice", "summary.clean"):
        assert f"`{report.wording.say(key, report.language)}`" in GUIDE, key
    assert f"`{report.wording.say('severity.before', report.language, severity='').strip()}`" in GUIDE


# What it names


def prose() -> str:
    return re.sub(r"^ *```.*?^ *```$", "", GUIDE, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    ("named", "entry"),
    [
        ("waivers.yaml", {"rule": "title-long", "record": "demo", "kind": "as_adopted"}),
        ("tombstones.yaml", {"thing_id": "choir", "thing_table": "organisations", "withdrawn_on": "2026-06-01"}),
    ],
)
def test_an_entry_with_the_keys_that_the_guide_names_is_whole(named: str, entry: dict[str, str], real: Checked) -> None:
    told = [line for line in GUIDE.splitlines() if f"`content/{named}`" in line]
    assert len(told) == 2  # one in each language
    for line in told:
        assert {f"{key}:" for key in (*entry, "reason")} <= set(re.findall(r"`(\w+:)", line))
    lines = "".join(f"    {key}: {value}\n" for key, value in entry.items())
    text = f"{named.removesuffix('.yaml')}:\n  -{lines[3:]}    reason:\n      en: Because\n      mn: Учир\n"
    base = {
        path.removeprefix("content/"): text for path, text in base_files(ROOT).items() if path.startswith("content/")
    }
    _, findings = read_content({**base, named: text.encode()}, real.schemas)
    assert findings == []


def test_every_file_that_the_guide_links_or_names_is_there() -> None:
    links = [target for target in re.findall(r"\]\(([^)#]+)\)", prose()) if "://" not in target]
    named = re.findall(r"`((?:content|schemas|site_builder|themes|tests|\.github)/[\w./-]*)`", prose())
    # what somebody is going to write, or what only says how names are made
    later = {REPORT, "content/tombstones.yaml", "imprint"}
    assert len(links) > 20 and len(named) > 40
    assert [name for name in {*links, *named} - later if not (ROOT / name).exists()] == []


def test_every_page_of_the_site_that_the_guide_names_is_there() -> None:
    named = set(re.findall(r"`(?:en|mn|<language>)/(\w+)/", prose()))
    assert named >= {"fields", "rules", "translations"}
    assert named <= kinds().keys() | {"progress"}


def slug(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def test_every_part_that_the_guide_points_to_is_there() -> None:
    headings = {slug(heading) for heading in re.findall(r"^#+ (.+)$", prose(), re.MULTILINE)}
    anchors = set(re.findall(r"\]\(#([^)]+)\)", prose()))
    assert len(anchors) > 15
    assert anchors <= headings
    readme = {
        slug(heading) for heading in re.findall(r"^#+ (.+)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    }
    assert set(re.findall(r"\]\(README\.md#([^)]+)\)", prose())) <= readme


COMMANDS = re.findall(r"python3 build\.py ([a-z][^`\n]*)", GUIDE)


@pytest.mark.parametrize("line", sorted(set(COMMANDS)))
def test_a_command_that_the_guide_names_has_these_options(line: str, followed: dict[str, Any]) -> None:
    name, *words = line.split()
    if name == "test":
        return
    assert name in main.commands, f"python3 build.py {line}"
    known = {option for parameter in main.commands[name].params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known
    if "places" in words:
        assert followed["places"]


def test_the_readme_leads_to_the_recipes_and_keeps_none_of_its_own() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "(CONTRIBUTING.md#for-developers)" in readme
    assert "\nRecipes:" not in readme

"""The repository tells the truth: commands and files that the README names, workflows that their hosts accept."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
LISTED = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
SOURCES = [ROOT / name for name in LISTED.split("\0") if name and not name.endswith(".png")]
"""Files under version control; none where the tests run outside git."""


def test_every_file_that_the_readme_links_is_there() -> None:
    prose = re.sub(r"`[^`\n]*`", "", README)
    targets = re.findall(r"\]\(([^)#:]+)\)", prose) + re.findall(r'src="([^"]+)"', prose)
    assert len(targets) > 5
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_folder_of_the_layer_table_is_there() -> None:
    names = re.findall(r"^\| `(\w+(?:/|\.py))` \|", README, re.MULTILINE)
    assert len(names) >= 8
    assert [name for name in names if not (ROOT / "site_builder" / name).exists()] == []


def test_continuous_integration_calls_the_test_command_of_the_readme() -> None:
    assert "python3 build.py test" in README
    assert re.search(r"^\s*python3 build\.py test\b", (ROOT / ".ci/run").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    ("schema", "path"),
    [("vendor.github-workflows", path) for path in sorted((ROOT / ".github/workflows").glob("*.yml"))]
    + [("vendor.gitlab-ci", ROOT / ".gitlab-ci.yml")],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_workflow_keeps_to_the_schema_of_its_host(schema: str, path: Path) -> None:
    judge = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    answer = subprocess.run(judge, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_check_of_an_untrusted_change_holds_no_secret_and_no_right_to_write() -> None:
    check = (ROOT / ".github/workflows/check.yml").read_text("utf-8")
    assert "pull_request_target" not in check and "secrets." not in check and ": write" not in check


def test_no_path_of_a_machine_and_no_package_registry_is_named() -> None:
    hosts = "|".join(("py" + "pi.org", "npm" + "js.org", "npm" + "js.com", "pythonhos" + "ted.org", "debian" + ".org"))
    forbidden = re.compile(rf"/(?:work|root|home)/\w|{hosts}")
    if not SOURCES:
        pytest.skip("not a git checkout")
    for path in SOURCES:
        if found := forbidden.search(path.read_text("utf-8", "replace")):
            pytest.fail(f"{path.relative_to(ROOT)}: {found.group()}")

"""The program starts with what the called command needs, and still knows all of its commands."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from site_builder.shell.cli import main
from site_builder.shell.commands import Commands

HEAVY = ("frictionless", "jinja2", "xlsxwriter", "python_calamine", "icalendar", "babel")
"""Libraries that take longer to load than it takes to explain a rule."""
STARTED = """
import json, sys
from site_builder.shell.cli import main
main(sys.argv[1:], standalone_mode=False)
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def test_explaining_a_rule_loads_nothing_with_which_a_site_is_made(root: Path) -> None:
    called = [sys.executable, "-c", STARTED, "explain", "required-missing"]
    answer = subprocess.run(called, cwd=root, capture_output=True, text=True, encoding="utf-8", check=True)
    loaded = set(json.loads(answer.stderr))
    assert "site_builder.shell.commands.explain" in loaded
    assert not loaded & {*HEAVY, "site_builder.composition", "site_builder.shell.commands.build"}


def test_the_help_lists_every_command_with_what_it_is_for() -> None:
    told = CliRunner().invoke(main, ["--help"]).output.partition("\nCommands:\n")[2]
    listed = dict(re.findall(r"^  (\S+)  +(\S.*)$", told, re.MULTILINE))
    assert listed.keys() >= {"build", "check", "explain", "from-issue", "import-series"}
    for name, command in Commands().items():
        assert listed[name] == command.get_short_help_str(limit=len(listed[name]))


@pytest.mark.parametrize("name", Commands())
def test_a_command_is_called_as_its_file_is(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None and command.name == name


def test_a_mistyped_command_is_guessed() -> None:
    refused = CliRunner().invoke(main, ["import_ogp"])
    assert refused.exit_code == 2
    assert "Did you mean 'import-ogp'?" in refused.output


@pytest.mark.skipif(sys.platform == "win32", reason="there is no shell that closes them")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_command_works_where_nobody_listens(closed: str, root: Path) -> None:
    called = f'"{sys.executable}" -m site_builder explain required-missing {closed}'
    answer = subprocess.run(called, cwd=root, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert (answer.returncode, answer.stderr) == (0, "")

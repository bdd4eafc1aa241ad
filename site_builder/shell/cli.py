"""Owns the program's face: one group of commands, its exit codes and its version."""

from __future__ import annotations

import click

from site_builder import __version__
from site_builder.shell.commands import Commands


@click.group(
    commands=Commands(),
    epilog="Through build.py also: `test` runs the test suite, `lock` renews the pinned requirements.",
)
@click.version_option(__version__, prog_name="Open Action Plan")
def main() -> None:
    """Make a bilingual site and open data from an action plan written in YAML.

    Exit codes: 0 all is well, 1 mistakes were found (nothing was written), 2 the command was called wrongly.
    """

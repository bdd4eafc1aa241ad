"""Owns the command `check`."""

from __future__ import annotations

import sys
from typing import Any

import click

from site_builder.shell.desk import Desk
from site_builder.shell.options import compared, dated, shared


@click.command(name="check")
@shared
@dated
@compared
def command(**options: Any) -> None:
    """Find every mistake in the content; write nothing."""
    desk = Desk(options)
    run = desk.checked()
    desk.tell_day(run.checked.as_of)
    sys.exit(1 if run.checked.has_errors else 0)

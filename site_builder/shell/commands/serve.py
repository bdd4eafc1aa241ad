"""Owns the command `serve`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from site_builder.shell.desk import REFUSALS, Desk
from site_builder.shell.job import run_build
from site_builder.shell.options import shared, target_of, written
from site_builder.shell.server import make_server, serve


@click.command(name="serve")
@shared
@written
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port on this machine; 0 takes a free one.",
)
def command(**options: Any) -> None:
    """Build the site, show it on this machine, build it again after each change."""
    desk = Desk(options)
    out: Path = options["out"]

    def rebuild() -> None:
        try:
            run = desk.checked()
            if run.checked.has_errors:
                desk.tell(desk.wording.say("summary.nothing_written", desk.language))
                return
            written = run_build(run, target_of(options), content=desk.folders.content)
            desk.tell_limits(written.history)
            desk.tell(f"{written.pages} pages, as of {run.checked.as_of} ({desk.day.origin}).")
        except REFUSALS as refused:
            desk.tell(f"{refused}.")

    rebuild()
    if not out.is_dir():
        sys.exit(1)
    try:
        server = make_server(out, options["port"])
    except OSError as error:
        raise click.UsageError(
            f"Port {options['port']} is taken ({error.strerror}); choose another with --port."
        ) from error
    desk.tell(f"Open http://127.0.0.1:{server.server_address[1]}/ (end with Ctrl-C)")
    folders = desk.folders
    watched = [folders.content, folders.schemas, folders.theme, folders.own_releases]
    watched += [folders.own_theme] if folders.own_theme else []
    serve(server, watched=watched, rebuild=rebuild)

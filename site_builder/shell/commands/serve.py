"""Owns the command `serve`."""

from __future__ import annotations

import gc
import time
from itertools import count
from typing import Any

import click

from site_builder.nouns.edition import History
from site_builder.shell.cache import Cache
from site_builder.shell.desk import REFUSALS, Desk
from site_builder.shell.job import read_history
from site_builder.shell.options import CACHE, base_url, shared
from site_builder.shell.preview import Preview
from site_builder.shell.refusal import sentence_of
from site_builder.shell.server import make_preview_server, serve

COLLECTED = 8
"""Changes after which what the states before left behind is cleared away."""


@click.command(name="serve")
@shared
@click.option(
    "--base-url", callback=base_url, default="", metavar="URL", help="Address at which the site will be published."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port on this machine; 0 takes a free one.",
)
def command(**options: Any) -> None:
    """Show the site on this machine and reload the page after each change.

    Each page shows what was found in its files; with mistakes it stays as it last was without. Nothing is written.
    """
    gc.disable()  # looking through all records for cycles would take longer than what a change needs
    desk = Desk(options, again=True)
    preview = Preview(desk.wording, desk.language)
    cache = Cache(CACHE)

    def refresh() -> None:
        started = time.perf_counter()
        try:
            run = desk.checked()

            def look_back() -> History:
                return read_history(run, desk.folders.content, cache=cache)

            preview.show(run.checked, look_back, base_url=options["base_url"])
        except (*REFUSALS, click.UsageError) as refused:
            if isinstance(refused, click.UsageError):
                sentence = refused.message
            else:
                sentence = sentence_of(refused, desk.wording, desk.language)
            preview.refuse(sentence)
            desk.tell(sentence)
            return
        seconds = time.perf_counter() - started
        key = "preview.still" if run.checked.has_errors else "preview.shown"
        desk.tell(desk.wording.say(key, desk.language, seconds=f"{seconds:.2f}", day=run.checked.as_of))

    refresh()
    try:
        server = make_preview_server(preview.file, options["port"])
    except OSError as error:
        told = {"port": options["port"], "why": error.strerror}
        raise click.UsageError(desk.wording.say("refused.port", desk.language, **told)) from error
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    desk.tell(desk.wording.say("preview.open", desk.language, address=address))
    folders = desk.folders
    watched = [folders.content, folders.schemas, folders.theme, folders.own_releases]
    watched += [folders.own_theme] if folders.own_theme else []
    states = count(1)

    def follow() -> None:
        refresh()
        if next(states) % COLLECTED == 0:
            gc.collect()

    serve(server, watched=watched, rebuild=follow)

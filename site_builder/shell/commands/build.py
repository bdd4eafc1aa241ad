"""Owns the command `build`."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path
from typing import Any

import click

from site_builder.shell.desk import Desk
from site_builder.shell.job import run_build, shown_path
from site_builder.shell.options import dated, shared, target_of, written


@click.command(name="build")
@shared
@dated
@written
def command(**options: Any) -> None:
    """Check the content and make the site and its data.

    With mistakes nothing is written and the site that was there stays.
    """
    gc.disable()  # one build fits in memory; looking through a million records for cycles costs a fifth of the time
    desk = Desk(options)
    started, cpu = time.perf_counter(), time.process_time()
    run = desk.checked()
    if run.checked.has_errors:
        desk.tell(desk.wording.say("summary.nothing_written", desk.language))
        sys.exit(1)
    out: Path = options["out"]
    desk.progress("writing")
    written = desk.guarded(lambda: run_build(run, target_of(options), content=desk.folders.content))
    desk.progress("")
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu
    desk.tell_day(run.checked.as_of)
    desk.tell_limits(written.history)
    told = {"pages": written.pages, "files": written.files, "folder": shown_path(out)}
    told |= {"seconds": f"{seconds:.1f}", "cpu": f"{cpu_seconds:.1f}"}
    desk.tell(desk.wording.say("built.made", desk.language, **told))
    desk.tell(desk.wording.say("built.open", desk.language, file=shown_path(out / "index.html")))

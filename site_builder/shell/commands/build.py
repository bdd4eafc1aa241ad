"""Owns the command `build`: how a site is written, what is said of it."""

from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path
from typing import Any

import click

from site_builder.shell.cache import Cache
from site_builder.shell.desk import Desk
from site_builder.shell.disk import check_replaceable
from site_builder.shell.job import Target, run_build, shown_path
from site_builder.shell.options import CACHE, base_url, dated, shared, wrong_option
from site_builder.shell.spread import MOST_PROCESSES, worthwhile
from site_builder.writers.seal import PACKINGS


def _packings(context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    endings = tuple(part for part in value.split(",") if part)
    if unknown := [ending for ending in endings if ending not in PACKINGS]:
        raise wrong_option(context, "no_packing", value=unknown[0], known=", ".join(PACKINGS))
    return endings


@click.command(name="build")
@shared
@dated
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("_site"),
    metavar="DIR",
    show_default=True,
    help="Folder for the finished site.",
)
@click.option(
    "--base-url", callback=base_url, default="", metavar="URL", help="Address at which the site will be published."
)
@click.option(
    "--precompress",
    callback=_packings,
    default="",
    metavar="gz",
    help="Write packed copies beside texts, for hosts that serve them (nginx, GitLab).",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=worthwhile,
    metavar="N",
    help=f"Number of processes that make the files. Else: one a processor, at most {MOST_PROCESSES}.",
)
@click.option(
    "--no-cache", is_flag=True, help="Read the whole history anew and remember nothing of it in .cache/."
)
def command(**options: Any) -> None:
    """Check the content and make the site and its data.

    With mistakes nothing is written and the site that was there stays.
    """
    gc.disable()  # one build fits in memory; looking through a million records for cycles costs a fifth of the time
    desk = Desk(options)
    started, cpu = time.perf_counter(), _processor_time()
    out: Path = options["out"]
    desk.guarded(lambda: check_replaceable(out, read_from=desk.folders.read))
    run = desk.checked()
    if run.checked.has_errors:
        desk.tell(desk.wording.say("summary.nothing_written", desk.language))
        sys.exit(1)
    desk.progress("writing")
    written = desk.guarded(lambda: run_build(run, _target(options), content=desk.folders.content))
    desk.progress("")
    seconds, cpu_seconds = time.perf_counter() - started, _processor_time() - cpu
    desk.tell_day(run.checked.as_of)
    desk.tell_limits(written.history)
    told = {"pages": written.pages, "files": written.files, "folder": shown_path(out)}
    told |= {"seconds": f"{seconds:.1f}", "cpu": f"{cpu_seconds:.1f}"}
    desk.tell(desk.wording.say("built.made", desk.language, **told))
    desk.tell(desk.wording.say("built.open", desk.language, file=shown_path(out / "index.html")))


def _target(options: dict[str, Any]) -> Target:
    cache = Cache() if options["no_cache"] else Cache(CACHE)
    return Target(options["out"], options["base_url"], options["precompress"], options["jobs"], cache)


def _processor_time() -> float:
    """Return the seconds of processor time of this process and of those that it started."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system

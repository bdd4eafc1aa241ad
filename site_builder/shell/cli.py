"""Owns the commands: their options, what they print, their exit codes."""

from __future__ import annotations

import gc
import os
import re
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from site_builder import __version__
from site_builder.checks.personal_data import personal_patterns
from site_builder.nouns.edition import History
from site_builder.nouns.release import Kind, ReleaseFolder, Wish
from site_builder.shell.cache import Cache
from site_builder.shell.disk import FolderRefused
from site_builder.shell.fetch import FetchRefused
from site_builder.shell.import_ogp import import_ogp
from site_builder.shell.job import (
    Day,
    Folders,
    Run,
    Target,
    fetch_earlier,
    resolve_day,
    run_build,
    run_check,
    run_release,
    shown_path,
)
from site_builder.shell.notes import NotesRefused, in_languages
from site_builder.shell.reports import formats
from site_builder.shell.resources import found_folder
from site_builder.shell.server import make_server, serve
from site_builder.shell.wording import Wording, language_of_messages, load_wording
from site_builder.writers.forms.sqlite import DatabaseUnavailable
from site_builder.writers.html import TemplateBroken
from site_builder.writers.seal import PACKINGS

REFUSALS = (FolderRefused, FetchRefused, NotesRefused, TemplateBroken, DatabaseUnavailable)
"""What a step says in a sentence when it cannot do its work; none is a mistake in the content."""
CACHE = Path(".cache/events.json")
"""What builds remember, below the project; git does not see it."""
Command = TypeVar("Command", bound=Callable[..., Any])
Result = TypeVar("Result")


@click.group(epilog="Through build.py also: `test` runs the test suite, `lock` renews the pinned requirements.")
@click.version_option(__version__, prog_name="Open Action Plan")
def main() -> None:
    """Make a bilingual site and open data from an action plan written in YAML.

    Exit codes: 0 all is well, 1 mistakes were found (nothing was written), 2 the command was called wrongly.
    """


def _own_theme(asked: Path | None) -> Path | None:
    """Return the folder of a theme that overrides the default one, None where it is the default one."""
    default = found_folder("themes/default")
    return None if asked is None or asked.resolve() == default.resolve() else asked


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError(value)
        return date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"'{value}' is not a day; write YYYY-MM-DD, for example 2019-08-01.") from error


def _base_url(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if value and not value.startswith(("https://", "http://")):
        raise click.BadParameter("the address must begin with https:// or http://")
    return value


def _packings(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    endings = tuple(part for part in value.split(",") if part)
    if unknown := [ending for ending in endings if ending not in PACKINGS]:
        raise click.BadParameter(f"'{unknown[0]}' cannot be written; choose {', '.join(PACKINGS)}.")
    return endings


def _target(options: dict[str, Any]) -> Target:
    cache = Cache() if options["no_cache"] else Cache(CACHE)
    return Target(options["out"], options["base_url"], options["precompress"], options["jobs"], cache)


def _shared(command: Command) -> Command:
    """Add the options that build, check and serve have in common."""
    options = (
        click.option(
            "--content",
            type=click.Path(path_type=Path),
            default=None,
            metavar="DIR",
            help="Folder with the YAML files (content).",
        ),
        click.option(
            "--schemas",
            type=click.Path(path_type=Path),
            default=None,
            metavar="DIR",
            help="Folder with the descriptions of all tables (schemas).",
        ),
        click.option(
            "--theme",
            type=click.Path(path_type=Path),
            default=None,
            metavar="DIR",
            help="Folder with a theme, or with parts of one: what it lacks is taken from themes/default.",
        ),
        click.option(
            "--releases",
            type=click.Path(path_type=Path),
            default=None,
            metavar="DIR",
            help="Folder with the earlier releases. Else: releases beside the content, where it is there.",
        ),
        click.option(
            "--previous",
            default="",
            metavar="DIR|URL",
            help="Earlier releases from elsewhere, too: a folder, or a published site (a folder or https:// address).",
        ),
        click.option(
            "--as-of",
            callback=_day,
            default=None,
            metavar="YYYY-MM-DD",
            help="Day for which the site is computed. Else: the day of the newest commit; today if files were changed.",
        ),
        click.option("--lang", default=None, metavar="LANG", help="Language of the messages, for example mn."),
        click.option(
            "--format",
            "report_format",
            type=click.Choice(list(formats())),
            default="text",
            help="How mistakes are reported: text for people, the others for programs.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _dated(command: Command) -> Command:
    """Add the option of the commands that can go back to what had been published on a day."""
    return click.option(
        "--published",
        callback=_day,
        default=None,
        metavar="YYYY-MM-DD",
        help="Content as it had been published at the end of that day, from git; --as-of defaults to that day.",
    )(command)


def _written(command: Command) -> Command:
    """Add the options of the commands that write a site."""
    options = (
        click.option(
            "--out",
            type=click.Path(path_type=Path),
            default=Path("_site"),
            metavar="DIR",
            show_default=True,
            help="Folder for the finished site.",
        ),
        click.option(
            "--base-url",
            callback=_base_url,
            default="",
            metavar="URL",
            help="Address at which the site will be published.",
        ),
        click.option(
            "--precompress",
            callback=_packings,
            default="",
            metavar="gz",
            help="Write packed copies beside texts, for hosts that serve them (nginx, GitLab).",
        ),
        click.option(
            "--jobs",
            type=click.IntRange(1, 64),
            default=1,
            metavar="N",
            show_default=True,
            help="Number of processes that render pages.",
        ),
        click.option(
            "--no-cache",
            is_flag=True,
            help="Read the whole history anew and remember nothing of it in .cache/.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@main.command()
@_shared
@_dated
@_written
def build(**options: Any) -> None:
    """Check the content and make the site and its data.

    With mistakes nothing is written and the site that was there stays.
    """
    gc.disable()  # one build fits in memory; looking through a million records for cycles costs a fifth of the time
    desk = _Desk(options)
    started, cpu = time.perf_counter(), time.process_time()
    run = desk.checked()
    if run.checked.has_errors:
        desk.tell(desk.wording.say("summary.nothing_written", desk.language))
        sys.exit(1)
    out: Path = options["out"]
    desk.progress("writing the site")
    written = desk.guarded(lambda: run_build(run, _target(options), content=desk.folders.content))
    desk.progress("")
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu
    desk.tell(f"As of {run.checked.as_of} ({desk.day.origin}).")
    desk.tell_limits(written.history)
    made = f"{written.pages} pages, {written.files} files in {shown_path(out)}/"
    desk.tell(f"{made} in {seconds:.1f} s ({cpu_seconds:.1f} s of CPU).")
    desk.tell(f"Open {shown_path(out / 'index.html')}")


@main.command()
@_shared
@_dated
def check(**options: Any) -> None:
    """Find every mistake in the content; write nothing."""
    desk = _Desk(options)
    run = desk.checked()
    desk.tell(f"As of {run.checked.as_of} ({desk.day.origin}).")
    sys.exit(1 if run.checked.has_errors else 0)


@main.command()
@_shared
@click.option(
    "--notes",
    multiple=True,
    metavar="TEXT",
    help="What the release brings, in the main language; LANG=TEXT in another one, once for each.",
)
@click.option(
    "--notes-file", multiple=True, metavar="FILE", help="The same from a file; LANG=FILE for another language."
)
@click.option(
    "--kind",
    type=click.Choice([str(kind) for kind in Kind]),
    default=str(Kind.REGULAR),
    show_default=True,
    help="A correction mends a mistake in an earlier release and says which.",
)
@click.option("--reason", multiple=True, metavar="TEXT", help="What a correction mends; LANG=TEXT in another language.")
def release(**options: Any) -> None:
    """Keep the data of a day for ever, in releases/ beside the content.

    With mistakes nothing is written. What is in releases/ never changes again: commit it with the content.
    """
    desk = _Desk(options, may_begin=True)
    if (options["kind"] == Kind.CORRECTION) != bool(options["reason"]):
        raise click.UsageError("A correction needs a --reason, and a regular release has none.")
    run = desk.checked()
    if run.checked.has_errors:
        desk.tell(desk.wording.say("summary.nothing_written", desk.language))
        sys.exit(1)
    wish = desk.guarded(lambda: _wish(run, options))
    made, refusals = desk.guarded(lambda: run_release(run, wish, desk.folders, cache=Cache(CACHE)))
    if made is None:
        report = run.report_on(tuple(refusals), desk.wording, desk.language)
        click.echo(formats()[desk.report_format](report), nl=False)
        sys.exit(1)
    changes = ", ".join(f"{count} {kind}" for kind, count in made.kinds.items()) or "no differences"
    desk.tell(f"As of {run.checked.as_of} ({desk.day.origin}).")
    desk.tell(f"Release {made.version} ({made.step}): {len(made.files)} files in {made.place}/; {changes}.")


def _wish(run: Run, options: dict[str, Any]) -> Wish:
    catalog = run.checked.catalog
    read = partial(
        in_languages,
        main=str(catalog.site.get("table_language")),
        codes=catalog.codes,
        private=personal_patterns(catalog),
    )
    return Wish(Kind(options["kind"]), read(options["notes"], options["notes_file"]), read(options["reason"], ()))


@main.command(name="serve")
@_shared
@_written
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port on this machine; 0 takes a free one.",
)
def serve_command(**options: Any) -> None:
    """Build the site, show it on this machine, build it again after each change."""
    desk = _Desk(options)
    out: Path = options["out"]

    def rebuild() -> None:
        try:
            run = desk.checked()
            if run.checked.has_errors:
                desk.tell(desk.wording.say("summary.nothing_written", desk.language))
                return
            written = run_build(run, _target(options), content=desk.folders.content)
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


main.add_command(import_ogp)


class _Desk:
    """What the commands share: options resolved, the report printed, words for people on standard error."""

    def __init__(self, options: dict[str, Any], *, may_begin: bool = False) -> None:
        self.wording: Wording = load_wording()
        self.language = self._language(options["lang"])
        self.report_format: str = options["report_format"]
        self.folders = Folders(
            options["content"] or Path("content"),
            options["schemas"] or found_folder("schemas"),
            found_folder("themes/default"),
            _own_theme(options["theme"]),
            options["releases"],
            options["previous"],
            may_begin,
        )
        self.asked: date | None = options["as_of"]
        self.fetched: tuple[ReleaseFolder, ...] | None = None
        self.published: date | None = options.get("published")
        self.day: Day = resolve_day(self.asked, self.folders.content, published=self.published)

    def _language(self, asked: str | None) -> str:
        if asked is not None and asked not in self.wording.languages:
            raise click.UsageError(f"The messages exist in: {', '.join(self.wording.languages)}.")
        return language_of_messages(self.wording, asked)

    def checked(self) -> Run:
        """Read and check; print the report in the wanted format on standard output."""
        self.progress("reading and checking")
        self.day = resolve_day(self.asked, self.folders.content, published=self.published)
        if self.fetched is None:
            self.fetched = self.guarded(lambda: fetch_earlier(self.folders, tell=self.progress))
        fetched, published = self.fetched, self.published
        run = self.guarded(
            lambda: run_check(self.folders, self.day, wording=self.wording, fetched=fetched, published=published)
        )
        self.progress("")
        click.echo(formats()[self.report_format](run.report(self.wording, self.language)), nl=False)
        return run

    def guarded(self, step: Callable[[], Result]) -> Result:
        """Run a step; a folder that cannot be used is a wrong call and not a mistake in the content."""
        try:
            return step()
        except REFUSALS as refused:
            raise click.UsageError(f"{refused}.") from refused

    def progress(self, step: str) -> None:
        """Show the current step on a terminal; nothing elsewhere."""
        if sys.stderr.isatty() and not os.environ.get("CI"):
            click.echo(f"\r\033[K{step}{' …' if step else ''}", nl=False, err=True)

    def tell_limits(self, history: History) -> None:
        """Say what the history does not tell."""
        if history.past.cut_off is not None:
            self.tell(self.wording.say("summary.history_cut_off", self.language, day=history.past.cut_off))

    def tell(self, sentence: str) -> None:
        """Say something to people."""
        click.echo(sentence, err=True)

"""Owns what the commands share: the report printed, words for people, a refusal in place of a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from site_builder.nouns.edition import History
from site_builder.nouns.release import ReleaseFolder
from site_builder.nouns.unavailable import DatabaseUnavailable
from site_builder.shell.called import called
from site_builder.shell.disk import refused, write_file
from site_builder.shell.job import Before, Day, Folders, Run, fetch_earlier, resolve_day, run_check
from site_builder.shell.options import spoken_in, wrong_call
from site_builder.shell.refusal import Refusal
from site_builder.shell.reports import Report, formats, visible
from site_builder.shell.resources import found_folder
from site_builder.shell.wording import Wording, load_wording
from site_builder.writers.templates import TemplateBroken

REFUSALS = (Refusal, TemplateBroken, DatabaseUnavailable)
"""What a step says in a sentence when it cannot do its work; none is a mistake in the content."""
Result = TypeVar("Result")


class Desk:
    """What the commands share: options resolved, the report printed, words for people on standard error."""

    def __init__(self, options: dict[str, Any], *, may_begin: bool = False, again: bool = False) -> None:
        self.again = again
        self.wording: Wording = load_wording()
        self.language = spoken_in(self.wording, options["lang"])
        self.report_format: str = options["report_format"]
        self.reports: tuple[tuple[str, Path], ...] = options.get("reports", ())
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
        self.against: str = options.get("against") or ""
        self.day: Day = resolve_day(self.asked, self.folders.content, published=self.published)

    def checked(self) -> Run:
        """Read and check; print the report in the wanted format on standard output."""
        self.progress("checking")
        self.day = resolve_day(self.asked, self.folders.content, published=self.published)
        if self.fetched is None:
            self.fetched = self.guarded(lambda: fetch_earlier(self.folders, tell=self.fetching))
        past = Before(self.fetched, self.published, self.against)
        run = self.guarded(
            lambda: run_check(self.folders, self.day, wording=self.wording, before=past, again=self.again)
        )
        self.progress("")
        report = run.report(self.wording, self.language)
        self._report(report)
        if report.to_mend and self.report_format == "text":
            self.tell(self.wording.say("explain.more", self.language, name=report.to_mend[0].name, command=called()))
        return run

    def _report(self, report: Report) -> None:
        """Print a report in the wanted format and write it into the wanted files."""
        known = formats()
        click.echo(known[self.report_format](report), nl=False)
        for name, file in self.reports:
            try:
                write_file(file, known[name](report).encode("utf-8", "replace"))
            except OSError as error:
                raise wrong_call(refused(file, error), self.wording, self.language) from error

    def guarded(self, step: Callable[[], Result]) -> Result:
        """Run a step; a folder that cannot be used is a wrong call and not a mistake in the content."""
        try:
            return step()
        except REFUSALS as error:
            raise wrong_call(error, self.wording, self.language) from error

    def fetching(self, file: str) -> None:
        """Show which file is being fetched."""
        self.progress("fetching", file=visible(file))

    def progress(self, key: str, **values: object) -> None:
        """Show the current step on a terminal, or with an empty key that it is over; nothing elsewhere."""
        if sys.stderr.isatty() and not os.environ.get("CI"):
            step = self.wording.say(f"step.{key}", self.language, **values) if key else ""
            click.echo(f"\r\033[K{step}{' …' if step else ''}", nl=False, err=True)

    def tell_day(self, day: date | str) -> None:
        """Say of which day the picture is, and who chose it."""
        origin = self.wording.say(f"as_of.{self.day.origin}", self.language)
        self.tell(self.wording.say("as_of.told", self.language, day=day, origin=origin))

    def tell_limits(self, history: History) -> None:
        """Say what the history does not tell."""
        if history.past.cut_off is not None:
            self.tell(self.wording.say("summary.history_cut_off", self.language, day=history.past.cut_off))

    def tell(self, sentence: str) -> None:
        """Say something to people."""
        click.echo(sentence, err=True)


def _own_theme(asked: Path | None) -> Path | None:
    """Return the folder of a theme that overrides the default one, None where it is the default one."""
    default = found_folder("themes/default")
    return None if asked is None or asked.resolve() == default.resolve() else asked

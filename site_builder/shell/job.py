"""Owns one run of the program: which folders, which day, which report; the core does the rest."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from site_builder.composition import Checked, Inputs, build, check, zone_of
from site_builder.nouns.edition import History
from site_builder.readers.content import read_content
from site_builder.readers.schemas import read_schemas
from site_builder.readers.yaml_tree import LINE_END
from site_builder.shell.cache import Cache
from site_builder.shell.disk import read_folder, replace_folder
from site_builder.shell.git import changed_on, head_of
from site_builder.shell.past import read_past
from site_builder.shell.published import content_on
from site_builder.shell.reports import Report
from site_builder.shell.spread import over
from site_builder.shell.wording import Wording


@dataclass(frozen=True)
class Folders:
    """Where a run reads."""

    content: Path
    schemas: Path
    theme: Path
    own_theme: Path | None = None
    """A theme, or parts of one, that overrides the theme."""


@dataclass(frozen=True)
class Day:
    """The as-of day or moment and where it comes from, which is always printed."""

    value: date | datetime
    origin: str


def resolve_day(asked: date | None, content: Path, *, published: date | None = None) -> Day:
    """Return the day of the picture: as asked, that of publication, SOURCE_DATE_EPOCH, the commit, else today."""
    if asked is not None:
        return Day(asked, "--as-of")
    if published is not None:
        return Day(published, "--published")
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch("[0-9]{1,11}", epoch):
        return Day(datetime.fromtimestamp(int(epoch), UTC), "SOURCE_DATE_EPOCH")
    head = head_of(content)
    if head is not None:
        return Day(head.made_at, "date of the newest commit")
    return Day(datetime.now(UTC), "today: the content has uncommitted changes or is outside git")


@dataclass(frozen=True)
class Run:
    """A checked content with its report."""

    checked: Checked
    files: dict[str, dict[str, bytes]]
    names: dict[str, str]
    published: str = ""
    """The commit from which the content was read; empty: the folder as it is."""

    def report(self, wording: Wording, language: str) -> Report:
        """Return the findings with the lines that they point to."""
        wanted = {finding.location.file for finding in self.checked.findings}
        lines = {name: self._lines(name) for name in wanted}
        return Report(self.checked.findings, wording, language, lines, len(self.checked.waived))

    def _lines(self, name: str) -> list[str]:
        for kind, folder in self.names.items():
            path = name.removeprefix(f"{folder}/")
            if path != name and path in self.files[kind]:
                text = self.files[kind][path].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
                return LINE_END.split(text) if text else []
        return []


def run_check(folders: Folders, day: Day, *, wording: Wording, published: date | None = None) -> Run:
    """Read the folders and check them; with `published`, the content as it had been published on that day."""
    places = {"content": folders.content, "schemas": folders.schemas, "theme": folders.theme}
    if folders.own_theme is not None:
        places["own_theme"] = folders.own_theme
    names = {kind: shown_path(path) for kind, path in places.items()}
    files = {kind: read_folder(path) for kind, path in places.items()}
    commit = ""
    if published is not None:
        commit, files["content"] = _as_published(folders.content, published, files)
    inputs = Inputs(
        files["content"],
        files["schemas"],
        files["theme"],
        day.value,
        wording,
        own_theme=files.get("own_theme", {}),
        folders=names,
    )
    return Run(check(inputs), files, names, commit)


def _as_published(content: Path, day: date, files: Mapping[str, dict[str, bytes]]) -> tuple[str, dict[str, bytes]]:
    """Return the commit and the content of a day.

    Code lists that did not exist then are taken from the folder: the program asks for them, no record names them.
    """
    schemas, _ = read_schemas(files["schemas"], "")
    site = {path: text for path, text in files["content"].items() if path == "site.yaml"}
    zone = zone_of(read_content(site, schemas)[0])
    past = content_on(content, day, zone=zone)
    lists = {path: text for path, text in files["content"].items() if path.startswith("codelists/")}
    return past.commit, dict(sorted({**lists, **past.files}.items()))


def read_history(run: Run, content: Path, *, cache: Cache) -> History:
    """Return what git knows of the content: its past, and of unchanged files the commit and the days of change."""
    past = read_past(content, run.checked, cache=cache, until=run.published)
    if run.published:
        return History(run.published, past=past)
    head = head_of(content)
    if head is None:
        return History(past=past)
    days = changed_on(content, zone_of(run.checked.catalog))
    return History(head.name, {f"{run.names['content']}/{path}": day for path, day in days.items()}, past)


@dataclass(frozen=True)
class Target:
    """Where and how a site is written."""

    out: Path
    base_url: str = ""
    packings: tuple[str, ...] = ()
    """Endings of the packed copies to be written beside texts."""
    jobs: int = 1
    cache: Cache = field(default_factory=Cache)
    """What is remembered between builds; by default nothing."""


@dataclass(frozen=True)
class Written:
    """What a build wrote and what it knew."""

    pages: int
    files: int
    history: History


def run_build(run: Run, target: Target, *, content: Path) -> Written:
    """Write the site of a content without errors."""
    history = read_history(run, content, cache=target.cache)
    outputs = build(
        run.checked,
        base_url=target.base_url,
        history=history,
        packings=target.packings,
        spread=over(target.jobs),
    )
    replace_folder(target.out, outputs)
    pages = sum(output.path.endswith(".html") for output in outputs)
    return Written(pages, len(outputs), history)


def shown_path(path: Path) -> str:
    """Return a path as it is shown: from the working folder where it lies below it."""
    here = Path.cwd()
    absolute = path.absolute()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else path.as_posix()

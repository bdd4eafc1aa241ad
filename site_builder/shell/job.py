"""Owns one run of the program: which folders, which day, which report; the core does the rest."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from site_builder.composition import Checked, Inputs, build, check, release
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.edition import History
from site_builder.nouns.release import INDEX, Release, ReleaseFolder, Wish
from site_builder.readers.content import read_content
from site_builder.readers.file_text import LINE_END
from site_builder.readers.release_format import parse_manifest
from site_builder.readers.schemas import read_schemas
from site_builder.readers.time_zone import zone_of
from site_builder.shell.cache import Cache
from site_builder.shell.disk import read_folder, replaced
from site_builder.shell.fetch import fetch_releases
from site_builder.shell.git import changed_on, head_of
from site_builder.shell.new_files import NewFolder
from site_builder.shell.past import read_past
from site_builder.shell.published import content_at, content_on
from site_builder.shell.release_folder import add_release, read_releases_in
from site_builder.shell.reports import Report
from site_builder.shell.rule_pages import rule_pages
from site_builder.shell.spread import Standing, over
from site_builder.shell.wording import Wording


@dataclass(frozen=True)
class Folders:
    """Where a run reads."""

    content: Path
    schemas: Path
    theme: Path
    own_theme: Path | None = None
    """A theme, or parts of one, that overrides the theme."""
    releases: Path | None = None
    """Earlier releases; None: the folder `releases` beside the content, where there is one."""
    previous: str = ""
    """More of them: another folder, a folder with a published site, or the address of one."""
    may_begin: bool = False
    """Whether the folder of releases may be missing although it was named: the first is to be made."""

    @property
    def read(self) -> tuple[Path, ...]:
        """The folders of which all files are read."""
        named = (self.content, self.schemas, self.theme, self.own_theme)
        return tuple(folder for folder in named if folder is not None)

    @property
    def is_previous_elsewhere(self) -> bool:
        """Whether the releases of --previous have to be fetched."""
        return self.previous.startswith(("https://", "http://"))

    @property
    def own_releases(self) -> Path:
        """The folder in which new releases are put."""
        return self.releases or self.content.absolute().parent / "releases"


@dataclass(frozen=True)
class Day:
    """The as-of day or moment and where it comes from, which is always printed."""

    value: date | datetime
    origin: str
    """A name under which the words below `as_of` tell it."""


def resolve_day(asked: date | None, content: Path, *, published: date | None = None) -> Day:
    """Return the day of the picture: as asked, that of publication, SOURCE_DATE_EPOCH, the commit, else today."""
    if asked is not None:
        return Day(asked, "asked")
    if published is not None:
        return Day(published, "published")
    epoch = _epoch()
    if epoch is not None:
        return Day(epoch, "epoch")
    head = head_of(content)
    if head is not None:
        return Day(head.made_at, "commit")
    return Day(datetime.now(UTC), "today")


def _epoch() -> datetime | None:
    """Return the moment that stands for now where bytes have to be made again."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if re.fullmatch("[0-9]{1,11}", epoch) else None


def now() -> datetime:
    """Return the moment at which the program runs."""
    return _epoch() or datetime.now(UTC)


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
        return self.report_on(self.checked.findings, wording, language)

    def report_on(self, findings: tuple[Diagnostic, ...], wording: Wording, language: str) -> Report:
        """Return a report on findings with the lines that they point to."""
        wanted = {finding.location.file for finding in findings}
        lines = {name: self._lines(name) for name in wanted}
        return Report(findings, wording, language, lines, len(self.checked.waived), rule_pages(self.checked))

    def _lines(self, name: str) -> list[str]:
        for kind, folder in self.names.items():
            path = name.removeprefix(f"{folder}/")
            if path != name and path in self.files[kind]:
                text = self.files[kind][path].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
                return LINE_END.split(text) if text else []
        return []


def _is_expected(folders: Folders) -> bool:
    return folders.releases is not None and not folders.may_begin


def read_earlier(folders: Folders) -> tuple[ReleaseFolder, ...]:
    """Return the earlier releases on this machine: those of the project, and those in the folder of --previous."""
    own = folders.own_releases
    found = [read_releases_in(own, shown=shown_path(own))] if own.is_dir() or _is_expected(folders) else []
    if folders.previous and not folders.is_previous_elsewhere:
        there = Path(folders.previous)
        found.append(read_releases_in(there, shown=shown_path(there)))
    return tuple(found)


def fetch_earlier(folders: Folders, *, tell: Callable[[str], None]) -> tuple[ReleaseFolder, ...]:
    """Return the releases of the site whose address --previous gives; `tell` says what is being fetched."""
    if not folders.is_previous_elsewhere:
        return ()
    here = read_earlier(folders)
    return (fetch_releases(folders.previous, here[0].files if here else {}, tell=tell),)


@dataclass(frozen=True)
class Before:
    """Which past a run looks at."""

    fetched: tuple[ReleaseFolder, ...] = ()
    """Earlier releases that were fetched from elsewhere."""
    published: date | None = None
    """The day as of whose end the content and the releases had been published; None: the folder as it is."""
    against: str = ""
    """The commit of which the content is judged as a change."""


def run_check(folders: Folders, day: Day, *, wording: Wording, before: Before = Before(), again: bool = False) -> Run:
    """Read the folders and check them; with `again` they will be read once more when something has changed."""
    places = {"content": folders.content, "schemas": folders.schemas, "theme": folders.theme}
    if folders.own_theme is not None:
        places["own_theme"] = folders.own_theme
    names = {kind: shown_path(path) for kind, path in places.items()}
    files = {kind: read_folder(path) for kind, path in places.items()}
    commit = ""
    if before.published is not None:
        commit, files["content"] = _as_published(folders.content, before.published, files)
    earlier = (*read_earlier(folders), *before.fetched)
    inputs = Inputs(
        files["content"],
        files["schemas"],
        files["theme"],
        day.value,
        wording,
        own_theme=files.get("own_theme", {}),
        folders=names,
        releases=earlier,
        releases_until=before.published,
        published=content_at(folders.content, before.against).files if before.against else None,
        run_on=now(),
        again=again,
    )
    shown = {f"releases {place}": folder for place, folder in enumerate(earlier)}
    files |= {kind: dict(folder.files) for kind, folder in shown.items()}
    names |= {kind: folder.name for kind, folder in shown.items()}
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
    with replaced(target.out) as aside:
        outputs = build(
            run.checked,
            base_url=target.base_url,
            history=history,
            packings=target.packings,
            spread=over(target.jobs, aside),
        )
        NewFolder(aside).write(output for output in outputs if not isinstance(output, Standing))
    pages = sum(output.path.endswith(".html") for output in outputs)
    return Written(pages, len(outputs), history)


def run_release(run: Run, wish: Wish, folders: Folders, *, cache: Cache) -> tuple[Release | None, list[Diagnostic]]:
    """Write a release of a content without errors and return it, or say why there can be none on that day."""
    own = folders.own_releases
    history = read_history(run, folders.content, cache=cache)
    outputs, refusals = release(run.checked, wish, history=history, folder=shown_path(own))
    if refusals:
        return None, refusals
    day = run.checked.as_of.isoformat()
    add_release(own, day, outputs)
    below = {output.path.removeprefix(f"{day}/"): output.content for output in outputs if output.path != INDEX}
    return parse_manifest(below, shown_path(own / day))[0], []


def shown_path(path: Path) -> str:
    """Return a path as it is shown: from the working folder where it lies below it."""
    here = Path.cwd()
    absolute = path.absolute()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else path.as_posix()

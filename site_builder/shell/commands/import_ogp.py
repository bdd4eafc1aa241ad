"""Owns the command that imports plans from OGP's dataset of commitments: options, what it prints, what it writes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

import click

from site_builder.composition import Files, Inputs, check
from site_builder.interchange.making import Say, Wish
from site_builder.interchange.ogp_import import Imported, Place, import_plans, language_for
from site_builder.interchange.ogp_rows import LONGEST_LINE, Selection, read_rows
from site_builder.interchange.report import markdown, summary, told
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.wording import Wording
from site_builder.readers.schemas import read_schemas
from site_builder.shell.disk import FolderRefused, add_files, read_folder, write_file
from site_builder.shell.options import spoken_in, wrong_call, wrong_option
from site_builder.shell.reports import visible
from site_builder.shell.resources import found_folder
from site_builder.shell.wording import DEFAULT_LANGUAGE, load_wording

NAMED = re.compile(r"(?P<id>[^=]+)=(?P<number>[1-9][0-9]{0,3})")


def _names(context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[dict[int, str], str]:
    """Return the ids given to single plans, and the pattern for the others."""
    ids: dict[int, str] = {}
    pattern = ""
    for value in values:
        if match := NAMED.fullmatch(value):
            ids[int(match["number"])] = match["id"]
        elif "{number}" in value:
            pattern = value
        else:
            raise wrong_option(context, "no_plan_name", value=value)
    return ids, pattern


@click.command(name="import-ogp")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--country", required=True, metavar="CODE", help="Country as the file has it: its code or its name.")
@click.option(
    "--plan", "plans", type=click.IntRange(1), multiple=True, metavar="N", help="Number of a plan; may be repeated."
)
@click.option(
    "--plan-name",
    "names",
    callback=_names,
    multiple=True,
    metavar="ID=N",
    help="Id of a plan, nap3=3, or a pattern for all: nap{number}.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("content"),
    show_default=True,
    metavar="DIR",
    help="Folder of the content; files that are there are never changed.",
)
@click.option("--lang", default=DEFAULT_LANGUAGE, show_default=True, metavar="LANG", help="Language of the texts.")
@click.option(
    "--messages", default=None, is_eager=True, metavar="LANG", help="Language of the messages and of the report."
)
@click.option("--report", type=click.Path(path_type=Path), default=None, metavar="FILE", help="Where the report goes.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Day by which a plan counts as ended.")
def command(  # noqa: PLR0913 - one parameter an option
    file: Path,
    country: str,
    plans: tuple[int, ...],
    names: tuple[dict[int, str], str],
    out: Path,
    lang: str,
    messages: str | None,
    report: Path | None,
    as_of: datetime | None,
) -> None:
    """Make content of rows of OGP's dataset of commitments.

    Everything is worked out and checked first; with a mistake nothing is written.
    """
    wording = load_wording()
    day = as_of.date() if as_of else datetime.now(UTC).date()
    wish = Wish(country, plans, *names, language=lang, spoken="", as_of=day, file_name=visible(file.name))
    named = messages if messages is not None else lang if lang in wording.languages else None
    goal = _Goal(out, report, wording, spoken_in(wording, named))
    try:
        _run(file, wish, goal)
    except (FolderRefused, OSError) as refused:
        raise wrong_call(refused, wording, goal.language) from refused


def _say(wording: Wording, language: str, key: str, /, **values: object) -> str:
    return wording.say(key, language, **values)


class Digest(Protocol):
    """What takes a checksum bit by bit."""

    def update(self, content: bytes, /) -> None: ...


@dataclass(frozen=True)
class _Goal:
    """Where an import goes and in which words it is told."""

    out: Path
    report: Path | None
    wording: Wording
    language: str
    """Language of the messages."""

    @property
    def say(self) -> Say:
        """Says a phrase in the language of the messages."""
        return partial(_say, self.wording, self.language)


def _run(file: Path, wish: Wish, goal: _Goal) -> None:
    out, say = goal.out, goal.say
    existing = read_folder(out) if out.exists() else {}
    digest = sha256()
    with file.open("rb") as stream:
        selection = read_rows(_lines(stream, digest), wish.country, wish.plans)
    spoken = language_for(existing, wish.language, (DEFAULT_LANGUAGE, *goal.wording.languages))
    wish = replace(wish, spoken=spoken)
    done = _imported(selection, wish, existing, goal, digest.hexdigest())
    for error in done.errors:
        click.echo(visible(told(error, say)), err=True)
    if not done.errors:
        for sentence in summary(done, say):
            click.echo(visible(sentence))
        _judge({**existing, **done.files}, wish, goal)
    if done.errors:
        click.echo(say("import.refused"), err=True)
        sys.exit(1)
    if goal.report is not None:
        write_file(goal.report, markdown(done, wish, say).encode("utf-8"))
    add_files(out, done.files)
    click.echo(say("import.written", folder=visible(str(out)), count=len(done.files)))
    if goal.report is not None:
        click.echo(say("import.report_at", file=visible(str(goal.report))))


def _lines(stream: BinaryIO, digest: Digest) -> Iterator[bytes]:
    """Yield the lines of a file, a very long one in parts, and take its checksum on the way."""
    while line := stream.readline(LONGEST_LINE):
        digest.update(line)
        yield line


def _imported(selection: Selection, wish: Wish, existing: Files, goal: _Goal, digest: str) -> Imported:
    schemas, _ = read_schemas(read_folder(found_folder("schemas")))
    lists = read_folder(found_folder("content/codelists"))
    place = Place(existing, {f"codelists/{path}": content for path, content in lists.items()}, schemas)
    in_site = partial(_say, goal.wording, wish.spoken or DEFAULT_LANGUAGE)
    return import_plans(selection, wish, place, say=in_site, sha256=digest)


def _judge(content: Files, wish: Wish, goal: _Goal) -> None:
    """Check the content as a build would; with a mistake in it nothing is written."""
    folders = {"content": visible(str(goal.out)), "schemas": "schemas", "theme": "themes/default"}
    read = {
        name: read_folder(found_folder(path)) for name, path in (("schemas", "schemas"), ("theme", "themes/default"))
    }
    inputs = Inputs(content, read["schemas"], read["theme"], wish.as_of, goal.wording, folders=folders)
    errors = [finding for finding in check(inputs).findings if finding.severity is Severity.ERROR]
    for finding in errors:
        if finding.name == "words-missing":
            click.echo(goal.say("import.words_missing", language=dict(finding.arguments)["language"]), err=True)
    errors = [finding for finding in errors if finding.name != "words-missing"]
    if errors:
        _show(errors, goal)
        click.echo(goal.say("import.also_found"), err=True)
        sys.exit(1)


def _show(findings: list[Diagnostic], goal: _Goal) -> None:
    for finding in findings:
        place = finding.location
        words = goal.wording.message(finding, goal.language)
        click.echo(visible(f"{place.file}:{place.line}:{place.column}: {words} [{finding.name}]"), err=True)

"""Owns the command that imports series of values: options, what it prints, what it writes."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import click

from site_builder.composition import Inputs, check
from site_builder.interchange.making import Say
from site_builder.interchange.series.importing import Done, Place, Wish, import_table, import_tree
from site_builder.interchange.series.merging import Revision
from site_builder.interchange.series.open_sdg_files import FOLDERS
from site_builder.interchange.series.report import markdown, summary
from site_builder.nouns.diagnostic import Diagnostic, Severity, in_order
from site_builder.nouns.wording import Wording
from site_builder.readers.content import read_content
from site_builder.readers.csv_text import SIZE_LIMIT
from site_builder.readers.date_forms import DateSlip, read_partial
from site_builder.readers.schemas import read_schemas
from site_builder.shell.disk import put_files, read_folder, write_file
from site_builder.shell.options import spoken_in, wrong_call, wrong_option
from site_builder.shell.refusal import Refusal
from site_builder.shell.reports import Report, formats, visible
from site_builder.shell.resources import found_folder
from site_builder.shell.wording import DEFAULT_LANGUAGE, load_wording

TO_DO = frozenset({"required-missing", "value-without-source"})
"""What may be left to do in a file that the import makes; everything else is a mistake."""
Files = Mapping[str, bytes]


def _vintage(context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if value and isinstance(read_partial(value), DateSlip):
        raise wrong_option(context, "not_a_vintage", value=value)
    return value


@click.command(name="import-series")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--map",
    "mapping",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    metavar="FILE",
    help="YAML file that says what columns and words of the table mean.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("content"),
    show_default=True,
    metavar="DIR",
    help="Folder of the content: new indicators, and new rows of those that are there.",
)
@click.option(
    "--lang", default=None, is_eager=True, metavar="LANG", help="Language of the texts. Else: the first of the site."
)
@click.option(
    "--indicator-name",
    "pattern",
    default="sdg-{id}",
    show_default=True,
    metavar="PATTERN",
    help="Id of an indicator of Open SDG; {id} is its name there.",
)
@click.option(
    "--revised",
    default="",
    callback=_vintage,
    metavar="DATE",
    help="Take values that differ as a new version, published on that day, month or year.",
)
@click.option("--reason", default="", metavar="TEXT", help="Why they differ: the note of each new version.")
@click.option(
    "--messages", default=None, is_eager=True, metavar="LANG", help="Language of the messages and of the report."
)
@click.option("--report", type=click.Path(path_type=Path), default=None, metavar="FILE", help="Where the report goes.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Day for which the content is checked.")
def command(  # noqa: PLR0913 - one parameter an option
    file: Path,
    mapping: Path | None,
    out: Path,
    lang: str | None,
    pattern: str,
    revised: str,
    reason: str,
    messages: str | None,
    report: Path | None,
    as_of: datetime | None,
) -> None:
    """Make series of a tidy CSV table, or of a folder in the layout of Open SDG.

    Everything is worked out and checked first; with a mistake nothing is written.
    """
    wording = load_wording()
    spoken = spoken_in(wording, messages)
    if "{id}" not in pattern:
        raise click.BadParameter(wording.say("refused.no_pattern", spoken), param_hint="--indicator-name")
    day = as_of.date() if as_of else datetime.now(UTC).date()
    goal = _Goal(out, report, wording, spoken, day)
    revision = Revision(revised, reason, lang or "") if revised else None
    wish = Wish(visible(file.name), lang or "", spoken, pattern, revision)
    try:
        _run(file, mapping, wish, goal)
    except (Refusal, OSError) as refused:
        raise wrong_call(refused, wording, spoken) from refused


@dataclass(frozen=True)
class _Goal:
    """Where an import goes and in which words it is told."""

    out: Path
    report: Path | None
    wording: Wording
    language: str
    """Language of the messages."""
    as_of: date

    @property
    def say(self) -> Say:
        """Says a phrase in the language of the messages."""
        return partial(_say, self.wording, self.language)


def _say(wording: Wording, language: str, key: str, /, **values: object) -> str:
    return wording.say(key, language, **values)


def _run(file: Path, mapping: Path | None, wish: Wish, goal: _Goal) -> None:
    existing = read_folder(goal.out)
    schemas, _ = read_schemas(read_folder(found_folder("schemas")))
    catalog, _ = read_content(existing, schemas, folder=visible(str(goal.out)))
    wish = _in_language(wish, catalog.codes)
    place = Place(existing, catalog, schemas)
    table = (visible(mapping.name), _read(mapping)) if mapping is not None else None
    sources = _tree(file) if file.is_dir() else {wish.file: _read(file)}
    if file.is_dir() and not any(path.startswith("data/indicator_") for path in sources):
        raise click.UsageError(goal.say("import_series.no_trees"))
    if file.is_dir():
        done = import_tree(sources, table, wish, place, say=goal.say)
    else:
        done = import_table(sources[wish.file], table, wish, place, say=goal.say)
    shown = {**sources, **({table[0]: table[1]} if table else {})}
    if done.errors:
        _refuse(done.errors, shown, goal)
    for sentence in summary(done, goal.say):
        click.echo(visible(sentence))
    _judge({**existing, **done.files}, done, goal, shown)
    _write(done, wish, goal)


def _in_language(wish: Wish, codes: tuple[str, ...]) -> Wish:
    language = wish.language or next(iter(codes), DEFAULT_LANGUAGE)
    if codes and language not in codes:
        raise Refusal("no_language", language=language, known=", ".join(codes))
    revision = replace(wish.revision, language=language) if wish.revision else None
    return replace(wish, language=language, revision=revision)


def _read(file: Path) -> bytes:
    """Return a file; of one that is far too large only so much that it is known as such."""
    with file.open("rb") as stream:
        return stream.read(SIZE_LIMIT + 1)


def _tree(folder: Path) -> dict[str, bytes]:
    """Return the files of a tree of Open SDG in the folders that are understood."""
    return {
        f"{name}/{path}": content
        for name in FOLDERS
        if (folder / name).is_dir()
        for path, content in read_folder(folder / name).items()
    }


def _judge(content: Files, done: Done, goal: _Goal, sources: Files) -> None:
    """Check the content as a build would; what is left to do in new files is no mistake of the import.

    Nobody has the new files yet: what is wrong in them is told where it stands in the table.
    """
    if not done.files:
        return
    folders = {"content": visible(str(goal.out)), "schemas": "schemas", "theme": "themes/default"}
    read = {
        name: read_folder(found_folder(path)) for name, path in (("schemas", "schemas"), ("theme", "themes/default"))
    }
    inputs = Inputs(content, read["schemas"], read["theme"], goal.as_of, goal.wording, folders=folders)
    new = {f"{folders['content']}/indicators/{made.indicator}" for made in done.made if made.is_new}
    errors = [finding for finding in check(inputs).findings if finding.severity is Severity.ERROR]
    wrong = [item for item in errors if item.name not in TO_DO or item.location.file.rpartition(".")[0] not in new]
    if wrong:
        named = {f"{folders['content']}/{path}": text for path, text in content.items()} | dict(sources)
        start = f"{folders['content']}/"
        click.echo(goal.say("import.also_found"), err=True)
        told = [done.at_source(item, item.location.file.removeprefix(start)) for item in wrong]
        _refuse(in_order(told), named, goal)


def _refuse(findings: list[Diagnostic], files: Files, goal: _Goal) -> None:
    """Show mistakes with their lines and end."""
    named = {finding.location.file for finding in findings}
    lines = {name: files[name].decode("utf-8-sig", "replace").split("\n") for name in named & files.keys()}
    report = Report(tuple(findings), goal.wording, goal.language, lines)
    click.echo(formats()["text"](report), err=True, nl=False)
    click.echo(goal.say("import.refused"), err=True)
    sys.exit(1)


def _write(done: Done, wish: Wish, goal: _Goal) -> None:
    if goal.report is not None:
        write_file(goal.report, markdown(done, wish.file, goal.say).encode("utf-8"))
    if done.files:
        put_files(goal.out, done.files)
        click.echo(goal.say("import.written", folder=visible(str(goal.out)), count=len(done.files)))
    else:
        click.echo(goal.say("import_series.nothing_new"))
    if goal.report is not None:
        click.echo(goal.say("import.report_at", file=visible(str(goal.report))))

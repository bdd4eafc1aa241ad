"""Owns the command `new`: what it asks, what it shows, what it writes."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import click

from site_builder.composition import Files, Inputs, check
from site_builder.interchange.new.form import KINDS, Form, Wish, begin
from site_builder.interchange.new.writing import file_of
from site_builder.interchange.prompts import Prompter
from site_builder.interchange.remarks import Remark
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.nouns.wording import Wording
from site_builder.readers.blanks import Line, Shape
from site_builder.readers.content import read_content
from site_builder.readers.releases import read_releases
from site_builder.readers.schemas import read_schemas
from site_builder.shell.disk import FolderRefused, add_files, read_folder, rewrite_file
from site_builder.shell.job import Folders, read_earlier, shown_path
from site_builder.shell.options import spoken_in, wrong_call, wrong_option
from site_builder.shell.reports import Report, formats, visible
from site_builder.shell.resources import found_folder
from site_builder.shell.wording import load_wording


def _values(
    context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    parts = [value.partition("=") for value in values]
    if wrong := [path for path, sign, _ in parts if not (path and sign)]:
        raise wrong_option(context, "no_value", value=wrong[0])
    return tuple((path, text) for path, _, text in parts)


@click.command(name="new")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.option("--id", "short", default="", metavar="ID", help="Short id. Else: the next one that is free.")
@click.option("--plan", default="", metavar="PLAN", help="Plan of a commitment. Else: that of the site.")
@click.option("--commitment", default="", metavar="ID", help="Commitment of a milestone or of an update.")
@click.option("--round", "round_name", default="", metavar="ROUND", help="Round of an update, for example 2026-h1.")
@click.option(
    "--set",
    "values",
    multiple=True,
    callback=_values,
    metavar="FIELD=VALUE",
    help="Fill in a field: title.en=…, organisations.1.role=lead, items.m01.status=completed. As often as needed.",
)
@click.option("--dry-run", is_flag=True, help="Print what would be written and write nothing.")
@click.option("--ask/--no-ask", default=None, help="Ask for what is required. Default: on a terminal.")
@click.option("--content", type=click.Path(path_type=Path), default=Path("content"), show_default=True, metavar="DIR")
@click.option(
    "--lang", default=None, is_eager=True, metavar="LANG", help="Language of questions, explanations and messages."
)
def command(**options: Any) -> None:
    """Make the file of a new record with every field explained, or add a milestone to its commitment.

    What is required is asked for, or stands open in the file; all else is a comment to be filled in or left.
    """
    wording = load_wording()
    desk = _Desk(options["content"], wording, spoken_in(wording, options["lang"]))
    table = KINDS[options["kind"]]
    if table in ("milestones", "updates") and not options["commitment"]:
        raise click.UsageError(desk.say("new.needs_commitment"))
    if table == "updates" and not options["round_name"]:
        raise click.UsageError(desk.say("new.needs_round"))
    names = ("short", "plan", "commitment", "round_name", "values")
    wish = Wish(table, *(options[name] for name in names))
    is_asking = sys.stdin.isatty() and sys.stderr.isatty() if options["ask"] is None else options["ask"]
    try:
        _run(desk, wish, is_asking=is_asking, is_dry=options["dry_run"])
    except (FolderRefused, OSError) as refused:
        raise wrong_call(refused, wording, desk.language) from refused


@dataclass(frozen=True)
class _Desk:
    """The content to which something is added, and the words in which it is spoken of."""

    folder: Path
    wording: Wording
    language: str

    @cached_property
    def files(self) -> Files:
        return read_folder(self.folder)

    @cached_property
    def folders(self) -> dict[str, Files]:
        return {name: read_folder(found_folder(path)) for name, path in _BESIDE.items()}

    @cached_property
    def schemas(self) -> Schemas:
        return read_schemas(self.folders["schemas"])[0]

    @cached_property
    def catalog(self) -> Catalog:
        """The content as it is with its releases; mistakes in it are no concern of a new record."""
        catalog, _ = read_content(self.files, self.schemas, folder=shown_path(self.folder))
        if not catalog.rows("site") or not catalog.languages:
            raise click.UsageError(self.say("editors.unread"))
        earlier = read_earlier(Folders(self.folder, found_folder("schemas"), found_folder("themes/default")))
        return replace(catalog, releases=read_releases(earlier)[0])

    @property
    def prompter(self) -> Prompter:
        return Prompter(self.catalog, self.language, self.say)

    def say(self, key: str, /, **values: object) -> str:
        return self.wording.say(key, self.language, **values)

    def tell(self, sentence: str) -> None:
        click.echo(visible(sentence), err=True)

    def tell_wrong(self, finding: Diagnostic) -> None:
        """Say what is wrong with an answer, and how it is mended."""
        self.tell(f"{finding.location.file}: {self.wording.message(finding, self.language)}")
        self.tell(f"  {self.say('fix')}{self.wording.hint(finding, self.language)} [{finding.name}]")

    def brought(self, path: str, content: bytes) -> list[Diagnostic]:
        """Return what stops a change of one file of the content."""
        names = {"content": shown_path(self.folder), **_BESIDE}
        files = {**self.files, path: content}
        day = datetime.now(UTC)
        inputs = Inputs(
            files,
            self.folders["schemas"],
            self.folders["theme"],
            day,
            self.wording,
            folders=names,
            published=self.files,
        )
        return [finding for finding in check(inputs).findings if finding.blocks]


_BESIDE = {"schemas": "schemas", "theme": "themes/default"}


def _run(desk: _Desk, wish: Wish, *, is_asking: bool, is_dry: bool) -> None:
    form = begin(wish, desk.catalog, desk.files)
    if isinstance(form, Remark):
        values = dict(form.values)
        kind = f"{form.kind}_near" if values.get("near") else form.kind
        raise click.UsageError(visible(desk.say(f"new.remark.{kind}", **values)))
    if isinstance(form, Diagnostic):
        desk.tell_wrong(form)
        sys.exit(2)
    wrong = [finding for path, text in wish.values if (finding := form.put(path, text))]
    for finding in wrong:
        desk.tell_wrong(finding)
    if wrong:
        sys.exit(1)
    if is_asking:
        _ask(form, desk)
    before = desk.files.get(form.path)
    content = file_of(form, desk.prompter, before)
    if content is None:
        raise click.UsageError(visible(desk.say("new.remark.no_place", file=form.path)))
    if not form.lacking and (refused := desk.brought(form.path, content)):
        _refuse(refused, form.path, content, desk)
    _write(form, before, content, desk, is_dry=is_dry)


def _write(form: Form, before: bytes | None, content: bytes, desk: _Desk, *, is_dry: bool) -> None:
    shown = f"{shown_path(desk.folder)}/{form.path}"
    if is_dry:
        click.echo("".join(_shown(shown, before, content)), nl=False)
    elif before is None:
        add_files(desk.folder, {form.path: content})
    else:
        rewrite_file(desk.folder / form.path, content)
    desk.tell(desk.say("new.would_write" if is_dry else "new.written", file=shown))
    if form.lacking:
        desk.tell(desk.say("new.lacking", known=", ".join(path for path, _ in form.lacking)))
    desk.tell(desk.say("new.then"))


def _shown(file: str, before: bytes | None, content: bytes) -> Iterator[str]:
    """Yield a new file, or what is new in one that was there."""
    after = content.decode("utf-8").splitlines(keepends=True)
    if before is None:
        return iter(after)
    return difflib.unified_diff(before.decode("utf-8-sig").splitlines(keepends=True), after, file, file)


def _refuse(findings: list[Diagnostic], path: str, content: bytes, desk: _Desk) -> None:
    """Show why nothing is written, with the lines of the file as it would have been."""
    lines = {f"{shown_path(desk.folder)}/{path}": content.decode("utf-8").split("\n")}
    report = Report(tuple(findings), desk.wording, desk.language, lines)
    click.echo(formats()["text"](report), err=True, nl=False)
    desk.tell(desk.say("new.refused"))
    sys.exit(1)


def _ask(form: Form, desk: _Desk) -> None:
    """Ask for what is required, and for the status of each milestone of which something is reported."""
    for path, line in form.lacking:
        for text in desk.prompter.explained(line):
            desk.tell(text)
        if line.shape is Shape.TEXTS:
            codes = sorted(desk.catalog.codes, key=lambda code: code != desk.language)
            for place, code in enumerate(codes):
                _answer(form, desk, f"{path}.{code}", is_free=place > 0)
        else:
            _answer(form, desk, path, is_free=False)
    if form.wish.table == "updates" and form.commitment is not None and "items" not in form.answers.given:
        _ask_milestones(form, desk)


def _ask_milestones(form: Form, desk: _Desk) -> None:
    assert form.commitment is not None
    status = next(inner for line in form.lines if line.key == "items" for inner in line.lines if inner.key == "status")
    _tell_codes(status, desk)
    for milestone in desk.catalog.children(form.commitment, "milestones"):
        desk.tell(desk.catalog.text(milestone, "title").shown(desk.language)[0])
        short = milestone.id.removeprefix(f"{form.commitment.id}-")
        _answer(form, desk, f"items.{short}.status", is_free=True)


def _tell_codes(line: Line, desk: _Desk) -> None:
    for text in desk.prompter.explained(line):
        desk.tell(text)


def _answer(form: Form, desk: _Desk, path: str, *, is_free: bool) -> None:
    """Ask until the answer is right; without one go on where that is allowed."""
    question = f"{path} ({desk.say('new.may_be_empty')})" if is_free else path
    ask = partial(click.prompt, question, default="", show_default=False, err=True)
    while text := str(ask()).strip() or (None if is_free else " "):
        wrong = form.put(path, text.strip())
        if wrong is None:
            return
        desk.tell_wrong(wrong)

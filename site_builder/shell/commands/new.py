"""Owns the command `new`: what it asks, what it shows, what it writes."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from site_builder.composition import Files, Inputs, check
from site_builder.interchange.new.form import KINDS, Form, Wish, begin
from site_builder.interchange.new.writing import file_of
from site_builder.interchange.remarks import Remark
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.readers.content import read_content
from site_builder.readers.releases import read_releases
from site_builder.readers.schemas import read_schemas
from site_builder.shell.called import called
from site_builder.shell.commands._asking import Asking, Talk
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
    talk = Talk(wording, spoken_in(wording, options["lang"]))
    desk = _Desk(options["content"], talk)
    names = ("short", "plan", "commitment", "round_name", "values")
    wish = Wish(KINDS[options["kind"]], *(options[name] for name in names))
    is_asking = sys.stdin.isatty() and sys.stderr.isatty() if options["ask"] is None else options["ask"]
    try:
        _run(desk, wish, is_asking=is_asking, is_dry=options["dry_run"])
    except click.Abort:  # Ctrl+C, or no more answers
        talk.tell("")
        talk.tell(talk.say("new.refused"))
        sys.exit(1)
    except (FolderRefused, OSError) as refused:
        raise wrong_call(refused, wording, talk.language) from refused


@dataclass(frozen=True)
class _Desk:
    """The content to which something is added, and the words in which it is spoken of."""

    folder: Path
    talk: Talk

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
            raise click.UsageError(self.talk.say("editors.unread", command=called()))
        earlier = read_earlier(Folders(self.folder, found_folder("schemas"), found_folder("themes/default")))
        return replace(catalog, releases=read_releases(earlier)[0])

    @cached_property
    def asking(self) -> Asking:
        return Asking(self.catalog, self.files, self.talk)

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
            self.talk.wording,
            folders=names,
            published=self.files,
        )
        return [finding for finding in check(inputs).findings if finding.blocks]


_BESIDE = {"schemas": "schemas", "theme": "themes/default"}


def _run(desk: _Desk, wish: Wish, *, is_asking: bool, is_dry: bool) -> None:
    talk = desk.talk
    if is_asking:
        wish = desk.asking.placed(wish)
    form = _begun(desk, wish)
    wrong = [finding for path, text in wish.values if (finding := form.put(path, text))]
    for finding in wrong:
        talk.tell_wrong(finding)
    if wrong:
        sys.exit(1)
    if is_asking:
        desk.asking.fill(form)
        form = desk.asking.named(form)
    if not form.path:
        raise click.UsageError(talk.say("new.needs_id"))
    content = _file(desk, form)
    while not form.lacking and (refused := desk.brought(form.path, content)):
        _tell_refused(refused, form.path, content, desk)
        if not (is_asking and desk.asking.ask_again(form, refused)):
            talk.tell(talk.say("new.refused"))
            sys.exit(1)
        content = _file(desk, form)
    _write(form, content, desk, is_dry=is_dry)


def _begun(desk: _Desk, wish: Wish) -> Form:
    """Return the form of a new record; without one the command ends."""
    if wish.table in ("milestones", "updates") and not wish.commitment:
        raise click.UsageError(desk.talk.say("new.needs_commitment"))
    if wish.table == "updates" and not wish.round:
        raise click.UsageError(desk.talk.say("new.needs_round"))
    form = begin(wish, desk.catalog, desk.files)
    if isinstance(form, Remark):
        raise click.UsageError(desk.talk.remarked(form))
    if isinstance(form, Diagnostic):
        desk.talk.tell_wrong(form)
        sys.exit(2)
    return form


def _file(desk: _Desk, form: Form) -> bytes:
    content = file_of(form, desk.asking.prompter, desk.files.get(form.path))
    if content is None:
        raise click.UsageError(visible(desk.talk.say("new.remark.no_place", file=form.path, command=called())))
    return content


def _write(form: Form, content: bytes, desk: _Desk, *, is_dry: bool) -> None:
    talk = desk.talk
    before = desk.files.get(form.path)
    shown = f"{shown_path(desk.folder)}/{form.path}"
    if is_dry:
        click.echo("".join(_shown(shown, before, content)), nl=False)
    elif before is None:
        add_files(desk.folder, {form.path: content})
    else:
        rewrite_file(desk.folder / form.path, content)
    talk.tell(talk.say("new.would_write" if is_dry else "new.written", file=shown))
    if form.lacking:
        talk.tell(talk.say("new.lacking", known=", ".join(path for path, _ in form.lacking)))
    talk.tell(talk.say("new.then", command=called()))


def _shown(file: str, before: bytes | None, content: bytes) -> Iterator[str]:
    """Yield a new file, or what is new in one that was there."""
    after = content.decode("utf-8").splitlines(keepends=True)
    if before is None:
        return iter(after)
    return difflib.unified_diff(before.decode("utf-8-sig").splitlines(keepends=True), after, file, file)


def _tell_refused(findings: list[Diagnostic], path: str, content: bytes, desk: _Desk) -> None:
    """Show why nothing is written, with the lines of the file as it would have been."""
    lines = {f"{shown_path(desk.folder)}/{path}": content.decode("utf-8").split("\n")}
    report = Report(tuple(findings), desk.talk.wording, desk.talk.language, lines)
    click.echo(formats()["text"](report), err=True, nl=False)

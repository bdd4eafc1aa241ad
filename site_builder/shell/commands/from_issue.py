"""Owns the command that turns the answers in a form of an issue into a content file, or into a note for a person."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from site_builder.composition import Files, Inputs, check
from site_builder.interchange.issue_correction import places_of
from site_builder.interchange.issue_form import LONGEST, Answers, Form, answers, form_of, read_form
from site_builder.interchange.issue_update import update_of
from site_builder.interchange.remarks import Remark, remark
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.record import Catalog
from site_builder.nouns.wording import Wording
from site_builder.readers.content import read_content
from site_builder.readers.schemas import read_schemas
from site_builder.shell.disk import FolderRefused, add_files, read_folder, write_file
from site_builder.shell.job import shown_path
from site_builder.shell.options import wrong_call
from site_builder.shell.quoted import quoted
from site_builder.shell.resources import found_folder
from site_builder.shell.wording import language_of_messages, load_wording

UPDATES = "report-progress"
"""The form whose answers become a file; those of any other become a note."""
LARGEST = 10_000_000
"""Bytes of an event that are read."""


@click.command(name="from-issue")
@click.argument("event", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--content", type=click.Path(path_type=Path), default=Path("content"), show_default=True, metavar="DIR")
@click.option(
    "--forms",
    type=click.Path(path_type=Path),
    default=Path(".github/ISSUE_TEMPLATE"),
    show_default=True,
    metavar="DIR",
    help="Folder with the forms: their labels tell the answers apart.",
)
@click.option("--note", type=click.Path(path_type=Path), default=None, metavar="FILE", help="Where the answer goes.")
def command(event: Path, content: Path, forms: Path, note: Path | None) -> None:
    """Make a content file of an issue that was written with a form; EVENT is what the host tells of it, as JSON.

    The answers are checked as a change of the content; with a mistake nothing is written. Nothing in an issue is ever
    run, and no name of a file is taken from it.
    """
    try:
        desk = _Desk(content, forms, load_wording())
        done = _done(_issue(event), desk)
        if done.files:
            # never over a file that is there
            add_files(content, done.files)
        text = "---\n\n".join("".join(_note(done, desk, language)) for language in desk.wording.languages)
        if note is not None:
            write_file(note, text.encode("utf-8", "replace"))
    except (FolderRefused, OSError) as refused:
        raise wrong_call(refused, desk.wording, language_of_messages(desk.wording, None)) from refused
    click.echo(text, nl=False)
    sys.exit(1 if done.wrong or done.findings else 0)


@dataclass(frozen=True)
class _Desk:
    """What an issue is read with."""

    folder: Path
    forms_folder: Path
    wording: Wording

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        files = read_folder(self.forms_folder)
        read = (read_form(name, content) for name, content in files.items() if name.endswith(".yml"))
        return tuple(form for form in read if form.questions)

    @cached_property
    def content(self) -> Files:
        return read_folder(self.folder)

    @cached_property
    def beside(self) -> dict[str, Files]:
        return {kind: read_folder(found_folder(path)) for kind, path in _BESIDE.items()}

    @cached_property
    def catalog(self) -> Catalog:
        """The content as it is; its mistakes are no concern of an issue."""
        schemas, _ = read_schemas(self.beside["schemas"])
        return read_content(self.content, schemas, folder=shown_path(self.folder))[0]

    def brought(self, added: Files) -> list[Diagnostic]:
        """Return what stops a proposal that adds files to the content."""
        names = {"content": shown_path(self.folder), **_BESIDE}
        schemas, theme, day = self.beside["schemas"], self.beside["theme"], datetime.now(UTC)
        content = {**self.content, **added}
        inputs = Inputs(content, schemas, theme, day, self.wording, folders=names, published=self.content)
        return [finding for finding in check(inputs).findings if finding.blocks]


_BESIDE = {"schemas": "schemas", "theme": "themes/default"}


@dataclass(frozen=True)
class _Done:
    """What became of an issue."""

    files: Files
    wrong: tuple[Remark, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    """What was answered, by the label of the question: told where no file is made of it."""
    places: tuple[str, ...] = ()
    """Where in the content the thing stands that an answer names."""
    folder: str = ""


def _issue(event: Path) -> dict[str, Any]:
    """Return the issue of an event; an event without one is a wrong call."""
    try:
        with event.open("rb") as stream:
            told = json.loads(stream.read(LARGEST))
        issue = told["issue"]
        if isinstance(issue, dict) and isinstance(issue.get("number"), int):
            return issue
    except (ValueError, KeyError, TypeError, RecursionError):
        pass  # said below: whatever it is, it is no event of an issue
    raise FolderRefused("no_event", place=event)


def _done(issue: dict[str, Any], desk: _Desk) -> _Done:
    body = issue.get("body")
    text = body if isinstance(body, str) else ""
    if len(text) > LONGEST:
        return _Done({}, (remark("too_long", count=len(text), limit=LONGEST),))
    form = form_of(text, desk.forms)
    if form is None:
        return _Done({}, (remark("no_form"),))
    given, wrong = answers(text, form)
    if wrong:
        return _Done({}, tuple(wrong))
    return _updated(given, desk, issue["number"]) if form.name == UPDATES else _noted(given, form, desk)


def _updated(given: Answers, desk: _Desk, number: int) -> _Done:
    update = update_of(given, desk.catalog)
    if update.wrong:
        return _Done({}, tuple(update.wrong))
    shown = f"{shown_path(desk.folder)}/{update.path}"
    if update.path in desk.content:
        return _Done({}, (remark("exists", file=shown),))
    origin = desk.wording.say("from_issue.origin", desk.wording.languages[0], number=number)
    files = {update.path: f"# {origin}\n".encode() + update.content}
    if refused := desk.brought(files):
        return _Done({}, findings=tuple(refused))
    return _Done(files, folder=shown_path(desk.folder))


def _noted(given: Answers, form: Form, desk: _Desk) -> _Done:
    places = places_of(next(iter(given.values()), ""), desk.catalog)
    told = tuple((question.label, given[question.id]) for question in form.questions if question.id in given)
    return _Done({}, given=told, places=tuple(f"{place.file}:{place.line}" for place in places))


def _note(done: _Done, desk: _Desk, language: str) -> Iterator[str]:
    """Yield what became of an issue, as Markdown."""

    def say(key: str, **values: object) -> str:
        return desk.wording.say(f"from_issue.{key}", language, **values)

    if done.wrong or done.findings:
        yield f"## {say('refused')}\n\n"
        yield from _list(say(f"remark.{item.kind}", **dict(item.values)) for item in done.wrong)
        yield from _list(
            f"{desk.wording.message(item, language)} {desk.wording.say('fix', language)}"
            f"{desk.wording.hint(item, language)} [`{item.name}`]"
            for item in done.findings
        )
        yield f"{say('again')}\n\n"
    elif done.files:
        yield f"## {say('made')}\n\n"
        yield from _list(f"`{done.folder}/{path}`" for path in done.files)
        yield f"{say('look')}\n\n"
    else:
        yield f"## {say('noted')}\n\n"
        yield from _list(f"`{place}`" for place in done.places)
        if not done.places:
            yield f"{say('nowhere')}\n\n"
        for label, text in done.given:
            yield f"**{quoted(label)}**\n\n"
            yield "".join(f"> {quoted(line)}\n" for line in text.splitlines()) + "\n"


def _list(sentences: Iterable[str]) -> Iterator[str]:
    lines = [f"- {quoted(sentence)}\n" for sentence in sentences]
    yield "".join([*lines, "\n"] if lines else [])

"""Owns the command that makes the workbooks of a round of reports: options, what it prints, what it writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import click

from site_builder.derive.picture import as_seen_on
from site_builder.derive.reports import newest_reports
from site_builder.derive.rounds import Debt, Round, debts_of, round_of
from site_builder.interchange.issue_update import is_round_name
from site_builder.interchange.rounds.book import Book, Order, book_of
from site_builder.interchange.rounds.columns import Say, file_name
from site_builder.interchange.rounds.workbook import workbook
from site_builder.nouns.record import Catalog
from site_builder.nouns.wording import Wording
from site_builder.readers.content import read_content
from site_builder.readers.schemas import read_schemas
from site_builder.readers.time_zone import zone_of
from site_builder.shell.disk import FolderRefused, add_files, read_folder
from site_builder.shell.options import day, wrong_call
from site_builder.shell.reports import visible
from site_builder.shell.resources import found_folder
from site_builder.shell.wording import language_of_messages, load_wording
from site_builder.writers.yaml_text import Code, yaml_text


@click.command(name="new-round")
@click.argument("round_name", metavar="ROUND")
@click.option("--plan", required=True, metavar="ID", help="Plan on which is reported.")
@click.option("--due", callback=day, default=None, metavar="YYYY-MM-DD", help="Last day for the reports.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("rounds"), show_default=True, metavar="DIR")
@click.option(
    "--lang",
    default=None,
    is_eager=True,
    metavar="LANG",
    help="Language of the workbooks. Else: the first of the site.",
)
@click.option("--content", type=click.Path(path_type=Path), default=Path("content"), show_default=True, metavar="DIR")
@click.option(
    "--as-of", callback=day, default=None, metavar="YYYY-MM-DD", help="Day whose state they show. Else: today."
)
def command(  # noqa: PLR0913 - one parameter an option
    round_name: str, plan: str, due: date | None, out: Path, lang: str | None, content: Path, as_of: date | None
) -> None:
    """Make a workbook for each organisation that owes a report in ROUND, to be filled and sent back.

    It says which organisation owes what. A workbook that is there already is never written over.
    """
    wording = load_wording()
    language = language_of_messages(wording, lang if lang in wording.languages else None)
    try:
        desk = _Desk(_catalog(content, as_of), wording, language)
        asked = desk.asked(round_name, plan, due)
        books = desk.books(asked, lang or desk.catalog.codes[0], _debts(desk, asked))
        desk.tell_round(asked, due, content)
        _write(desk, out, {desk.name(book): workbook(book, desk.says) for book in books})
    except FolderRefused as refused:
        raise wrong_call(refused, wording, language) from refused


def _catalog(content: Path, as_of: date | None) -> Catalog:
    """Return the content as it is seen today; what is wrong in it is no concern of a workbook."""
    schemas, _ = read_schemas(read_folder(found_folder("schemas")))
    catalog, _ = read_content(read_folder(content), schemas, folder=visible(str(content)))
    if not catalog.codes:
        raise FolderRefused("no_content", place=content)
    return as_seen_on(catalog, as_of or datetime.now(UTC).astimezone(zone_of(catalog)).date())


@dataclass(frozen=True)
class _Desk:
    """The content and the words in which it is spoken of."""

    catalog: Catalog
    wording: Wording
    language: str

    @property
    def says(self) -> dict[str, Say]:
        """What the program says in each of its languages that the site has, in the order of the site; at least one."""
        codes = [code for code in self.catalog.codes if code in self.wording.languages] or [self.language]
        return {code: partial(_say, self.wording, code) for code in codes}

    def say(self, key: str, /, **values: object) -> str:
        return self.wording.say(f"new_round.{key}", self.language, **values)

    def tell(self, key: str, /, **values: object) -> None:
        click.echo(visible(self.say(key, **values)))

    def refuse(self, key: str, /, **values: object) -> click.UsageError:
        return click.UsageError(visible(self.say(key, **values)))

    def asked(self, name: str, plan: str, due: date | None) -> Round:
        """Return the round as the plan has it, else as it was asked for."""
        if self.catalog.find("plans", plan) is None:
            known = ", ".join(record.id for record in self.catalog.rows("plans"))
            raise self.refuse("no_plan", plan=plan, known=known)
        if not is_round_name(name):
            raise self.refuse("no_name", round=name)
        listed = self.catalog.find("rounds", f"{plan}-{name}")
        if listed is None:
            return Round(plan, name, None, due)
        asked = round_of(listed)
        if due is not None and asked.due_on != due:
            raise self.refuse("other_day", day=asked.due_on, round=name, asked=due)
        return asked

    def books(self, asked: Round, language: str, debts: list[Debt]) -> Iterator[Book]:
        """Yield the workbooks, and tell who owes what."""
        if language not in self.catalog.codes:
            raise self.refuse("no_language", language=language, known=", ".join(self.catalog.codes))
        says = self.says
        order = Order(asked, language, says.get(language) or next(iter(says.values())))
        reports = newest_reports(self.catalog)
        if not debts:
            self.tell("nobody")
        for debt in debts:
            book = book_of(self.catalog, reports, debt, order)
            named = ", ".join(name.removeprefix(f"{asked.plan}-") for name in debt.missing)
            file = self.name(book)
            count = len(debt.missing)
            self.tell("owes", organisation=book.name, id=debt.organisation, count=count, commitments=named, file=file)
            yield book

    def name(self, book: Book) -> str:
        """Return the name of a workbook."""
        return file_name(book.order.round.plan, book.order.round.name, book.organisation)

    def tell_round(self, asked: Round, due: date | None, content: Path) -> None:
        """Tell whether the plan has the round, and which lines to add where it has not."""
        if self.catalog.find("rounds", f"{asked.plan}-{asked.name}") is not None:
            self.tell("listed", round=asked.name, day=asked.due_on)
        elif due is None:
            self.tell("without_day", round=asked.name)
        else:
            self.tell("add", file=(content / "plans" / asked.plan / "plan.yaml").as_posix())
            lines = yaml_text({"rounds": [{"round": Code(asked.name), "due_on": due}]})
            click.echo(lines.partition("\n")[2], nl=False)


def _say(wording: Wording, language: str, key: str, /, **values: object) -> str:
    return wording.say(key, language, **values)


def _debts(desk: _Desk, asked: Round) -> list[Debt]:
    """Return what is still to be reported; who reported on everything gets no workbook."""
    left = (replace(debt, owed=debt.missing, reported={}) for debt in debts_of(desk.catalog, asked))
    return [debt for debt in left if debt.owed]


def _write(desk: _Desk, out: Path, files: dict[str, bytes]) -> None:
    new = {name: content for name, content in files.items() if not _is_there(out / name, content)}
    if new:
        add_files(out, new)
    if files:
        desk.tell("written", folder=visible(out.as_posix()), count=len(new))


def _is_there(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content

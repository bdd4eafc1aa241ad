"""Owns the command that turns filled workbooks of a round into updates: what it reads, prints and writes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property, partial
from pathlib import Path

import click

from site_builder.composition import Files, Inputs, check
from site_builder.derive.picture import as_seen_on
from site_builder.interchange.rounds.cells import Place, Slip, Slips
from site_builder.interchange.rounds.columns import Say, names_of
from site_builder.interchange.rounds.judging import at_cells
from site_builder.interchange.rounds.made import Made
from site_builder.interchange.rounds.updates import Returned, read_returned
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.nouns.wording import Wording
from site_builder.readers.content import read_content
from site_builder.readers.schemas import read_schemas
from site_builder.readers.time_zone import zone_of
from site_builder.readers.xlsx import SIZE_LIMIT
from site_builder.shell.disk import FolderRefused, add_files, read_folder
from site_builder.shell.options import day, spoken_in, wrong_call
from site_builder.shell.reports import visible
from site_builder.shell.resources import found_folder
from site_builder.shell.wording import load_wording
from site_builder.writers.canonical import Style, canonical


@click.command(name="import-updates")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--content", type=click.Path(path_type=Path), default=Path("content"), show_default=True, metavar="DIR")
@click.option(
    "--reported-on", callback=day, default=None, metavar="YYYY-MM-DD", help="Day of the reports. Else: today."
)
@click.option("--lang", default=None, is_eager=True, metavar="LANG", help="Language of the messages, for example mn.")
def command(files: tuple[Path, ...], content: Path, reported_on: date | None, lang: str | None) -> None:
    """Make updates of the filled rows of workbooks that `new-round` made; FILES are .xlsx.

    Everything is read and checked first; with one mistake nothing is written. A report that is there already is
    never written over.
    """
    wording = load_wording()
    language = spoken_in(wording, lang)
    try:
        desk = _Desk(content, wording, language, reported_on)
        _run(desk, [Returned(visible(file.name), _read(file)) for file in files])
    except (FolderRefused, OSError) as refused:
        raise wrong_call(refused, wording, language) from refused


def _read(file: Path) -> bytes:
    """Return a file; of one that is far too large only so much that it is known as such."""
    with file.open("rb") as stream:
        return stream.read(SIZE_LIMIT + 1)


@dataclass(frozen=True)
class _Desk:
    """What workbooks are read with."""

    folder: Path
    wording: Wording
    language: str
    asked: date | None

    def tell(self, key: str, /, **values: object) -> None:
        click.echo(visible(self.wording.say(f"import_updates.{key}", self.language, **values)))

    @cached_property
    def says(self) -> dict[str, Say]:
        """What the program says in each of its languages, that of the messages first."""
        codes = [self.language, *(code for code in self.wording.languages if code != self.language)]
        return {code: partial(_say, self.wording, code) for code in codes}

    @cached_property
    def content(self) -> Files:
        return read_folder(self.folder)

    @cached_property
    def schema_files(self) -> Files:
        return read_folder(found_folder("schemas"))

    @cached_property
    def schemas(self) -> Schemas:
        return read_schemas(self.schema_files)[0]

    @cached_property
    def catalog(self) -> Catalog:
        """The content as it is seen on the day of the reports; its mistakes are no concern of theirs."""
        catalog, _ = read_content(self.content, self.schemas, folder=self.shown)
        if not catalog.codes:
            raise FolderRefused("no_content", place=self.folder)
        return catalog

    @cached_property
    def reported_on(self) -> date:
        return self.asked or datetime.now(UTC).astimezone(zone_of(self.catalog)).date()

    @property
    def shown(self) -> str:
        return visible(self.folder.as_posix())

    def formed(self, made: Made) -> Made:
        """Return a file in canonical form; one that has none is shown by the check as it is."""
        style = Style(self.schemas, self.catalog.codes)
        text = canonical(made.path, made.text.encode("utf-8"), style, shown_as=made.path).text
        return replace(made, text=text) if text is not None else made

    def brought(self, made: Iterable[Made]) -> list[Slip]:
        """Return what the program finds in the content with the new files, and did not find before."""
        files = {one.path: one for one in made}
        content = {**self.content, **{path: one.text.encode("utf-8") for path, one in files.items()}}
        theme = read_folder(found_folder("themes/default"))
        names = {"content": self.shown, "schemas": "schemas", "theme": "themes/default"}
        moment = datetime.now(UTC)
        inputs = Inputs(content, self.schema_files, theme, moment, self.wording, folders=names, published=self.content)
        introduced = [finding for finding in check(inputs).findings if finding.introduced]
        return list(at_cells(introduced, {f"{self.shown}/{path}": one for path, one in files.items()}))

    def remedy(self, slip: Slip) -> str:
        """Return how to mend it: whoever fills a workbook knows its columns and no fields of a file."""
        if slip.place.row < 0:
            return self.wording.hint(slip.finding, self.language)
        return self.wording.hint_at_cell(slip.finding, self.language, names_of(self.says[self.language]))


def _say(wording: Wording, language: str, key: str, /, **values: object) -> str:
    return wording.say(key, language, **values)


def _run(desk: _Desk, books: list[Returned]) -> None:
    picture = as_seen_on(desk.catalog, desk.reported_on)
    slips: list[Slip] = []
    made: dict[str, Made] = {}
    for book in books:
        found, wrong = read_returned(book, picture, desk.reported_on, desk.says)
        slips += wrong.all
        slips += _clashes(made, found)
        made.update({one.path: desk.formed(one) for one in found})
    there = {path for path, one in made.items() if desk.content.get(path) == one.text.encode("utf-8")}
    new = {path: one for path, one in made.items() if path not in there}
    slips += _overwritten(desk, new)
    if new and not slips:
        slips += desk.brought(new.values())
    _tell(desk, slips)
    if any(slip.finding.blocks for slip in slips):
        click.echo(desk.wording.say("import_updates.refused", desk.language), err=True)
        sys.exit(1)
    if new:
        add_files(desk.folder, {path: one.text.encode("utf-8") for path, one in new.items()})
    for path in sorted(made):
        desk.tell("there" if path in there else "written", file=f"{desk.shown}/{path}")
    if not made:
        desk.tell("nothing")


def _clashes(made: Mapping[str, Made], found: Iterable[Made]) -> list[Slip]:
    """Return the reports on commitments on which another workbook of the same call reports."""
    slips = Slips()
    for one in found:
        if one.path in made:
            slips.add("update-twice", one.origins[()], other=made[one.path].origins[()].shown)
    return slips.all


def _overwritten(desk: _Desk, new: Mapping[str, Made]) -> list[Slip]:
    """Return the reports that would be written over others."""
    slips = Slips()
    for path, one in new.items():
        if path in desk.content:
            slips.add("update-exists", one.origins[()], file=f"{desk.shown}/{path}")
    return slips.all


def _tell(desk: _Desk, slips: Iterable[Slip]) -> None:
    """Say what is wrong, cell by cell."""
    wording, language = desk.wording, desk.language

    def order(slip: Slip) -> tuple[Place, str]:
        return slip.place, slip.finding.name

    for slip in sorted(dict.fromkeys(slips), key=order):
        finding = slip.finding
        severity = wording.say(f"severity.{finding.severity}", language)
        sentence, remedy = wording.message(finding, language), desk.remedy(slip)
        column = f" ({slip.place.heading})" if slip.place.heading else ""
        head = f"{slip.place.shown}{column}: {severity}: {sentence} [{finding.name}]"
        click.echo(f"{visible(head)}\n  {visible(wording.say('fix', language) + remedy)}\n", err=True)

"""Owns the content of the workbook that an organisation gets for a round: what stands in each row and list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.derive.reports import Reports
from site_builder.derive.rounds import Debt, Round
from site_builder.interchange.rounds.columns import JOINT, YES, Say
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.text import brief

LONGEST_CHOICE = 90
"""Characters of a row's id and title where it is offered as a choice."""
NO_DAY = date(2000, 1, 1)
"""Day on which a workbook counts as made where nothing was ever reported."""


@dataclass(frozen=True)
class Line:
    """A row to fill: a milestone, or a commitment as a whole."""

    id: str
    """Short id: c01, or c01-m02."""
    locked: tuple[str, ...]
    """What its locked cells say."""
    takes_no_change: bool = False
    """Whether it can be said here that nothing changed: of a commitment as a whole."""

    @property
    def choice(self) -> str:
        """How the row is offered where evidence is told of it."""
        return brief(f"{self.id}{JOINT}{self.locked[2] or self.locked[0]}", LONGEST_CHOICE)


@dataclass(frozen=True)
class Order:
    """What is asked of a workbook."""

    round: Round
    language: str
    """Language of the site whose texts and labels it has."""
    say: Say
    """Says what the program adds, in that language or in one that the program speaks."""


@dataclass(frozen=True)
class Book:
    """Everything that a workbook says, in one language of the site."""

    order: Order
    organisation: str
    """Id of the organisation."""
    names: Mapping[str, str]
    """Its name by language of the site."""
    lines: tuple[Line, ...]
    lists: Mapping[str, tuple[tuple[str, str], ...]]
    """Code lists by name: codes with their labels."""
    languages: tuple[str, ...]
    """Languages of the site, in which texts can be reported."""
    made_on: date
    """Day of the newest report in it, so that no clock is in it."""

    @property
    def name(self) -> str:
        """Name of the organisation in the language of the workbook."""
        return self.names[self.order.language]


def book_of(catalog: Catalog, reports: Reports, debt: Debt, order: Order) -> Book:
    """Return the workbook of an organisation for a round."""
    writing = _Writing(catalog, reports, order.language, order.say)
    lines = tuple(line for name in debt.owed for line in writing.lines(catalog.by_id["commitments"][name]))
    lists = {name: tuple(writing.codes(name)) for name in ("statuses", "evidence_kinds")}
    lists[YES] = tuple((code, order.say(f"round_book.{code}")) for code in (YES, "no"))
    days = [update.get("reported_on") for update in reports.newest_update.values()]
    named = catalog.text(catalog.by_id["organisations"][debt.organisation], "name")
    names = {code: named.shown(code)[0] for code in catalog.codes}
    return Book(order, debt.organisation, names, lines, lists, catalog.codes, max(days, default=NO_DAY))


@dataclass(frozen=True)
class _Writing:
    catalog: Catalog
    reports: Reports
    language: str
    say: Say

    def text(self, record: Record, name: str) -> str:
        """Return a text in the language of the workbook, else in another."""
        return self.catalog.text(record, name).shown(self.language)[0]

    def codes(self, codelist: str) -> Iterator[tuple[str, str]]:
        for record in self.catalog.codes_of.get(codelist, ()):
            yield str(record.get("code")), self.text(record, "label")

    def lines(self, commitment: Record) -> Iterator[Line]:
        """Yield the row of a commitment as a whole, then those of its milestones."""
        short = commitment.id.removeprefix(f"{commitment.get('plan_id')}-")
        title = " ".join((self.text(commitment, "title") or self.text(commitment, "title_ogp")).split())
        named = f"{commitment.get('number')}. {title}"
        report = self.reports.by_commitment.get(commitment.id)
        reported = self.reports.last_day(commitment.id)
        yield Line(
            short,
            (
                named,
                short,
                self.say("round_book.whole"),
                _day(commitment.get("end_date")),
                self.status(report.status if report else ""),
                _day(reported),
            ),
            takes_no_change=True,
        )
        for milestone in self.catalog.children(commitment, "milestones"):
            told = self.reports.by_milestone.get(milestone.id)
            due = milestone.get("due_current") or milestone.get("due_baseline")
            name = " ".join(self.text(milestone, "title").split())
            own = milestone.id.removeprefix(f"{commitment.get('plan_id')}-")
            yield Line(
                own,
                (
                    named,
                    own,
                    f"{milestone.get('number')}. {name}",
                    _day(due) if due else " ".join(self.text(milestone, "due_as_adopted").split()),
                    self.status(told.status if told else ""),
                    _day(told.reported_on if told else None),
                ),
            )

    def status(self, code: str) -> str:
        record = self.catalog.code("statuses", code) if code else None
        return self.text(record, "label") if record else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""

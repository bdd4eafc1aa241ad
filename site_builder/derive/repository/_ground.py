"""Owns what a requirement on the repository is tested against and what a test returns; refuses to judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from site_builder.nouns.derived import Derived, Row
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.edition import Theme
from site_builder.nouns.output import LATEST
from site_builder.nouns.page import SitePlan
from site_builder.nouns.record import Catalog, Record


@dataclass(frozen=True)
class Ground:
    """Everything that can be tested: what is known, what follows from it, and what the site will hold."""

    catalog: Catalog
    derived: Derived
    plan: SitePlan
    theme: Theme
    findings: tuple[Diagnostic, ...] = ()

    @property
    def as_of(self) -> date:
        return self.derived.as_of

    @cached_property
    def summaries(self) -> Mapping[str, tuple[Row, ...]]:
        """Summaries of commitments by plan."""
        return _by_plan(self.derived.tables["commitment_summary"])

    @cached_property
    def schedules(self) -> Mapping[str, tuple[Row, ...]]:
        """Schedules of milestones by plan."""
        return _by_plan(self.derived.tables["milestone_schedule"])

    @cached_property
    def freshness(self) -> Mapping[str, tuple[Row, ...]]:
        """Ages of the newest updates by plan."""
        return _by_plan(self.derived.tables["freshness"])

    def pages(self, kind: str, subject: str = "") -> tuple[bool, ...]:
        """Return for each language whether the site has a page."""
        return tuple(bool(self.plan.address(kind, subject, code)) for code in self.catalog.codes)

    def has_data(self, name: str) -> bool:
        """Whether the site has a file among its newest data."""
        return LATEST + name in self.plan.files


def _by_plan(rows: Iterable[Row]) -> Mapping[str, tuple[Row, ...]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["plan_id"], []).append(row)
    return {plan: tuple(members) for plan, members in groups.items()}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a test counted."""

    met: int
    total: int
    notes: tuple[str, ...] = ()
    """Codes of list repository_notes: what is missing, what is not tested."""
    until: date | None = None
    """Last day of a promise that lapses."""

    @property
    def result(self) -> str:
        """Code of list repository_results: nothing counted is nothing tested."""
        if not self.total:
            return "not_testable"
        if self.met == self.total:
            return "met"
        return "partly" if self.met else "not_met"


Part = tuple[bool | Iterable[bool], str]
"""Something that must hold, or several, and the note that says that it does not (empty: none)."""


def counted(*parts: Part, notes: Iterable[str] = ()) -> Outcome:
    """Return how many of the parts hold, with a note for each kind that does not, and `notes` in any case."""
    met = total = 0
    missing: dict[str, None] = {}
    for held, note in parts:
        answers = (held,) if isinstance(held, bool) else tuple(held)
        met += sum(answers)
        total += len(answers)
        if note and not all(answers):
            missing[note] = None
    return Outcome(met, total, (*missing, *notes))


Test = Callable[[Ground, Record], Outcome]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement on an action-plan repository and how it is tested for a plan."""

    id: str
    origins: tuple[str, ...]
    """Codes of list repository_origins: where it is asked for."""
    test: Test

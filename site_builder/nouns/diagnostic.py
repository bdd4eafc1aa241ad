"""Owns what a mistake is: a value with a place, a rule name and arguments; refuses to know any wording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding weighs: an error blocks the build, the others are shown."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Location(NamedTuple):
    """A place in a file of the content tree."""

    file: str
    """Path from the project's root, with forward slashes."""
    line: int = 1
    """Line, counted from 1."""
    column: int = 1
    """Column in characters, counted from 1."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding; its words stand in the message catalogues under its name."""

    name: str
    """Kebab-case name of the rule."""
    location: Location
    arguments: tuple[tuple[str, str], ...] = ()
    """Values for the placeholders of the message, by name."""
    severity: Severity = Severity.ERROR
    record: str = ""
    """Full id of the record, where one is known."""
    field: str = ""
    """Key or column, where one is known."""
    suggestion: str = ""
    """What to write instead, where it can be told."""
    length: int = 1
    """Number of characters that the caret underlines."""
    introduced: bool | None = None
    """Whether the proposed change brought it; None where no change is judged."""

    @property
    def blocks(self) -> bool:
        """Whether it stops the build or the change: an error that was there before stops no change."""
        return self.severity is Severity.ERROR and self.introduced is not False

    def order(self) -> tuple[Location, str, tuple[tuple[str, str], ...]]:
        """Key that sorts findings by place, then by name."""
        return (self.location, self.name, self.arguments)


def found(  # noqa: PLR0913 - a finding has many parts, most of them left out
    name: str,
    location: Location,
    values: Iterable[tuple[str, object]] = (),
    /,
    *,
    severity: Severity = Severity.ERROR,
    record: str = "",
    field: str = "",
    suggestion: str = "",
    length: int = 1,
    **arguments: object,
) -> Diagnostic:
    """Return a finding; `values` and `arguments` fill the placeholders of its message."""
    words = tuple(sorted((key, str(value)) for key, value in (*values, *arguments.items())))
    return Diagnostic(name, location, words, severity, record, field, suggestion, max(1, length))


def in_order(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Return each finding once, sorted by place and name."""
    return sorted(set(diagnostics), key=Diagnostic.order)

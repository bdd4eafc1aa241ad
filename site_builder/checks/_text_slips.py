"""Owns what a slip in a text is, and the way from it to a finding at its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.checks._written_texts import Text
from site_builder.nouns.diagnostic import Diagnostic, Severity, found


@dataclass(frozen=True)
class Slip:
    """What is wrong in a text; without a start the whole text is."""

    name: str
    severity: Severity = Severity.WARNING
    start: int = -1
    written: str = ""
    suggestion: str = ""
    told: tuple[tuple[str, str], ...] = ()
    """More for the placeholders of the message."""


def findings(text: Text, slips: Iterator[Slip]) -> Iterator[Diagnostic]:
    """Yield the findings about a text, each at the word that is meant where the file tells its place."""
    for slip in slips:
        place, length = text.whole() if slip.start < 0 else text.part(slip.start, len(slip.written))
        yield found(
            slip.name,
            place,
            {"value": slip.written, **dict(slip.told)}.items(),
            severity=slip.severity,
            record=text.record,
            field=text.column,
            suggestion=slip.suggestion,
            length=length,
        )

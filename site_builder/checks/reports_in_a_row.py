"""Owns the doubt about a report that does not follow from the one before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from site_builder.checks._about import about
from site_builder.checks._told import OPEN, Told, told_of
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog

ROUNDS = 3
"""Reports that may not say the same in the same words."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield what was reopened or fell without a reason, what was done in one leap, and what is said again and again."""
    for reports in told_of(catalog).values():
        for before, told in pairwise([told for told in reports if told.means]):
            yield from _step(catalog, before, told)
        for before, told in pairwise([told for told in reports if told.item.get("progress_pct") is not None]):
            yield from _share(before, told)
        for code in catalog.codes:
            yield from _same_words(reports, f"note_{code}")


def _step(catalog: Catalog, before: Told, told: Told) -> Iterator[Diagnostic]:
    value, other = told.item.get("status"), before.item.get("status")
    if before.means == "done" and told.means in OPEN and not told.says("reason"):
        yield about("reopened-without-reason", told.item, "status", value=value, other=other, day=before.day)
    if before.means == "waiting" and told.means == "done" and not _is_shown(catalog, told):
        yield about(
            "done-in-one-leap",
            told.item,
            "status",
            severity=Severity.WARNING,
            value=value,
            other=other,
            day=before.day,
        )


def _is_shown(catalog: Catalog, told: Told) -> bool:
    """Whether a document, or somebody from outside, shows it; where there is no evidence at all that is told alone."""
    pieces = catalog.children(told.item, "evidence")
    return not pieces or any(
        piece.get("independent") or catalog.means("evidence_kinds", piece.get("kind")) == "document" for piece in pieces
    )


def _share(before: Told, told: Told) -> Iterator[Diagnostic]:
    value, other = told.item.get("progress_pct"), before.item.get("progress_pct")
    if value < other and not told.says("reason") and not (before.means == "done" and told.means in OPEN):
        yield about(
            "progress-fell",
            told.item,
            "progress_pct",
            severity=Severity.WARNING,
            value=value,
            other=other,
            day=before.day,
        )


def _same_words(reports: tuple[Told, ...], column: str) -> Iterator[Diagnostic]:
    """Yield the report with which the same words have been said so often that it is too many; each text once."""
    said: dict[str, int] = defaultdict(int)
    for told in reports:
        words = " ".join(str(told.item.get(column) or "").casefold().split())
        said[words] += bool(words)
        if words and said[words] == ROUNDS:
            yield about("same-words-again", told.item, column, severity=Severity.WARNING, count=ROUNDS)

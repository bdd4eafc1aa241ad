"""Owns the promise that what one report says of a promise agrees with itself."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks._about import about
from site_builder.checks._told import Told, told_of
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog

EXPLAINED_IN_WORDS = "other"
"""Code of the obstacle that only words can tell."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield items whose status, per cent, evidence, decision and obstacle contradict each other."""
    for reports in told_of(catalog).values():
        for told in reports:
            yield from _share(told)
            yield from _beginning(catalog, told)
            yield from _ending(told)
            if told.item.get("obstacle_code") == EXPLAINED_IN_WORDS and not told.says("obstacle"):
                yield about("obstacle-without-words", told.item, "obstacle_code")


def _share(told: Told) -> Iterator[Diagnostic]:
    share, status = told.item.get("progress_pct"), told.item.get("status")
    if told.means == "done" and share is not None and share < 100:
        yield about("done-below-hundred", told.item, "progress_pct", value=share, status=status)
    elif told.means in ("waiting", "open", "ended") and share == 100:
        yield about("hundred-not-done", told.item, "status", value=status)


def _beginning(catalog: Catalog, told: Told) -> Iterator[Diagnostic]:
    pieces = len(catalog.children(told.item, "evidence"))
    if told.means == "waiting" and pieces:
        yield about(
            "evidence-not-started",
            told.item,
            "status",
            severity=Severity.WARNING,
            value=told.item.get("status"),
            count=pieces,
        )


def _ending(told: Told) -> Iterator[Diagnostic]:
    """Yield that a promise was given up or handed on, and nobody is told by whom, why, or to what."""
    missing = [field for field in ("decision", "reason") if not told.says(field)]
    if told.means == "dropped" and missing:
        yield about("withdrawn-unexplained", told.item, "status", missing=" + ".join(f"{name}:" for name in missing))
    named = told.item.get("continued_in_id") or "continued_in" in told.item.spoiled
    if told.means == "continued" and not named:
        yield about("continued-nowhere", told.item, "status")

"""Owns the difference between a mistake that a change brought and one that was there before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from site_builder.nouns.diagnostic import Diagnostic

Identity = tuple[str, str, str, str, tuple[tuple[str, str], ...]]

COUNTED = frozenset({"count", "total", "named"})
"""Values of a finding that sums up many: how many, of how many, and the first of them."""


def marked(findings: Iterable[Diagnostic], before: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield findings, each with whether it is new; a finding that only moved to another line is an old one."""
    known: dict[Identity, list[int]] = {}
    for finding in before:
        known.setdefault(_identity(finding), []).append(_amount(finding))
    for counts in known.values():
        counts.sort()
    for finding in findings:
        counts = known.get(_identity(finding), [])
        is_old = bool(counts) and _amount(finding) <= counts[-1]
        if is_old:
            counts.pop()
        yield replace(finding, introduced=not is_old)


def _amount(finding: Diagnostic) -> int:
    """Return how many of something a finding tells; one that tells of less than before is no new one."""
    told = dict(finding.arguments).get("count", "")
    return int(told) if told.isdecimal() else 0


def _identity(finding: Diagnostic) -> Identity:
    """Return what stays the same of a finding while lines come and go above it."""
    counted = COUNTED if any(name == "count" for name, _ in finding.arguments) else frozenset()
    values = tuple(
        (name, value) for name, value in finding.arguments if not name.endswith("line") and name not in counted
    )
    return (finding.name, finding.location.file, finding.record, finding.field, values)

"""Owns the difference between a mistake that a change brought and one that was there before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from site_builder.nouns.diagnostic import Diagnostic

Identity = tuple[str, str, str, str, tuple[tuple[str, str], ...]]


def marked(findings: Iterable[Diagnostic], before: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield findings, each with whether it is new; a finding that only moved to another line is an old one."""
    known = Counter(map(_identity, before))
    for finding in findings:
        identity = _identity(finding)
        known[identity] -= 1
        yield replace(finding, introduced=known[identity] < 0)


def _identity(finding: Diagnostic) -> Identity:
    """Return what stays the same of a finding while lines come and go above it."""
    values = tuple((name, value) for name, value in finding.arguments if not name.endswith("line"))
    return (finding.name, finding.location.file, finding.record, finding.field, values)

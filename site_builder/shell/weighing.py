"""Owns what the formats of reports share: which finding comes first, by what it is known again, what may replace it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from site_builder.nouns.diagnostic import Diagnostic, Severity

_WEIGHT = {severity: place for place, severity in enumerate(Severity)}
_WORD = re.compile(r"[\w-]")
_WRITABLE = re.compile(r"[^\s\"'`{}\[\]#]+")
"""A replacement that needs no quotes wherever it is put."""


def by_weight(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return findings as they should be read: errors first; in each severity old debts come last."""
    return sorted(
        findings,
        key=lambda finding: (_WEIGHT[finding.severity], finding.introduced is False, finding.order()),
    )


def fingerprints(findings: Sequence[Diagnostic]) -> list[str]:
    """Return for each finding a name that stays when lines are added above it, and that no other finding has."""
    seen: Counter[str] = Counter()
    names = []
    for finding in findings:
        place = finding.location.file
        parts = (
            finding.name,
            place,
            finding.record,
            finding.field,
            *(part for pair in finding.arguments for part in pair),
        )
        same = "\0".join(parts)
        names.append(sha256(f"{same}\0{seen[same]}".encode("utf-8", "surrogatepass")).hexdigest())
        seen[same] += 1
    return names


def line_of(finding: Diagnostic, lines: Mapping[str, list[str]]) -> str:
    """Return the line that a finding points to, empty where it is not known."""
    text = lines.get(finding.location.file, [])
    number = finding.location.line
    return text[number - 1] if 0 < number <= len(text) else ""


def replacement(finding: Diagnostic, lines: Mapping[str, list[str]]) -> str:
    """Return what a machine may write over the characters that a finding underlines; empty where a person must.

    Only where the place holds exactly what the message quotes, and the new text needs no quotes around it.
    """
    if not _WRITABLE.fullmatch(finding.suggestion):
        return ""
    line, start = line_of(finding, lines), finding.location.column - 1
    there = line[start : start + finding.length]
    around = line[max(0, start - 1) : start] + line[start + finding.length : start + finding.length + 1]
    is_quoted = there in (value for _, value in finding.arguments)
    return finding.suggestion if is_quoted and there and not _WORD.search(around) else ""

"""For people at a terminal: place, severity, sentence, the line with a caret, the remedy."""

from __future__ import annotations

import unicodedata
from collections import Counter

from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.shell.reports import Report, visible

WIDTH = 110
"""Characters of a line that are shown around the place."""


def emit(report: Report) -> str:
    """Return what is to be mended, then the counts; of what a change found there, only how much it is."""
    blocks = [_finding(report, finding) for finding in report.to_mend]
    return "\n".join([*blocks, _summary(report)]) + "\n"


def _finding(report: Report, finding: Diagnostic) -> str:
    place = finding.location
    sentence = report.wording.message(finding, report.language)
    head = f"{visible(place.file)}:{place.line}:{place.column}: {report.severity(finding)}: {visible(sentence)}"
    remedy = report.wording.say("fix", report.language) + report.wording.hint(finding, report.language)
    return "\n".join([f"{head} [{finding.name}]", *_excerpt(report, finding), f"  {visible(remedy)}", ""])


def _excerpt(report: Report, finding: Diagnostic) -> list[str]:
    """Return the offending line with a caret below the place, cut to a readable width."""
    place = finding.location
    lines = report.lines.get(place.file, [])
    if not 0 < place.line <= len(lines):
        return []
    line = lines[place.line - 1].rstrip("\r\n")
    start = max(0, place.column - WIDTH // 2) if len(line) > WIDTH else 0
    shown = visible(line[start : start + WIDTH])
    column = max(0, place.column - 1 - start)
    marked = shown[column:][: finding.length]
    number = str(place.line)
    left, right = ("…" if start else ""), ("…" if start + WIDTH < len(line) else "")
    return [
        f"  {number} | {left}{shown}{right}",
        f"  {' ' * len(number)} | {' ' * (len(left) + _cells(shown[:column]))}{'^' * max(1, _cells(marked))}",
    ]


def _cells(text: str) -> int:
    """Return the cells of a terminal that a text fills."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def _summary(report: Report) -> str:
    fresh = report.to_mend
    counts = Counter(finding.severity for finding in fresh)
    old = len(report.findings) - len(fresh)
    told = [report.wording.say("summary.before", report.language, count=old)] if old else []
    if not counts:
        clean = "summary.nothing_new" if old else "summary.clean"
        return " ".join([report.wording.say(clean, report.language), *told])
    names = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTICE: "notices"}
    sums = ", ".join(
        report.wording.say(f"summary.{name}", report.language, count=counts[severity])
        for severity, name in names.items()
        if counts[severity]
    )
    return "\n".join([sums, *told])

"""For GitHub Actions: workflow commands that become annotations at file and line, as many as the host shows."""

from __future__ import annotations

from itertools import groupby

from site_builder.nouns.diagnostic import Diagnostic
from site_builder.shell.reports import Report, visible
from site_builder.shell.weighing import by_weight

SHOWN = 10
"""Annotations of a severity that the host keeps of one step; the first ones, so the weightiest come first."""


def emit(report: Report) -> str:
    """Return a workflow command for each of the first findings of every severity; how many there are beside them."""
    lines: list[str] = []
    left = 0
    for _, findings in groupby(by_weight(report.findings), key=lambda finding: finding.severity):
        told = list(findings)
        lines += (_command(report, finding) for finding in told[:SHOWN])
        left += len(told[SHOWN:])
    if left:
        lines.append(f"{report.wording.say('report.in_summary', report.language, count=left)}\n")
    return "".join(lines)


def _command(report: Report, finding: Diagnostic) -> str:
    place = finding.location
    debt = f" · {report.severity(finding)}" if finding.introduced is False else ""
    text = f"{report.message(finding)}\n{report.remedy(finding)}"
    return (
        f"::{finding.severity} file={_property(visible(place.file))},line={place.line},col={place.column},"
        f"title={_property(finding.name + debt)}::{_data(text)}\n"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

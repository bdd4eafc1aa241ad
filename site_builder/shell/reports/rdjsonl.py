"""For reviewdog: one JSON object a line in its Diagnostic Format; columns count bytes, what to write is suggested."""

from __future__ import annotations

import json
from typing import Any

from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.shell.reports import Report, visible
from site_builder.shell.weighing import by_weight, line_of, replacement

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTICE: "INFO"}


def emit(report: Report) -> str:
    """Return a line a finding."""
    return "".join(
        json.dumps(_diagnostic(report, finding), ensure_ascii=False) + "\n" for finding in by_weight(report.findings)
    )


def _diagnostic(report: Report, finding: Diagnostic) -> dict[str, Any]:
    text = f"{report.message(finding)}\n{report.remedy(finding)}"
    place = _range(report, finding)
    row: dict[str, Any] = {
        "message": text,
        "location": {"path": visible(finding.location.file), "range": place},
        "severity": SEVERITIES[finding.severity],
        "source": {"name": "open-action-plan"},
        "code": {"value": finding.name},
    }
    if page := report.pages.get((finding.name, report.language)):
        row["code"]["url"] = page
    if new := replacement(finding, report.lines):
        row["suggestions"] = [{"range": place, "text": new}]
    return row


def _range(report: Report, finding: Diagnostic) -> dict[str, Any]:
    """Return the characters that are underlined; the end stands after the last one."""
    line, start = line_of(finding, report.lines), finding.location.column - 1
    ends = {"start": _bytes(line[:start]), "end": _bytes(line[: start + finding.length])}
    return {name: {"line": finding.location.line, "column": 1 + count} for name, count in ends.items()}


def _bytes(text: str) -> int:
    return len(text.encode("utf-8"))

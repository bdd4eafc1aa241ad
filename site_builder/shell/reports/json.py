"""For programs: one JSON array with message and hint in every language."""

from __future__ import annotations

import json

from site_builder.shell.reports import Report


def emit(report: Report) -> str:
    """Return the findings as one JSON array."""
    wording = report.wording
    rows = [
        {
            "name": finding.name,
            "severity": str(finding.severity),
            "file": finding.location.file,
            "line": finding.location.line,
            "column": finding.location.column,
            "record": finding.record,
            "field": finding.field,
            "message": {language: wording.message(finding, language) for language in wording.languages},
            "hint": {language: wording.hint(finding, language) for language in wording.languages},
        }
        for finding in report.findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"

"""For programs: one JSON array with message and hint in every language."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.wording import Wording
from site_builder.shell.reports import Report


def emit(report: Report) -> str:
    """Return the findings as one JSON array."""
    rows = [finding_row(finding, report.wording, report.wording.languages) for finding in report.findings]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def finding_row(finding: Diagnostic, wording: Wording, languages: Iterable[str]) -> dict[str, Any]:
    """Return a finding as programs read it, with its words in some languages."""
    spoken = tuple(languages)
    return {
        "name": finding.name,
        "severity": str(finding.severity),
        "file": finding.location.file,
        "line": finding.location.line,
        "column": finding.location.column,
        "record": finding.record,
        "field": finding.field,
        "message": {language: wording.message(finding, language) for language in spoken},
        "hint": {language: wording.hint(finding, language) for language in spoken},
    }

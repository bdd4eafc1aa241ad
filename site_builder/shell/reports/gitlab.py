"""For GitLab's code quality report: one JSON array in the part of the Code Climate format that GitLab reads."""

from __future__ import annotations

import json

from site_builder.nouns.diagnostic import Severity
from site_builder.shell.reports import Report, visible
from site_builder.shell.weighing import by_weight, fingerprints

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTICE: "info"}


def emit(report: Report) -> str:
    """Return the findings as one JSON array; GitLab itself tells by the fingerprints which of them are new."""
    findings = by_weight(report.findings)
    rows = [
        {
            "description": f"{report.message(finding)} {report.remedy(finding)}",
            "check_name": finding.name,
            "fingerprint": name,
            "severity": SEVERITIES[finding.severity],
            "location": {"path": visible(finding.location.file), "lines": {"begin": finding.location.line}},
        }
        for finding, name in zip(findings, fingerprints(findings), strict=True)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"

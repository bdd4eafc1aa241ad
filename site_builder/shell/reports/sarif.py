"""For code scanning: SARIF 2.1.0."""

from __future__ import annotations

import json
from urllib.parse import quote

from site_builder import __version__
from site_builder.nouns.diagnostic import Severity
from site_builder.shell.reports import Report

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def emit(report: Report) -> str:
    """Return one SARIF run with a result a finding."""
    names = sorted({finding.name for finding in report.findings})
    results = [
        {
            "ruleId": finding.name,
            "level": LEVELS[finding.severity],
            "message": {
                "text": f"{report.wording.message(finding, report.language)} "
                f"{report.wording.hint(finding, report.language)}"
            },
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(finding.location.file)},
                        "region": {
                            "startLine": finding.location.line,
                            "startColumn": finding.location.column,
                        },
                    }
                }
            ],
        }
        for finding in report.findings
    ]
    driver = {"name": "open-action-plan", "version": __version__, "rules": [{"id": name} for name in names]}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"

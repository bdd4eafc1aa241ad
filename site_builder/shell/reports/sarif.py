"""For code scanning: SARIF 2.1.0, each rule with what it says and how it is mended in every language."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from site_builder import __version__
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.shell.reports import Report
from site_builder.shell.weighing import by_weight, fingerprints, replacement

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def emit(report: Report) -> str:
    """Return one SARIF run with a result a finding."""
    findings = by_weight(report.findings)
    names = sorted({finding.name for finding in findings})
    places = {name: place for place, name in enumerate(names)}
    results = [
        {
            "ruleId": finding.name,
            "ruleIndex": places[finding.name],
            "level": LEVELS[finding.severity],
            "message": {"text": f"{report.message(finding)} {report.remedy(finding)}"},
            "locations": [{"physicalLocation": {"artifactLocation": _artifact(finding), "region": _region(finding)}}],
            "partialFingerprints": {"findingHash/v1": fingerprint},
            **_fixes(report, finding),
            **_baseline(finding),
        }
        for finding, fingerprint in zip(findings, fingerprints(findings), strict=True)
    ]
    driver = {"name": "open-action-plan", "version": __version__, "rules": [_rule(report, name) for name in names]}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(report: Report, name: str) -> dict[str, Any]:
    """Return what a rule says whatever it finds, and why it is there; names in ‹› stand for what it will quote."""
    wording = report.wording
    if name not in wording.rules:
        return {"id": name}
    why = wording.rulebook.rules[name].why if name in wording.rulebook.rules else {}
    told = {
        part: [wording.template(name, language, part=part) for language in wording.languages]
        for part in ("message", "hint")
    }
    page = report.pages.get((name, report.language))
    return {
        "id": name,
        **({"helpUri": page} if page else {}),
        "shortDescription": {"text": wording.template(name, report.language)},
        "fullDescription": {"text": "\n".join([*told["message"], *why.values()])},
        "help": {"text": "\n".join(told["hint"])},
    }


def _artifact(finding: Diagnostic) -> dict[str, str]:
    return {"uri": quote(finding.location.file)}


def _region(finding: Diagnostic) -> dict[str, int]:
    place = finding.location
    return {"startLine": place.line, "startColumn": place.column, "endColumn": place.column + finding.length}


def _fixes(report: Report, finding: Diagnostic) -> dict[str, Any]:
    """Return the replacement that a machine may make, where there is one."""
    new = replacement(finding, report.lines)
    if not new:
        return {}
    replaced = {"deletedRegion": _region(finding), "insertedContent": {"text": new}}
    return {"fixes": [{"artifactChanges": [{"artifactLocation": _artifact(finding), "replacements": [replaced]}]}]}


def _baseline(finding: Diagnostic) -> dict[str, str]:
    return {} if finding.introduced is None else {"baselineState": "new" if finding.introduced else "unchanged"}

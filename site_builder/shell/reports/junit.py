"""For whatever shows test results: JUnit XML, a test case a rule, and one for each file in which it was broken."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from site_builder.nouns.diagnostic import Diagnostic
from site_builder.shell.reports import Report, visible
from site_builder.shell.weighing import by_weight

SUITE = "content"


def emit(report: Report) -> str:
    """Return one suite; a case fails for errors that block, what only is a warning or a notice stands in its output."""
    broken: dict[tuple[str, str], list[Diagnostic]] = {}
    for finding in by_weight(report.findings):
        broken.setdefault((finding.name, visible(finding.location.file)), []).append(finding)
    failing = {key for key, findings in broken.items() if any(finding.blocks for finding in findings)}
    kept = sorted(report.wording.rules - {name for name, _ in broken})
    cases = [
        *(_case(report, key, findings, fails=key in failing) for key, findings in sorted(broken.items())),
        *(f"  <testcase name={quoteattr(name)} classname={quoteattr(SUITE)}/>\n" for name in kept),
    ]
    counts = f'tests="{len(cases)}" failures="{len(failing)}" errors="0"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites {counts}>\n <testsuite name="{SUITE}" {counts}>\n{"".join(cases)} </testsuite>\n</testsuites>\n'
    )


def _case(report: Report, key: tuple[str, str], findings: list[Diagnostic], *, fails: bool) -> str:
    name, file = (quoteattr(part) for part in key)
    first = quoteattr(report.message(findings[0]))
    text = escape("".join(_lines(report, findings)))
    inside = f'<failure type="error" message={first}>{text}</failure>' if fails else f"<system-out>{text}</system-out>"
    return f"  <testcase name={name} classname={file}>{inside}</testcase>\n"


def _lines(report: Report, findings: Iterable[Diagnostic]) -> Iterable[str]:
    for finding in findings:
        place = finding.location
        severity = report.severity(finding)
        yield f"{visible(place.file)}:{place.line}:{place.column}: {severity}: {report.message(finding)}\n"
        yield f"  {report.remedy(finding)}\n"

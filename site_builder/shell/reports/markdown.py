"""For the summary of a pull request: Markdown that says PASSED or NOT YET, then every finding, in each language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.shell.quoted import quoted
from site_builder.shell.reports import Report
from site_builder.shell.weighing import by_weight

MOST = 200
"""Findings of a severity that are told in each language: a summary that is too long is not shown at all."""
_COUNTED = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTICE: "notices"}


def emit(report: Report) -> str:
    """Return the verdict in one line, then a section a language."""
    verdict = "report.not_yet" if any(finding.blocks for finding in report.findings) else "report.passed"
    title = " · ".join(report.wording.say(verdict, language) for language in report.wording.languages)
    sections = "---\n\n".join("".join(_section(report, language)) for language in report.wording.languages)
    return f"# {title}\n\n{sections}"


def _section(report: Report, language: str) -> Iterator[str]:
    yield f"{_sum(report, language)}\n\n"
    for severity, findings in groupby(by_weight(report.findings), key=lambda finding: finding.severity):
        told = list(findings)
        yield f"## {report.wording.say(f'report.{_COUNTED[severity]}', language)}\n\n"
        yield from (_item(report, finding, language) for finding in told[:MOST])
        if len(told) > MOST:
            yield f"- {report.wording.say('report.more', language, count=len(told) - MOST)}\n"
        yield "\n"


def _sum(report: Report, language: str) -> str:
    counts = Counter(finding.severity for finding in report.findings)
    parts = [
        report.wording.say(f"summary.{name}", language, count=counts[severity])
        for severity, name in _COUNTED.items()
        if counts[severity]
    ]
    sentences = [f"{', '.join(parts)}." if parts else report.wording.say("summary.clean", language)]
    if old := sum(finding.introduced is False for finding in report.findings):
        sentences.append(report.wording.say("report.old", language, count=old))
    if report.waived:
        sentences.append(report.wording.say("report.waived", language, count=report.waived))
    return " ".join(sentences)


def _item(report: Report, finding: Diagnostic, language: str) -> str:
    place = finding.location
    shown = quoted(f"{place.file}:{place.line}:{place.column}".replace("`", "'"))
    sentence = quoted(report.wording.message(finding, language))
    remedy = quoted(report.wording.say("fix", language) + report.wording.hint(finding, language))
    # on one line: whatever a sentence begins with, no list and no heading begins there
    page = report.pages.get((finding.name, language))
    rule = f"[<code>{finding.name}</code>]({page})" if page else f"<code>{finding.name}</code>"
    debt = f" · {report.severity(finding, language)}" if finding.introduced is False else ""
    return f"- <code>{shown}</code> {rule}{debt}<br>{sentence}<br>{remedy}\n"

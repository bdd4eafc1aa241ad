"""For GitHub Actions: workflow commands that become annotations at file and line."""

from __future__ import annotations

from site_builder.shell.reports import Report, visible


def emit(report: Report) -> str:
    """Return a workflow command a finding."""
    lines = []
    for finding in report.findings:
        place = finding.location
        text = (
            f"{visible(report.wording.message(finding, report.language))}\n"
            f"{report.wording.say('fix', report.language)}{visible(report.wording.hint(finding, report.language))}"
        )
        lines.append(
            f"::{finding.severity} file={_property(visible(place.file))},line={place.line},col={place.column},"
            f"title={_property(finding.name)}::{_data(text)}\n"
        )
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

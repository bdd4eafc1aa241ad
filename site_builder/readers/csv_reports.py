"""Owns how much is said of one file: a mistake that runs through 200,000 rows is one mistake."""

from __future__ import annotations

from dataclasses import dataclass, field

from site_builder.nouns.diagnostic import Diagnostic, found

SHOWN = 5
"""Findings of one kind in one column that are shown; of the others their number."""


@dataclass
class Reports:
    """What is said of a file: of one kind in one column only the first findings, then how many more there are."""

    findings: list[Diagnostic]
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    first_left_out: dict[tuple[str, str], Diagnostic] = field(default_factory=dict)

    def add(self, finding: Diagnostic) -> None:
        """Report a finding, or count it."""
        key = (finding.name, finding.field)
        count = self.counts[key] = self.counts.get(key, 0) + 1
        if count <= SHOWN:
            self.findings.append(finding)
        else:
            self.first_left_out.setdefault(key, finding)

    def close(self) -> None:
        """Report how many were left out."""
        for key, first in self.first_left_out.items():
            told = {"rule": key[0], "count": self.counts[key] - SHOWN}
            self.findings.append(
                found("more-of-the-same", first.location, told.items(), severity=first.severity, field=key[1])
            )

"""Owns the findings as rows that can be published: what stands, what is waived and for which reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from site_builder.nouns.derived import Row
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.record import Catalog
from site_builder.nouns.wording import Wording


@dataclass(frozen=True)
class Told:
    """The findings of a run and the words for them."""

    standing: tuple[Diagnostic, ...]
    waived: tuple[Diagnostic, ...]
    wording: Wording
    folders: tuple[tuple[str, str], ...] = ()
    """Beginnings of file names, and what is published in their place."""


def finding_rows(told: Told, catalog: Catalog, as_of: date) -> Iterator[Row]:
    """Yield a row a finding, those that stand first; a language that the program does not speak stays empty."""
    reasons = {(row.get("rule"), row.get("record")): row for row in catalog.rows("waivers")}
    found = [("standing", item) for item in told.standing] + [("waived", item) for item in told.waived]
    spoken = [code for code in catalog.codes if code in told.wording.languages]
    for number, (state, finding) in enumerate(found, 1):
        waiver = reasons.get((finding.name, finding.record)) if state == "waived" else None
        yield {
            "finding_id": number,
            "state": state,
            "rule": finding.name,
            "severity": str(finding.severity),
            "file": _published(finding.location.file, told),
            "line": finding.location.line,
            "column_number": finding.location.column,
            "record_id": finding.record or None,
            "field": finding.field or None,
            **{f"message_{code}": told.wording.message(finding, code) for code in spoken},
            **{f"hint_{code}": told.wording.hint(finding, code) for code in spoken},
            **{f"reason_{code}": waiver.get(f"reason_{code}") if waiver else None for code in catalog.codes},
            "as_of": as_of,
        }


def _published(file: str, told: Told) -> str:
    for begins, stands in told.folders:
        if file.startswith(begins):
            return stands + file.removeprefix(begins)
    return file

"""Owns the findings as rows that can be published: what stands, what is waived and for which reason."""

from __future__ import annotations

from collections import Counter
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


def finding_rows(told: Told, catalog: Catalog, as_of: date) -> list[Row]:
    """Return a row a finding, sorted by id; a language that the program does not speak stays empty."""
    return sorted(_rows(told, catalog, as_of), key=lambda row: str(row["finding_id"]))


def _rows(told: Told, catalog: Catalog, as_of: date) -> Iterator[Row]:
    seen: Counter[str] = Counter()
    reasons = {(row.get("rule"), row.get("record")): row for row in catalog.rows("waivers")}
    found = [("standing", item) for item in told.standing] + [("waived", item) for item in told.waived]
    spoken = [code for code in catalog.codes if code in told.wording.languages]
    for state, finding in found:
        waiver = reasons.get((finding.name, finding.record)) if state == "waived" else None
        yield {
            "finding_id": _id(finding, _published(finding.location.file, told), seen),
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


def _id(finding: Diagnostic, file: str, seen: Counter[str]) -> str:
    """Return an id that is the same in the next release: a new finding before this one must not move it."""
    name = "/".join(filter(None, (finding.name, finding.record or file, finding.field)))
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}/{seen[name]}"


def _published(file: str, told: Told) -> str:
    for begins, stands in told.folders:
        if file.startswith(begins):
            return stands + file.removeprefix(begins)
    return file

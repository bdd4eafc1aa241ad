"""Owns what the government and the independent reviewers say of the same commitment, side by side; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from site_builder.derive.completion import newest_coding
from site_builder.derive.reports import Reports
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Catalog


def comparison_rows(
    catalog: Catalog, summaries: Iterable[Row], own_levels: Iterable[Row], reports: Reports, as_of: date
) -> Iterator[Row]:
    """Yield a row a commitment.

    `own_levels` are rows of self_assessment. Both scales are put side by side by the column `level` of their code
    lists: what has no level there, such as "no evidence available", is compared with nothing.
    """
    by_commitment = {row["commitment_id"]: row["completion_level"] for row in own_levels}
    ours, theirs = levels(catalog, "self_assessment_levels"), levels(catalog, "completions")
    assessors = [f"assessor_{code}" for code in catalog.codes]
    named = {level: code for code, level in theirs.items()}
    for row in summaries:
        commitment = row["commitment_id"]
        update = reports.newest_update.get(commitment)
        assessment = catalog.find("assessments", row["irm_assessment_id"] or "")
        coding = newest_coding(catalog, commitment, by_government=True)
        said, found = ours.get(by_commitment[commitment]), theirs.get(row["irm_completion"])
        yield {
            "commitment_id": commitment,
            "plan_id": row["plan_id"],
            "as_of": as_of,
            "government_status": row["government_status"],
            "government_status_basis": row["government_status_basis"],
            "government_completion": named.get(said) if said is not None else None,
            "reported_on": row["reported_on"],
            "reporting_organisation_id": update.get("organisation_id") if update else None,
            "own_completion": coding.get("completion") if coding else None,
            "own_assessment_id": coding.get("assessment_id") if coding else None,
            "irm_completion": row["irm_completion"],
            "irm_assessment_id": row["irm_assessment_id"],
            **{name: assessment.get(name) if assessment else None for name in assessors},
            "completion_gap": said - found if said is not None and found is not None else None,
        }


def levels(catalog: Catalog, codelist: str) -> Mapping[str, int]:
    """Return the place of each code on the scale of completion, without those that have none."""
    codes = catalog.codes_of.get(codelist, ())
    return {record.get("code"): record.get("level") for record in codes if record.get("level") is not None}

"""Owns what independent reviewers found on completion: of a commitment, and of a plan by level with its gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.date_forms import first_day

LEVELS = ("complete", "substantial", "limited", "not_started", "no_evidence")
"""OGP's completion scale."""
STATED = {
    "complete_count": "complete",
    "substantial_count": "substantial",
    "substantially_or_fully_completed": "substantial_or_complete",
    "limited_count": "limited",
    "not_started_count": "not_started",
    "no_evidence_count": "no_evidence",
}
"""Measures of a plan as a whole that say how many commitments stand at a level."""
NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class _Stated:
    """How many commitments an assessment of the whole plan puts at a level."""

    count: int
    total: int
    assessment: str


def newest_coding(catalog: Catalog, commitment: str, *, by_government: bool = False) -> Record | None:
    """Return the newest finding that codes the completion of a commitment.

    Independent reviewers and the government about itself are never mixed.
    """
    found: list[tuple[date, str, Record]] = []
    for finding in catalog.referring("assessment_findings", "commitment_id", commitment):
        assessment = catalog.find("assessments", finding.get("assessment_id"))
        if finding.get("completion") and assessment and (assessment.get("kind") == "self") is by_government:
            found.append((_published(assessment), finding.id, finding))
    return max(found)[2] if found else None


def plan_completion(catalog: Catalog, commitments: Iterable[Row], as_of: date) -> Iterator[Row]:
    """Yield, for each plan, how many commitments stand at which level: as stated for the plan, and as counted.

    `commitments` are rows of commitment_summary. The two are never merged. What is neither stated nor coded is a
    row of its own, not_known; a count of 0 stands only where it is stated or where every commitment is coded.
    """
    by_plan: dict[str, list[Row]] = {}
    for row in commitments:
        by_plan.setdefault(row["plan_id"], []).append(row)
    for plan in catalog.rows("plans"):
        total = max(plan.get("commitment_count") or 0, len(by_plan.get(plan.id, ())))
        rows = [*_as_stated(catalog, plan, total), *_as_counted(by_plan.get(plan.id, ()), total)]
        # where a report on the whole plan is all there is, codings that nobody made are no second line
        told = {row["basis"] for row in rows if row["completion"] != NOT_KNOWN}
        for row in sorted(rows, key=lambda row: (row["basis"], row["completion"])):
            if row["basis"] in told or not told:
                yield {"plan_id": plan.id, "as_of": as_of, **row}


def _as_stated(catalog: Catalog, plan: Record, total: int) -> list[Row]:
    stated = _newest_stated(catalog, plan, total)
    if not stated:
        return []
    whole = max(item.total for item in stated.values())
    if {"complete", "substantial"} <= stated.keys():
        twice = {"substantial_or_complete"}
    else:
        twice = {"complete", "substantial"} if "substantial_or_complete" in stated else set()
    gap = whole - sum(item.count for level, item in stated.items() if level not in twice)
    rows = [_row("stated", level, item.count, item.total, item.assessment) for level, item in stated.items()]
    return [*rows, _row("stated", NOT_KNOWN, gap, whole, None)] if gap > 0 else rows


def _newest_stated(catalog: Catalog, plan: Record, total: int) -> Mapping[str, _Stated]:
    """Return the newest statement on each level, in the order of STATED."""
    found: dict[str, _Stated] = {}
    for assessment in sorted(
        catalog.referring("assessments", "plan_id", plan.id), key=lambda record: (_published(record), record.id)
    ):
        for finding in catalog.children(assessment, "plan_findings"):
            level, value = STATED.get(finding.get("measure")), finding.get("value")
            whole = finding.get("out_of") or total
            if level and value is not None and value >= 0 and whole and assessment.get("kind") != "self":
                found[level] = _Stated(int(value), max(whole, int(value)), assessment.id)
    return {level: found[level] for level in STATED.values() if level in found}


def _as_counted(commitments: Sequence[Row], total: int) -> list[Row]:
    codings: dict[str, list[str]] = {}
    for row in commitments:
        if row["irm_completion"]:
            codings.setdefault(row["irm_completion"], []).append(row["irm_assessment_id"])
    counts = Counter({level: len(made) for level, made in codings.items()})
    gap = total - counts.total()
    rows = []
    for level in LEVELS:
        made = set(codings.get(level, ()))
        if made or (total and not gap):
            rows.append(_row("counted", level, counts[level], total, made.pop() if len(made) == 1 else None))
    return [*rows, _row("counted", NOT_KNOWN, gap, total, None)] if gap > 0 else rows


def _row(basis: str, level: str, count: int, total: int, assessment: str | None) -> Row:
    return {"basis": basis, "completion": level, "count": count, "total": total, "assessment_id": assessment}


def _published(assessment: Record) -> date:
    published = assessment.get("published_on")
    return first_day(published) if published else date.min

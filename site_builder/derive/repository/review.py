"""Requirements on review: the self-assessment, the findings of the reviewers, the packs of evidence for them."""

from __future__ import annotations

from site_builder.derive.repository._ground import Ground, Outcome, Requirement, counted
from site_builder.nouns.record import Record


def self_assessment(ground: Ground, plan: Record) -> Outcome:
    """C11: the page in each language, and a status reported by the government for every commitment on it."""
    rows = ground.summaries.get(plan.id, ())
    return counted(
        (ground.pages("self-assessment", plan.id), "page_missing"),
        ([row["government_status"] is not None for row in rows], "status_missing_commitments"),
    )


def reviewers(ground: Ground, plan: Record) -> Outcome:
    """C12: every report of reviewers with a link, and a completion coded by reviewers for every commitment."""
    catalog = ground.catalog
    reports = [row for row in catalog.referring("assessments", "plan_id", plan.id) if row.get("kind") != "self"]
    linked = [
        bool(source and source.get("url"))
        for source in (catalog.find("sources", row.get("source_id") or "") for row in reports)
    ]
    coded = [row["irm_completion"] is not None for row in ground.summaries.get(plan.id, ())]
    return counted(
        (linked or [False], "review_link_missing" if reports else "review_missing"),
        (coded, "completion_missing"),
    )


def packs(ground: Ground, plan: Record) -> Outcome:
    """C19: a pack of evidence for every commitment, and one table of everything."""
    commitments = ground.catalog.referring("commitments", "plan_id", plan.id)
    return counted(
        ([ground.has_data(f"packs/{record.id}.zip") for record in commitments], "pack_missing"),
        (ground.has_data("overview.csv"), "package_missing"),
    )


REQUIREMENTS = (
    Requirement("c11", ("template",), self_assessment),
    Requirement("c12", ("standard_2_2",), reviewers),
    Requirement("c19", ("desk_research",), packs),
)

"""Requirements on the plan as adopted: its text, every commitment with what the form asks for, its amendments."""

from __future__ import annotations

from site_builder.derive.completeness import QUESTIONS
from site_builder.derive.repository._ground import Ground, Outcome, Requirement, counted
from site_builder.nouns.record import Record


def adopted_plan(ground: Ground, plan: Record) -> Outcome:
    """C2: the adopted text in each language, day and decision, the original, the plan's page at OGP."""
    documents = [
        record
        for record in ground.catalog.referring("documents", "plan_id", plan.id)
        if record.get("kind") == "adopted_plan"
    ]
    languages = {record.get("language") for record in documents}
    return counted(
        ([code in languages for code in ground.catalog.codes], "adopted_text_missing"),
        (any(record.get("url") for record in documents), "original_missing"),
        (plan.get("adopted_on") is not None, "adoption_day_missing"),
        (bool(ground.catalog.text(plan, "adopted_by")), "decision_missing"),
        (plan.get("ogp_url") is not None, "ogp_page_missing"),
    )


def commitment_pages(ground: Ground, plan: Record) -> Outcome:
    """C3: facts that the form asks for, over all commitments of the plan; those without a page count as missing."""
    rows = ground.summaries.get(plan.id, ())
    shown = [row for row in rows if all(ground.pages("commitment", row["commitment_id"]))]
    stated = plan.get("commitment_count") or len(rows)
    known = sum(row["fact_stated_count"] + row["fact_none_count"] for row in shown)
    notes = [] if rows else ["no_commitments"]
    if rows and len(shown) < max(stated, len(rows)):
        notes.append("commitments_not_recorded")
    if known < sum(row["fact_count"] for row in shown):
        notes.append("facts_missing")
    return Outcome(known, max(stated, len(rows)) * len(QUESTIONS), tuple(notes))


def amendments(ground: Ground, plan: Record) -> Outcome:
    """C13: each amendment says what, when and by whose decision; each moved deadline keeps the old day and a reason."""
    catalog = ground.catalog
    records = catalog.referring("amendments", "plan_id", plan.id)
    moves = [
        move
        for row in ground.schedules.get(plan.id, ())
        for move in catalog.referring("date_changes", "milestone_id", row["milestone_id"])
    ]
    return counted(
        ([bool(catalog.text(record, "text")) for record in records], "amendment_text_missing"),
        ([record.get("dated_on") is not None for record in records], "amendment_day_missing"),
        ([bool(catalog.text(record, "decision")) for record in records], "amendment_decision_missing"),
        ([bool(catalog.text(move, "decision")) for move in moves], "move_decision_missing"),
        ([bool(catalog.text(move, "reason")) for move in moves], "move_reason_missing"),
        notes=() if records or moves else ("no_amendment",),
    )


REQUIREMENTS = (
    Requirement("c02", ("standard_2_1",), adopted_plan),
    Requirement("c03", ("template",), commitment_pages),
    Requirement("c13", ("living_document",), amendments),
)

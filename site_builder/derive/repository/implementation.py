"""Requirements on what became of the promises: milestones, evidence, updates at least every six months."""

from __future__ import annotations

from datetime import date

from site_builder.derive.repository._ground import Ground, Outcome, Requirement, counted
from site_builder.nouns.record import Record


def milestones(ground: Ground, plan: Record) -> Outcome:
    """C4: start, deadline, reported status, who is in charge and evidence of every milestone."""
    catalog, rows = ground.catalog, ground.schedules.get(plan.id, ())
    led = {row.get("commitment_id") for row in catalog.rows("commitment_organisations") if row.get("role") == "lead"}
    records = catalog.by_id["milestones"]
    if not rows:
        return Outcome(0, 0, ("no_milestones",))
    return counted(
        ([records[row["milestone_id"]].get("start_date") is not None for row in rows], "start_missing"),
        ([row["due_current"] is not None for row in rows], "due_missing"),
        ([row["official_status"] is not None for row in rows], "status_missing"),
        ([row["commitment_id"] in led for row in rows], "lead_missing"),
        ([row["evidence_count"] > 0 for row in rows], "evidence_missing"),
    )


def evidence(ground: Ground, plan: Record) -> Outcome:
    """C5: milestones, without those withdrawn, with evidence that is dated and has an archived copy or a checksum."""
    catalog = ground.catalog
    wanted = [row["milestone_id"] for row in ground.schedules.get(plan.id, ()) if row["schedule_status"] != "withdrawn"]
    if not wanted:
        return Outcome(0, 0, ("no_milestones",))
    met, notes = 0, dict[str, None]()
    for milestone in wanted:
        proofs = [
            proof
            for item in catalog.referring("update_items", "milestone_id", milestone)
            for proof in catalog.children(item, "evidence")
        ]
        kept = [proof for proof in proofs if proof.get("archived_url") or proof.get("sha256")]
        if not proofs:
            notes["evidence_missing"] = None
        elif not kept:
            notes["evidence_not_kept"] = None
        elif not any(proof.get("dated_on") for proof in kept):
            notes["evidence_undated"] = None
        else:
            met += 1
    return Outcome(met, len(wanted), tuple(notes))


def six_months(ground: Ground, plan: Record) -> Outcome:
    """C8: commitments whose newest report, be it that nothing changed, is at most 183 days old."""
    rows = ground.freshness.get(plan.id, ())
    if not rows:
        return Outcome(0, 0, ("no_commitments",))
    notes = []
    if any(row["updated_on"] is None for row in rows):
        notes.append("never_reported" if all(row["updated_on"] is None for row in rows) else "some_never_reported")
    if any(row["updated_on"] is not None and not row["is_fresh"] for row in rows):
        notes.append("reports_old")
    if any(row["ended"] for row in ground.derived.tables["plan_summary"] if row["plan_id"] == plan.id):
        notes.append("plan_ended")
    return Outcome(sum(row["is_fresh"] for row in rows), len(rows), tuple(notes), _until(ground, plan))


def _until(ground: Ground, plan: Record) -> date | None:
    """Return the last day on which every commitment has a fresh report; None where one has none at all."""
    days = [row["fresh_until"] for row in ground.freshness.get(plan.id, ())]
    return min(days) if days and None not in days else None


def meter(ground: Ground, plan: Record) -> Outcome:
    """C9: the page that says until when the repository is up to date stands in each language."""
    until = _until(ground, plan)
    outcome = counted((ground.pages("compliance"), "page_missing"))
    late = () if until and until >= ground.as_of else ("meter_lapsed" if until else "meter_never",)
    return Outcome(outcome.met, outcome.total, (*outcome.notes, *late), until)


REQUIREMENTS = (
    Requirement("c04", ("standard_2_2",), milestones),
    Requirement("c05", ("standard_2_2", "principle_2"), evidence),
    Requirement("c08", ("standard_2_2", "principle_3"), six_months),
    Requirement("c09", ("standard_2_2",), meter),
)

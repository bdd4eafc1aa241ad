"""Owns the computed tables: one row a milestone, commitment, organisation and plan on the as-of day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from site_builder.derive.adopted_wording import fingerprint
from site_builder.derive.comparison import comparison_rows
from site_builder.derive.completeness import answer_counts, answers
from site_builder.derive.completion import newest_coding, plan_completion
from site_builder.derive.counts import MILESTONE_COUNTS, count_milestones
from site_builder.derive.evidence import NO_PROOF, Proof, proofs_of
from site_builder.derive.framework_reports import Ground, report_tables
from site_builder.derive.freshness import freshness_rows
from site_builder.derive.happenings import happening_rows
from site_builder.derive.milestone_state import milestone_states
from site_builder.derive.moves import Move, moves_of
from site_builder.derive.organisations import organisation_rows
from site_builder.derive.overview import overview_rows
from site_builder.derive.reports import Reports, newest_reports, status_from_milestones, told_done_on
from site_builder.derive.rounds import round_rows
from site_builder.derive.schedule import Deadline, days_over_baseline, days_overdue, schedule_status
from site_builder.derive.self_assessment import self_assessment_rows
from site_builder.derive.translation import provenance_counts, translation_counts, translation_rows
from site_builder.nouns.derived import Derived, Row
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.date_forms import last_day

FACTS = ("fact_count", "fact_stated_count", "fact_none_count", "fact_missing_count")


@dataclass(frozen=True)
class _Day:
    """What is known on the as-of day, gathered once for all rows."""

    catalog: Catalog
    as_of: date
    events: Iterable[Row]

    @cached_property
    def reports(self) -> Reports:
        return newest_reports(self.catalog)

    @cached_property
    def ends(self) -> Mapping[str, date]:
        """Last day by plan."""
        return {plan.id: plan_end(plan) for plan in self.catalog.rows("plans")}

    @cached_property
    def proofs(self) -> Mapping[str, Proof]:
        """Evidence by milestone and by commitment."""
        return proofs_of(self.catalog)

    @cached_property
    def moves(self) -> Mapping[str, tuple[Move, ...]]:
        """Moved deadlines by milestone."""
        return moves_of(self.catalog)

    @cached_property
    def schedule(self) -> tuple[Row, ...]:
        return tuple(_milestone(self, record) for record in self.catalog.rows("milestones"))

    @cached_property
    def by_parent(self) -> Mapping[str, list[Row]]:
        """Rows of the schedule by commitment."""
        by_parent: dict[str, list[Row]] = {}
        for row in self.schedule:
            by_parent.setdefault(row["commitment_id"], []).append(row)
        return by_parent

    @cached_property
    def commitments(self) -> tuple[Row, ...]:
        records = self.catalog.rows("commitments")
        return tuple(_commitment(self, record, self.by_parent.get(record.id, [])) for record in records)

    @cached_property
    def own_levels(self) -> tuple[Row, ...]:
        return tuple(self_assessment_rows(self.catalog, self.commitments, self.as_of))

    @cached_property
    def translations(self) -> tuple[Row, ...]:
        return tuple(sorted(translation_rows(self.catalog, self.events), key=_by_text))


def derive_tables(
    catalog: Catalog, as_of: date, events: Iterable[Row] = (), *, ground: Ground | None = None
) -> Derived:
    """Return every computed table for a catalog as it is seen on `as_of`; `events` are those of its history.

    `ground` is what was known of indicators on that day, where others ask it too.
    """
    day = _Day(catalog, as_of, events)
    tables = report_tables(ground or Ground(catalog, as_of)).and_also(
        {
            "milestone_schedule": lambda: day.schedule,
            "milestone_state": lambda: milestone_states(catalog, as_of, day.reports),
            "commitment_summary": lambda: day.commitments,
            "organisation_summary": lambda: organisation_rows(catalog, day.by_parent, as_of),
            "plan_summary": lambda: _plans(catalog, day.commitments, day.ends, as_of),
            "plan_completion": lambda: plan_completion(catalog, day.commitments, as_of),
            "self_assessment": lambda: day.own_levels,
            "assessment_comparison": lambda: comparison_rows(
                catalog, day.commitments, day.own_levels, day.reports, as_of
            ),
            "form_answers": lambda: answer_counts(catalog, as_of),
            "freshness": lambda: freshness_rows(day.commitments, as_of),
            "round_summary": lambda: round_rows(catalog, as_of),
            "translation_state": lambda: day.translations,
            "translation_summary": lambda: translation_counts(day.translations, as_of),
            "provenance_summary": lambda: provenance_counts(catalog, as_of),
            "happenings": lambda: happening_rows(catalog),
        }
    )
    derived = Derived(as_of, tables)
    return Derived(as_of, tables.and_also({"overview": lambda: overview_rows(catalog, derived)}))


def _by_text(row: Row) -> tuple[Any, ...]:
    return row["table_name"], row["record_id"], row["field"], row["language"]


def plan_end(plan: Record) -> date:
    """Return the last day that a plan's period covers."""
    return last_day(plan.get("period_end"))


def _milestone(day: _Day, record: Record) -> Row:
    catalog, as_of, report = day.catalog, day.as_of, day.reports.by_milestone.get(record.id)
    commitment = catalog.find("commitments", record.get("commitment_id"))
    assert commitment is not None, "references are checked before anything is derived"
    plan = commitment.get("plan_id")
    baseline, current, moves = record.get("due_baseline"), record.get("due_current"), day.moves.get(record.id, ())
    means = catalog.means("statuses", report.status) if report else ""
    completed = report.completed_on if report else None
    deadline = Deadline(means, baseline, current, completed, day.ends[plan])
    status = schedule_status(deadline, as_of)
    told = told_done_on(catalog, day.reports.history.get(record.id, ()))
    proof = day.proofs.get(record.id, NO_PROOF)
    return {
        "milestone_id": record.id,
        "commitment_id": commitment.id,
        "plan_id": plan,
        "as_of": as_of,
        "official_status": report.status if report else None,
        "reported_on": report.reported_on if report else None,
        "completed_on": completed,
        "due_baseline": baseline,
        "due_current": current,
        "schedule_status": status,
        "days_to_due": (current - as_of).days if status in ("due_soon", "due_later") else None,
        "days_overdue": days_overdue(deadline, as_of),
        "days_overdue_baseline": days_over_baseline(deadline, as_of),
        "slippage_days": (current - baseline).days if current and baseline else None,
        "date_move_count": len(moves),
        "moved_after_due": any(move.after_due for move in moves) if moves else None,
        "evidence_count": proof.count,
        "evidence_independent_count": proof.independent,
        "evidence_status": proof.status,
        "completion_reported_on": told,
        "days_to_report": (told - completed).days if told and completed else None,
    }


def _commitment(day: _Day, record: Record, milestones: list[Row]) -> Row:
    catalog, as_of, report = day.catalog, day.as_of, day.reports.by_commitment.get(record.id)
    meanings = [catalog.means("statuses", row["official_status"]) for row in milestones]
    status = report.status if report else status_from_milestones(meanings)
    due = record.get("end_date")
    deadline = Deadline(
        catalog.means("statuses", status),
        due,
        due,
        report.completed_on if report else None,
        day.ends[record.get("plan_id")],
    )
    completion = newest_coding(catalog, record.id)
    reported, proof = day.reports.last_day(record.id), day.proofs.get(record.id, NO_PROOF)
    states = Counter(answer.state for answer in answers(catalog, record))
    return {
        "commitment_id": record.id,
        "plan_id": record.get("plan_id"),
        "as_of": as_of,
        "government_status": status or None,
        "government_status_basis": "reported" if report else "derived" if status else "no_report",
        "reported_on": reported,
        "irm_completion": completion.get("completion") if completion else None,
        "irm_assessment_id": completion.get("assessment_id") if completion else None,
        "schedule_status": schedule_status(deadline, as_of),
        **count_milestones(milestones),
        "evidence_count": proof.count,
        "fact_count": sum(states.values()),
        "fact_stated_count": states["stated"],
        "fact_none_count": states["none"],
        "fact_missing_count": states["missing"],
        "evidence_independent_count": proof.independent,
        "evidence_status": proof.status,
        "days_since_update": (as_of - reported).days if reported else None,
        **fingerprint(catalog, record),
    }


def _plans(catalog: Catalog, commitments: Iterable[Row], ends: Mapping[str, date], as_of: date) -> Iterator[Row]:
    by_plan: dict[str, list[Row]] = {}
    for row in commitments:
        by_plan.setdefault(row["plan_id"], []).append(row)
    for plan in catalog.rows("plans"):
        rows: list[Mapping[str, Any]] = by_plan.get(plan.id, [])
        yield {
            "plan_id": plan.id,
            "as_of": as_of,
            "ended": as_of > ends[plan.id],
            "last_day": ends[plan.id],
            "commitment_count": len(rows),
            "commitment_reported_count": sum(row["reported_on"] is not None for row in rows),
            "commitment_completion_count": sum(row["irm_completion"] is not None for row in rows),
            **{name: sum(row[name] for row in rows) for name in (*MILESTONE_COUNTS, *FACTS)},
        }

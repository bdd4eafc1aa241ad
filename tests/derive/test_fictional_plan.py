"""Every derived status on the fictional plan, against the table that was written by hand before the program ran."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from site_builder.nouns.edition import Edition

EXPECTED = Path(__file__).resolve().parent.parent / "fictional" / "EXPECTED.md"
MILESTONE_COLUMNS = (
    "official_status",
    "schedule_status",
    "days_overdue",
    "days_overdue_baseline",
    "slippage_days",
    "date_move_count",
    "evidence_count",
)
COMMITMENT_COLUMNS = (
    "government_status",
    "government_status_basis",
    "reported_on",
    "irm_completion",
    "milestone_count",
    "evidence_count",
)


PLAN_COLUMNS = (
    "commitment_count",
    "commitment_reported_count",
    "commitment_completion_count",
    "milestone_count",
    "milestone_dated_count",
    "milestone_assessed_count",
    "milestone_done_count",
    "milestone_soon_count",
    "milestone_overdue_count",
    "milestone_moved_count",
    "milestone_unfinished_count",
    "milestone_not_reported_count",
    "milestone_without_report_count",
    "milestone_without_evidence_count",
    "milestone_withdrawn_count",
)
COMPLETION_COLUMNS = ("plan_id", "basis", "completion", "count", "total", "assessment_id")


def table(heading: str) -> list[list[str]]:
    """Return the rows of the table below a heading of EXPECTED.md."""
    part = EXPECTED.read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def shown(value: Any) -> str:
    return "" if value is None else str(value)


@pytest.mark.parametrize("row", table("Milestones"), ids=lambda row: row[0])
def test_the_schedule_of_a_milestone_is_as_worked_out_by_hand(row: list[str], fictional_edition: Edition) -> None:
    derived = fictional_edition.derived.row("milestone_schedule", row[0])
    assert [shown(derived[name]) for name in MILESTONE_COLUMNS] == row[1:8]


@pytest.mark.parametrize("row", table("Commitments"), ids=lambda row: row[0])
def test_the_summary_of_a_commitment_is_as_worked_out_by_hand(row: list[str], fictional_edition: Edition) -> None:
    derived = fictional_edition.derived.row("commitment_summary", row[0])
    assert [shown(derived[name]) for name in COMMITMENT_COLUMNS] == row[1:7]


EVIDENCE_COLUMNS = ("evidence_independent_count", "evidence_status", "completion_reported_on", "days_to_report")


@pytest.mark.parametrize("row", table("Evidence"), ids=lambda row: row[0])
def test_the_evidence_is_as_strong_as_worked_out_by_hand(row: list[str], fictional_edition: Edition) -> None:
    is_milestone = fictional_edition.catalog.find("milestones", row[0]) is not None
    derived = fictional_edition.derived.row("milestone_schedule" if is_milestone else "commitment_summary", row[0])
    assert [shown(derived.get(name)) for name in EVIDENCE_COLUMNS] == row[1:5]


@pytest.mark.parametrize("row", table("Days and wording"), ids=lambda row: row[0])
def test_days_and_wording_are_as_worked_out_by_hand(row: list[str], fictional_edition: Edition) -> None:
    derived = fictional_edition.derived.row("commitment_summary", row[0])
    names = ("days_since_update", "wording_language", "as_adopted_sha256")
    assert [shown(derived[name]) for name in names] == row[1:4]


COMPARED_COLUMNS = (
    "government_completion",
    "reporting_organisation_id",
    "own_completion",
    "irm_completion",
    "irm_assessment_id",
    "completion_gap",
)


@pytest.mark.parametrize("row", table("Government and reviewers"), ids=lambda row: row[0])
def test_government_and_reviewers_are_compared_as_by_hand(row: list[str], fictional_edition: Edition) -> None:
    derived = fictional_edition.derived.row("assessment_comparison", row[0])
    assert [shown(derived[name]) for name in COMPARED_COLUMNS] == row[1:7]


LATE = ("overdue_pct", "days_overdue_median", "days_overdue_max")
ORGANISATION_COLUMNS = (
    *("milestone_led_count", "milestone_assessed_count", "milestone_overdue_count", *LATE),
    *("supported_count", "supported_milestone_count", "supported_assessed_count", "supported_overdue_count"),
    *(f"supported_{name}" for name in LATE),
)


@pytest.mark.parametrize("row", table("Organisations"), ids=lambda row: row[0])
def test_the_lateness_of_an_organisation_is_as_worked_out_by_hand(row: list[str], fictional_edition: Edition) -> None:
    derived = fictional_edition.derived.row("organisation_summary", row[0])
    assert [shown(derived[name]) for name in ORGANISATION_COLUMNS] == row[1:]


@pytest.mark.parametrize("row", table("Plans"), ids=lambda row: row[0])
def test_the_counts_of_a_plan_are_as_worked_out_by_hand(row: list[str], fictional_edition: Edition) -> None:
    derived = fictional_edition.derived.row("plan_summary", row[0])
    assert [shown(derived[name]) for name in PLAN_COLUMNS] == row[1:]


def test_the_completion_of_plans_is_as_worked_out_by_hand(fictional_edition: Edition) -> None:
    derived = fictional_edition.derived.tables["plan_completion"]
    assert [[shown(row[name]) for name in COMPLETION_COLUMNS] for row in derived] == table("Completion of plans")


def test_an_organisation_counts_the_milestones_of_the_commitments_that_it_leads(fictional_edition: Edition) -> None:
    catalog, derived = fictional_edition.catalog, fictional_edition.derived
    for row in derived.tables["organisation_summary"]:
        links = catalog.referring("commitment_organisations", "organisation_id", row["organisation_id"])
        led = {link.get("commitment_id") for link in links if link.get("role") == "lead"}
        summaries = [derived.row("commitment_summary", commitment) for commitment in led]
        for name in set(PLAN_COLUMNS) & row.keys():
            assert row[name] == sum(summary[name] for summary in summaries), name


def test_every_schedule_status_occurs(fictional_edition: Edition) -> None:
    codes = {record.get("code") for record in fictional_edition.catalog.codes_of["schedule_statuses"]}
    assert {row["schedule_status"] for row in fictional_edition.derived.tables["milestone_schedule"]} == codes


def test_nothing_reported_after_the_day_is_in_the_picture(fictional_edition: Edition) -> None:
    reported = [record.get("reported_on") for record in fictional_edition.catalog.rows("updates")]
    assert max(reported) <= fictional_edition.derived.as_of


def test_what_a_source_says_is_not_there_counts_as_none_and_not_as_missing(fictional_edition: Edition) -> None:
    row = fictional_edition.derived.row("commitment_summary", "fic1-c05")
    assert row["fact_none_count"] == len(["lead", "milestones"])
    assert row["fact_count"] == row["fact_stated_count"] + row["fact_none_count"] + row["fact_missing_count"]


def test_a_plan_counts_what_its_commitments_count(fictional_edition: Edition) -> None:
    derived = fictional_edition.derived
    for plan in derived.tables["plan_summary"]:
        rows = [row for row in derived.tables["commitment_summary"] if row["plan_id"] == plan["plan_id"]]
        for name in ("milestone_count", "milestone_done_count", "milestone_moved_count", "fact_missing_count"):
            assert plan[name] == sum(row[name] for row in rows)

"""What OGP asks of a repository, tested on the fictional and the real plans, against results worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from conftest import FICTIONAL_DAY, Files, inputs_of

from site_builder.composition import check, edition
from site_builder.derive.repository import requirements
from site_builder.nouns.edition import Edition
from site_builder.shell.wording import Wording

RUNNING = {
    # requirement: result, found and looked for in the running fictional plan, counted by hand in its files
    "c02": ("partly", 5, 6),  # no adopted text in Mongolian
    "c04": ("partly", 68, 80),
    "c05": ("partly", 1, 15),  # only fic1-c01-m01 has a proof that is dated and archived; m01 of c04 is withdrawn
    "c06": ("partly", 1, 4),  # a reasoned response
    "c07": ("partly", 2, 5),  # duties; 2025 had one meeting of two; minutes of one of three
    "c08": ("partly", 5, 6),  # nothing was ever reported on fic1-c06
    "c10": ("met", 3, 3),
    "c12": ("partly", 7, 8),  # two reports by reviewers; all commitments but fic1-c06 are coded
    "c13": ("met", 11, 11),
    "c18": ("not_testable", 0, 0),
}
NEW_REPORT = b"reported_on: 2026-06-25\nno_change: true\n"


def rows_of(issue: Edition, plan: str) -> dict[str, Mapping[str, Any]]:
    rows = issue.derived.tables["repository_compliance"]
    return {row["requirement_id"]: row for row in rows if row["plan_id"] == plan}


@pytest.mark.parametrize(("requirement", "expected"), RUNNING.items(), ids=RUNNING)
def test_a_requirement_is_counted_as_by_hand(
    requirement: str, expected: tuple[str, int, int], fictional_edition: Edition
) -> None:
    row = rows_of(fictional_edition, "fic1")[requirement]
    assert (row["result"], row["met_count"], row["total_count"]) == expected


def test_every_requirement_of_the_checklist_is_tested_for_every_plan(
    fictional_edition: Edition, real_edition: Edition
) -> None:
    expected = [f"c{number:02}" for number in range(1, 20)]
    assert [requirement.id for requirement in requirements()] == expected
    for issue in (fictional_edition, real_edition):
        for plan in issue.catalog.rows("plans"):
            assert list(rows_of(issue, plan.id)) == expected


def test_every_code_has_words_in_every_language(fictional_edition: Edition, real_edition: Edition) -> None:
    for issue in (fictional_edition, real_edition):
        catalog = issue.catalog
        for row in issue.derived.tables["repository_compliance"]:
            codes = [("repository_requirements", row["requirement_id"]), ("repository_results", row["result"])]
            codes += [("repository_origins", code) for code in row["origins"].split()]
            codes += [("repository_notes", code) for code in (row["notes"] or "").split()]
            for name, code in codes:
                record = catalog.code(name, code)
                assert record, (name, code)
                assert all(record.get(f"label_{language}") for language in catalog.codes)


def test_what_is_not_wholly_met_says_what_is_missing(fictional_edition: Edition, real_edition: Edition) -> None:
    for issue in (fictional_edition, real_edition):
        for row in issue.derived.tables["repository_compliance"]:
            assert row["result"] == "met" or row["notes"], row
            assert row["met_count"] <= row["total_count"], row


def test_a_plan_without_any_report_is_said_to_have_none(real_edition: Edition) -> None:
    row = rows_of(real_edition, "nap3")["c08"]
    assert (row["result"], row["met_count"], row["total_count"]) == ("not_met", 0, 13)
    assert "never_reported" in row["notes"]
    assert row["up_to_date_until"] is None


@pytest.mark.parametrize(
    ("day", "fresh", "result"),
    [(FICTIONAL_DAY, 6, "met"), (date(2026, 7, 17), 6, "met"), (date(2026, 7, 18), 5, "partly")],
)
def test_the_repository_is_up_to_date_until_183_days_after_its_oldest_newest_report(
    fictional_content: Files,
    schema_files: Files,
    theme_files: Files,
    wording: Wording,
    day: date,
    fresh: int,
    result: str,
) -> None:
    # the newest report on fic1-c05 is of 2026-01-15
    content = {**fictional_content, "plans/fic1/updates/2026-h1/c06.yaml": NEW_REPORT}
    issue = edition(check(inputs_of(content, schema_files, theme_files, day, wording)))
    row = rows_of(issue, "fic1")["c08"]
    assert row["up_to_date_until"] == date(2026, 7, 17)
    assert (row["met_count"], row["result"]) == (fresh, result)


def test_a_log_in_in_a_template_is_seen(
    fictional_content: Files, schema_files: Files, theme_files: Files, wording: Wording
) -> None:
    theme = {**theme_files, "templates/plan.html": theme_files["templates/plan.html"] + b'<input type="password">'}
    issue = edition(check(inputs_of(fictional_content, schema_files, theme, FICTIONAL_DAY, wording)))
    row = rows_of(issue, "fic1")["c01"]
    assert row["result"] == "partly"
    assert "log_in" in row["notes"]

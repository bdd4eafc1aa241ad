"""The promises of what happened: each dated thing of the content once, old and new, never later than the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from conftest import FICTIONAL_DAY, REAL_DAY

from site_builder.composition import Checked, edition
from site_builder.derive.happenings import newest_first
from site_builder.nouns.edition import Edition
from site_builder.readers.date_forms import first_day

DAYS = {"real": REAL_DAY, "fictional": FICTIONAL_DAY}

Rows = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="session")
def happenings(fictional_edition: Edition) -> Rows:
    return {row["happening_id"]: row for row in fictional_edition.derived.tables["happenings"]}


def test_a_status_that_two_reports_give_differently_is_a_happening_with_both(happenings: Rows) -> None:
    row = happenings["status-change-fic1-2025-h2-c01-m02"]
    assert (row["happened_on"], row["old_value"], row["new_value"]) == ("2026-01-15", "in_progress", "completed")
    assert (row["commitment_id"], row["milestone_id"]) == ("fic1-c01", "fic1-c01-m02")


def test_a_first_status_replaces_nothing(happenings: Rows) -> None:
    assert happenings["status-change-fic1-2025-h1-c01-m02"]["old_value"] is None


def test_a_status_reported_again_is_no_change(happenings: Rows) -> None:
    # 60 and then 80 per cent of milestone 2 of commitment 2 are both "in progress"
    assert "status-change-fic1-2026-h1-c02-m02" not in happenings
    assert "report-fic1-2026-h1-c02" in happenings


def test_a_moved_deadline_has_both_dates_the_days_and_the_reason(happenings: Rows) -> None:
    row = happenings["deadline-change-fic1-2025-h1-c01-fic1-c01-m02"]
    assert (row["old_value"], row["new_value"], row["days"]) == ("2025-09-30", "2025-12-31", 92)
    assert row["reason_en"] == "The number plates are made of sugar and melt."


def test_every_kind_of_dated_record_has_its_happenings(happenings: Rows, fictional_edition: Edition) -> None:
    catalog = fictional_edition.catalog
    kinds = Counter(row["kind"] for row in happenings.values())
    assert set(kinds) == {record.get("code") for record in catalog.codes_of["happening_kinds"]}
    for kind, table in (("report", "updates"), ("evidence", "evidence"), ("deadline_change", "date_changes")):
        assert kinds[kind] == len(catalog.rows(table)), kind
    assert kinds["meeting"] == len(catalog.rows("meetings"))


def test_a_finding_stands_on_the_day_of_its_publication(happenings: Rows) -> None:
    row = happenings["finding-fic1-results-fic1-c02"]
    assert (row["happened_on"], row["new_value"], row["source_id"]) == ("2026-05-20", "limited", "checkers-report")


def test_what_bears_no_date_did_not_happen_on_any(real_edition: Edition) -> None:
    told = {row["record_id"] for row in real_edition.derived.tables["happenings"]}
    assert "nap3-irm-results" in told
    assert "nap3-irm-nap4-review" not in told


@pytest.mark.parametrize("site", ["real", "fictional"])
def test_nothing_is_dated_later_than_the_day_of_the_build(site: str, request: pytest.FixtureRequest) -> None:
    rows = request.getfixturevalue(f"{site}_edition").derived.tables["happenings"]
    assert len(rows) > 10
    assert max(first_day(row["happened_on"]) for row in rows) <= DAYS[site]


def test_a_later_day_adds_happenings_and_changes_none(fictional: Checked, happenings: Rows) -> None:
    later = edition(replace(fictional, as_of=date(2026, 8, 2))).derived.tables["happenings"]
    by_id = {row["happening_id"]: row for row in later}
    assert len(by_id) == len(later)
    assert {key: by_id[key] for key in happenings} == dict(happenings)
    assert "status-change-fic1-2026-h2-c02-m03" in set(by_id) - set(happenings)


def test_a_report_stands_before_what_it_changed_and_the_newest_comes_first(happenings: Rows) -> None:
    rows = [row for row in newest_first(happenings.values()) if row.get("commitment_id") == "fic1-c01"]
    assert [row["happened_on"] for row in rows] == sorted((row["happened_on"] for row in rows), reverse=True)
    assert [row["kind"] for row in rows][:3] == ["report", "status_change", "status_change"]

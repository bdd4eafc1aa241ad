"""What holds of every computed table: the day in each row that depends on it, a source behind each promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from unicodedata import normalize

import pytest

from site_builder.composition import Checked, edition
from site_builder.derive.organisations import organisation_rows
from site_builder.nouns.derived import Row
from site_builder.nouns.edition import Edition
from site_builder.writers.rows import table_rows

UNDATED = {
    "happenings": "each is dated itself",
    "milestone_state": "each stands at the end of a month",
    "translation_state": "a text is there or not, whatever the day",
}
"""Computed tables whose rows hold for ever, and why: a later day adds rows and changes none."""


@pytest.mark.parametrize("site", ["real", "fictional"])
def test_every_row_that_depends_on_the_day_names_it(site: str, request: pytest.FixtureRequest) -> None:
    derived = request.getfixturevalue(f"{site}_edition").derived
    undated = {name for name, rows in derived.tables.items() if rows and "as_of" not in rows[0]}
    # what the history of the content tells is dated by the history
    assert undated - {"events", "tombstones"} <= set(UNDATED)
    for name, rows in derived.tables.items():
        if name not in undated:
            assert {row["as_of"] for row in rows} <= {derived.as_of}, name


def test_a_row_without_the_day_is_the_same_on_every_later_day(fictional: Checked, fictional_edition: Edition) -> None:
    earlier = edition(replace(fictional, as_of=date(2025, 12, 1))).derived.tables
    later = fictional_edition.derived.tables
    for name in UNDATED:
        then, now = ({tuple(row.items()) for row in tables[name]} for tables in (earlier, later))
        assert len(then) < len(now), name
        assert then <= now, name


@pytest.mark.parametrize("site", ["real", "fictional"])
def test_every_row_of_the_overview_names_its_source(site: str, request: pytest.FixtureRequest) -> None:
    issue: Edition = request.getfixturevalue(f"{site}_edition")
    table = issue.schemas["overview"]
    rows = [dict(zip(table.columns(issue.catalog.codes), row, strict=True)) for row in table_rows(issue, table)]
    titles = [f"title_{code}" for code in issue.catalog.codes]
    known = {tuple(map(record.get, titles)) for record in issue.catalog.rows("sources")}
    assert len(rows) > 15
    for row in rows:
        assert tuple(row[f"source_{title}"] for title in titles) in known, row
        assert row["url"].rstrip("/").endswith(f"commitment/{row['commitment_id']}"), row
    assert any(row["source_url"] for row in rows)


def test_the_source_of_a_milestone_is_that_of_its_own_title(real_edition: Edition) -> None:
    rows = {
        (row["commitment_id"], row["milestone_number"]): row["source_title_en"]
        for row in real_edition.derived.tables["overview"]
    }
    told = real_edition.catalog.by_id["sources"]["nap3-text"].get("title_en")
    assert rows["nap3-c01", 1] == told


def test_the_fingerprint_of_the_real_wording_can_be_computed_anew(real_edition: Edition) -> None:
    catalog = real_edition.catalog
    row = real_edition.derived.row("commitment_summary", "nap3-c01")
    assert row["wording_language"] == "en"  # the language of adoption is not known, the source is English
    commitment = catalog.by_id["commitments"]["nap3-c01"]
    titles = [record.get("title_en") for record in (commitment, *catalog.children(commitment, "milestones"))]
    assert row["as_adopted_sha256"] == sha256(normalize("NFC", "\n".join(titles)).encode()).hexdigest()


def test_a_promise_whose_adopted_title_is_not_known_has_no_fingerprint(real_edition: Edition) -> None:
    catalog = real_edition.catalog
    untitled = [record for record in catalog.rows("commitments") if not catalog.text(record, "title")]
    assert untitled
    for record in untitled:
        assert real_edition.derived.row("commitment_summary", record.id)["as_adopted_sha256"] is None


@pytest.mark.parametrize("codelist", ["completions", "self_assessment_levels"])
def test_what_cannot_be_compared_has_no_level(codelist: str, real_edition: Edition) -> None:
    levels = {record.get("code"): record.get("level") for record in real_edition.catalog.codes_of[codelist]}
    for code in ("no_evidence", "not_reported", "no_counterpart"):
        assert levels.get(code) is None
    assert sorted(level for level in levels.values() if level is not None) == [0, 1, 2, 3]


def test_a_share_leaves_out_what_has_no_date_and_what_was_withdrawn(fictional_edition: Edition) -> None:
    by_parent: dict[str, list[Row]] = {}
    for row in fictional_edition.derived.tables["milestone_schedule"]:
        late = {"schedule_status": "overdue", "days_overdue": 5} if row["milestone_id"] == "fic1-c03-m02" else {}
        by_parent.setdefault(row["commitment_id"], []).append({**row, **late})
    rows = organisation_rows(fictional_edition.catalog, by_parent, fictional_edition.derived.as_of)
    (agency,) = (row for row in rows if row["organisation_id"] == "lighthouse-agency")
    # ten milestones, one without a date, one withdrawn
    assert (agency["milestone_led_count"], agency["milestone_assessed_count"]) == (10, 8)
    assert (str(agency["overdue_pct"]), agency["days_overdue_max"]) == ("12.5", 5)


def test_a_role_of_support_counts_only_without_the_lead(fictional_edition: Edition) -> None:
    catalog = fictional_edition.catalog
    both = replace(
        catalog,
        tables={
            **catalog.tables,
            "commitment_organisations": (
                *catalog.rows("commitment_organisations"),
                *(
                    row._replace(cells={**row.cells, "role": row.cells["role"]._replace(value="support")})
                    for row in catalog.rows("commitment_organisations")
                    if row.get("organisation_id") == "atlas-agency" and row.get("role") == "lead"
                ),
            ),
        },
    )
    rows = organisation_rows(both, {}, date(2026, 6, 30))
    (agency,) = (row for row in rows if row["organisation_id"] == "atlas-agency")
    assert (agency["lead_count"], agency["supported_count"]) == (1, 1)

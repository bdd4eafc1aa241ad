"""Every report on a fictional framework, against the tables that were worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import FICTIONAL_DAY, ROOT, inputs_of

from site_builder.composition import Checked, check
from site_builder.derive.framework_reports import Ground, report_tables
from site_builder.derive.picture import as_seen_on
from site_builder.derive.progress import methods
from site_builder.nouns.derived import Derived, Row
from site_builder.nouns.diagnostic import Severity
from site_builder.nouns.edition import Edition
from site_builder.nouns.progress import NOT_ASSESSED
from site_builder.shell.disk import read_folder
from site_builder.shell.wording import Wording

FICTIONAL = Path(__file__).resolve().parent.parent / "fictional"
EXPECTED = (FICTIONAL / "FRAMEWORK.md").read_text("utf-8")
Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def checked(fictional_content: Files, schema_files: Files, theme_files: Files, wording: Wording) -> Checked:
    """The fictional plan with a framework and indicators laid over it."""
    content = {**fictional_content, **read_folder(FICTIONAL / "framework")}
    return check(inputs_of(content, schema_files, theme_files, FICTIONAL_DAY, wording))


@pytest.fixture(scope="module")
def reports(checked: Checked) -> Derived:
    return seen_on(checked, FICTIONAL_DAY)


def seen_on(checked: Checked, day: date) -> Derived:
    return Derived(day, report_tables(Ground(as_seen_on(checked.catalog, day), day)))


def expected(heading: str) -> tuple[list[str], list[list[str]]]:
    """Return the columns and the rows of the table below a heading of FRAMEWORK.md."""
    part = EXPECTED.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line[1:-1].split("|") for line in part.splitlines() if line.startswith("|")]
    columns, _, *rest = [[cell.strip() for cell in row] for row in rows]
    return columns, rest


def shown(value: Any) -> str:
    return "" if value is None else str(value)


TABLES = {
    "Progress": "progress",
    "Coverage": "coverage_summary",
    "Inclusiveness": "inclusiveness",
    "Populations": "population_summary",
    "Gaps": "framework_gaps",
    "Groups": "disaggregation_gaps",
    "Availability": "data_availability",
    "Alignment": "alignment",
    "Types of gaps": "gap_typology",
    "Data plan": "data_plan_schedule",
    "Sessions": "session_summary",
    "Frameworks": "framework_summary",
}
"""Reports by heading of FRAMEWORK.md."""
INPUTS = "progress_inputs"
"""What progress was worked out from: held by working it out again."""
TOGETHER = "progress_summary"
"""What series and targets come to together: held by taking the means again."""
COMPARED = "method_comparison"
"""How often methods agree: held by counting again."""


@pytest.mark.parametrize("heading", TABLES)
def test_a_report_is_as_worked_out_by_hand(heading: str, reports: Derived) -> None:
    columns, rows = expected(heading)
    found = [[shown(row[name]) for name in columns] for row in reports.tables[TABLES[heading]]]
    assert sorted(found) == sorted(rows)


def test_the_fictional_framework_has_no_errors(checked: Checked) -> None:
    assert [finding for finding in checked.findings if finding.severity is Severity.ERROR] == []


def test_every_report_has_an_expected_table(reports: Derived) -> None:
    assert {*TABLES.values(), INPUTS, TOGETHER, COMPARED} == set(reports.tables)
    assert all(reports.tables.values())


def test_reports_are_empty_where_nothing_was_written(real_edition: Edition, fictional_edition: Edition) -> None:
    for issue in (real_edition, fictional_edition):
        if not issue.catalog.rows("frameworks") and not issue.catalog.rows("indicators"):
            assert not any(issue.derived.tables[name] for name in TABLES.values())


def test_what_a_method_says_can_be_worked_out_again_from_its_inputs(reports: Derived) -> None:
    told: dict[str, dict[str, float]] = {}
    for row in reports.tables[INPUTS]:
        told.setdefault(row["progress_id"], {})[row["input_kind"]] = float(row["value"])
    repeated = set()
    for row in reports.tables["progress"]:
        known = told.get(row["progress_id"], {})
        if row["value"] is None or row["status"] == "target_achieved":
            continue
        if row["method"] == "open_sdg":
            value = known["growth_rate"] / known.get("needed_rate", 1)
        elif row["method"] == "unsd_progress_chart" and "expected_value" in known:
            way = known["target_value"] - known["base_value"]
            value = (known["expected_value"] - known["base_value"]) / way
        elif row["method"] == "unsd_progress_chart":
            value = known["growth_rate"]
        else:
            way = known["target_value"] - known["base_value"]
            value = min(10 * (known["current_value"] - known["base_value"]) / way, 10)
            assert known["scale"] >= max(known["base_value"], known["current_value"])
        assert float(row["value"]) == pytest.approx(value, abs=1e-6), row["progress_id"]
        repeated.add(row["method"])
    assert repeated == set(methods())


def test_the_score_of_an_indicator_is_the_mean_of_those_of_its_series_and_targets(
    real_edition: Edition, reports: Derived
) -> None:
    means = 0
    for derived in (real_edition.derived, reports):
        scores: dict[str, dict[str, list[float]]] = {}
        for row in derived.tables["progress"]:
            if row["method"] == "open_sdg" and row["score"] is not None:
                scores.setdefault(row["indicator_id"], {}).setdefault(row["series_id"], []).append(float(row["score"]))
        for row in derived.tables[TOGETHER]:
            own = scores.get(row["indicator_id"], {})
            groups = [sum(values) / len(values) for values in own.values()]
            assert row["assessed_count"] == sum(map(len, own.values()))
            if groups:
                assert float(row["score"]) == pytest.approx(sum(groups) / len(groups), abs=1e-8)
                means += row["assessed_count"] > 1
            else:
                assert (row["score"], row["status"]) == (None, NOT_ASSESSED)
    assert means >= 2


def test_methods_agree_where_their_statuses_have_the_same_level(checked: Checked, reports: Derived) -> None:
    level = {record.get("code"): record.get("level") for record in checked.catalog.codes_of["progress_statuses"]}
    assert [code for code, value in level.items() if value is None] == [NOT_ASSESSED]
    said: dict[str, list[int | None]] = {}
    for row in sorted(reports.tables["progress"], key=lambda row: (row["indicator_id"], row["progress_id"])):
        said.setdefault(row["method"], []).append(level[row["status"]])
    pairs = {(row["method"], row["other_method"]): row for row in reports.tables[COMPARED]}
    assert len(pairs) == 10
    for (one, other), row in pairs.items():
        told = list(zip(said[one], said[other], strict=True))
        both = [pair for pair in told if None not in pair]
        assert (row["question_count"], row["both_count"]) == (len(told), len(both))
        assert row["same_count"] == sum(first == second for first, second in both)
        assert row["both_count"] + row["one_count"] + row["neither_count"] == row["question_count"]


def test_a_series_that_is_named_as_headline_stands_for_the_whole(real: Checked) -> None:
    reports = seen_on(real, FICTIONAL_DAY)
    assessed = {row["series_id"] for row in reports.tables["progress"] if row["indicator_id"] == "unemployment-rate"}
    assert assessed == {"unemployment-rate-y-ge15"}
    (told,) = (row for row in reports.tables["data_availability"] if row["indicator_id"] == "unemployment-rate")
    assert told["series_id"] == "unemployment-rate-y-ge15"


def test_the_rows_of_a_report_have_keys_of_their_own_and_only_known_codes(checked: Checked, reports: Derived) -> None:
    catalog = checked.catalog
    for name, rows in reports.tables.items():
        table = catalog.schemas[name]
        assert len({tuple(row[key] for key in table.key) for row in rows}) == len(rows), name
        for row in rows:
            assert set(row) == set(table.columns(catalog.codes)), name
            assert row["as_of"] == FICTIONAL_DAY
            assert type(row["illustrative"]) is bool
            for item in table.fields:
                if item.codelist and row[item.name] is not None:
                    assert catalog.code(item.codelist, row[item.name]), (name, item.name, row[item.name])
                if item.name in table.reference_of and row[item.name] is not None:
                    target = table.reference_of[item.name]
                    own = {other[item.name] for other in reports.tables.get(target, ())}
                    assert row[item.name] in own or catalog.find(target, row[item.name]), (name, item.name)


# Progress


def progress(reports: Derived, name: str) -> Row:
    (row,) = (row for row in reports.tables["progress"] if row["progress_id"] == name)
    return row


def test_every_code_that_a_method_gives_is_in_its_list(checked: Checked) -> None:
    told = "\n".join(path.read_text("utf-8") for path in (ROOT / "site_builder/derive/progress").glob("*.py"))
    catalog = checked.catalog
    assert set(methods()) == {record.get("code") for record in catalog.codes_of["progress_methods"]}
    for codelist in ("progress_statuses", "progress_reasons"):
        for record in catalog.codes_of[codelist]:
            if record.get("code") not in (NOT_ASSESSED, "no_main_series"):
                assert f'"{record.get("code")}"' in told, record.get("code")
    # and the other way round: what is called not assessed is in the list
    reasons = {part.split('"')[1] for part in told.split("not_assessed(")[1:] if part.startswith('"')}
    assert reasons <= {record.get("code") for record in catalog.codes_of["progress_reasons"]}


def test_what_lies_after_the_day_is_not_current(checked: Checked) -> None:
    earlier = seen_on(checked, date(2023, 6, 30))
    row = progress(earlier, "idle-total-open-sdg-plan")
    assert (row["reason"], row["current_year"]) == ("one_year_only", 2018)
    assert progress(earlier, "berths-total-open-sdg")["current_year"] == 2021


def test_an_estimate_counts_when_its_year_is_over_and_a_revision_when_it_is_published(checked: Checked) -> None:
    (before, after) = (seen_on(checked, day) for day in (date(2026, 9, 30), date(2027, 1, 1)))
    row = progress(before, "boats-total-open-sdg")
    assert (row["current_year"], row["current_value"], row["observation_status"]) == (2025, 55, "A")
    row = progress(after, "boats-total-open-sdg")
    assert (row["current_year"], row["current_value"], row["observation_status"]) == (2026, 70, "E")


def test_a_target_says_who_set_it(reports: Derived) -> None:
    assert progress(reports, "idle-f-open-sdg-women")["target_origin"] == "assumed"
    assert progress(reports, "idle-total-open-sdg-plan")["target_origin"] == "plan"


# Coverage and gaps


def test_the_parts_of_a_row_of_coverage_make_its_pairs_and_issues_concepts_and_areas_the_total(
    reports: Derived,
) -> None:
    parts = (
        "covered_count",
        "implicit_count",
        "relevant_not_covered_count",
        "not_relevant_count",
        "not_reviewed_count",
    )
    by_table: dict[str, list[Row]] = {}
    for row in reports.tables["coverage_summary"]:
        assert sum(row[name] for name in parts) == row["pair_count"]
        by_table.setdefault(row["record_table"], []).append(row)
    (total,) = by_table.pop("frameworks")
    for table, rows in by_table.items():
        for name in (*parts, "pair_count", "relevant_count"):
            assert sum(row[name] for row in rows) == total[name], (table, name)


def test_every_kind_of_gap_occurs(checked: Checked, reports: Derived) -> None:
    lists = {
        ("framework_gaps", "kind"): "framework_gap_kinds",
        ("disaggregation_gaps", "disaggregation_state"): "disaggregation_states",
        ("gap_typology", "gap_type"): "gap_types",
        ("alignment", "measure"): "alignment_measures",
        ("progress", "base_basis"): "progress_value_bases",
        ("progress", "current_basis"): "progress_value_bases",
    }
    found: dict[str, set[str]] = {}
    for (table, column), codelist in lists.items():
        found.setdefault(codelist, set()).update(row[column] for row in reports.tables[table] if row[column])
    for codelist, codes in found.items():
        assert codes == {record.get("code") for record in checked.catalog.codes_of[codelist]}, codelist


def test_the_summary_of_a_framework_agrees_with_the_reports(reports: Derived) -> None:
    tables = reports.tables
    (row,) = tables["framework_summary"]
    outcomes = row["outcome_original_count"] + row["outcome_new_count"]
    assert outcomes == len(tables["inclusiveness"]) == tables["population_summary"][0]["total"]
    assert row["data_action_count"] == len(tables["data_plan_schedule"])
    (total,) = (line for line in tables["coverage_summary"] if line["record_table"] == "frameworks")
    assert row["reviewed_pair_count"] == total["pair_count"] - total["not_reviewed_count"]
    matched = [line for line in tables["gap_typology"] if line["record_table"] == "outcomes"]
    unmet = [line for line in matched if line["gap_type"] == "unmet_demand"]
    (with_data,) = (
        line for line in tables["alignment"] if (line["record_table"], line["measure"]) == ("frameworks", "with_data")
    )
    assert with_data["count"] == with_data["total"] - len(unmet)

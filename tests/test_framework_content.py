"""Frameworks and indicators as people write them: what nobody must write, and what a download can rely on."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from conftest import ROOT
from manual import base_files, folder_of

from site_builder.nouns.record import Catalog
from site_builder.readers.content import read_content
from site_builder.readers.schemas import read_schemas
from site_builder.shell.disk import read_folder

Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def files() -> Files:
    """The smallest valid content with a framework and two indicators in it."""
    return folder_of(base_files(ROOT), "content")


def read(files: Files) -> Catalog:
    schemas, _ = read_schemas(read_folder(ROOT / "schemas"))
    catalog, findings = read_content(files, schemas)
    assert findings == []
    return catalog


@pytest.fixture(scope="module")
def catalog(files: Files) -> Catalog:
    return read(files)


def illustrative(catalog: Catalog, table: str, record: str) -> object:
    found = catalog.find(table, record)
    assert found is not None, (table, record)
    return found.get("illustrative")


def test_every_row_of_an_illustrative_framework_is_illustrative(catalog: Catalog) -> None:
    for table in ("outcomes", "issues", "outcome_issues", "core_concepts", "coverage", "populations", "data_plan"):
        assert catalog.rows(table)
        assert all(record.get("illustrative") is True for record in catalog.rows(table)), table


def test_what_a_source_says_is_not_illustrative_and_what_rests_on_the_framework_stays_so(catalog: Catalog) -> None:
    assert illustrative(catalog, "areas", "social-labour") is False
    assert illustrative(catalog, "outcomes", "social-labour-o01") is True
    assert illustrative(catalog, "sessions", "social-s1") is False
    assert illustrative(catalog, "session_points", "social-s1-p1") is True


def test_an_indicator_is_real_and_its_link_to_an_illustrative_outcome_is_not(catalog: Catalog) -> None:
    assert illustrative(catalog, "indicators", "jobless") is False
    assert illustrative(catalog, "availability", "jobless") is False
    assert illustrative(catalog, "outcome_indicators", "social-labour-o01/jobless") is True


def test_no_row_of_a_framework_lacks_the_mark(catalog: Catalog) -> None:
    for table in catalog.schemas:
        if "illustrative" in table.by_name:
            assert table.by_name["illustrative"].required
            for record in catalog.rows(table.name):
                assert type(record.get("illustrative")) is bool, record.id


def test_a_framework_that_is_real_has_real_rows(files: Files) -> None:
    path = "frameworks/social/framework.yaml"
    real = files[path].replace(b"illustrative: true", b"illustrative: false")
    catalog = read({**files, path: real})
    assert illustrative(catalog, "outcomes", "social-labour-o01") is False
    assert illustrative(catalog, "outcome_indicators", "social-labour-o01/jobless") is False


def test_a_series_is_known_by_its_codes_and_blank_is_the_total(catalog: Catalog) -> None:
    assert [record.id for record in catalog.rows("series")] == [
        "elders-f-y-ge60",
        "elders-m-y-ge60",
        "elders-y-ge60",
        "jobless-f",
        "jobless-total",
    ]
    women = catalog.find("series", "jobless-f")
    assert women is not None
    assert (women.get("sex"), women.get("age"), women.get("urbanisation")) == ("F", "_T", "_T")


def test_unit_source_and_day_come_down_from_the_indicator(catalog: Catalog) -> None:
    for series in catalog.rows("series"):
        assert (series.get("unit"), series.get("unit_multiplier")) in {("percent", 0), ("people", 0)}
    for observation in catalog.rows("observations"):
        assert observation.get("source_id") == "plan-text"
        assert str(observation.get("retrieved_on")) == "2026-06-01"
        assert observation.get("series_break") is False


def test_an_observation_is_known_by_series_period_and_vintage(files: Files) -> None:
    path = "indicators/elders.yaml"
    first = b"      - period: 2023\n        value: 820\n"
    more = b"      - period: 2023\n        value: 821\n        vintage: 2025\n"
    longer = b"      - period: 2015\n        period_end: 2017\n        value: 700\n"
    assert files[path].count(first) == 1
    catalog = read({**files, path: files[path].replace(first, first + more + longer)})
    assert [record.id for record in catalog.rows("observations")][2:6] == [
        "elders-y-ge60-2015-to-2017",
        "elders-y-ge60-2023",
        "elders-y-ge60-2023-v2025",
        "elders-y-ge60-2024",
    ]


def test_a_break_is_said_by_its_status_in_yaml_and_in_csv(files: Files) -> None:
    inline = files["indicators/elders.yaml"].replace(b"value: 860\n", b"value: 860\n        observation_status: B\n")
    sheet = files["indicators/jobless.csv"].replace(b"2020,F,7.6,", b"2020,F,7.6,B")
    catalog = read({**files, "indicators/elders.yaml": inline, "indicators/jobless.csv": sheet})
    broken = [record.id for record in catalog.rows("observations") if record.get("series_break")]
    assert broken == ["elders-y-ge60-2024", "jobless-f-2020"]


def test_references_within_a_framework_are_short(catalog: Catalog) -> None:
    outcome = catalog.rows("outcomes")[0]
    assert outcome.get("session_id") == "social-s1"
    assert {record.get("population_id") for record in catalog.rows("inclusions")} == {
        "social-everybody",
        "social-women",
    }
    assert catalog.rows("core_concepts")[0].get("dimension_id") == "social-people"
    assert catalog.rows("targets")[0].id == "jobless-plan"

"""Frameworks and indicators as people write them: what nobody must write, and what a download can rely on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import ROOT
from manual import base_files, folder_of

from site_builder.nouns.record import Catalog
from site_builder.readers.content import read_content
from site_builder.readers.schemas import read_schemas
from site_builder.shell.disk import read_folder

CONTENT = Path(__file__).resolve().parent / "indicators" / "content"
Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def files() -> Files:
    """The smallest valid content with a framework and an indicator in it."""
    return {**folder_of(base_files(ROOT), "content"), **read_folder(CONTENT)}


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
    assert illustrative(catalog, "areas", "demo-labour") is False
    assert illustrative(catalog, "outcomes", "demo-labour-o01") is True
    assert illustrative(catalog, "sessions", "demo-s1") is False
    assert illustrative(catalog, "session_points", "demo-s1-p1") is True


def test_an_indicator_is_real_and_its_link_to_an_illustrative_outcome_is_not(catalog: Catalog) -> None:
    assert illustrative(catalog, "indicators", "unemployment") is False
    assert illustrative(catalog, "availability", "unemployment") is False
    assert illustrative(catalog, "outcome_indicators", "demo-labour-o01/unemployment") is True


def test_no_row_of_a_framework_lacks_the_mark(catalog: Catalog) -> None:
    for table in catalog.schemas:
        if "illustrative" in table.by_name:
            assert table.by_name["illustrative"].required
            for record in catalog.rows(table.name):
                assert type(record.get("illustrative")) is bool, record.id


def test_a_framework_that_is_real_has_real_rows(files: Files) -> None:
    path = "frameworks/demo/framework.yaml"
    real = files[path].replace(b"illustrative: true", b"illustrative: false")
    catalog = read({**files, path: real})
    assert illustrative(catalog, "outcomes", "demo-labour-o01") is False
    assert illustrative(catalog, "outcome_indicators", "demo-labour-o01/unemployment") is False


def test_a_series_is_known_by_its_codes_and_blank_is_the_total(catalog: Catalog) -> None:
    assert [record.id for record in catalog.rows("series")] == ["unemployment-f", "unemployment-y-ge15"]
    women = catalog.rows("series")[0]
    assert (women.get("sex"), women.get("age"), women.get("urbanisation")) == ("F", "_T", "_T")


def test_unit_source_and_day_come_down_from_the_indicator(catalog: Catalog) -> None:
    for series in catalog.rows("series"):
        assert (series.get("unit"), series.get("unit_multiplier")) == ("percent", 0)
    for observation in catalog.rows("observations"):
        assert observation.get("source_id") == "plan-text"
        assert str(observation.get("retrieved_on")) == "2026-06-01"
        assert (observation.get("observation_status"), observation.get("series_break")) == ("A", False)


def test_an_observation_is_known_by_series_period_and_vintage(files: Files) -> None:
    path = "indicators/unemployment.yaml"
    first = b"      - period: 2019\n        value: 7.1\n"
    more = b"      - period: 2019\n        value: 7.2\n        vintage: 2021\n"
    longer = b"      - period: 2015\n        period_end: 2017\n        value: 7.0\n"
    assert files[path].count(first) == 1
    catalog = read({**files, path: files[path].replace(first, first + more + longer)})
    assert [record.id for record in catalog.rows("observations")][:4] == [
        "unemployment-f-2015-to-2017",
        "unemployment-f-2019",
        "unemployment-f-2019-v2021",
        "unemployment-f-2020",
    ]


def test_references_within_a_framework_are_short(catalog: Catalog) -> None:
    outcome = catalog.rows("outcomes")[0]
    assert outcome.get("session_id") == "demo-s1"
    assert {record.get("population_id") for record in catalog.rows("inclusions")} == {"demo-people", "demo-women"}
    assert catalog.rows("core_concepts")[0].get("dimension_id") == "demo-social"
    assert catalog.rows("targets")[0].get("series_id") == "unemployment-f"

"""Twenty-seven faults seeded into indicators, each found once: Open SDG's validator lets thirteen of its 27 pass.

The faults are cases of tests/cases/, where the whole report of each stands; here they are counted.
"""

from __future__ import annotations

import re

import pytest
from manual import Case, read_cases

FAULTS = {
    "A key of an indicator is misspelt": "unknown-key",
    "An indicator has no unit": "required-missing",
    "An indicator has no direction": "required-missing",
    "A column is misspelt": "unknown-key",
    "A column stands twice": "column-twice",
    "The column of values is missing": "column-missing",
    "A column of a breakdown is empty": "column-empty",
    "A year is mistyped": "partial-date-form",
    "A number has a decimal comma in quotes": "number-form",
    "A number has a decimal comma without quotes": "number-form",
    "A number has a separator of thousands": "number-form",
    "A file is separated by semicolons": "csv-separator",
    "A file is in Latin-1": "not-utf8",
    "A file is in UTF-16": "not-utf8",
    "A row has a cell too many": "row-too-long",
    "A row has a cell too few": "row-too-short",
    "A category is mistyped in many rows": "code-unknown",
    "A category has a space behind it": "outer-space",
    "Two rows give two values for a year": "value-twice",
    "Zero stands for a missing value": "zero-for-missing",
    "A decimal point has slipped": "value-jumps",
    "A share is above a hundred": "percent-outside",
    "A value is of a year to come": "value-from-the-future",
    "Data are said to be complete and are not there": "available-without-values",
    "A target lies behind its baseline": "target-wrong-side",
    "A baseline has no year": "baseline-without-year",
    "Women and men are not all": "parts-differ-from-total",
}
"""The rule that finds each fault, by the title of its case."""
FINDING = re.compile(r"^(\S+):(\d+):(\d+): \w+: .* \[([a-z0-9-]+)\]$", re.MULTILINE)


@pytest.fixture(scope="module")
def cases() -> dict[str, Case]:
    return {case.title: case for case in read_cases()}


def test_there_are_twenty_seven() -> None:
    assert len(FAULTS) == 27


@pytest.mark.parametrize("title", FAULTS)
def test_a_fault_is_found_once_with_its_place_and_a_remedy(title: str, cases: dict[str, Case]) -> None:
    report = cases[title].report
    found = FINDING.findall(report)
    assert [rule for _, _, _, rule in found] == [FAULTS[title]]
    file, line, column, _ = found[0]
    assert file.startswith("content/indicators/")
    assert int(line) >= 1
    assert int(column) >= 1
    assert report.count("\n  Fix: ") == 1

"""What the README claims: each judge that it names is at work in the test that it names."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

PART = "## What we claim, and who judges it"
JUDGES = {
    "Data Package 2.0": ("from frictionless import", "from jsonschema import"),
    "CSV on the Web": ("from csvw import",),
    "DCAT-AP 3.0.1": ("from pyshacl import",),
    "JSON-LD 1.1": ("from pyld import",),
    "OpenAPI 3.1": ("from openapi_spec_validator import", "from jsonschema import"),
    "Citation File Format 1.2": ("vendor.citation-file-format",),
    "XLSX": ("from python_calamine import",),
    "SQLite": ("integrity_check", "foreign_key_check"),
    "Atom": ("import feedparser",),
    "iCalendar": ("from icalendar import",),
    "HTML": ("import html5lib",),
    "SARIF 2.1.0": ("jsonschema",),
    "reviewdog, GitLab code quality, JUnit": ("jsonschema", "XMLSchema"),
    "JSON Schema draft-07": ("Draft7Validator.check_schema",),
    "Sveltia CMS": ("from jsonschema import", "sveltia-cms.json"),
    "GitHub workflows and issue forms, GitLab CI": ("check_jsonschema", "zizmor"),
}
"""By what one sees that the judge is asked."""


def claims() -> dict[str, list[str]]:
    """The files of tests by claim, as the README lists them."""
    text = (ROOT / "README.md").read_text("utf-8").partition(PART)[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| ")][1:]
    return {row[0].strip(): re.findall(r"\(tests/((?:shell/)?test_\w+\.py)\)", row[-1]) for row in rows}


def test_every_claim_has_a_judge() -> None:
    assert set(claims()) == set(JUDGES)
    assert all(claims().values())


@pytest.mark.parametrize("claim", sorted(JUDGES))
def test_the_judge_is_asked_in_the_test_that_the_readme_names(claim: str) -> None:
    texts = [(ROOT / "tests" / name).read_text("utf-8") for name in claims()[claim]]
    for sign in JUDGES[claim]:
        assert any(sign in text for text in texts), sign

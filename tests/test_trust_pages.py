"""The pages that let others check the site: compliance, quality, self-assessment, packs, contact, card."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html import unescape

import pytest
from conftest import FICTIONAL_DAY, Files, inputs_of

from site_builder.composition import check, edition
from site_builder.nouns.edition import Edition
from site_builder.shell.wording import Wording

LANGUAGES = ("en", "mn")


def page(outputs: Files, path: str) -> str:
    """The words of a page, its markup left out."""
    text = outputs[f"{path}/index.html"].decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


# Compliance


def test_compliance_says_plainly_that_there_is_no_report(real_outputs: Files) -> None:
    text = page(real_outputs, "en/compliance")
    assert "Not up to date: 0 of 13 commitments have a report" in text
    assert "No government report exists in our sources, on any commitment." in text
    assert "This is no assessment by OGP." in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_compliance_shows_every_requirement_with_its_figures(real_outputs: Files, language: str) -> None:
    content = real_outputs[f"{language}/compliance/index.html"].decode()
    for number in range(1, 20):
        assert f'id="c{number:02}"' in content
    assert len(re.findall(r'<span class="mark (full|half|hollow|unknown)">', content)) == 19 * 5  # plans


def test_compliance_shows_other_plans_beside_each_other(fictional_outputs: Files, fictional_edition: Edition) -> None:
    content = fictional_outputs["en/compliance/index.html"].decode()
    rows = len(fictional_edition.derived.tables["repository_compliance"])
    assert len(re.findall(r'<span class="mark ', content)) == rows == 38


# Quality


def test_a_waived_finding_stands_with_its_rule_place_and_reason(real_outputs: Files) -> None:
    text = page(real_outputs, "en/quality")
    assert "0 findings stand, 3 are waived" in text
    assert "milestone-before-commitment Warning" in text
    assert "content/plans/nap3/commitments/c01.yaml:109" in text
    assert "nothing is corrected" in text


def test_a_finding_that_stands_is_told_in_the_language_of_the_page(fictional_outputs: Files) -> None:
    assert "`" not in page(fictional_outputs, "mn/quality")
    assert "has no text in language" in page(fictional_outputs, "en/quality")
    assert "хэл дээрх бичвэр алга" in page(fictional_outputs, "mn/quality")


def test_findings_name_files_as_in_a_project_wherever_they_were_read(
    fictional_content: Files, schema_files: Files, theme_files: Files, wording: Wording
) -> None:
    given = inputs_of(fictional_content, schema_files, theme_files, FICTIONAL_DAY, wording)
    elsewhere = {"content": "/srv/somewhere", "schemas": "/srv/s", "theme": "/srv/t"}
    issue = edition(check(replace(given, folders=elsewhere)))
    files = {row["file"] for row in issue.derived.tables["findings"]}
    assert files
    assert all(file.startswith("content/") for file in files)


def test_every_finding_of_the_run_is_a_row_of_the_table(fictional_edition: Edition) -> None:
    rows = fictional_edition.derived.tables["findings"]
    assert Counter(row["state"] for row in rows) == {
        "standing": len(fictional_edition.findings),
        "waived": len(fictional_edition.waived),
    }
    assert [row["finding_id"] for row in rows] == list(range(1, len(rows) + 1))


def test_the_state_of_every_text_is_known_and_counted(fictional_edition: Edition) -> None:
    tables = fictional_edition.derived.tables
    states = {
        (row["record_id"], row["language"]): row["state"]
        for row in tables["translation_state"]
        if (row["table_name"], row["field"]) == ("commitments", "title")
    }
    assert (states["fic1-c06", "en"], states["fic1-c06", "mn"]) == ("present", "missing")
    assert states["fic1-c01", "mn"] == "own_translation"
    for row in tables["translation_summary"]:
        parts = [row[f"{state}_count"] for state in ("present", "own_translation", "missing")]
        assert sum(parts) == row["text_count"]
    assert sum(row["text_count"] for row in tables["translation_summary"]) == len(tables["translation_state"])


def test_answers_to_the_form_add_up_to_the_facts_of_the_plan(real_edition: Edition) -> None:
    tables = real_edition.derived.tables
    (plan,) = (row for row in tables["plan_summary"] if row["plan_id"] == "nap3")
    for name in ("stated", "none", "missing"):
        rows = (row for row in tables["form_answers"] if row["plan_id"] == "nap3")
        assert sum(row[f"{name}_count"] for row in rows) == plan[f"fact_{name}_count"]

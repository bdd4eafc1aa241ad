"""The pages that let others check the site: compliance, quality, self-assessment, packs, contact, card."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html import unescape

import pytest
from conftest import FICTIONAL_DAY, Files, inputs_of

from site_builder.composition import Checked, check, edition
from site_builder.derive.findings import Told, finding_rows
from site_builder.nouns.edition import Edition
from site_builder.shell.wording import Wording
from site_builder.writers.html import Press

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
    assert "0 findings stand, 16 are waived" in text
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
    ids = [row["finding_id"] for row in rows]
    assert ids == sorted(set(ids))


def test_a_finding_keeps_its_id_when_another_comes_before_it(fictional: Checked, wording: Wording) -> None:
    standing = fictional.findings
    few, all_of_them = (
        {row["finding_id"]: row["message_en"] for row in finding_rows(told, fictional.catalog, FICTIONAL_DAY)}
        for told in (Told(standing[1:], (), wording), Told(standing, (), wording))
    )
    assert len(all_of_them) == len(few) + 1
    assert few.items() <= all_of_them.items()


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
        parts = [row[f"{state}_count"] for state in ("present", "own_translation", "missing", "checked", "stale")]
        assert sum(parts) == row["text_count"]
    assert sum(row["text_count"] for row in tables["translation_summary"]) == len(tables["translation_state"])


def test_answers_to_the_form_add_up_to_the_facts_of_the_plan(real_edition: Edition) -> None:
    tables = real_edition.derived.tables
    (plan,) = (row for row in tables["plan_summary"] if row["plan_id"] == "nap3")
    for name in ("stated", "none", "missing"):
        rows = (row for row in tables["form_answers"] if row["plan_id"] == "nap3")
        assert sum(row[f"{name}_count"] for row in rows) == plan[f"fact_{name}_count"]


# Self-assessment


def test_the_level_follows_from_government_reports_alone(fictional_edition: Edition) -> None:
    levels = {
        row["commitment_id"]: row["completion_level"] for row in fictional_edition.derived.tables["self_assessment"]
    }
    assert levels == {
        "fic0-c01": "limited",  # one of three milestones is completed
        "fic0-c02": "not_reported",
        "fic1-c01": "substantial",  # three of four
        "fic1-c02": "limited",
        "fic1-c03": "limited",
        "fic1-c04": "limited",  # reviewers found complete, which does not count here
        "fic1-c05": "limited",
        "fic1-c06": "not_reported",
    }


@pytest.mark.parametrize(("site", "plan", "stage"), [("real", "nap3", "end_of_term"), ("fictional", "fic1", "early")])
def test_the_self_assessment_says_which_it_would_be(
    site: str, plan: str, stage: str, request: pytest.FixtureRequest
) -> None:
    issue: Edition = request.getfixturevalue(f"{site}_edition")
    assert {row["stage"] for row in issue.derived.tables["self_assessment"] if row["plan_id"] == plan} == {stage}


def test_the_self_assessment_says_first_that_it_is_no_government_document(real_outputs: Files) -> None:
    text = page(real_outputs, "en/plans/nap3/self-assessment")
    assert text.index("This is not a government document") < text.index("Commitment 1")
    assert text.count("Completion level Not reported") == 13


def test_the_fields_of_the_form_stand_in_the_order_of_ogp(fictional_outputs: Files) -> None:
    text = page(fictional_outputs, "en/plans/fic1/self-assessment").partition("Form for commitment 1 ")[2]
    fields = (
        "Start and end",
        "Lead agency",
        "Description",
        "Problem addressed",
        "Relevance to OGP values",
        "Completion level",
        "Results",
        "Next steps",
        "Evidence",
    )
    places = [text.index(name) for name in fields]
    assert places == sorted(places)
    assert "**" not in text


def test_a_long_plan_is_assessed_in_parts_that_stay_small(large_edition: Edition) -> None:
    issue = large_edition
    pages = [page for page in issue.plan.pages if page.kind == "self-assessment" and page.language == "mn"]
    assert len(pages) == 10
    sizes = [len(gzip.compress(Press(issue).render(page).content)) for page in pages]
    assert max(sizes) <= 40_000


# Packs


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_pack_has_the_rows_of_its_commitment_and_of_no_other(fictional_outputs: Files) -> None:
    found = members(fictional_outputs["data/latest/packs/fic1-c02.zip"])
    count = 0
    for name, content in found.items():
        whole = fictional_outputs.get(f"data/latest/{name}")
        if not name.endswith(".csv"):
            continue
        assert whole is not None
        mine, every = rows(content), rows(whole)
        assert all(row in every for row in mine), name
        if "commitment_id" in every[0]:
            assert mine == [row for row in every if row["commitment_id"] == "fic1-c02"], name
            count += 1
    assert count > 8
    everything = rows(fictional_outputs["data/latest/date_changes.csv"])
    moved = [row for row in everything if row["milestone_id"].startswith("fic1-c02-")]
    assert rows(found["date_changes.csv"]) == moved
    assert len(rows(found["update_items.csv"])) > 4


def test_a_pack_explains_itself_and_names_the_sources_of_its_values(fictional_outputs: Files) -> None:
    found = members(fictional_outputs["data/latest/packs/fic1-c01.zip"])
    assert {"README.md", "README.mn.md", "SHA256SUMS"} <= set(found)
    told = rows(found["provenance.csv"])
    sources = {row["source_id"] for row in rows(found["sources.csv"])}
    assert {row["source_id"] for row in told if row["source_id"]} <= sources
    assert any(row["record_id"] == "fic1-c01-m01" for row in told)
    sums = dict(line.split("  ")[::-1] for line in found["SHA256SUMS"].decode().splitlines())
    assert sums == {name: sha256(content).hexdigest() for name, content in found.items() if name != "SHA256SUMS"}


def test_every_commitment_links_its_pack_and_so_does_the_page_on_compliance(real_outputs: Files) -> None:
    packs = [path for path in real_outputs if path.startswith("data/latest/packs/") and path.endswith(".zip")]
    compliance = real_outputs["mn/compliance/index.html"].decode()
    assert len(packs) >= 13
    for path in packs:
        name = path.rpartition("/")[2]
        commitment = name.removesuffix(".zip")
        assert f"packs/{name}" in compliance
        assert f"packs/{name}" in real_outputs[f"en/commitments/{commitment}/index.html"].decode()


# Contact and card


def test_every_page_links_to_a_report_that_carries_its_id(real_outputs: Files) -> None:
    for path, name in {
        "en/commitments/nap3-c01/index.html": "commitment/nap3-c01/en",
        "mn/index.html": "home/mn",
        "mn/plans/nap3/self-assessment/index.html": "self-assessment/nap3/mn",
    }.items():
        assert f'contact/index.html?page={name}"' in real_outputs[path].decode()


def test_contact_offers_the_public_repository_only_where_there_is_one(
    real_outputs: Files, fictional_outputs: Files
) -> None:
    assert 'href="https://example.org/repository/issues/new"' in fictional_outputs["en/contact/index.html"].decode()
    assert "issues/new" not in real_outputs["en/contact/index.html"].decode()
    assert "gives no address to write to" in page(real_outputs, "en/contact")
    assert "Secretariat of the Council for the Open Plan" in page(fictional_outputs, "en/contact")


def test_the_card_is_tiny_and_leads_out_of_its_frame(fictional_outputs: Files) -> None:
    cards = {path: content for path, content in fictional_outputs.items() if "/embed/" in path}
    assert len(cards) == 2 * 8
    for path, content in cards.items():
        assert len(gzip.compress(content)) <= 6_000, path
        text = content.decode()
        assert text.count('target="_top"') == 2
        assert "<nav" not in text
        assert "<script" not in text
        assert text.count("<dt>") == 3


def test_the_code_of_the_card_needs_the_address_of_the_site(real_outputs: Files, fictional_outputs: Files) -> None:
    offered = page(fictional_outputs, "en/commitments/fic1-c01")
    assert '<iframe src="https://example.org/plan/en/embed/fic1-c01/"' in offered
    assert "which this copy does not know" in page(real_outputs, "en/commitments/nap3-c01")


# Method


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_defines_every_computed_column(
    fictional_outputs: Files, fictional_edition: Edition, language: str
) -> None:
    text = page(fictional_outputs, f"{language}/method")
    for table in fictional_edition.schemas:
        if table.name in fictional_edition.derived.tables:
            for item in table.fields:
                assert item.descriptions[language] in text or item.name.endswith(("_id", "as_of")), item.name


def test_the_method_names_its_limits_and_links_its_parts(real_outputs: Files) -> None:
    content = real_outputs["en/method/index.html"].decode()
    assert "30 days or fewer before its deadline" in page(real_outputs, "en/method")
    assert "183 days is the greatest age" in page(real_outputs, "en/method")
    for name in ("schedule_statuses", "self_assessment_levels", "thresholds", "figures", "glossary"):
        assert f'href="#{name}"' in content
        assert f'id="{name}"' in content

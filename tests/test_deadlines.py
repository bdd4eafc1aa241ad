"""The promises of the deadlines: what is listed, in which order, of how many, and what is said where nothing is."""

from __future__ import annotations

import gzip
from xml.etree.ElementTree import Element

import pytest
from conftest import REAL_DAY, Files, inputs_of, without_data
from derive.test_fictional_plan import table
from test_pages import LIST_BUDGET, Page, name_of, parsed, words_of

from site_builder.composition import check
from site_builder.nouns.edition import Edition
from site_builder.nouns.page import Page as Address
from site_builder.readers.formats import Formats
from site_builder.shell.wording import Wording
from site_builder.writers.pages._deadlines import SORTS, late_of
from site_builder.writers.voice import Voice

LANGUAGES = ("en", "mn")


def deadlines(outputs: Files, plan: str, language: str = "en") -> Page:
    path = f"{language}/plans/{plan}/deadlines/index.html"
    return parsed(path, outputs[path])


def section(page: Page, name: str) -> Element:
    (found,) = (node for node in page.every("section") if node.get("id") == name)
    return found


def milestones_in(node: Element) -> list[str]:
    """The milestones of a list, by the address that their names link to."""
    names = [cell for cell in node.iter() if cell.tag == "th" and cell.get("scope") == "row"]
    links = [next(part for part in cell.iter() if part.tag == "a").attrib["href"] for cell in names]
    return ["-".join((link.split("/")[-2], link.partition("#")[2])) for link in links]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("row", table("Deadlines"), ids=lambda row: f"{row[0]} {row[1]}")
def test_a_list_holds_what_was_worked_out_by_hand_the_worst_first(
    row: list[str], language: str, fictional_outputs: Files
) -> None:
    found = section(deadlines(fictional_outputs, row[0], language), row[1])
    assert milestones_in(found) == row[2].split()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("row", table("Deadlines"), ids=lambda row: f"{row[0]} {row[1]}")
def test_a_list_says_how_many_of_how_many_as_of_when(row: list[str], language: str, fictional_outputs: Files) -> None:
    found = section(deadlines(fictional_outputs, row[0], language), row[1])
    sentence = next(node for node in found.iter() if name_of(node) == "p")
    days = [node.get("datetime") for node in sentence.iter() if name_of(node) == "time"]
    assert "2026-06-30" in days
    if row[2]:
        words = words_of(sentence)
        assert f"{len(row[2].split())}" in words
        assert row[3] in words


def test_a_moved_deadline_is_listed_with_both_dates_its_reasons_and_that_it_came_late(fictional_outputs: Files) -> None:
    found = section(deadlines(fictional_outputs, "fic1"), "moved")
    (group,) = (body for body in found.iter() if body.tag == "tbody" and "monthly bill" in words_of(body))
    words = words_of(group)
    assert "303 days, 2 times" in words
    assert words.index("30 Sept 2025") < words.index("30 Jul 2026")
    assert "The printer of bills is still wet." in words
    assert "Decision 1 of 14 January 2026" in words
    assert words.count("reported after the old date had passed") == 1
    (other,) = (body for body in found.iter() if body.tag == "tbody" and "all harbour towns" in words_of(body))
    assert "after the old date" not in words_of(other)


def test_a_date_in_words_stands_where_there_is_no_day(fictional_outputs: Files) -> None:
    assert "when the tide allows" in words_of(section(deadlines(fictional_outputs, "fic1"), "undated"))


def test_after_a_plans_end_the_page_says_that_nothing_can_be_overdue(real_outputs: Files) -> None:
    page = deadlines(real_outputs, "nap3")
    assert milestones_in(section(page, "overdue")) == []
    assert "After that day nothing is counted as overdue" in words_of(section(page, "overdue"))
    assert "38 of 38 recorded milestones are mentioned in no report" in words_of(section(page, "silent"))
    assert "32 of 38 recorded milestones have no deadline" in words_of(section(page, "undated"))


def test_closed_and_continued_milestones_are_counted_beside_the_unfinished(fictional_outputs: Files) -> None:
    words = words_of(section(deadlines(fictional_outputs, "fic1"), "unfinished"))
    assert "partly done or not done: 2 of 16" in words
    assert "Continued in a later plan: 1 of 16" in words


def test_the_late_items_of_an_organisation_are_those_that_it_leads(fictional_edition: Edition) -> None:
    language = fictional_edition.catalog.languages[0]
    voice = Voice(
        fictional_edition, Address("organisations", "", "en", "en/organisations/index.html"), Formats(language)
    )
    found = {
        record.id: [item.id for item in late_of(voice, record)]
        for record in fictional_edition.catalog.rows("organisations")
    }
    assert {name: late for name, late in found.items() if late} == {
        "ministry-of-examples": ["fic1-c02-m04", "fic1-c02-m03"],
        "office-of-old-maps": ["fic0-c01-m03"],
    }


def test_a_plan_without_milestones_gets_one_plain_sentence(
    fictional_content: Files, schema_files: Files, theme_files: Files, wording: Wording
) -> None:
    content = {path: text for path, text in fictional_content.items() if not path.startswith("plans/fic0/updates")}
    for path in ("plans/fic0/commitments/c01.yaml", "plans/fic0/commitments/c02.yaml"):
        text = content[path].decode()
        start, end = text.index("milestones:\n"), text.index("\nprovenance:\n")
        content[path] = (text[:start] + text[end + 1 :]).replace(", milestones]", "]").encode()
    checked = check(inputs_of(content, schema_files, theme_files, REAL_DAY, wording))
    outputs = without_data(checked)
    page = deadlines(outputs, "fic0")
    assert not page.every("section")
    assert "No milestone is stated in the sources we have." in page.text


def test_with_300_commitments_the_lists_stay_small_and_say_what_they_leave_out(large_outputs: Files) -> None:
    outputs = large_outputs
    for language in LANGUAGES:
        for name in ("deadlines", "milestones"):
            path = f"{language}/plans/syn/{name}/index.html"
            assert len(gzip.compress(outputs[path])) <= LIST_BUDGET, path
    page = deadlines(outputs, "syn")
    overdue = section(page, "overdue")
    assert len(milestones_in(overdue)) == 40
    assert "The first 40 of " in words_of(overdue)
    assert (
        "The first 24 of 300 commitments are shown; all stand in the table."
        in parsed("x", outputs["en/plans/syn/milestones/index.html"]).text
    )


def test_every_list_has_its_place_on_the_page(fictional_outputs: Files) -> None:
    page = deadlines(fictional_outputs, "fic1")
    assert [node.get("id") for node in page.every("section") if node.get("id")] == list(SORTS)

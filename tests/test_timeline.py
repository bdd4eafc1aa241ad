"""The promises of the milestones over time: a cell a period, shape and word, dates in words, drawings as files."""

from __future__ import annotations

import gzip
import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from conftest import Files
from test_pages import Page, name_of, parsed, words_of

from site_builder.nouns.edition import Edition
from site_builder.writers.charts.sheet import Drawing, Sheet, draw_sheet

LANGUAGES = ("en", "mn")
SVG = "{http://www.w3.org/2000/svg}"


def timeline(outputs: Files, plan: str, language: str = "en") -> Page:
    path = f"{language}/plans/{plan}/milestones/index.html"
    return parsed(path, outputs[path])


def row_of(page: Page, milestone: str) -> list[Element]:
    """The cells of a milestone in the matrix."""
    commitment, _, number = milestone.rpartition("-")
    rows = [
        node
        for node in page.one("table").iter()
        if node.tag == "tr"
        and any(f"{commitment}/index.html#{number}" in (part.get("href") or "") for part in node.iter())
    ]
    assert len(rows) == 1
    return [cell for cell in rows[0] if cell.tag == "td"]


def states(page: Page, milestone: str) -> list[tuple[str, str, str]]:
    """Period, shape and word of each cell."""
    found = []
    for cell in row_of(page, milestone):
        mark, word = (part for part in cell if part.tag == "span")
        found.append((cell.attrib["data-label"], mark.attrib["class"].removeprefix("mark "), words_of(word)))
    return found


def test_a_milestone_has_a_shape_and_a_word_at_the_end_of_each_quarter(fictional_outputs: Files) -> None:
    page = timeline(fictional_outputs, "fic1")
    # the plan runs for twelve quarters, of which six are over; the last ends on the day of the page
    assert states(page, "fic1-c01-m02") == [
        ("Mar 2025", "hollow", "Due later"),
        ("Jun 2025", "hollow", "Due later"),
        ("Sept 2025", "hollow", "Due later"),
        ("Dec 2025", "hollow", "Due within 30 days"),
        ("Mar 2026", "full", "Done late"),
        ("Jun 2026", "full", "Done late"),
    ]
    assert [word for _, _, word in states(page, "fic1-c02-m04")][-2:] == ["Due within 30 days", "Overdue"]
    assert {shape for _, shape, _ in states(page, "fic1-c03-m01")} == {"dash"}


def test_after_a_plans_end_the_last_column_shows_the_day_of_the_page(fictional_outputs: Files) -> None:
    page = timeline(fictional_outputs, "fic0")
    assert states(page, "fic0-c01-m02")[-2:] == [
        ("Dec 2024", "hollow", "Due within 30 days"),
        ("Now", "onward", "Continued in a later plan"),
    ]
    assert states(page, "fic0-c02-m01")[-1] == ("Now", "unknown", "Not reported")
    assert len(states(page, "fic0-c02-m01")) == 8 + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_columns_of_the_matrix_have_headings_of_their_own(fictional_outputs: Files, language: str) -> None:
    table = timeline(fictional_outputs, "fic1", language).one("table")
    scopes = [node.get("scope") for node in table.iter() if node.tag == "th"]
    assert (scopes.count("colgroup"), scopes.count("col"), scopes.count("rowgroup"), scopes.count("row")) == (
        2,
        7,
        5,
        16,
    )
    assert words_of(next(node for node in table if node.tag == "caption"))


def test_two_statuses_of_one_shape_are_both_in_the_key(fictional_outputs: Files) -> None:
    page = timeline(fictional_outputs, "fic1")
    keys = [words_of(node) for node in page.every("li") if any("mark" in (part.get("class") or "") for part in node)]
    assert "due later, due within 30 days" in keys
    shown = {shape for cells in page.every("td") if len(cells) for shape in [next(iter(cells)).attrib["class"]]}
    assert len(keys) == len(shown)


def test_without_reports_the_page_says_that_the_calendar_speaks_alone(real_outputs: Files) -> None:
    page = timeline(real_outputs, "nap3")
    assert "No government report on any of the 38 recorded milestones" in page.text
    assert [shape for _, shape, _ in states(page, "nap3-c01-m01")] == ["hollow"] * 2 + ["half"] * 10 + ["unknown"]


def test_the_dates_of_a_milestone_stand_in_words(fictional_outputs: Files) -> None:
    text = words_of(timeline(fictional_outputs, "fic1").one("main"))
    assert (
        "begins 1 Feb 2025; due 31 Dec 2025; first due 30 Sept 2025; moved 1 time; done on 1 Oct 2025, as reported"
        in text
    )
    assert "due when the tide allows; reported as not started on 12 Jul 2025" in text
    assert "begins 1 Jun 2025; due 31 Mar 2026; no report" in text


# Drawings as files


def sheets(outputs: Files) -> dict[str, bytes]:
    return {path: content for path, content in outputs.items() if path.endswith("/timeline.svg")}


@pytest.mark.parametrize("name", ["real", "fictional"])
def test_each_plan_and_commitment_has_its_drawing_as_a_file(name: str, request: pytest.FixtureRequest) -> None:
    outputs: Files = request.getfixturevalue(f"{name}_outputs")
    edition: Edition = request.getfixturevalue(f"{name}_edition")
    records = [*edition.catalog.rows("plans"), *edition.catalog.rows("commitments")]
    pages = [f"{code}/{record.table}/{record.id}/index.html" for code in LANGUAGES for record in records]
    assert set(sheets(outputs)) == {path.replace("index.html", "timeline.svg") for path in pages}
    for path in pages:
        links = [link for _, link in parsed(path, outputs[path]).links()]
        assert "timeline.svg" in links, path


@pytest.mark.parametrize("name", ["real", "fictional"])
def test_a_drawing_stands_on_its_own(name: str, request: pytest.FixtureRequest) -> None:
    outputs: Files = request.getfixturevalue(f"{name}_outputs")
    for path, content in sheets(outputs).items():
        root = ElementTree.fromstring(content)  # noqa: S314
        assert root.tag == f"{SVG}svg"
        assert root.get("lang") == path.split("/")[0]
        assert [node.get("id") for node in root[:2]] == ["t", "d"]
        assert all(node.text for node in root[:2]), path
        # a policy that forbids inline styles would take them away
        assert not [node for node in root.iter() if node.get("style") or node.tag == f"{SVG}style"]
        assert not re.search(rb"https?://(?!www\.w3\.org/2000/svg)", content), path
        assert len(gzip.compress(content)) <= 3_000, path
        ids = [node.get("id") for node in root.iter() if node.get("id")]
        assert len(ids) == len(set(ids))
        assert {node.attrib["href"].removeprefix("#") for node in root.iter(f"{SVG}use")} <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drawing_says_what_it_shows_and_as_of_when(fictional_outputs: Files, language: str) -> None:
    root = ElementTree.fromstring(fictional_outputs[f"{language}/commitments/fic1-c02/timeline.svg"])  # noqa: S314
    words = " ".join(node.text or "" for node in root.iter(f"{SVG}text"))
    page = parsed("x", fictional_outputs[f"{language}/commitments/fic1-c02/index.html"])
    assert words_of(page.one("h1")) in words
    assert words_of(next(node for node in page.every("figcaption"))) in words
    assert "2026" in words
    assert "CC-BY-4.0" in words


def test_dangerous_letters_stay_letters_and_a_long_heading_is_broken_into_lines() -> None:
    sheet = Sheet("en", "<script>alert(1)</script> " + "word " * 40, "a & b", Drawing("<g/>", 10), "what", ("x" * 300,))
    root = ElementTree.fromstring(draw_sheet(sheet))  # noqa: S314
    lines = [node.text or "" for node in root.iter(f"{SVG}text")]
    assert "<script>alert(1)</script>" in lines[0]
    assert max(len(line) for line in lines) <= 92
    assert max(float(node.attrib["y"]) for node in root.iter(f"{SVG}text")) < float(root.attrib["height"])
    assert not [node for node in root.iter() if name_of(node) == "script"]

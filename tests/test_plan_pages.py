"""The promises of the first page, the page of a plan and the comparison of plans: figures are rows, gaps are said."""

from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, fromstring

import html5lib
import pytest
from conftest import FICTIONAL_DAY, Files, inputs_of, without_data

from site_builder.composition import Checked, check, edition
from site_builder.derive.completion import LEVELS, NOT_KNOWN
from site_builder.nouns.derived import Row
from site_builder.nouns.edition import Edition
from site_builder.shell.wording import Wording
from site_builder.writers.charts.stacked import Bar, Part, Stacked, draw_stacked

LANGUAGES = ("en", "mn")
TOGETHER = "substantial_or_complete"
PAGE_BUDGET, DRAWING_BUDGET = 20_000, 3_000
Outputs = Mapping[str, bytes]

BARE = """
number: {number}
title:
  en: "Bare plan {number} (fictional)"
  mn: "Нүцгэн {number} дугаар төлөвлөгөө (зохиомол)"
short_title:
  en: "Bare plan {number}"
  mn: "Нүцгэн төлөвлөгөө {number}"
country: XEX
period_start: {start}
period_end: {end}
status: ended
"""
"""A plan of which our sources hold no more than that there was one."""
UNTITLED = "number: {number}\nogp_id: XX000{number}\n"
BREAKDOWN = """
assessor:
  en: "Independent Checkers of Exemplia (fictional)"
  mn: "Экземплия улсын Бие даасан шалгагчид (зохиомол)"
kind: results
source: checkers-report
plan_findings:
  - measure: complete_count
    value: 3
    out_of: 13
  - measure: substantial_count
    value: 1
    out_of: 13
  - measure: substantially_or_fully_completed
    value: 4
    out_of: 13
  - measure: limited_count
    value: 7
    out_of: 13
  - measure: not_started_count
    value: 0
    out_of: 13
"""


def parsed(content: bytes) -> Element:
    root: Element = html5lib.parse(content, transport_encoding="utf-8", namespaceHTMLElements=False)
    return root


def words_of(node: Element) -> str:
    return " ".join("".join(node.itertext()).split())


def by_class(root: Element, name: str) -> list[Element]:
    return [node for node in root.iter() if name in (node.get("class") or "").split()]


def page_of(outputs: Outputs, path: str) -> Element:
    return parsed(outputs[f"{path}/index.html"])


def digits(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


@pytest.fixture(scope="module")
def bare(fictional_content: Files, schema_files: Files, theme_files: Files, brief_wording: Wording) -> Checked:
    """The fictional plans with a plan of nothing, one of a report alone, and one whose commitments have no titles."""
    site = fictional_content["site.yaml"].replace(b"time_zone:", b"plan: fic1\ntime_zone:", 1)
    files = {
        **fictional_content,
        "site.yaml": site,
        "plans/bare1/plan.yaml": BARE.format(number=11, start=2001, end=2002).encode(),
        "plans/bare2/plan.yaml": (BARE.format(number=12, start=2003, end=2004) + "commitment_count: 13\n").encode(),
        "plans/bare2/assessments/results.yaml": BREAKDOWN.encode(),
        "plans/bare3/plan.yaml": (BARE.format(number=13, start=2005, end=2006) + "commitment_count: 4\n").encode(),
        "plans/bare3/commitments/c01.yaml": UNTITLED.format(number=1).encode(),
        "plans/bare3/commitments/c02.yaml": UNTITLED.format(number=2).encode(),
    }
    return check(inputs_of(files, schema_files, theme_files, FICTIONAL_DAY, brief_wording))


@pytest.fixture(scope="module")
def bare_edition(bare: Checked) -> Edition:
    return edition(bare)


@pytest.fixture(scope="module")
def bare_outputs(bare: Checked) -> Outputs:
    return without_data(bare)


@pytest.fixture(params=["real", "fictional", "bare"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def issue(request: pytest.FixtureRequest, name: str) -> Edition:
    found: Edition = request.getfixturevalue(f"{name}_edition")
    return found


@pytest.fixture
def outputs(request: pytest.FixtureRequest, name: str) -> Outputs:
    found: Outputs = request.getfixturevalue(f"{name}_outputs")
    return found


# The page of a plan


def figures(root: Element) -> list[tuple[int, int]]:
    """Each figure among the counts and the first number of its sentence, of how many it is."""
    (counts,) = by_class(root, "counts") or [Element("ul")]
    found = []
    for entry in counts.iter("li"):
        number, sentence = words_of(entry).split(" ", 1)
        found.append((int(number), digits(sentence)[0]))
    return found


def allowed(row: Row, whole: int) -> set[tuple[int, int]]:
    """Every figure of a plan with its denominator."""
    return {
        (row["milestone_overdue_count"], row["milestone_assessed_count"]),
        (row["milestone_soon_count"], row["milestone_assessed_count"]),
        *((row[name], row["milestone_count"]) for name in row if name.startswith("milestone_")),
        *((row[name], row["commitment_count"]) for name in row if name.startswith("commitment_")),
        (row["commitment_count"], whole),
        (row["fact_stated_count"], row["fact_count"]),
    }


def test_every_figure_of_a_plan_and_its_denominator_are_those_of_the_table(issue: Edition, outputs: Outputs) -> None:
    shown = 0
    for plan in issue.catalog.rows("plans"):
        row = issue.derived.row("plan_summary", plan.id)
        told = figures(page_of(outputs, f"en/plans/{plan.id}"))
        wrong = [pair for pair in told if pair not in allowed(row, plan.get("commitment_count"))]
        assert wrong == [], plan.id
        shown += len(told)
    assert shown >= 8


def test_what_is_late_due_soon_moved_unreported_and_without_evidence_is_counted(fictional_outputs: Outputs) -> None:
    text = words_of(by_class(page_of(fictional_outputs, "en/plans/fic1"), "counts")[0])
    for said in (
        "2 of 14 milestones that have a deadline and were not withdrawn are overdue.",
        "2 of 14 milestones that have a deadline and were not withdrawn are due within 30 days.",
        "3 of 16 recorded milestones have had their deadline moved.",
        "3 of 16 recorded milestones are mentioned in no report",
        "7 of 16 recorded milestones have no piece of evidence",
        "15 of 16 recorded milestones have a deadline",
        "5 of 6 commitments have a government report",
    ):
        assert said in text, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_a_plan_counts_nothing_of_nothing(outputs: Outputs, issue: Edition, language: str) -> None:
    paths = ["", "/plans", *(f"/plans/{plan.id}" for plan in issue.catalog.rows("plans"))]
    for path in paths:
        text = words_of(page_of(outputs, f"{language}{path}"))
        assert not re.search(r"\bof 0\b|\(нийт 0 |\b0 амлалтаас|\b0 үе шатаас|\b0 мэдээллээс", text), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_our_sources_do_not_hold_of_a_plan_is_said_in_words(
    bare: Checked, bare_outputs: Outputs, language: str
) -> None:
    words = bare.theme.words[language]
    expected = {
        "bare1": [words.phrase("plan.nothing"), words.phrase("lede.plan_not_found")],
        "bare2": [words.phrase("plan.no_commitments", 13).format(count=13)],
        "bare3": [
            words.phrase("plan.some_commitments").format(count=4, recorded=2),
            words.phrase("plan.no_milestones"),
            words.phrase("commitment.untitled").format(id="XX0001"),
        ],
    }
    for plan, phrases in expected.items():
        text = words_of(page_of(bare_outputs, f"{language}/plans/{plan}"))
        for phrase in phrases:
            assert phrase in text, plan


def test_a_plan_of_which_no_commitment_is_recorded_has_no_empty_table(bare_outputs: Outputs) -> None:
    for plan in ("bare1", "bare2"):
        assert not list(page_of(bare_outputs, f"en/plans/{plan}").iter("table")), plan
    assert list(page_of(bare_outputs, "en/plans/bare3").iter("table"))


def test_the_list_of_a_plan_keeps_three_answers_a_row(real_outputs: Outputs) -> None:
    (table,) = page_of(real_outputs, "en/plans/nap3").iter("table")
    rows = [row for body in table.iter("tbody") for row in body.iter("tr")]
    assert len(rows) == 13
    for row in rows:
        labels = [cell.get("data-label") for cell in row.iter("td")]
        assert labels == ["Government", "Reviewers", "Calendar"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_count_leads_to_the_list_that_shows_it_once_there_is_such_a_page(
    issue: Edition, outputs: Outputs, language: str
) -> None:
    for plan in issue.catalog.rows("plans"):
        page = page_of(outputs, f"{language}/plans/{plan.id}")
        listed = issue.plan.address("deadlines", plan.id, language)
        links = [link.get("href", "") for counts in by_class(page, "counts") for link in counts.iter("a")]
        if listed is None:
            assert links == []
        for link in links:
            target, _, anchor = link.partition("#")
            path = posixpath.normpath(posixpath.join(f"{language}/plans/{plan.id}", target))
            assert path == listed
            assert anchor in {node.get("id") for node in parsed(outputs[path]).iter()}, link


# The first page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_shows_the_main_plan_in_full_and_the_others_in_a_sentence(
    issue: Edition, outputs: Outputs, language: str
) -> None:
    main = issue.main_plan
    assert main is not None
    page = page_of(outputs, language)
    (promises,) = by_class(page, "index")
    links = [link.get("href") for link in promises.iter("a")]
    assert links == [f"commitments/{record.id}/index.html" for record in issue.commitments_of[main.id]]
    others = [link.get("href") for entry in by_class(page, "plain") for link in entry.iter("a")]
    assert set(others) == {f"plans/{plan.id}/index.html" for plan in issue.catalog.rows("plans") if plan != main}
    assert len(by_class(page, "band")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_says_before_anything_else_how_many_promises_and_what_became_of_them(
    real: Checked, real_outputs: Outputs, language: str
) -> None:
    page, words = page_of(real_outputs, language), real.theme.words[language]
    (heading,) = page.iter("h1")
    assert 13 in digits(words_of(heading))
    (lede,) = by_class(page, "lede")
    assert words.phrase("lede.plan_found").format(count=4, total=13) in words_of(lede)
    assert words.phrase("lede.plan_gap").format(count=9) in words_of(lede)
    main = next(node for node in page.iter("main"))
    order = [node.tag for node in main.iter() if node.tag in ("h1", "ul", "figure")]
    assert order[:3] == ["h1", "ul", "figure"]
    (ways, *_) = by_class(page, "links")
    assert next(link.get("href") for link in ways.iter("a")) == "commitments/index.html"


def test_first_page_plan_and_comparison_stay_small_with_three_hundred_commitments(large_outputs: Files) -> None:
    built = large_outputs
    for language in LANGUAGES:
        for path, budget in (("", PAGE_BUDGET), ("/plans", PAGE_BUDGET), ("/plans/syn", 2 * PAGE_BUDGET)):
            size = len(gzip.compress(built[f"{language}{path}/index.html"]))
            assert size <= budget, f"{language}{path}: {size}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_plans_stand_on_their_page_the_newest_first(issue: Edition, outputs: Outputs, language: str) -> None:
    page = page_of(outputs, f"{language}/plans")
    shown = [
        next(iter(heading.iter("a"))).get("href") for entry in by_class(page, "list") for heading in entry.iter("h2")
    ]
    plans = sorted(issue.catalog.rows("plans"), key=lambda plan: -plan.get("number"))
    assert shown == [f"{plan.id}/index.html" for plan in plans]


# The comparison


def compared(root: Element) -> list[tuple[str, dict[str, str]]]:
    """The rows of the comparison: their heading and their cells by label."""
    (table,) = root.iter("table")
    return [
        (
            words_of(next(row.iter("th"))),
            {cell.get("data-label", ""): words_of(cell) for cell in row.iter("td")},
        )
        for body in table.iter("tbody")
        for row in body.iter("tr")
    ]


def label(issue: Edition, codelist: str, code: str, language: str) -> str:
    record = issue.catalog.code(codelist, code)
    assert record is not None
    return str(record.get(f"label_{language}"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_the_comparison_is_a_row_of_the_table_and_no_gap_is_filled(
    issue: Edition, outputs: Outputs, language: str
) -> None:
    rows = compared(page_of(outputs, f"{language}/plans"))
    names = {
        level: label(issue, "completion_levels", level, language).capitalize()
        for level in (*LEVELS, TOGETHER, NOT_KNOWN)
    }
    told: dict[tuple[str, str], dict[str, Row]] = {}
    for row in issue.derived.tables["plan_completion"]:
        told.setdefault((row["plan_id"], row["basis"]), {})[row["completion"]] = row
    for (plan_id, basis), levels in told.items():
        plan = issue.catalog.by_id["plans"][plan_id]
        found = [
            cells
            for heading, cells in rows
            if str(plan.get(f"short_title_{language}")) + "," in heading
            and (levels.keys() == {NOT_KNOWN} or label(issue, "completion_bases", basis, language) in heading)
        ]
        assert len(found) == 1, (plan_id, basis)
        (cells,) = found
        for level, name in names.items():
            if level in levels and name in cells:
                assert digits(cells[name]) == [levels[level]["count"]], (plan_id, basis, level)
            elif name in cells and level != NOT_KNOWN:
                assert cells[name] == "–", (plan_id, basis, level)
        total = next(iter(levels.values()))["total"]
        assert str(total) in cells.values()
        gap = levels.get(NOT_KNOWN)
        assert cells[names[NOT_KNOWN]] == str(gap["count"] if gap else 0)


def test_two_levels_that_are_known_together_only_are_not_divided(real_outputs: Outputs) -> None:
    rows = compared(page_of(real_outputs, "en/plans"))
    (cells,) = (cells for heading, cells in rows if "Plan III" in heading and "as a whole" in heading)
    assert cells["Substantial or complete"].startswith("4 ")
    assert "Complete" not in cells
    assert "Substantial" not in cells
    assert (cells["Not known"], cells["Of how many"]) == ("9", "13")


def test_a_level_that_is_stated_alone_is_shown_alone_and_a_stated_nought_is_a_figure(bare_outputs: Outputs) -> None:
    rows = compared(page_of(bare_outputs, "en/plans"))
    (cells,) = (cells for heading, cells in rows if "Bare plan 12" in heading)
    figures_ = [cells[name] for name in ("Complete", "Substantial", "Limited", "Not started", "No evidence")]
    assert figures_ == ["3", "1", "7", "0", "–"]
    # 3 + 1 + 7 of 13: stating the two upper levels together as well does not count them twice
    assert (cells["Not known"], cells["Of how many"]) == ("2", "13")


def test_of_a_plan_of_which_nothing_is_known_the_comparison_says_so(bare: Checked, bare_outputs: Outputs) -> None:
    for language in LANGUAGES:
        (row,) = (
            row
            for row in page_of(bare_outputs, f"{language}/plans").iter("tr")
            if "bare1" in (next(iter(row.iter("a")), Element("a")).get("href") or "")
        )
        assert bare.theme.words[language].phrase("plans.nothing_known") in words_of(row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_of_the_comparison_has_a_footnote(outputs: Outputs, language: str) -> None:
    page = page_of(outputs, f"{language}/plans")
    ids = {node.get("id") for node in page.iter()}
    for row in (row for body in page.iter("tbody") for row in body.iter("tr")):
        figures_ = [words_of(cell) for cell in row.iter("td") if "num" in (cell.get("class") or "")]
        blank = [cell for cell in row.iter("td") if cell.get("colspan") in ("5", "8")]
        marks = [link.get("href", "") for note in by_class(row, "ref") for link in note.iter("a")]
        assert bool(marks) != bool(blank), figures_
        assert all(mark.removeprefix("#") in ids for mark in marks)


# The chart


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_on_the_page_is_small_and_says_in_words_what_it_shows(outputs: Outputs, language: str) -> None:
    (drawing,) = re.findall(r'<svg class="stacked".*?</svg>', outputs[f"{language}/plans/index.html"].decode(), re.S)
    root = fromstring(drawing)  # noqa: S314 our own drawing
    assert "style" not in drawing
    assert len(gzip.compress(drawing.encode())) <= DRAWING_BUDGET
    named = {node.get("id"): node.text for node in root if node.tag in ("title", "desc")}
    assert set((root.get("aria-labelledby") or "").split()) == set(named)
    assert all(named.values())


def test_the_chart_of_the_real_plans_is_small(real_outputs: Outputs) -> None:
    for language in LANGUAGES:
        page = real_outputs[f"{language}/plans/index.html"].decode()
        (drawing,) = re.findall(r'<svg class="stacked".*?</svg>', page, re.S)
        assert len(gzip.compress(drawing.encode())) <= DRAWING_BUDGET / 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_as_a_file_carries_its_style_its_key_and_where_it_comes_from(
    real: Checked, real_outputs: Outputs, language: str
) -> None:
    content = real_outputs[f"{language}/plans/completion.svg"].decode()
    root = fromstring(content)  # noqa: S314 our own drawing
    assert [node for node in root.iter() if node.tag.endswith("}style")]
    assert root.get("viewBox")
    text = words_of(root)
    assert real.theme.words[language].phrase("plans.gap") in text
    assert "CC-BY-4.0" in text
    page = page_of(real_outputs, f"{language}/plans")
    assert "completion.svg" in [link.get("href") for link in page.iter("a")]
    assert "../../data/latest/plan_completion.csv" in [link.get("href") for link in page.iter("a")]


def drawn(*parts: Part, total: int = 10) -> str:
    return draw_stacked(Stacked("x", (Bar("A plan", total, parts),), "Title", "Words"))


def test_a_part_is_filled_as_high_as_its_mark_and_a_gap_has_no_frame() -> None:
    heights = {form: re.findall(r'<rect[^>]*height="([\d.]+)"/>', drawn(Part(form, 10, "10", ""))) for form in LEVELS}
    assert heights == {
        "complete": ["16", "16"],
        "substantial": ["12", "16"],
        "limited": ["4", "16"],
        "not_started": ["16"],
        "no_evidence": ["16"],
    }
    assert "dasharray" in drawn(Part("no_evidence", 10, "10", ""))
    assert "dasharray" not in drawn(Part("not_started", 10, "10", ""))
    gap = drawn(Part("not_known", 10, "10", ""))
    assert "<rect" not in gap
    assert "<line" in gap


def test_parts_stand_one_after_the_other_and_together_make_the_whole() -> None:
    chart = drawn(Part("complete", 3, "3", ""), Part("limited", 5, "5", ""), Part("not_known", 2, "2", ""))
    assert re.findall(r'<rect(?: x="([\d.]+)%")? width="([\d.]+)%" y="18" height="16"/>', chart) == [
        ("", "30"),
        ("", "30"),
        ("30", "50"),
    ]
    assert '<line x1="80%" x2="100%"' in chart


def test_letters_without_room_are_left_out() -> None:
    wide, narrow = Part("limited", 90, "90", "limited"), Part("complete", 10, "10", "complete")
    assert ">90 limited<" in drawn(wide, narrow, total=100)
    assert ">10<" in drawn(wide, narrow, total=100)
    assert ">1<" not in drawn(Part("complete", 1, "1", "complete"), total=100)

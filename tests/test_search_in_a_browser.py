"""Search as a reader meets it: from a server and from a disk, typed and by address, with and without JavaScript."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from browsing import Host, Tabs, served
from conftest import Files, write_to
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from test_browser import DESK, PHONE, SCHEMES, faults, show
from test_search import LANGUAGES, finds, listed, places, taken

from site_builder.composition import Checked
from site_builder.derive.search_key import search_key, words_of
from site_builder.nouns.edition import Edition
from site_builder.nouns.record import Inflection
from site_builder.writers.exports import assets, search_index
from site_builder.writers.html import Press

pytestmark = pytest.mark.browser
HOSTILE = '<img src=x onerror="document.title=1"><b>bold</b>'


@pytest.fixture(scope="module")
def host(real_host: Host) -> Iterator[Host]:
    """The real site below a folder of its host."""
    with served(real_host.folder.parent.parent) as above:
        yield above


@pytest.fixture(scope="module")
def large_host(tmp_path_factory: pytest.TempPathFactory, large_edition: Edition) -> Iterator[Host]:
    """The search of a site of 300 commitments."""
    issue = large_edition
    press = Press(issue)
    outputs = [
        *(press.render(page) for page in issue.plan.pages if page.kind == "search"),
        *search_index.write(issue),
        *assets.write(issue),
    ]
    folder = write_to(tmp_path_factory.mktemp("large"), {output.path: output.content for output in outputs})
    with served(folder) as found:
        yield found


@pytest.fixture
def tab(tabs: Tabs) -> Iterator[Tab]:
    with tabs.opened(viewport=PHONE) as opened:
        yield opened


def search_page(host: Host, language: str, query: str = "") -> str:
    return host.url(f"a/b/{language}/search/index.html{query}")


def said(tab: Tab) -> str:
    """What the live region says, once it says something."""
    state = tab.locator("main [role=status]")
    expect(state).not_to_be_empty()
    return state.inner_text()


def results(tab: Tab) -> list[str]:
    return tab.locator("[data-part=list] a").all_inner_texts()


# The key


def as_json(inflection: Inflection) -> dict[str, str]:
    return {"alike": inflection.alike, "dropped": inflection.dropped, "endings": inflection.endings}


def test_the_browser_makes_the_same_keys(tab: Tab, host: Host, real: Checked) -> None:
    tab.goto(search_page(host, "en"))
    for language in real.catalog.languages:
        lines = [line[1:] for line in listed("search_keys.txt") if line[0] == language.code]
        made = tab.evaluate(
            "([words, rules]) => words.map((word) => siteSearch.keyOf(word, rules))",
            [[word for word, _ in lines], as_json(language.inflection)],
        )
        assert [(word, key) for (word, _), key in zip(lines, made, strict=True)] == lines


def test_the_browser_finds_kin_as_the_measure_of_the_other_tests_does(tab: Tab, host: Host, real: Checked) -> None:
    tab.goto(search_page(host, "en"))
    for language in real.catalog.languages:
        pairs = [line[1:] for line in listed("inflected.txt") if line[0] == language.code]
        words = sorted({word for pair in pairs for word in pair})[:60]
        asked = [(one, other) for one in words for other in words]
        keyed = [
            [one, search_key(one, language.inflection), other, search_key(other, language.inflection)]
            for one, other in asked
        ]
        ranks = tab.evaluate("(asked) => asked.map((words) => siteSearch.rank(...words))", keyed)
        assert [rank > 0 for rank in ranks] == [finds(*pair, language.inflection) for pair in asked]
        assert all((rank == 3) == (one == other) for rank, (one, other) in zip(ranks, asked, strict=True))


def test_the_browser_takes_the_same_words_out_of_a_text(tab: Tab, host: Host, real_content: Files) -> None:
    tab.goto(search_page(host, "en"))
    texts = [
        *(content.decode("utf-8") for path, content in real_content.items() if path.endswith((".md", "site.yaml"))),
        "E-Mongolia’s «Төсөв» 2019–2021, №5: it_is ½ ② ⅳ И\u0306 é ǅ",
    ]
    assert len(texts) > 5
    assert tab.evaluate("(texts) => texts.map(siteSearch.wordsOf)", texts) == [words_of(text) for text in texts]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("НЗТ-ийн төлөвлөгөө", ["нзт", "төлөвлөгөө"]),
        ("government's plan", ["government", "plan"]),
        ("e-government E-Government", ["e", "government"]),
        ("  ", []),
    ],
)
def test_an_ending_after_a_hyphen_or_apostrophe_is_no_word_of_a_question(
    tab: Tab, host: Host, question: str, words: list[str]
) -> None:
    tab.goto(search_page(host, "en"))
    assert tab.evaluate("(text) => siteSearch.asked(text)", question) == words


# The page


@pytest.mark.parametrize(
    ("language", "question", "first"),
    [
        ("en", "MN0037", "/commitments/nap3-c03/"),
        ("en", "ministry of health", "/organisations/moh/"),
        ("en", "mn0042", "/commitments/nap3-c08/"),
        ("en", "political parties financing", "/commitments/nap3-c08/"),
        ("mn", "эрүүл мэндийн яам", "/organisations/moh/"),
        ("mn", "гэрээ ил тод", "/commitments/nap3-c11/"),
        ("mn", "намын санхүүжилт", "/commitments/nap3-c08/"),
    ],
)
def test_a_question_in_the_address_is_answered(tab: Tab, host: Host, language: str, question: str, first: str) -> None:
    tab.goto(search_page(host, language, f"?q={question}"))
    assert said(tab)[-1].isdigit()
    assert tab.get_by_role("searchbox").input_value() == question
    tab.locator("[data-part=list] a").first.click()
    tab.wait_for_url(f"**{first}**")


def test_what_is_typed_is_found_announced_and_kept_in_the_address(tab: Tab, host: Host) -> None:
    tab.goto(search_page(host, "mn"))
    tab.get_by_role("searchbox").type("төсөв")
    expect(tab).to_have_url(re.compile("[?&]q=" + quote("төсөв") + "$"))
    number = int(said(tab).rpartition(" ")[2])
    assert number > 3
    assert len(results(tab)) == min(number, 20)
    assert any("төсвийн" in text.lower() for text in tab.locator("[data-part=list] li").all_inner_texts())
    tab.reload()
    assert int(said(tab).rpartition(" ")[2]) == number


def test_what_stands_in_the_title_comes_first_and_the_word_itself_before_its_kin(tab: Tab, host: Host) -> None:
    tab.goto(search_page(host, "en", "?q=services"))
    said(tab)
    items = tab.locator("[data-part=list] li").all_inner_texts()
    # a source comes after the things of which it speaks
    shown = [text.lower().partition("\n")[0] for text in items if "\nSource" not in text]
    exact = ["services" in text for text in shown]
    assert exact[0]
    assert exact == sorted(exact, reverse=True)
    assert not all(exact)
    assert "service" not in shown[-1]
    are_sources = ["\nSource" in text for text in items]
    assert are_sources == sorted(are_sources)


def test_more_results_come_on_demand_and_the_focus_goes_to_them(tab: Tab, host: Host) -> None:
    tab.goto(search_page(host, "en", "?q=commitment"))
    number = int(said(tab).rpartition(" ")[2])
    assert number > 20
    assert len(results(tab)) == 20
    more = tab.locator("[data-part=more]")
    more.click()
    expect(tab.locator("[data-part=list] a").nth(20)).to_be_visible()
    assert tab.evaluate("document.activeElement === document.querySelectorAll('[data-part=list] a')[20]")
    while more.is_visible():
        before = len(results(tab))
        more.click()
        expect(tab.locator("[data-part=list] a").nth(before)).to_be_visible()
    assert len(results(tab)) == number


def test_the_index_is_loaded_when_somebody_begins_to_search_and_not_before(tab: Tab, host: Host) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(search_page(host, "en"))
    tab.wait_for_load_state("networkidle")
    assert not [url for url in asked if "index.js" in url]
    tab.get_by_role("searchbox").focus()
    tab.wait_for_load_state("networkidle")
    assert [url for url in asked if "index.js" in url] == [host.url("a/b/en/search/index.js")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_is_found_there_is_advice_and_the_list(
    tab: Tab, host: Host, language: str, real: Checked
) -> None:
    tab.goto(search_page(host, language, "?q=жъхщзэ%20qqqq"))
    assert said(tab) == real.theme.words[language].say("search.nothing")
    assert results(tab) == []
    tab.locator("[data-part=advice] a").click()
    tab.wait_for_url(f"**/{language}/index/index.html")


def test_where_nothing_has_every_word_the_page_says_so_and_shows_what_has_the_most(
    tab: Tab, host: Host, real: Checked
) -> None:
    tab.goto(search_page(host, "en", "?q=who%20owns%20mining%20companies"))
    told, _, number = said(tab).rpartition(" ")
    assert told == real.theme.words["en"].phrase("search.some").removesuffix(" {number}")  # type: ignore[union-attr]
    assert len(results(tab)) == min(int(number), 20) > 0


def test_a_question_is_only_ever_text(tab: Tab, host: Host) -> None:
    tab.goto(search_page(host, "en"))
    title = tab.title()
    tab.get_by_role("searchbox").fill(HOSTILE)
    tab.get_by_role("button", name="Search").click()
    said(tab)
    assert tab.title() == title
    assert tab.locator("main img, main [onerror]").count() == 0


def test_markup_in_the_index_is_shown_as_it_was_typed(tab: Tab, tmp_path: Path, fictional_outputs: Files) -> None:
    path = "en/search/index.js"
    index = taken(fictional_outputs[path])
    entry = next(number for number, _ in places(index["words"]["boat"]))
    index["entries"][entry][1:3] = [HOSTILE, HOSTILE]
    needed = {name: text for name, text in fictional_outputs.items() if name.startswith(("static/", "en/search/"))}
    folder = write_to(tmp_path, {**needed, path: f"siteSearch.take({json.dumps(index)});".encode()})
    tab.goto((folder / "en/search/index.html").as_uri() + "?q=boat")
    said(tab)
    assert HOSTILE in results(tab)
    assert tab.locator("main script, main img, main [onerror]").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_works_from_a_disk(tab: Tab, real_host: Host, language: str) -> None:
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda message: wrong.append(message.text))
    tab.goto((real_host.folder / language / "search/index.html").as_uri())
    tab.get_by_role("searchbox").fill("MN0036")
    tab.keyboard.press("Enter")
    number = said(tab)
    tab.locator("[data-part=list] a").first.click()
    tab.wait_for_url(f"**/{language}/commitments/nap3-c02/index.html")
    tab.go_back()
    assert said(tab) == number
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_the_page_says_so_and_leads_to_the_list(
    tabs: Tabs, host: Host, language: str, real: Checked
) -> None:
    with tabs.opened(viewport=PHONE, java_script_enabled=False) as tab:
        tab.goto(search_page(host, language, "?q=MN0035"))
        assert real.theme.words[language].say("search.still") in tab.locator("main").inner_text()
        assert tab.locator("input, button").count() == 0
        tab.locator("main a").click()
        expect(tab.locator("a[href*='commitments/nap3-c01']")).to_have_count(1)


def test_where_the_index_does_not_come_the_page_says_so_and_leads_to_the_list(
    tab: Tab, tmp_path: Path, real_outputs: Files, real: Checked
) -> None:
    needed = ("static/", "en/search/index.html")
    folder = write_to(tmp_path, {path: text for path, text in real_outputs.items() if path.startswith(needed)})
    tab.goto((folder / "en/search/index.html").as_uri() + "?q=budget")
    assert said(tab) == real.theme.words["en"].say("search.failed")
    assert tab.locator("[data-part=advice] a").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_no_fault_in_results_and_nothing_runs_over_the_edge(tabs: Tabs, host: Host, language: str) -> None:
    with tabs.opened(viewport=DESK, bypass_csp=True) as tab:
        for question in ("2019", "жъхщзэ"):
            show(tab, search_page(host, language, f"?q={question}"))
            said(tab)
            tab.set_viewport_size(DESK)
            assert faults(tab, SCHEMES[LANGUAGES.index(language)]) == []
            tab.set_viewport_size(PHONE)
            assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


# A large site


def spied(tab: Tab) -> list[str]:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url.rpartition("/search/")[2].partition("?")[0]))
    return asked


def test_a_large_index_is_read_in_parts_and_finds_the_same(tab: Tab, large_host: Host) -> None:
    asked = spied(tab)
    tab.goto(large_host.url("mn/search/index.html?q=SY0123"))
    assert said(tab).endswith(" 1")
    parts: Mapping[str, Any] = {name: name for name in asked if name.startswith(("words-", "entries-"))}
    assert len(parts) == 2
    assert "(123)" in results(tab)[0]

    tab.goto(large_host.url("mn/search/index.html?q=төсвийн%20яам"))
    number = int(said(tab).rpartition(" ")[2])
    assert number > 20
    assert len(results(tab)) == 20


def test_a_large_index_answers_at_once(tab: Tab, large_host: Host) -> None:
    tab.goto(large_host.url("en/search/index.html?q=the%20public%20register%20of%20citizens"))
    said(tab)
    field = tab.get_by_role("searchbox")
    field.fill("")
    expect(tab.locator("main [role=status]")).to_be_empty()
    before = tab.evaluate("performance.now()")
    field.fill("the public register of citizens")
    tab.keyboard.press("Enter")
    said(tab)
    assert tab.evaluate("performance.now()") - before < 1500

"""What a real browser sees: no accessibility fault, no sideways scrolling, no request to another machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Host, Tabs
from conftest import Files
from playwright.sync_api import Browser, Page, ViewportSize, expect

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations", "incomplete"],
}
WITHOUT_ORNAMENT = "body::before { content: none !important; }"
"""Takes away the strip at the top, on which nothing is written: axe-core judges no contrast beside it."""
JUDGE = f"""{Axe().axe_script}
document.head.append(Object.assign(document.createElement("style"), {{ textContent: "{WITHOUT_ORNAMENT}" }}));
"""
"""Puts axe-core into a page."""
RUN = "rules => axe.run(rules).then(({ violations, incomplete }) => ({ violations, incomplete }))"
THREE_OF_A_KIND = """() => {
    const words = new Set(["aria-label", "aria-labelledby", "data-is", "datetime", "headers", "href", "id", "title"]);
    const shape = (node) => [
        node.tagName,
        ...node.getAttributeNames().sort().map((name) => name + (words.has(name) ? "" : node.getAttribute(name))),
        node.textContent.trim() !== "",
        ...[...node.children].map((child) => `(${shape(child)})`),
    ].join(" ");
    for (const list of document.querySelectorAll("tbody, ul, ol, dl")) {
        const seen = new Map();
        for (const row of [...list.children]) {
            seen.set(shape(row), (seen.get(shape(row)) ?? 0) + 1);
            if (seen.get(shape(row)) > 3) row.remove();
        }
    }
}"""
"""Takes away rows but three of each kind, told by elements, classes and whether there is text: of a thousand rows made
by one loop of a template each would be judged alike, and that takes seconds.
"""
BROKEN_WORDS = """() => {
    const found = [];
    for (const cell of document.querySelectorAll("tbody :is(th, td)")) {
        const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            const text = texts.currentNode;
            if (text.parentElement.closest("code, [translate=no]")) continue;
            for (const word of text.data.matchAll(/\\p{L}+/gu)) {
                const range = document.createRange();
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
                if (tops.size > 1) found.push(word[0]);
            }
        }
    }
    return found;
}"""
"""Finds words in the cells of tables that stand on two lines; an address, a code or an id may."""
PHONE: ViewportSize = {"width": 320, "height": 720}
DESK: ViewportSize = {"width": 1280, "height": 900}

REAL = (
    "{}/index.html",
    "{}/plans/index.html",
    "{}/plans/nap3/index.html",
    "{}/plans/nap3/deadlines/index.html",
    "{}/plans/nap3/milestones/index.html",
    "{}/commitments/index.html",
    "{}/commitments/calendar/not_reported/index.html",
    "{}/commitments/nap3-c01/index.html",
    "{}/organisations/index.html",
    "{}/organisations/moh/index.html",
    "{}/indicators/index.html",
    "{}/indicators/unemployment-rate/index.html",
    "{}/frameworks/index.html",
    "{}/frameworks/social-development/index.html",
    "{}/frameworks/social-development/areas/family/index.html",
    "{}/frameworks/social-development/coverage/index.html",
    "{}/frameworks/social-development/sessions/index.html",
    "{}/progress/index.html",
    "{}/data/index.html",
    "{}/data/commitments/index.html",
    "{}/data/api/index.html",
    "{}/data/questions/index.html",
    "{}/data/examples/index.html",
    "{}/data/releases/index.html",
    "{}/method/index.html",
    "{}/search/index.html",
    "{}/index/index.html",
    "{}/sources/index.html",
    "{}/compliance/index.html",
    "{}/quality/index.html",
    "{}/translations/index.html",
    "{}/rules/index.html",
    "{}/rules/date-form/index.html",
    "{}/fields/index.html",
    "{}/fields/commitments/index.html",
    "{}/contact/index.html",
    "{}/embed/nap3-c01/index.html",
    "{}/plans/nap3/self-assessment/index.html",
    "{}/changes/index.html",
    "{}/feeds/index.html",
    "{}/404.html",
)
"""A page of each template of the real site, by language; and, below, those that have no language."""
NEUTRAL = ("index.html", "404.html", "id/commitment/nap3-c01/index.html")
ROUNDS = "{}/plans/fic1/rounds/index.html"
"""A page whose template the real site has no use for: nobody has set it a round."""
FICTIONAL = (
    "{}/index.html",
    "{}/plans/index.html",
    "{}/plans/fic1/index.html",
    "{}/plans/fic1/deadlines/index.html",
    "{}/plans/fic1/milestones/index.html",
    ROUNDS,
    "{}/plans/fic1/self-assessment/index.html",
    "{}/commitments/fic1-c01/index.html",
    "{}/commitments/fic1-c03/index.html",
    "{}/commitments/fic1-c06/index.html",
    "{}/changes/index.html",
)
"""Pages that need reports, evidence, moved dates, long words or a missing translation."""
RELEASED = ("{}/data/releases/2026-03-31/index.html",)
"""Pages that need releases."""
WITHDRAWN = "id/organisation/harbour-choir/index.html"
"""Page of something that an earlier release had."""
LANGUAGES = ("en", "mn")
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, Scheme] = ("light", "dark")


PAGES = (
    *(("real", path) for path in REAL),
    *(("fictional", path) for path in FICTIONAL),
    *(("released", path) for path in RELEASED),
)
DRAWN = ("{}/index.html", "{}/plans/fic1/index.html", "{}/commitments/fic1-c01/index.html")
"""Fictional pages with every shape and colour, judged in each language and scheme."""
REAL_KINDS = frozenset(path.replace("nap3", "fic1") for path in REAL)
"""Fictional pages of templates that are judged on the real site."""
JUDGED = (
    *((*page, place % 2) for place, page in enumerate(PAGES) if page[0] != "fictional" or page[1] not in REAL_KINDS),
    *(("fictional", path, 1 - PAGES.index(("fictional", path)) % 2) for path in DRAWN),
)
"""Pages with the place of their language and scheme: one page in light, the next one, in the other language, in dark.

The colours of a page do not hang on its language, nor its structure on the scheme, and most templates come twice.
"""


@pytest.fixture(params=PAGES, ids="-".join)
def addresses(request: pytest.FixtureRequest) -> list[str]:
    """The addresses of a page in every language."""
    host: Host = request.getfixturevalue(f"{request.param[0]}_host")
    return [*dict.fromkeys(host.url(request.param[1].format(language)) for language in LANGUAGES)]


@pytest.fixture
def judge_page(tabs: Tabs) -> Iterator[Page]:
    """A page in which axe-core may be put, past the policy."""
    with tabs.opened(viewport=DESK, bypass_csp=True) as page:
        yield page


@pytest.fixture
def phone(tabs: Tabs) -> Iterator[Page]:
    """A visit under the real policy, on a small phone."""
    with tabs.opened(viewport=PHONE) as page:
        yield page


@contextmanager
def listening(page: Page, **ears: Callable[[Any], object]) -> Iterator[None]:
    """Hear what happens in a page, and no longer than that."""
    for event, ear in ears.items():
        page.on(event, ear)  # type: ignore[call-overload]
    yield
    for event, ear in ears.items():
        page.remove_listener(event, ear)


def show(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate(JUDGE)


def faults(page: Page, *schemes: Scheme) -> list[str]:
    """What axe-core finds wrong in each scheme, and any text whose contrast it could not judge."""
    found = []
    page.evaluate(THREE_OF_A_KIND)
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        response: dict[str, Any] = page.evaluate(RUN, RULES)
        unjudged = [
            {**rule, "nodes": [node for node in rule["nodes"] if not is_sign(node)]}
            for rule in response["incomplete"]
            if rule["id"] == "color-contrast"
        ]
        found += [
            f"{scheme}: {rule['id']}: {node['html'][:120]}"
            for rule in (*response["violations"], *unjudged)
            for node in rule["nodes"]
        ]
    return found


def is_sign(node: Mapping[str, Any]) -> bool:
    """Whether axe-core leaves a text to people: a single character, or letters over the lines of a drawing."""
    reasons = {check["data"]["messageKey"] for check in node["any"] if check["data"]}
    return node["html"].startswith("<text ") or reasons == {"shortTextContent"}


def test_every_template_has_a_page_that_is_judged(theme_files: Files) -> None:
    templates = {path for path in theme_files if path.startswith("templates/")} - {
        "templates/base.html",
        "templates/skeleton.html",
        "templates/macros.html",
        "templates/moved.html",  # is left at once
    }
    assert len(templates) == len({*REAL, *NEUTRAL, *RELEASED, WITHDRAWN, ROUNDS} - {"404.html"})


@pytest.mark.parametrize(("site", "path", "place"), JUDGED)
def test_axe_finds_no_fault(judge_page: Page, request: pytest.FixtureRequest, site: str, path: str, place: int) -> None:
    host: Host = request.getfixturevalue(f"{site}_host")
    show(judge_page, host.url(path.format(LANGUAGES[place])))
    assert faults(judge_page, SCHEMES[place]) == []


@pytest.mark.parametrize("path", NEUTRAL)
def test_axe_finds_no_fault_on_pages_without_a_language(judge_page: Page, real_host: Host, path: str) -> None:
    show(judge_page, real_host.url(path))
    assert faults(judge_page, *SCHEMES) == []


def test_axe_finds_no_fault_on_the_page_of_what_was_withdrawn(judge_page: Page, released_host: Host) -> None:
    show(judge_page, released_host.url(WITHDRAWN))
    assert faults(judge_page, *SCHEMES) == []


def test_axe_would_find_a_fault_in_dark_alone(judge_page: Page, real_host: Host) -> None:
    show(judge_page, real_host.url("en/404.html"))
    judge_page.add_style_tag(content="@media (prefers-color-scheme: dark) { h1 { color: #333 !important } }")
    assert {fault.partition(": <")[0] for fault in faults(judge_page, *SCHEMES)} == {"dark: color-contrast"}


@pytest.mark.parametrize(
    "row",
    [
        '<tr><td class="odd"><span style="color: #aaa; background: #fff">Faint words</span></td></tr>',
        '<tr><td><img src="/favicon.ico"></td></tr>',
        '<tr><td><a href="#main"></a></td></tr>',
    ],
    ids=["colour", "picture", "link"],
)
def test_axe_would_find_the_one_row_of_many_that_is_wrong(judge_page: Page, real_host: Host, row: str) -> None:
    show(judge_page, real_host.url("en/translations/index.html"))
    table = judge_page.locator("tbody").last
    before = table.locator("tr").count()
    table.evaluate("(body, row) => body.insertAdjacentHTML('beforeend', row)", row)
    assert len(faults(judge_page, "light")) == 1
    assert table.locator("tr").count() < before, "rows of a kind are judged three times"


def test_a_small_phone_shows_all_under_the_policy_and_asks_no_other_machine(phone: Page, addresses: list[str]) -> None:
    asked: list[str] = []
    failed: list[str] = []
    said: list[str] = []
    ears: dict[str, Callable[[Any], object]] = {
        "request": lambda request: asked.append(request.url),
        "requestfailed": lambda request: failed.append(f"{request.url}: {request.failure}"),
        "console": lambda message: said.append(message.text),
    }
    with listening(phone, **ears):
        for address in addresses:
            answer = phone.goto(address)
            assert answer is not None
            assert answer.ok
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            width = phone.evaluate("document.documentElement.scrollWidth")
            assert width <= PHONE["width"], f"{address} is {width} px wide"
    assert {urlsplit(url).hostname for url in asked} == {"127.0.0.1"}
    assert len(set(asked)) <= 4 * len(addresses)
    # the icon comes last, and whoever has gone on to the next page by then waits for it no longer
    assert [request for request in failed if not request.endswith("net::ERR_ABORTED")] == []
    assert said == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_breaks_no_word_and_a_word_without_end_breaks_no_page(
    phone: Page, fictional_host: Host, language: str, size: ViewportSize
) -> None:
    phone.set_viewport_size(size)
    phone.goto(fictional_host.url(f"{language}/data/questions/index.html"))
    assert phone.evaluate(BROKEN_WORDS) == []
    phone.evaluate("document.querySelectorAll('tbody td span').forEach((node) => node.append('w'.repeat(300)))")
    assert phone.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_what_is_not_there_gets_the_404_page_with_its_style(phone: Page, real_host: Host) -> None:
    answer = phone.goto(real_host.url("nowhere.html"))
    assert answer is not None
    assert answer.status == 404
    assert phone.locator("h1").count() == 1
    assert is_styled(phone)


def is_styled(page: Page) -> bool:
    """Whether the stylesheet has arrived: it alone gives the body a greatest width."""
    return bool(page.evaluate("getComputedStyle(document.body).maxWidth !== 'none'"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_opens_from_disk_with_its_style_and_links(phone: Page, fictional_host: Host, language: str) -> None:
    asked: list[str] = []
    phone.goto("about:blank")  # whatever the page of another test still asks for is not asked by this one
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto((fictional_host.folder / language / "commitments" / "index.html").as_uri())
    assert is_styled(phone)
    phone.locator("main a[href*='fic1-c01']").first.click()
    phone.wait_for_url(f"**/{language}/commitments/fic1-c01/index.html")
    assert is_styled(phone)
    phone.locator("nav.langs a:not([aria-current])").first.click()
    (other,) = set(LANGUAGES) - {language}
    phone.wait_for_url(f"**/{other}/commitments/fic1-c01/index.html")
    assert phone.locator("html").get_attribute("lang") == other
    assert {urlsplit(url).scheme for url in asked} == {"file"}


def test_the_way_past_the_menu_works_with_the_keyboard(phone: Page, fictional_host: Host) -> None:
    phone.goto(fictional_host.url("en/commitments/fic1-c01/index.html"))
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.className") == "skip"
    phone.keyboard.press("Enter")
    assert phone.evaluate("document.activeElement.id") == "main"


def test_the_contact_page_shows_the_id_of_the_page_in_question(phone: Page, fictional_host: Host) -> None:
    phone.goto(fictional_host.url("en/commitments/fic1-c01/index.html"))
    phone.locator("footer a[href*='?page=']").click()
    expect(phone.locator("#page-id")).to_have_text("commitment/fic1-c01/en")
    expect(phone.locator("#issue")).to_have_attribute("href", re.compile("title=commitment%2Ffic1-c01%2Fen"))


@pytest.mark.parametrize("asked", ["<b>x</b>", "javascript:alert(1)", "a b", "x" * 300, ""])
def test_the_contact_page_shows_nothing_that_is_no_id(phone: Page, fictional_host: Host, asked: str) -> None:
    phone.goto(fictional_host.url(f"en/contact/index.html?page={asked}"))
    assert phone.locator("#about").is_hidden()
    assert phone.locator("#page-id").text_content() == ""


@pytest.mark.parametrize(("day", "told"), [("2026-08-08", 0), ("2026-08-10", 1)])
def test_a_page_that_was_computed_long_ago_says_so(browser: Browser, fictional_host: Host, day: str, told: int) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time(f"{day}T12:00:00Z")
    page.goto(fictional_host.url("en/plans/fic1/index.html"))
    assert page.locator(".asof .due").count() == told
    context.close()

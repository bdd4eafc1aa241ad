"""The promises of every built page: well formed, linked, twinned, small, from one host, honest about languages."""

from __future__ import annotations

import gzip
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from conftest import Files

from site_builder.writers.pages._facets import FACETS

BASE_URL = "https://example.org/plan/"
"""Where the fictional site says it is hosted; the real one does not know."""
LANGUAGES = ("en", "mn")
AS_OF = {
    "real": {"en": "22 November 2026", "mn": "2026 оны арван нэгдүгээр сарын 22"},
    "fictional": {"en": "30 June 2026", "mn": "2026 оны зургаадугаар сарын 30"},
}
AS_OF_ISO = {"real": "2026-11-22", "fictional": "2026-06-30"}
PAGE_BUDGET, LIST_BUDGET, STYLE_BUDGET, SCRIPT_BUDGET, VISIT_BUDGET = 20_000, 40_000, 12_000, 8_000, 50_000
LISTS = (
    "changes/index.html",
    *(f"commitments/{name}" for name in ("index.html", *(f"{facet.name}/" for facet in FACETS))),
    "data/index.html",
    "feeds/index.html",
    "index/index.html",
    "indicators/all/",
    "indicators/index.html",
    "method/index.html",
    "organisations/index.html",
    "quality/index.html",
    "rules/index.html",
    "sources/index.html",
)
"""Long lists, which may weigh more; and below, those of each plan."""
PLAN_LISTS = ("deadlines/index.html", "milestones/index.html")
RELATIONS = {"stylesheet", "canonical", "alternate", "icon", "apple-touch-icon", "manifest"}
"""Relations that a link element of ours may have."""
LOADING = ("stylesheet", "icon", "preload", "prefetch", "preconnect", "dns-prefetch", "modulepreload", "manifest")
"""Relations of a link element that make a browser fetch."""
DATA_BLOCK = "application/ld+json"
"""Type of a script element that no browser runs."""
CYRILLIC = re.compile(r"[А-яЁёӨөҮү]{3}")
DANGEROUS = "<script>alert(1)</script>"


@dataclass(frozen=True)
class Page:
    """A built page as a browser would see it."""

    path: str
    content: bytes
    root: Element
    errors: tuple[str, ...]
    """What the parser complained of."""

    @property
    def folder(self) -> str:
        """The language under which it stands; empty for a page that serves all."""
        first = self.path.split("/")[0]
        return first if first in LANGUAGES else ""

    @property
    def slug(self) -> str:
        return self.path.removeprefix(f"{self.folder}/") if self.folder else self.path

    @cached_property
    def elements(self) -> list[Element]:
        return [node for node in self.root.iter() if isinstance(node.tag, str)]

    def every(self, *names: str) -> list[Element]:
        return [node for node in self.elements if name_of(node) in names]

    def one(self, name: str) -> Element:
        (found,) = self.every(name)
        return found

    @cached_property
    def ids(self) -> list[str]:
        return [node.attrib["id"] for node in self.elements if "id" in node.attrib]

    def meta(self, name: str) -> str:
        (found,) = (
            node for node in self.every("meta") if name in (node.get("name"), (node.get("http-equiv") or "").lower())
        )
        return found.attrib["content"]

    def links(self) -> Iterator[tuple[Element, str]]:
        """Every reference to another file or place, with the element that makes it."""
        for node in self.elements:
            for name, value in node.attrib.items():
                if name.rpartition("}")[2] in ("href", "src", "poster", "data", "action"):
                    yield node, value
                elif name == "srcset":
                    yield from ((node, part.split()[0]) for part in value.split(","))

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every piece of text with the language it is marked as."""
        yield from _texts(self.root, "")

    @cached_property
    def text(self) -> str:
        return " ".join(" ".join(words for words, _ in _texts(self.one("body"), "")).split())


def name_of(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def words_of(node: Element) -> str:
    return " ".join("".join(node.itertext()).split())


def _texts(node: Element, language: str) -> Iterator[tuple[str, str]]:
    language = node.get("lang", language)
    if isinstance(node.tag, str) and node.text:
        yield node.text, language
    for child in node:
        yield from _texts(child, language)
        if child.tail:
            yield child.tail, language


def parsed(path: str, content: bytes) -> Page:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(content.decode("utf-8"))  # a parser of bytes takes a fifth longer
    errors = tuple(f"{place}: {code} {values}" for place, code, values in parser.errors)
    return Page(path, content, document, errors)


@dataclass(frozen=True)
class Site:
    """All pages of a built site and the names of all its files."""

    name: str
    pages: Mapping[str, Page]
    outputs: Files

    def __iter__(self) -> Iterator[Page]:
        return iter(self.pages.values())

    def in_language(self) -> list[Page]:
        return [page for page in self if page.folder]

    def at(self, url: str) -> Page:
        """The page at an absolute address."""
        assert url.startswith(BASE_URL)
        path = url.removeprefix(BASE_URL)
        return self.pages[f"{path}index.html" if path.endswith("/") or not path else path]


def is_page(path: str, content: bytes) -> bool:
    """Whether a file is a page and not only the sign that one has moved; those tests/test_hosting.py looks at.

    Of the hundreds of pages of rules, all alike, some are looked at.
    """
    is_one_of_many = re.search("/rules/[^d]", path) and not path.endswith("/rules/index.html")
    return path.endswith(".html") and b'http-equiv="refresh"' not in content and not is_one_of_many


def site_of(name: str, outputs: Files) -> Site:
    pages = {path: parsed(path, content) for path, content in outputs.items() if is_page(path, content)}
    assert len(pages) > 100
    return Site(name, pages, outputs)


@pytest.fixture(scope="session")
def real_site(real_outputs: Files) -> Site:
    return site_of("real", real_outputs)


@pytest.fixture(scope="session")
def fictional_site(fictional_outputs: Files) -> Site:
    return site_of("fictional", fictional_outputs)


@pytest.fixture(params=["real", "fictional"])
def site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.getfixturevalue(f"{request.param}_site")
    return found


# Form


def test_every_page_is_html_without_an_error(site: Site) -> None:
    assert {page.path: page.errors for page in site if page.errors} == {}


def test_the_parser_would_notice_an_error() -> None:
    assert parsed("x.html", b'<!doctype html><title>x</title><p id="a" id="b"><div></p>').errors


def test_a_page_has_one_first_heading_a_language_and_a_title(site: Site) -> None:
    for page in site:
        assert len(page.every("h1")) == 1, page.path
        assert words_of(page.one("h1")), page.path
        assert page.root.get("lang") == (page.folder or LANGUAGES[0]), page.path
        titles = [node for node in page.every("title") if node in list(page.one("head"))]
        assert len(titles) == 1, page.path
        assert words_of(titles[0]), page.path
        assert page.meta("description").strip(), page.path
        assert page.meta("viewport") == "width=device-width, initial-scale=1", page.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_pages_of_a_language_have_the_same_title(site: Site, language: str) -> None:
    titles = Counter(words_of(page.one("head").find("title")) for page in site if page.folder == language)  # type: ignore[arg-type]
    assert {title: count for title, count in titles.items() if count > 1} == {}


def test_no_id_stands_twice_on_a_page(site: Site) -> None:
    for page in site:
        assert {name for name, count in Counter(page.ids).items() if count > 1} == set(), page.path
        assert all(re.fullmatch(r"[^\s]+", name) for name in page.ids), page.path


def test_headings_do_not_skip_a_level(site: Site) -> None:
    for page in site:
        levels = [int(name_of(node)[1]) for node in page.every("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1, page.path
        assert all(below - above <= 1 for above, below in pairwise(levels)), f"{page.path}: {levels}"


def test_pictures_say_in_words_what_they_show(site: Site) -> None:
    drawings = 0
    for page in site:
        assert all("alt" in image.attrib for image in page.every("img")), page.path
        inner = {part for drawing in page.every("svg") for part in drawing.iter() if part is not drawing}
        for drawing in (drawing for drawing in page.every("svg") if drawing not in inner):
            named = any(name_of(child) == "title" and words_of(child) for child in drawing)
            assert named or drawing.get("aria-hidden") == "true", page.path
            drawings += named
    assert drawings > 10


def test_lists_of_references_in_aria_name_elements_that_are_there(site: Site) -> None:
    for page in site:
        for node in page.elements:
            for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
                assert set(node.get(name, "").split()) <= set(page.ids), page.path


# Links


def is_elsewhere(link: str) -> bool:
    return bool(urlsplit(link).scheme or urlsplit(link).netloc)


def test_every_link_leads_to_a_file_and_every_anchor_to_an_id(site: Site) -> None:
    followed = 0
    for page in site:
        for _, link in page.links():
            if is_elsewhere(link) and not link.startswith(BASE_URL):
                continue
            here, _, anchor = link.removeprefix(BASE_URL).partition("#")
            here = here.partition("?")[0]
            folder = "" if link.startswith(BASE_URL) else posixpath.dirname(page.path)
            target = posixpath.normpath(posixpath.join(folder, unquote(here))) if here else page.path
            if link.startswith(BASE_URL) and (not here or here.endswith("/")):
                target = f"{here}index.html"
            assert target in site.outputs, f"{page.path}: {link}"
            if anchor:
                assert unquote(anchor) in site.pages[target].ids, f"{page.path}: {link}"
            followed += 1
    assert followed > 1000


def resolved(page: Page, link: str) -> str:
    """The path below the site of a file that a page loads."""
    folder = "" if link.startswith(BASE_URL) else posixpath.dirname(page.path)
    return posixpath.normpath(posixpath.join(folder, link.removeprefix(BASE_URL)))


def test_every_page_is_reached_by_links_alone(site: Site) -> None:
    reached, found = {"index.html"}, ["index.html"]
    while found:
        page = site.pages[found.pop()]
        links = {resolved(page, re.split("[#?]", link)[0]) for node, link in page.links() if name_of(node) == "a"}
        found += sorted((links & set(site.pages)) - reached)
        reached |= links
    assert {page.path for page in site if page.path not in reached and not is_beside(page)} == set()


def is_beside(page: Page) -> bool:
    """Whether nothing leads to a page but an address: an error, an old or a permanent one, a value nothing has yet."""
    moved = any(node.get("http-equiv") == "refresh" for node in page.every("meta"))
    is_facet = page.slug.startswith("commitments/") and page.slug.count("/") == 3
    # no commitment has the value, or no source states one of any: there is nothing to choose
    idle = is_facet and (not page.every("ol")[1:] or page.slug.endswith("/not-stated/index.html"))
    return page.path.endswith("404.html") or page.path.startswith("id/") or moved or idle


def test_links_are_relative_so_that_the_site_works_in_a_sub_folder_and_from_disk(site: Site) -> None:
    for page in site:
        if page.slug == "404.html":
            continue
        for node, link in page.links():
            if name_of(node) == "link" and node.get("rel") in ("canonical", "alternate"):
                continue
            if is_elsewhere(link):
                assert name_of(node) == "a", f"{page.path}: {link}"
                assert not link.startswith(BASE_URL), f"{page.path}: {link}"
                assert urlsplit(link).scheme in ("http", "https"), f"{page.path}: {link}"
            else:
                assert link, page.path
                assert not link.startswith("/"), f"{page.path}: {link}"
                # from a disk a folder opens no index.html
                assert not re.split("[#?]", link)[0].endswith("/"), f"{page.path}: {link}"


def test_a_page_of_one_language_has_its_twin_in_every_other(site: Site) -> None:
    slugs = {language: {page.slug for page in site if page.folder == language} for language in LANGUAGES}
    assert slugs["en"] == slugs["mn"]
    assert len(slugs["en"]) > 50


def test_the_choice_of_languages_leads_to_the_same_page(site: Site) -> None:
    for page in site.in_language():
        offered = {
            node.get("hreflang"): node.attrib["href"]
            for node in page.every("a")
            if node.get("hreflang") and node.get("lang") == node.get("hreflang")
        }
        if page.slug == "404.html" and site.name == "fictional":
            expected = {language: f"{BASE_URL}{language}/404.html" for language in LANGUAGES}
        else:
            start = posixpath.dirname(page.path)
            expected = {language: posixpath.relpath(f"{language}/{page.slug}", start) for language in LANGUAGES}
        assert offered == expected, page.path


# One host, a strict policy


def test_nothing_is_loaded_from_another_host(site: Site) -> None:
    for page in site:
        for node, link in page.links():
            loads = name_of(node) in ("script", "img", "iframe", "source", "video", "audio", "object", "embed", "use")
            relations = set((node.get("rel") or "").split())
            if loads or (name_of(node) == "link" and relations & set(LOADING)):
                assert not is_elsewhere(link) or link.startswith(BASE_URL), f"{page.path}: {link}"
            if name_of(node) == "link":
                assert relations <= RELATIONS, f"{page.path}: {relations}"
        assert not page.every("base", "iframe", "object", "embed"), page.path
        refreshes = [node for node in page.every("meta") if (node.get("http-equiv") or "").lower() == "refresh"]
        assert not refreshes, page.path
    styles = [content.decode() for path, content in site.outputs.items() if path.endswith((".css", ".svg"))]
    assert styles
    for style in styles:
        assert "@import" not in style
        assert not re.search(r"https?://(?!www\.w3\.org/)", style)
        for target in re.findall(r"url\(\s*['\"]?([^'\")]+)", style):
            assert target.startswith("data:") or not is_elsewhere(target), target


def test_the_policy_stands_on_every_page_and_allows_nothing_inline(site: Site) -> None:
    for page in site:
        policy = dict(part.strip().partition(" ")[::2] for part in page.meta("content-security-policy").split(";"))
        assert policy["default-src"] == "'none'", page.path
        assert "unsafe" not in str(policy), page.path
        assert policy["style-src"].split()[0] == "'self'", page.path
        others = set(policy["style-src"].split()[1:])
        assert others == ({"https://example.org"} if page.slug == "404.html" and site.name == "fictional" else set())
        assert not page.every("style"), page.path
        for script in page.every("script"):
            assert script.get("type") == DATA_BLOCK or ("src" in script.attrib and not script.text)
        for node in page.elements:
            assert "style" not in node.attrib, page.path
            assert not [name for name in node.attrib if name.lower().startswith("on")], page.path


# What must not leak


def test_no_trace_of_the_machinery_is_left_on_a_page(site: Site) -> None:
    traces = re.compile(r"\{\{|\}\}|\{%|%\}|Markup\(|<bound|object at 0x|Undefined|Traceback|\bDecimal\(|\{[a-z_]+\}")
    for page in site:
        attributes = " ".join(value for node in page.elements for value in node.attrib.values())
        # the fictional plan has a text that must be shown as it was typed
        shown = f"{page.text} {attributes}".replace("{{ 7*7 }}", "")
        assert not traces.search(shown), f"{page.path}: {traces.search(shown)}"
        assert "None" not in [value for node in page.elements for value in node.attrib.values()], page.path


def test_no_missing_value_is_written_as_none(site: Site) -> None:
    # on an English page it may be a word; the templates are the same
    for page in (page for page in site if page.folder == "mn"):
        words = [text for text, language in page.texts() if language == "mn"]
        assert not re.search(r"\bNone\b", " ".join(words)), page.path


# Budgets


def is_list(slug: str) -> bool:
    """Whether a page is a long list, by its address without the language."""
    return slug.startswith(LISTS) or (slug.startswith("plans/") and slug.endswith(PLAN_LISTS))


def packed(content: bytes, *, within: int) -> int:
    """The bytes of a page as it is sent; of one that is small enough unpacked already, those it has."""
    return len(content) if len(content) <= within else len(gzip.compress(content))


def test_a_page_is_small(site: Site) -> None:
    loads = {path: len(gzip.compress(text)) for path, text in site.outputs.items() if path.startswith("static/")}
    for page in site:
        size = packed(page.content, within=PAGE_BUDGET)
        assert size <= (LIST_BUDGET if is_list(page.slug) else PAGE_BUDGET), f"{page.path}: {size}"
        loaded = {
            link for node, link in page.links() if name_of(node) in ("script", "img") or node.get("rel") in LOADING
        }
        assert len(loaded) + 1 <= 4, page.path
        files = {resolved(page, link) for link in loaded}
        weights = [loads[path] if path in loads else len(gzip.compress(site.outputs[path])) for path in files]
        assert size + sum(weights) <= VISIT_BUDGET, page.path


def test_the_pages_of_300_commitments_are_small_too(large_outputs: Files) -> None:
    pages = {path: content for path, content in large_outputs.items() if path.endswith(".html")}
    sizes = {path: packed(content, within=PAGE_BUDGET) for path, content in pages.items()}
    assert len(sizes) > 800
    budgets = {path: LIST_BUDGET if is_list(path.partition("/")[2]) else PAGE_BUDGET for path in sizes}
    assert {path: size for path, size in sizes.items() if size > budgets[path]} == {}


@pytest.mark.parametrize(("ending", "budget"), [(".css", STYLE_BUDGET), (".js", SCRIPT_BUDGET)])
def test_style_and_scripts_are_small(site: Site, ending: str, budget: int) -> None:
    files = [content for path, content in site.outputs.items() if path.startswith("static/") and path.endswith(ending)]
    assert sum(len(gzip.compress(content)) for content in files) <= budget


def test_the_name_of_a_static_file_changes_with_its_bytes(site: Site) -> None:
    paths = [path for path in site.outputs if path.startswith("static/")]
    assert paths
    for path in paths:
        assert sha256(site.outputs[path]).hexdigest()[:10] in path


# Days and languages


def test_every_page_says_as_of_when_in_its_own_language(site: Site) -> None:
    for page in site.in_language():
        (notice,) = (node for node in page.elements if "asof" in node.get("class", "").split())
        (time,) = (node for node in notice if name_of(node) == "time")
        assert time.get("datetime") == AS_OF_ISO[site.name], page.path
        # CLDR puts a narrow no-break space after the year
        assert words_of(time).replace("\u202f", " ") == AS_OF[site.name][page.folder], page.path
        assert words_of(notice) != words_of(time), page.path


def test_every_day_is_machine_readable(site: Site) -> None:
    for page in site:
        for node in page.every("time"):
            assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", node.attrib["datetime"]), page.path
            assert words_of(node), page.path


def test_a_mongolian_text_on_an_english_page_is_marked_as_mongolian(site: Site) -> None:
    seen = 0
    for page in site:
        for text, language in _texts(page.one("body"), page.root.get("lang", "")):
            # a Mongolian word may be quoted in an English sentence
            if len(re.findall("[А-яЁёӨөҮү]", text)) > len(re.findall("[A-Za-z]", text)):
                assert language == "mn", f"{page.path}: {text.strip()[:60]}"
                seen += page.folder == "en"
    assert seen


def test_a_title_missing_in_mongolian_stands_in_an_element_with_its_own_language(fictional_site: Site) -> None:
    english = fictional_site.pages["en/commitments/fic1-c06/index.html"]
    title = words_of(english.one("h1"))
    heading = fictional_site.pages["mn/commitments/fic1-c06/index.html"].one("h1")
    (marked,) = (node for node in heading.iter() if node.get("lang"))
    assert (marked.get("lang"), words_of(marked)) == ("en", title)
    # and the heading says in its own language that this is no translation
    assert CYRILLIC.search(words_of(heading).replace(title, ""))
    assert not [node for node in english.one("h1").iter() if node.get("lang")]


def test_a_note_missing_in_english_stands_in_an_element_with_its_own_language(fictional_site: Site) -> None:
    page = fictional_site.pages["en/commitments/fic1-c06/index.html"]
    notes = [node for node in page.one("main").iter() if node.get("lang") == "mn"]
    assert any(CYRILLIC.search(words_of(node)) for node in notes)


# Addresses of the host


def relation(page: Page, name: str) -> dict[str, str]:
    return {
        node.get("hreflang", ""): node.attrib["href"]
        for node in page.every("link")
        if node.get("rel") == name and not node.get("type")
    }


def test_without_a_base_url_no_page_pretends_to_know_its_address(real_site: Site) -> None:
    for page in real_site:
        assert relation(page, "canonical") == relation(page, "alternate") == {}, page.path


def test_with_a_base_url_a_page_names_itself_and_its_twins(fictional_site: Site) -> None:
    for page in fictional_site.in_language():
        if page.slug == "404.html" or page.slug.startswith("embed/"):
            assert relation(page, "canonical") == relation(page, "alternate") == {}
            continue
        address = BASE_URL + page.path.removesuffix("index.html")
        assert relation(page, "canonical") == {"": address}
        twins = relation(page, "alternate")
        others = {language: f"{BASE_URL}{language}/{page.slug.removesuffix('index.html')}" for language in LANGUAGES}
        assert {code: url for code, url in twins.items() if code != "x-default"} == others


def test_pages_name_each_other_as_twins_in_both_directions(fictional_site: Site) -> None:
    pairs = 0
    for page in fictional_site:
        for code, url in relation(page, "alternate").items():
            twin = fictional_site.at(url)
            if code == "x-default":
                first = f"{LANGUAGES[0]}/{page.slug}"
                assert twin.path == ("index.html" if page.slug == "index.html" else first), page.path
                continue
            assert twin.root.get("lang") == code
            if page.folder:
                assert relation(twin, "alternate")[page.folder] in relation(page, "canonical").values()
                pairs += 1
    assert pairs > 100


@pytest.mark.parametrize("path", ["404.html", "en/404.html", "mn/404.html"])
def test_a_404_page_is_found_from_any_depth_once_the_address_is_known(fictional_site: Site, path: str) -> None:
    page = fictional_site.pages[path]
    links = [link for _, link in page.links()]
    assert len(links) > 8
    assert [link for link in links if not link.startswith((BASE_URL, "#", "https://creativecommons.org/"))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_404_page_at_the_root_speaks_every_language(site: Site, language: str) -> None:
    root, own = site.pages["404.html"], site.pages[f"{language}/404.html"]
    headings = [words_of(node) for node in root.every("h1", "h2")]
    assert words_of(own.one("h1")) in headings


# Texts that must survive


@pytest.mark.parametrize(
    "path", [f"{code}/commitments/{name}" for code in LANGUAGES for name in ("fic1-c01", "fic1-c02")]
)
def test_dangerous_text_is_shown_as_it_was_typed(fictional_site: Site, path: str) -> None:
    page = fictional_site.pages[f"{path}/index.html"]
    assert DANGEROUS in page.text
    assert DANGEROUS.encode() not in page.content
    assert "{{ 7*7 }}" in page.text
    assert all("src" in script.attrib or script.get("type") == DATA_BLOCK for script in page.every("script"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_written_as_text_keeps_its_last_zero(fictional_site: Site, language: str) -> None:
    assert "1.10" in fictional_site.pages[f"{language}/commitments/fic1-c01/index.html"].text
    assert "Exemplia Open Licence 1.10" in fictional_site.pages[f"{language}/sources/index.html"].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_word_and_a_leading_equals_sign_are_kept(fictional_site: Site, language: str) -> None:
    long_words = fictional_site.pages[f"{language}/commitments/fic1-c03/index.html"].text
    assert re.search(r"\w{80,}", long_words)
    assert re.search(r"(^|\s)=\s?\w", long_words)

"""A third language: one entry in site.yaml and one catalogue make an edition, which says what is not translated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import html5lib
import pytest
import yaml
from browsing import Tabs
from conftest import FICTIONAL_DAY, Files, inputs_of, without_data, write_to
from playwright.sync_api import Page

from site_builder.composition import check
from site_builder.nouns.diagnostic import Severity
from site_builder.nouns.record import Language
from site_builder.readers.formats import language_name
from site_builder.shell.wording import Wording

PSEUDO = "qps"
LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "áƀçđéƒǧħíĵķłɱñóƥɋřšŧúṽŵẋýžÁƁÇĐÉƑǦĦÍĴĶŁṀÑÓƤɊŘŠŦÚṼŴẊÝŽ"
)
"""Letters that read like English and are in no English word."""
NOT_WORDS = {"code", "time", "title", "desc", "script", "style", "kbd", "samp"}
"""Elements whose text is no interface word: names of columns, days, the drawing's own ids, data."""
FORMATS = {"CSV", "JSON", "SVG", "XLSX", "Atom", "iCalendar", "ZIP", "CC-BY-4.0", "CC0-1.0", "PNG"}
"""Names that are the same in every language."""
MONTHS = {"Mar", "Jun", "Sept", "Dec"}
LANGUAGES = {"English", "Mongolian"}
"""Both are written by CLDR for the locale of the language."""


def pseudo(phrase: str) -> str:
    """Return a phrase with other letters, in brackets and about 40 % longer; placeholders stay."""
    parts = re.split(r"(\{[^{}]*\})", phrase)
    told = "".join(part if part.startswith("{") else part.translate(LETTERS) for part in parts)
    return f"⟦{told}{'·' * (len(phrase) * 2 // 5)}⟧"


def pseudo_words(catalogue: bytes) -> bytes:
    def told(node: object) -> object:
        if isinstance(node, Mapping):
            return {key: told(value) for key, value in node.items()}
        return pseudo(str(node))

    return yaml.safe_dump(told(yaml.safe_load(catalogue)), allow_unicode=True, width=10_000, sort_keys=False).encode()


def with_language(content: Files, theme: Files, entry: str, words: bytes) -> tuple[Files, Files]:
    """Return content and theme with one more language: a line in the site's settings and a catalogue."""
    code = entry.split()[0]
    site = content["site.yaml"].decode().replace("languages:\n", f"languages:\n  - id: {entry}\n", 1)
    # the first language gives what is missing elsewhere: the new one is put last
    first = f"  - id: {entry}\n"
    head, _, rest = site.partition(first)
    items = re.match(r"(?:  - id:.*\n(?:    .*\n)*)+", rest)
    assert items
    site = head + items[0] + first + rest[items.end() :]
    return {**content, "site.yaml": site.encode()}, {**theme, f"words/{code}.yaml": words}


@pytest.fixture(scope="module")
def pseudo_outputs(fictional_content: Files, schema_files: Files, theme_files: Files, brief_wording: Wording) -> Files:
    words = pseudo_words(theme_files["words/en.yaml"])
    entry = f'{PSEUDO}\n    name: "⟦Ƥšéúđó⟧"\n    format_locale: en_GB'
    content, theme = with_language(fictional_content, theme_files, entry, words)
    checked = check(inputs_of(content, schema_files, theme, FICTIONAL_DAY, brief_wording))
    assert [finding for finding in checked.findings if finding.severity is Severity.ERROR] == []
    return without_data(checked)


def pages(outputs: Files, code: str) -> list[str]:
    """The pages of a language; one at an old address only leads away, and says so in every language."""
    found = (path for path in outputs if path.startswith(f"{code}/") and path.endswith(".html"))
    return sorted(path for path in found if b'http-equiv="refresh"' not in outputs[path])


def test_a_catalogue_and_a_line_make_an_edition_with_every_page(pseudo_outputs: Files) -> None:
    ours = {path.partition("/")[2] for path in pages(pseudo_outputs, PSEUDO)}
    assert len(ours) > 50
    english = {path.partition("/")[2] for path in pages(pseudo_outputs, "en")}
    assert ours == {path for path in english if not path.startswith("rules/")}  # which the program speaks itself
    assert f'href="{PSEUDO}/index.html"' in pseudo_outputs["index.html"].decode()


def test_what_is_not_translated_is_marked_and_said(pseudo_outputs: Files) -> None:
    html = pseudo_outputs[f"{PSEUDO}/commitments/fic1-c01/index.html"].decode()
    assert f'<html lang="{PSEUDO}"' in html
    assert re.search(r'<h1><span lang="en">[^<]+</span>', html)
    assert pseudo("not translated yet").translate(str.maketrans("", "", "⟦⟧"))[:10] in html


def escaped(html: bytes) -> Iterator[str]:
    """Yield words in plain letters on a page of the pseudo-language that are not marked as another language."""
    root = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)

    def walk(node: object, language: str) -> Iterator[str]:
        tag = str(getattr(node, "tag", "")).rpartition("}")[2]
        language = node.get("lang", language)  # type: ignore[attr-defined]
        if tag in NOT_WORDS or node.get("translate") == "no":  # type: ignore[attr-defined]
            return
        if language == PSEUDO:
            yield from _plain(node.text or "")  # type: ignore[attr-defined]
            for name in ("aria-label", "alt", "placeholder", "data-label"):
                yield from _plain(node.get(name) or "")  # type: ignore[attr-defined]
        for child in node:  # type: ignore[attr-defined]
            if isinstance(child.tag, str):
                yield from walk(child, language)
            if child.tail and language == PSEUDO:
                yield from _plain(child.tail)

    yield from walk(root.find("body"), PSEUDO)


def _plain(text: str) -> Iterator[str]:
    for word in re.findall(r"[A-Za-zА-Яа-яӨөҮүЁё][\w.-]{2,}", text):
        if word.strip(".-") not in FORMATS | MONTHS | LANGUAGES:
            yield word


def test_no_word_of_the_interface_escaped_the_catalogues(pseudo_outputs: Files) -> None:
    found = {path: sorted(set(escaped(pseudo_outputs[path]))) for path in pages(pseudo_outputs, PSEUDO)}
    assert {path: words for path, words in found.items() if words} == {}


def test_a_sentence_names_a_language_in_the_language_of_its_reader() -> None:
    english, mongolian = Language("en", "English", "en_GB"), Language("mn", "Монгол", "mn_MN")
    assert language_name(mongolian, english) == "Mongolian" and language_name(english, mongolian) == "англи"
    assert language_name(Language(PSEUDO, "⟦Ƥšéúđó⟧", "en_GB"), english) == "⟦Ƥšéúđó⟧"


def test_an_escaped_word_would_be_seen() -> None:
    page = f'<html lang="{PSEUDO}"><body><p>Sources <span lang="en">kept</span> <code>kept</code>'
    assert list(escaped(page.encode())) == ["Sources"]


# A script from top to bottom, and one from right to left

TITLE = "ᠮᠣᠩᠭᠣᠯ ᠤᠯᠤᠰ"
"""The name of Mongolia in its own script: a sample for the layout, not the title of any plan."""


def scripted(code: str, properties: str, content: Files, schemas: Files, theme: Files, brief_wording: Wording) -> Files:
    """Return the site with one more language in which only the title of the site is written."""
    entry = f'{code}\n    name: "{TITLE}"\n    format_locale: mn_MN\n    {properties}'
    content, theme = with_language(content, theme, entry, theme["words/mn.yaml"])
    site = content["site.yaml"].decode().replace("title:\n", f'title:\n  {code}: "{TITLE}"\n', 1)
    content = {**content, "site.yaml": site.encode()}
    checked = check(inputs_of(content, schemas, theme, FICTIONAL_DAY, brief_wording))
    assert [finding for finding in checked.findings if finding.severity is Severity.ERROR] == []
    return without_data(checked)


@pytest.fixture(scope="module")
def vertical_outputs(
    fictional_content: Files, schema_files: Files, theme_files: Files, brief_wording: Wording
) -> Files:
    return scripted("mn-Mong", "writing_mode: vertical-lr", fictional_content, schema_files, theme_files, brief_wording)


def test_the_writing_mode_is_a_property_of_the_language(vertical_outputs: Files) -> None:
    html = vertical_outputs["mn-Mong/index.html"].decode()
    assert '<html lang="mn-Mong" data-writing="vertical-lr">' in html
    assert f'<a class="brand" href="index.html">{TITLE}</a>' in html
    assert "data-writing" not in vertical_outputs["mn/index.html"].decode()
    assert ">title_mn-Mong<" in vertical_outputs["mn/data/site/index.html"].decode()


def test_the_direction_is_a_property_of_the_language(
    fictional_content: Files, schema_files: Files, theme_files: Files, brief_wording: Wording
) -> None:
    outputs = scripted("qpr", "direction: rtl", fictional_content, schema_files, theme_files, brief_wording)
    assert '<html lang="qpr" dir="rtl">' in outputs["qpr/index.html"].decode()


@pytest.fixture
def phone(tabs: Tabs) -> Iterator[Page]:
    with tabs.opened(viewport={"width": 320, "height": 720}) as opened:
        yield opened


@pytest.mark.browser
def test_a_vertical_title_runs_from_top_to_bottom(
    phone: Page, vertical_outputs: Files, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = write_to(tmp_path_factory.mktemp("vertical"), vertical_outputs)
    phone.goto((folder / "mn-Mong" / "index.html").as_uri())
    box = phone.locator("a.brand").bounding_box()
    assert box is not None
    assert box["height"] > 2 * box["width"]
    assert phone.evaluate("document.documentElement.scrollHeight") <= 720 * 1.1


@pytest.mark.browser
def test_longer_words_do_not_break_the_layout(
    phone: Page, pseudo_outputs: Files, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = write_to(tmp_path_factory.mktemp("pseudo"), pseudo_outputs)
    wide = {}
    seen: set[str] = set()
    for path in pages(pseudo_outputs, PSEUDO):
        # pages of one kind stand in folders of one name and depth: two of each are enough
        folders = path.split("/")[1:-1]
        kind = "/".join([*folders[:1], *folders[2:]] if folders[:1] == ["plans"] else [*folders[:1], str(len(folders))])
        if sum(name.startswith(f"{kind} ") for name in seen) < 2:
            seen.add(f"{kind} {path}")
            phone.goto((folder / path).as_uri())
            if (width := phone.evaluate("document.documentElement.scrollWidth")) > 320:
                wide[path] = width
    assert wide == {}

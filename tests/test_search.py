"""Search: forms of a word find each other, everything is in the index, the index is small and the list complete."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from conftest import REAL_DAY, Files, inputs_of
from corpus import corpus, read_codes
from test_pages import Page, parsed, words_of

from site_builder.composition import Checked, check, edition
from site_builder.derive import search_key as rules
from site_builder.nouns.edition import Edition
from site_builder.nouns.record import Inflection
from site_builder.shell.wording import Wording
from site_builder.writers.exports import search_index
from site_builder.writers.html import Press
from site_builder.writers.pages import a_to_z

WORDLISTS = Path(__file__).parent / "wordlists"
LANGUAGES = ("en", "mn")
INDEX_BUDGET, LIST_BUDGET, SCRIPT_BUDGET = 40_000, 40_000, 3_000
SHORTEST, LONGEST_TAIL = 3, 4
"""Letters of a key that may begin another, and letters by which a question may be longer than what it finds."""


def listed(name: str) -> list[tuple[str, ...]]:
    """The lines of a word list."""
    lines = (WORDLISTS / name).read_text("utf-8").splitlines()
    return [tuple(line.split()) for line in lines if not line.startswith("#")]


PAIRS = {code: [pair[1:] for pair in listed("inflected.txt") if pair[0] == code] for code in LANGUAGES}


# The key


@pytest.fixture(scope="session")
def inflections(real: Checked) -> Mapping[str, Inflection]:
    return {language.code: language.inflection for language in real.catalog.languages}


def finds(asked: str, word: str, inflection: Inflection) -> bool:
    """Whether a question finds a word: itself, its beginning, or its kin by the key, as search.js ranks them."""
    if word.startswith(asked):
        return True
    key, other = _key(asked, inflection), _key(word, inflection)
    if len(key) >= SHORTEST and other.startswith(key):
        return True
    return len(other) >= SHORTEST and len(key) - len(other) <= LONGEST_TAIL and key.startswith(other)


_key = cache(rules.search_key)


def test_the_keys_are_those_of_the_list(inflections: Mapping[str, Inflection]) -> None:
    lines = listed("search_keys.txt")
    assert len(lines) > 3000
    wrong = [(code, word, key) for code, word, key in lines if rules.search_key(word, inflections[code]) != key]
    assert wrong == []


def test_every_pair_of_forms_has_its_keys_on_the_list() -> None:
    known = {(code, word) for code, word, _ in listed("search_keys.txt")}
    assert {(code, word) for code in LANGUAGES for pair in PAIRS[code] for word in pair} <= known


@pytest.mark.parametrize(
    ("code", "word", "form"),
    [
        ("mn", "төсөв", "төсвийн"),
        ("mn", "ажил", "ажлын"),
        ("mn", "яам", "яамны"),
        ("mn", "авалт", "авалтын"),
        ("mn", "иргэд", "иргэдийн"),
        ("mn", "төсөв", "тєсвийн"),
        ("mn", "үнэлгээ", "їнэлгээний"),
        ("en", "agency", "agencies"),
        ("en", "service", "services"),
        ("en", "report", "reporting"),
    ],
)
def test_forms_of_a_word_find_each_other(
    inflections: Mapping[str, Inflection], code: str, word: str, form: str
) -> None:
    assert finds(word, form, inflections[code])
    assert finds(form, word, inflections[code])


@pytest.mark.parametrize(
    ("code", "word", "other"),
    [
        ("en", "part", "parliament"),
        ("en", "participation", "part"),
        ("en", "status", "statutory"),
        ("mn", "төсөв", "төсөл"),
        ("mn", "хууль", "хуудас"),
        ("mn", "засаг", "засвар"),
    ],
)
def test_words_that_only_look_alike_do_not(
    inflections: Mapping[str, Inflection], code: str, word: str, other: str
) -> None:
    assert not finds(word, other, inflections[code])


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_inflected_form_on_the_list_is_found_and_finds(inflections: Mapping[str, Inflection], code: str) -> None:
    pairs = PAIRS[code]
    assert len(pairs) >= {"en": 75, "mn": 450}[code]
    lost = [
        pair for one, other in pairs for pair in ((one, other), (other, one)) if not finds(*pair, inflections[code])
    ]
    assert lost == []


def test_a_question_in_the_genitive_finds_most_other_cases_too(inflections: Mapping[str, Inflection]) -> None:
    forms: dict[str, set[str]] = {}
    for word, form in PAIRS["mn"]:
        forms.setdefault(word, set()).add(form)
    asked = [
        pair
        for group in forms.values()
        for pair in permutations(group, 2)
        if pair[0].endswith(("ийн", "ын", "ны", "ний"))
    ]
    assert len(asked) > 250
    share = sum(finds(*pair, inflections["mn"]) for pair in asked) / len(asked)
    assert share > 0.75
    # without the endings in content/site.yaml it would be a small part of them
    bare = Inflection(inflections["mn"].alike, inflections["mn"].dropped)
    assert sum(finds(*pair, bare) for pair in asked) / len(asked) < 0.25


@pytest.mark.parametrize(("code", "most"), [("en", 0.05), ("mn", 0.25)])
def test_a_question_finds_few_words_that_have_nothing_to_do_with_it(
    inflections: Mapping[str, Inflection], code: str, most: float
) -> None:
    family = {form: word for word, form in PAIRS[code]} | {word: word for word, _ in PAIRS[code]}

    def kin(one: str, other: str) -> bool:
        return family[one] == family[other] or family[one][:4] == family[other][:4]

    unrelated = [
        (one, other)
        for one, other in permutations(sorted(family), 2)
        if not kin(one, other) and finds(one, other, inflections[code])
    ]
    assert len(unrelated) / len(family) < most, unrelated[:40]


def test_a_language_of_which_nothing_is_said_is_searched_by_the_beginnings_of_words() -> None:
    for word in ("төсвийн", "services", "straße"):
        assert rules.search_key(word, Inflection()) == word
    assert finds("serv", "services", Inflection())


def test_words_are_letters_and_digits_in_lower_case() -> None:
    assert rules.words_of("E-Mongolia’s «Төсөв» 2019–2021, №5: it_is") == [
        *("e", "mongolia", "s", "төсөв", "2019", "2021", "5", "it", "is")
    ]
    assert rules.words_of("И\u0306") == ["й"]


def test_hunspell_knows_every_mongolian_form_on_the_list() -> None:
    if shutil.which("hunspell") is None:
        pytest.skip("hunspell is not installed (Debian: hunspell, hunspell-mn); .ci/run installs it")
    words = sorted({word for pair in PAIRS["mn"] for word in pair})
    answer = subprocess.run(
        ["hunspell", "-d", "mn_MN", "-i", "utf-8", "-l"],
        input="\n".join([*words, "төсвийий"]) + "\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if "Can't open affix or dictionary" in answer.stderr:
        pytest.skip("hunspell has no Mongolian dictionary here (Debian: hunspell-mn); .ci/run installs it")
    assert answer.stdout.split() == ["төсвийий"]


# The index


def taken(content: bytes) -> dict[str, Any]:
    """What a script of the index hands over."""
    text = content.decode("utf-8")
    assert text.startswith("siteSearch.take(")
    assert text.endswith(");\n")
    found: dict[str, Any] = json.loads(text.removeprefix("siteSearch.take(").removesuffix(");\n"))
    return found


def index_of(outputs: Files, code: str) -> dict[str, Any]:
    """The index of a language, put together where it is in parts."""
    folder = f"{code}/search/"
    index = taken(outputs[f"{folder}index.js"])
    if index["parts"]:
        parts = [taken(outputs[f"{folder}words-{number}.js"]) for number in range(index["parts"])]
        count = sum(path.startswith(f"{folder}entries-") for path in outputs)
        blocks = [taken(outputs[f"{folder}entries-{number}.js"]) for number in range(count)]
        index["words"] = {word: steps for part in parts for word, steps in part["words"].items()}
        index["entries"] = [entry for block in blocks for entry in block["entries"]]
    return index


def places(steps: list[int]) -> Iterator[tuple[int, bool]]:
    """The entries in which a word stands, and whether in the title."""
    place = 0
    for step in steps:
        place += step
        yield place >> 1, bool(place & 1)


def found_by(index: Mapping[str, Any], word: str) -> set[str]:
    """The addresses of the entries that an exact word finds."""
    return {index["entries"][number][3] for number, _ in places(index["words"].get(word, []))}


@pytest.fixture(scope="session", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def real_index(real_outputs: Files, language: str) -> dict[str, Any]:
    return index_of(real_outputs, language)


def test_every_result_leads_to_a_page_and_its_anchor(
    real_outputs: Files, real_index: Mapping[str, Any], language: str
) -> None:
    assert len(real_index["entries"]) > 250
    for _, title, _, address, *_ in real_index["entries"]:
        path, _, anchor = address.partition("#")
        assert title
        assert f"{language}/{path}" in real_outputs, address
        assert not anchor or f'id="{anchor}"' in real_outputs[f"{language}/{path}"].decode(), address


def test_everything_that_has_a_name_is_in_the_index(real: Checked, real_index: Mapping[str, Any]) -> None:
    addresses = [entry[3] for entry in real_index["entries"]]
    assert len(addresses) == len(set(addresses))
    for table, pattern in (
        ("commitments", "commitments/{}/index.html"),
        ("plans", "plans/{}/index.html"),
        ("indicators", "indicators/{}/index.html"),
        ("glossary", "method/index.html#term-{}"),
        ("sources", "sources/index.html#{}"),
    ):
        assert {pattern.format(record.id) for record in real.catalog.rows(table)} <= set(addresses)
    assert {f"data/{table.name}/index.html" for table in real.schemas} <= set(addresses)
    for record in real.catalog.rows("organisations"):
        own = f"organisations/{record.id}/index.html"
        # a group has no page of its own
        places_of_group = {f"organisations/index.html#{record.id}", f"commitments/organisation/{record.id}/index.html"}
        assert ({own} if record.get("kind") != "group" else places_of_group) & set(addresses), record.id
    milestones = [address for address in addresses if address.startswith("commitments/") and "#m" in address]
    assert len(milestones) == len(real.catalog.rows("milestones"))


def test_a_commitment_is_found_by_its_number_its_id_at_ogp_its_problem_and_who_leads_it(
    real: Checked, real_index: Mapping[str, Any], language: str
) -> None:
    record = real.catalog.find("commitments", "nap3-c01")
    leader = real.catalog.find("organisations", "moh")
    assert record is not None
    assert leader is not None
    address = "commitments/nap3-c01/index.html"
    for text in ("1", "MN0035", record.get(f"problem_{language}"), leader.get(f"name_{language}")):
        for word in rules.words_of(text):
            assert address in found_by(real_index, word), word


def test_a_result_says_what_it_is_in_the_language_of_the_page(
    real: Checked, real_index: Mapping[str, Any], language: str
) -> None:
    kinds = {real_index["kinds"][entry[0]] for entry in real_index["entries"]}
    words = real.theme.words[language]
    names = (
        "commitment",
        "indicator",
        "framework",
        "area",
        "milestone",
        "organisation",
        "page",
        "plan",
        "source",
        "table",
        "term",
    )
    assert {words.say(f"search.kind_{name}") for name in names} == kinds


def test_a_title_that_is_not_translated_keeps_its_language(fictional_outputs: Files) -> None:
    index = index_of(fictional_outputs, "mn")
    (entry,) = (entry for entry in index["entries"] if entry[3] == "commitments/fic1-c06/index.html")
    assert entry[4] == "en"


def test_the_script_and_the_index_of_the_real_site_are_small(
    real_outputs: Files, theme_files: Files, language: str
) -> None:
    files = [content for path, content in real_outputs.items() if path.startswith(f"{language}/search/")]
    assert max(len(gzip.compress(content)) for content in files) <= INDEX_BUDGET
    # on the page the script of every page stands before it
    assert len(gzip.compress(theme_files["static/search.js"])) <= SCRIPT_BUDGET


def test_the_page_asks_for_no_index_before_somebody_searches(real_outputs: Files, language: str) -> None:
    page = real_outputs[f"{language}/search/index.html"].decode()
    assert "index.js" not in page
    assert page.count("<script src") == 1


# A large site


def edition_of(count: int, schemas: Files, theme: Files, wording: Wording) -> Edition:
    checked = check(inputs_of(corpus(count, read_codes()), schemas, theme, REAL_DAY, wording))
    assert not checked.has_errors
    return edition(checked)


@pytest.fixture(scope="session")
def large_index(large_edition: Edition) -> dict[str, bytes]:
    return {output.path: output.content for output in search_index.write(large_edition)}


def test_a_large_index_is_in_parts_each_of_them_small(large_edition: Edition, large_index: Files) -> None:
    assert set(large_index) == {path for path in large_edition.plan.files if "/search/" in path}
    assert len(large_index) > 100
    sizes = {path: len(gzip.compress(content)) for path, content in large_index.items()}
    # one question of two words reads the head, two parts and one or two blocks of entries
    assert max(sizes.values()) <= INDEX_BUDGET / 5, max(sizes, key=lambda path: sizes[path])


def test_no_word_and_no_entry_is_lost_in_the_parts(large_index: Files, language: str) -> None:
    head = taken(large_index[f"{language}/search/index.js"])
    parts = [taken(large_index[f"{language}/search/words-{number}.js"]) for number in range(head["parts"])]
    blocks = [taken(content) for path, content in large_index.items() if path.startswith(f"{language}/search/entries-")]
    assert {part["version"] for part in (*parts, *blocks)} == {head["version"]}
    words = [word for part in parts for word in part["words"]]
    assert len(words) == len(set(words)) > 300
    numbers = {number for part in parts for steps in part["words"].values() for number, _ in places(steps)}
    assert numbers == set(range(sum(len(block["entries"]) for block in blocks)))
    assert len(numbers) > 1800


def test_what_is_planned_is_what_is_written(real: Checked, real_outputs: Files) -> None:
    planned = {path for path in edition(real).plan.files if "/search/" in path}
    assert planned == {path for path in real_outputs if "/search/" in path and path.endswith(".js")}
    assert {"en/search/index.js", "mn/search/index.js"} <= planned


# The list of everything


def list_of(outputs: Files, code: str) -> Page:
    path = f"{code}/index/index.html"
    return parsed(path, outputs[path])


def named_on(page: Page) -> list[tuple[str, str]]:
    """The names of the list with their addresses."""
    lists = [node for node in page.every("ul") if node.get("class") == "names"]
    links = [link for names in lists for link in names.iter("a")]
    return [(words_of(link), link.attrib["href"]) for link in links]


def test_the_list_names_everything_once_in_the_order_of_the_alphabet(
    real: Checked, real_outputs: Files, language: str
) -> None:
    page = list_of(real_outputs, language)
    names = named_on(page)
    assert len(names) == sum(len(real.catalog.rows(table)) for _, table in a_to_z.LISTED)
    assert len({href for _, href in names}) == len(names)
    letters = [words_of(node) for node in page.every("h2")]
    alphabet = next(item.alphabet for item in real.catalog.languages if item.code == language)
    order = [alphabet.find(letter.lower()) for letter in letters] if alphabet else letters
    assert order == sorted(order)  # type: ignore[type-var]
    assert len(set(letters)) == len(letters) > 10
    for name, _ in names:
        assert name.strip("«“\"'")[0].upper() in letters


def test_the_mongolian_letters_stand_in_their_own_place(real_outputs: Files) -> None:
    letters = [words_of(node) for node in list_of(real_outputs, "mn").every("h2")]
    assert letters.index("У") < letters.index("Ү") < letters.index("Х")


def pages_of_list(issue: Edition, code: str) -> list[bytes]:
    press = Press(issue)
    return [press.render(page).content for page in issue.plan.pages if (page.kind, page.language) == ("a-to-z", code)]


def test_the_list_of_300_commitments_fits_on_one_small_page(large_edition: Edition, language: str) -> None:
    (content,) = pages_of_list(large_edition, language)
    assert content.count(b'<li><a href="../') > 300
    assert len(gzip.compress(content)) <= LIST_BUDGET


def test_a_longer_list_goes_on_over_pages_and_its_letters_lead_to_the_first(
    schema_files: Files, theme_files: Files, wording: Wording
) -> None:
    terms = [
        f"  - id: t{number:03d}\n    term:\n      en: {letter * 3} {number}\n      mn: {other * 3} {number}\n"
        f"    definition:\n      en: What.\n      mn: Юу.\n    source: plan-text\n    provenance:\n"
        f"      - fields: [term, definition]\n        status: sourced\n        source: plan-text\n"
        for number in range(450)
        for letter, other in (("acez"[number % 4], "аөүя"[number % 4]),)
    ]
    content = {**corpus(2, read_codes()), "glossary.yaml": ("terms:\n" + "".join(terms)).encode()}
    issue = edition(check(inputs_of(content, schema_files, theme_files, REAL_DAY, wording)))
    for code, last in (("en", "Z"), ("mn", "Я")):
        contents = pages_of_list(issue, code)
        assert max(map(len, map(gzip.compress, contents))) <= LIST_BUDGET
        pages = [
            parsed(f"{code}/index/{name}index.html", text) for name, text in zip(("", "2/"), contents, strict=True)
        ]
        names = [name for page in pages for name, _ in named_on(page)]
        assert len(names) == len(set(names)) > 450
        first, second = ({words_of(node) for node in page.every("h2")} for page in pages)
        assert last in first & second
        (jump,) = (node for node in pages[1].every("a") if words_of(node) == last and "letter" in node.attrib["href"])
        assert jump.attrib["href"].partition("#")[0] == "../index.html"

"""The index of search, per language: scripts that `search.js` loads when somebody searches.

Scripts and not JSON, because a page opened from a disk may fetch nothing else. A small site has one file with
everything; a large one has its words in parts by their first two letters and its entries in blocks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from site_builder.derive.search_key import search_key, words_of
from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Inflection, Language
from site_builder.nouns.schema import Schemas
from site_builder.readers.formats import Formats
from site_builder.writers.findable import KINDS, Entry, entry, things
from site_builder.writers.pages import plan_pages
from site_builder.writers.voice import Voice

MOST_IN_ONE = 500
"""Entries up to which everything stands in one file: below 40 kB gzipped, at 72 bytes an entry."""
BLOCK = 100
"""Entries in a block of a large index."""
ENTRIES_A_PART = 50
"""Entries for each of which a large index has one more part of words."""

LAST = frozenset({"source"})
"""Kinds of which no title counts as one, so that things come before the sources that speak of them."""

Words = dict[str, list[int]]
"""Places of every word: twice the number of the entry, and one more where it stands in a name; each place is
written as the step from the one before."""


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    pages = list(plan_pages(catalog, schemas))
    for code in catalog.codes:
        count = sum(1 for _ in things(catalog, schemas, (page for page in pages if page.language == code)))
        yield _folder(code) + "index.js"
        if count > MOST_IN_ONE:
            yield from (f"{_folder(code)}words-{number}.js" for number in range(count // ENTRIES_A_PART))
            yield from (f"{_folder(code)}entries-{number}.js" for number in range(-(-count // BLOCK)))


def write(edition: Edition) -> Iterable[Output]:
    for language in edition.catalog.languages:
        yield from _index(edition, language)


def _folder(code: str) -> str:
    return f"{code}/search/"


def _index(edition: Edition, language: Language) -> Iterator[Output]:
    """Yield the files of one language's index."""
    page = Page("search", "", language.code, f"{_folder(language.code)}index.html")
    voice = Voice(edition, page, Formats(language))
    pages = (page for page in edition.plan.pages if page.language == language.code)
    found = [entry(voice, thing) for thing in things(edition.catalog, edition.schemas, pages)]
    words, kinds = _words(found), list(dict.fromkeys(item.kind for item in found))
    entries = [_row(item, kinds, language.code) for item in found]
    version = sha256(json.dumps([words, entries]).encode("utf-8")).hexdigest()[:10]
    large = len(found) > MOST_IN_ONE
    parts = len(found) // ENTRIES_A_PART if large else 0
    head = {
        "version": version,
        "kinds": [voice.say(KINDS[kind]) for kind in kinds],
        "inflection": asdict(language.inflection),
        "parts": parts,
        "size": BLOCK,
    }
    if not large:
        yield _script(language, "index.js", {**head, "words": words, "entries": entries})
        return
    yield _script(language, "index.js", head)
    for number, part in enumerate(_by_first_letters(words, parts, language.inflection)):
        yield _script(language, f"words-{number}.js", {"version": version, "words": part})
    for number, start in enumerate(range(0, len(entries), BLOCK)):
        block = {"version": version, "entries": entries[start : start + BLOCK]}
        yield _script(language, f"entries-{number}.js", block)


def _script(language: Language, name: str, content: Mapping[str, Any]) -> Output:
    text = json.dumps({"name": name, **content}, ensure_ascii=False, separators=(",", ":"))
    return Output(_folder(language.code) + name, f"siteSearch.take({text});\n".encode())


def _row(item: Entry, kinds: list[str], code: str) -> list[str | int]:
    """Return an entry as the script reads it: kind, title, line, address below the language's folder, language."""
    row: list[str | int] = [kinds.index(item.kind), item.title, item.line, item.path.removeprefix(f"{code}/")]
    return [*row, item.language] if item.language else row


def _words(found: Iterable[Entry]) -> Words:
    words: Words = {}
    last: dict[str, int] = {}
    for number, item in enumerate(found):
        named = {word for text in (item.title, *item.names) for word in words_of(text)}
        others = {word for text in (item.line, *item.words) for word in words_of(text)}
        for word in named | others:
            place = 2 * number + (word in named and item.kind not in LAST)
            words.setdefault(word, []).append(place - last.get(word, 0))
            last[word] = place
    return dict(sorted(words.items()))


def _by_first_letters(words: Words, parts: int, inflection: Inflection) -> list[Words]:
    """Return the words in `parts` parts, those whose keys begin with the same two letters in the same one."""
    found: list[Words] = [{} for _ in range(parts)]
    for word, places in words.items():
        first, second = [*map(ord, search_key(word, inflection)[:2]), 0][:2]
        found[(first * 31 + second) % parts][word] = places
    return found

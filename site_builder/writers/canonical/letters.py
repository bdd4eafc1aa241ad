"""Owns how words are mended in which letters of two alphabets are mixed, or stand for one that a keyboard lacked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from site_builder.readers.yaml_tree import Mapping as Tree
from site_builder.readers.yaml_tree import Scalar, Sequence, parse_yaml
from site_builder.writers.canonical.planting import Slot
from site_builder.writers.canonical.repairs import Mend

_UNTOUCHED = re.compile(r"`[^`]*`|\]\([^)]*\)|\S*(?:://|@|www\.|[A-Za-z0-9]\.[A-Za-z]{2,})\S*")
"""Code, links, addresses and names of files: their letters are never touched."""
_WORD = re.compile(r"(?<![\w])[^\W\d_]+(?![\w])")
"""A run of letters; beside a figure or a low line they may be an id or a code."""
_LATIN = "aceopxykABEKMHOPCTXY"
_CYRILLIC = "асеорхукАВЕКМНОРСТХУ"
"""Letters that have the same shape as those of the other alphabet."""
_TO_CYRILLIC = dict(zip(_LATIN, _CYRILLIC, strict=True))
_TO_LATIN = dict(zip(_CYRILLIC + "іІјЈѕЅһ", _LATIN + "iIjJsSh", strict=True))
_ROMAN = re.compile("(?=..)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_BARRED = {"ɵ": "ө", "ѳ": "ө", "ö": "ө", "Ɵ": "Ө", "Ѳ": "Ө", "Ö": "Ө"}
"""Letters that are typed where a keyboard has no barred o."""


@dataclass(frozen=True)
class Alphabet:
    """The letters of a language, as `site.yaml` has them."""

    language: str
    letters: frozenset[str] = frozenset()
    """Small and capital; empty where the site does not say."""
    meant: Mapping[str, str] = field(default_factory=dict)
    """The letter of the alphabet by one that is none of it and stands for it."""


def read_alphabets(content: bytes) -> tuple[Alphabet, ...]:
    """Return the languages of a `site.yaml` in their order, each with its letters and what is typed for them."""
    root, _ = parse_yaml("site.yaml", content)
    listed = (node for key, node in (root.entries if root else ()) if key.text == "languages")
    items = [item for node in listed if isinstance(node, Sequence) for item in node.items if isinstance(item, Tree)]
    told = [{key.text: node.text for key, node in item.entries if isinstance(node, Scalar)} for item in items]
    return tuple(
        _alphabet(one["id"], one.get("alphabet", ""), one.get("search_alike", "")) for one in told if "id" in one
    )


def _alphabet(language: str, written: str, alike: str) -> Alphabet:
    letters = frozenset(written + written.upper())
    pairs = [(pair[0], pair[1]) for pair in alike.split() if len(pair) == 2]
    capitals = [(typed.upper(), meant.upper()) for typed, meant in pairs]
    known = {**_TO_CYRILLIC, **_BARRED, **dict(pairs), **dict(capitals)}
    meant = {typed: letter for typed, letter in known.items() if letter in letters and typed not in letters}
    return Alphabet(language, letters, meant)


def mend_letters(alphabets: tuple[Alphabet, ...]) -> Mend:
    """Return what yields the words of a text, in the language in which it stands, that are to be spelt otherwise."""
    by_language = {alphabet.language: alphabet for alphabet in alphabets}

    def mend(slot: Slot, text: str) -> Iterator[tuple[str, int, str, str]]:
        alphabet = by_language.get(slot.language)
        if alphabet is None:
            return
        free = _UNTOUCHED.sub(lambda match: "0" * len(match.group()), text)
        for match in _WORD.finditer(free):
            if (new := mended(match.group(), alphabet)) != match.group():
                yield "letters", match.start(), match.group(), new

    return mend


def mended(word: str, alphabet: Alphabet) -> str:
    """Return a word with its letters of one alphabet; as it is where it is not sure which one was meant."""
    latin = {char for char in word if unicodedata.name(char, "").startswith("LATIN")}
    cyrillic = {char for char in word if unicodedata.name(char, "").startswith("CYRILLIC")}
    foreign = set(word) - alphabet.letters
    if not cyrillic or len(latin) + len(cyrillic) < len(set(word)) or not (latin or (alphabet.letters and foreign)):
        return word
    in_latin = _put(word, _TO_LATIN)
    is_latin = all(char in _TO_LATIN for char in cyrillic)
    if is_latin and _ROMAN.fullmatch(in_latin):
        return in_latin
    if alphabet.letters and foreign <= alphabet.meant.keys() and set(word) & alphabet.letters:
        return _put(word, alphabet.meant)
    if is_latin and any(char not in _TO_CYRILLIC for char in latin):
        return in_latin
    is_cyrillic = any(char not in _TO_LATIN for char in cyrillic) and latin <= _TO_CYRILLIC.keys()
    return _put(word, _TO_CYRILLIC) if is_cyrillic and not alphabet.letters else word


def _put(word: str, letters: Mapping[str, str]) -> str:
    return "".join(letters.get(char, char) for char in word)

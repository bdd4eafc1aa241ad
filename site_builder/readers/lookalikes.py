"""Owns the letters that are taken for one another: which one was meant in a word; refuses to know any language.

Keyboards are switched in the middle of a word, old fonts and old keyboards lacked letters: the word looks right and
no search finds it. What was meant is told letter by letter, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

_TO_CYRILLIC = dict(zip("aceopxkëABCEHKMOPTXË", "асеорхкёАВСЕНКМОРТХЁ", strict=True))
"""Latin letters by which a Cyrillic one is replaced unseen."""
_TO_LATIN = {cyrillic: latin for latin, cyrillic in _TO_CYRILLIC.items()}
_TO_LATIN |= dict(zip("іІјЈѕЅһԁуУүҮ", "iIjJsShdyYyY", strict=True))
_IN_IDS = str.maketrans({letter: latin for letter, latin in _TO_LATIN.items() if latin.isascii()} | {"т": "t"})
"""In an id, which has no Cyrillic letter, more of them can only stand for a Latin one."""
_TWO_FACED = {"y": "уү", "Y": "УҮ"}
"""Latin letters that look like two Cyrillic ones."""
_BACK, _FRONT = frozenset("аоуыяё"), frozenset("эөү")
"""In the languages that write both, a word has vowels of one kind; the others go with either."""
_OLD_FONT = dict(zip("єїЄЇ", "өүӨҮ", strict=True))
"""Letters in whose places old fonts drew others."""
_ALIKE = dict(zip("ɵѳöƟѲÖüұÜҰ", "өөөӨӨӨүүҮҮ", strict=True))
"""Letters that keyboards without ө and ү offer instead."""
_ROMAN = re.compile(r"(?=..)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_WORD = re.compile(r"[^\W\d_]+")
"""A run of letters: `e-Mongolia-гийн` has three of them, `5G-ийн` two."""
_TARGET = re.compile(r"`[^`]*`|\]\([^()\[\]\s]*\)")
"""Code, and the target of a link behind its words."""
_TOKEN = re.compile(r"\S+")
_ADDRESS = re.compile(r"://|@|www\.|\w\.[A-Za-z]{2}")
"""What makes an address or the name of a file of what stands between two spaces."""
SEVERAL = 20
"""Words of one text that are told at most: who mends them sees the rest."""

LATIN = re.compile(r"[A-Za-z\u00c0-\u02af]")
CYRILLIC = re.compile(r"[\u0400-\u052f]")
ODD = re.compile(f"[{''.join((*_OLD_FONT, *_ALIKE))}І]")
"""What stands for another letter in some alphabets."""


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A word with letters that are not those that were meant."""

    kind: str
    """mixed-letters, mixed-numeral, old-font-letter or lookalike-letter."""
    word: str
    place: int
    """Where it begins in the text, from 0."""
    letters: str
    """The letters that were not meant, each once."""
    meant: str
    """The word as it should be, empty where it is not sure."""


def latin_lookalike(text: str) -> str:
    """Return an id, a key or a code with the Latin letters that its Cyrillic ones look like."""
    return text.translate(_IN_IDS)


def words_of(text: str) -> str:
    """Return a text of the same length in which figures stand for code, addresses and names of files."""
    text = _TARGET.sub(_figures, text)
    if _ADDRESS.search(text) is None:
        return text
    return _TOKEN.sub(lambda match: _figures(match) if _ADDRESS.search(match.group()) else match.group(), text)


def _figures(match: re.Match[str]) -> str:
    return "0" * len(match.group())


@lru_cache(maxsize=8_000)
def misspelt(text: str, alphabet: frozenset[str]) -> tuple[Misspelt, ...]:
    """Return the words of a text whose letters are not those that were meant, each word once.

    `alphabet` has the letters of the text's language, small and capital; empty: it is not known.
    """
    told: dict[str, Misspelt] = {}
    for slip in every_misspelt(text, alphabet):
        told.setdefault(slip.word, slip)
        if len(told) == SEVERAL:
            break
    return tuple(told.values())


def every_misspelt(text: str, alphabet: frozenset[str]) -> Iterator[Misspelt]:
    """Yield each place of a text where a word has letters that are not those that were meant."""
    for match in _WORD.finditer(words_of(text)):
        if (slip := _judged(match.group(), alphabet)) is not None:
            yield replace(slip, place=match.start())


@lru_cache(maxsize=60_000)
def _judged(word: str, alphabet: frozenset[str]) -> Misspelt | None:
    """Return what is wrong with a word, as if it stood at the beginning; most words stand in many texts."""
    stand_ins = {**_OLD_FONT, **_ALIKE}
    odd = "".join(char for char in dict.fromkeys(word) if char not in alphabet and stand_ins.get(char) in alphabet)
    replaced = "".join(stand_ins[char] if char in odd else char for char in word)
    if odd and (any(char in alphabet for char in word) or not set(odd) & _ALIKE.keys()):
        if not LATIN.search(replaced):
            kind = "old-font-letter" if odd[0] in _OLD_FONT else "lookalike-letter"
            return Misspelt(kind, word, 0, odd, replaced)
    else:
        odd, replaced = "", word
    if LATIN.search(replaced) and CYRILLIC.search(replaced):
        return _mixed(word, replaced, alphabet)
    foreign = [char for char in word if alphabet and char not in alphabet and CYRILLIC.match(char)]
    numeral = _put(word, list(word), _TO_LATIN) if foreign else ""
    if _ROMAN.fullmatch(numeral):  # `ІІ` of another language's letters
        return Misspelt("mixed-numeral", word, 0, _once(foreign), numeral)
    return None


def _mixed(word: str, spelt: str, alphabet: frozenset[str]) -> Misspelt | None:
    """Return what is wrong with a word of two scripts, nothing where a name only took an ending."""
    latin = [char for char in spelt if LATIN.match(char)]
    cyrillic = [char for char in spelt if CYRILLIC.match(char)]
    in_latin = _put(spelt, cyrillic, _TO_LATIN)
    if _ROMAN.fullmatch(in_latin):
        return Misspelt("mixed-numeral", word, 0, _once(cyrillic), in_latin)
    changes = sum(bool(LATIN.match(one)) != bool(LATIN.match(other)) for one, other in pairwise(spelt))
    if changes == 1 and _is_name_with_ending(spelt, latin, cyrillic):
        return None
    letters = _two_faced(spelt, alphabet)
    may_be_cyrillic = {*latin} <= {*letters, *_TWO_FACED}
    if not may_be_cyrillic and not in_latin and changes == 1:
        return None
    in_cyrillic = _put(spelt, latin, letters)
    if not {*in_cyrillic} <= (alphabet or {*in_cyrillic}):
        in_cyrillic = ""
    few = cyrillic if len(cyrillic) < len(latin) else latin
    if may_be_cyrillic and in_latin:  # both can be: the more letters it has of one, the likelier is that one
        meant = "" if len(latin) == len(cyrillic) else in_cyrillic if few is latin else in_latin
    else:
        meant = in_cyrillic or in_latin
        few = latin if may_be_cyrillic else cyrillic if in_latin else few
    return Misspelt("mixed-letters", word, 0, _once(few), meant)


def _two_faced(word: str, alphabet: frozenset[str]) -> dict[str, str]:
    """Return what Latin letters stand for in a word, with those that its other vowels tell apart."""
    letters = dict(_TO_CYRILLIC)
    vowels = {_TO_CYRILLIC.get(char, char).lower() for char in word}
    for latin, both in _TWO_FACED.items():
        back, front = both[0], both[1]
        if front not in alphabet:
            letters[latin] = back
        elif bool(vowels & _BACK) != bool(vowels & _FRONT):
            letters[latin] = back if vowels & _BACK else front
    return letters


def _is_name_with_ending(word: str, latin: list[str], cyrillic: list[str]) -> bool:
    """Whether a foreign name only took an ending without a hyphen: `OGPийн`, `Facebookоор`."""
    if not LATIN.match(word[0]):
        return False
    name, ending = "".join(latin), "".join(cyrillic)
    return ending.islower() and len(name) > 1 and (name.isupper() or len(ending) > 1 < len(name) - 1)


def _put(word: str, foreign: list[str], letters: dict[str, str]) -> str:
    """Return a word with its foreign letters replaced, empty where one of them has no likeness."""
    odd = frozenset(foreign)
    if not odd <= letters.keys():
        return ""
    return "".join(letters[char] if char in odd else char for char in word)


def _once(letters: list[str]) -> str:
    return ", ".join(dict.fromkeys(letters))

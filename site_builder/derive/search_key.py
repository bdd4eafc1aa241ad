"""Owns the words of a text and the key by which inflected forms of a word find each other; knows no language.

`themes/default/static/search.js` does the same in the browser; a test holds both to one list of words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from site_builder.nouns.record import Inflection

SHORTEST_STEM = 3
"""Letters that must be left of a word when an ending is cut."""
_WORD = re.compile(r"[^\W_]+")
"""Letters and digits: what JavaScript calls `[\\p{L}\\p{N}]+`."""


@dataclass(frozen=True, slots=True)
class _Rules:
    alike: dict[int, str]
    dropped: frozenset[str]
    endings: tuple[tuple[str, str], ...]


@cache
def _rules(inflection: Inflection) -> _Rules:
    endings = (part.partition("=") for part in inflection.endings.split())
    return _Rules(
        {ord(pair[0]): pair[1] for pair in inflection.alike.split()},
        frozenset(inflection.dropped),
        tuple((ending, instead) for ending, _, instead in endings),
    )


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, in their order."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def search_key(word: str, inflection: Inflection) -> str:
    """Return the key of a word in lower case: two words are kin when the key of one begins that of the other.

    Letters that are alike become one, one ending is cut, and every letter that the language drops is left out
    after the first group of such letters: төсөв → төсв, төсвийн → төсв. A language that says nothing of all this
    has its words as keys.
    """
    rules = _rules(inflection)
    word = word.translate(rules.alike)
    for ending, instead in rules.endings:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word.removesuffix(ending) + instead
            break
    kept = 0
    while kept < len(word) and word[kept] not in rules.dropped:
        kept += 1
    while kept < len(word) and word[kept] in rules.dropped:
        kept += 1
    return word[:kept] + "".join(letter for letter in word[kept:] if letter not in rules.dropped)

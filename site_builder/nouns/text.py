"""Owns text that exists in several languages; refuses to choose one silently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    """The same text in several languages; a language may be missing."""

    by_language: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.by_language)

    def shown(self, language: str) -> tuple[str, str]:
        """Return the text and its own language: the asked one if it is there, else the first that is.

        An empty text in the asked language means that there is none at all.
        """
        if language in self.by_language:
            return self.by_language[language], language
        for other, text in self.by_language.items():
            return text, other
        return "", language


def brief(text: str, length: int) -> str:
    """Return a text on one line of at most `length` characters, cut after a word where it is longer."""
    words = " ".join(text.split())
    if len(words) <= length:
        return words
    cut = words[: length - 1]
    return (cut.rpartition(" ")[0].rstrip(",;:–—") or cut) + "…"


def same_words(one: str, other: str) -> bool:
    """Whether two texts have the same letters and digits in the same order: capitals, points and blanks aside."""
    return one == other or _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())

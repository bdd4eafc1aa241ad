"""Owns phrases by key with their placeholders; refuses to know where they are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


def _always_other(_count: float) -> str:
    return "other"


@dataclass(frozen=True)
class Words:
    """The phrases of one language; a phrase is a string or a mapping of plural forms."""

    language: str
    phrases: Mapping[str, str | Mapping[str, str]]
    plural: Callable[[float], str] = _always_other
    """Gives the plural form (one, other) of a count, by the rules of CLDR."""

    def phrase(self, key: str, count: float | None = None) -> str:
        """Return a phrase with its placeholders still open; `count` chooses the plural form.

        Raises KeyError for a key that no catalogue has: that is our bug, a test holds the keys equal.
        """
        phrase = self.phrases[key]
        if isinstance(phrase, str):
            return phrase
        return phrase.get(self.plural(float(count or 0))) or phrase["other"]

    def say(self, key: str, /, **values: object) -> str:
        """Return a phrase with its placeholders filled; `count` chooses the plural form."""
        count = values.get("count")
        phrase = self.phrase(key, count if isinstance(count, int) else None)
        return phrase.format(**values) if values else phrase

    def has(self, key: str) -> bool:
        return key in self.phrases

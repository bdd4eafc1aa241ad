"""Owns how findings become sentences: the messages of the program in every language it speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.rule import Rulebook
from site_builder.nouns.words import Words

_PLACEHOLDER = re.compile(r"(?<!\{)\{([a-z_]+)\}")
_TRANSLATED = frozenset({"given", "type", "guess", "script"})
"""Arguments whose technical values have a word of their own in the catalogues."""


@dataclass(frozen=True)
class Wording:
    """The messages of the program in every language it speaks."""

    catalogues: Mapping[str, Words]
    rulebook: Rulebook = field(default_factory=Rulebook)
    """Why each rule is there, with examples."""

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.catalogues)

    @cached_property
    def rules(self) -> frozenset[str]:
        """Names of all rules."""
        return frozenset(
            key.removesuffix(".message")
            for words in self.catalogues.values()
            for key in words.phrases
            if key.endswith(".message")
        )

    def message(self, finding: Diagnostic, language: str) -> str:
        """Return what is wrong."""
        return self._say(f"{finding.name}.message", finding, language)

    def hint(self, finding: Diagnostic, language: str) -> str:
        """Return how to mend it; with the suggestion where there is one."""
        key = f"{finding.name}.hint_with"
        if finding.suggestion and self.catalogues[language].has(key):
            return self._say(key, finding, language)
        return self._say(f"{finding.name}.hint", finding, language)

    def hint_at_cell(self, finding: Diagnostic, language: str, names: Mapping[str, str]) -> str:
        """Return how to mend it in a workbook; `names` has what its sheets and columns are called, by placeholder.

        A rule whose hint names fields of a file has one of its own for that.
        """
        key = f"{finding.name}.hint_at_cell"
        if not self.catalogues[language].has(key):
            return self.hint(finding, language)
        return self._say(key, finding, language, names)

    def template(self, rule: str, language: str, *, part: str = "message") -> str:
        """Return the message or hint of a rule with the names of its placeholders in place of values."""
        return (
            _PLACEHOLDER.sub(r"‹\1›", str(self.catalogues[language].phrases[f"{rule}.{part}"]))
            .replace("{{", "{")
            .replace("}}", "}")
        )

    def _say(self, key: str, finding: Diagnostic, language: str, names: Mapping[str, str] | None = None) -> str:
        words = self.catalogues[language]
        if not words.has(key):
            return finding.name
        values = {"field": finding.field, "record": finding.record, "suggestion": finding.suggestion, **(names or {})}
        for name, value in finding.arguments:
            known = name in _TRANSLATED and words.has(f"word.{value}")
            values[name] = words.say(f"word.{value}") if known else value
        return words.say(key, **values)

    def say(self, key: str, language: str, /, **values: object) -> str:
        """Return another phrase of the catalogues."""
        return self.catalogues[language].say(key, **values)


NO_WORDING = Wording({})

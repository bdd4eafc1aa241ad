"""Owns what a cell means among the codes of ours: as the mapping says, a code, a label of one, a usual word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.interchange.series.mapping import SKIP, Mapped
from site_builder.nouns.record import Catalog
from site_builder.readers.suggest import closest
from site_builder.readers.usual_words import GROUPS, compared, usual_code


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text means: a code, that it is left out on purpose, or nothing; then what may have been meant."""

    code: str = ""
    is_left_out: bool = False
    suggestion: str = ""


@dataclass(frozen=True)
class Codes:
    """The lists of a content by column, and the words of a mapping file."""

    lists: Mapping[str, Mapping[str, str]]
    """Codes by label and by code, as names are compared, by column of ours."""
    known: Mapping[str, tuple[str, ...]]
    """Codes by column of ours, in their order."""
    list_names: Mapping[str, str]
    mapped: Mapped
    remembered: dict[tuple[str, str], Meaning] = field(default_factory=dict)

    def meaning(self, column: str, text: str) -> Meaning:
        """Return what a text of a column means."""
        key = (column, text)
        if key not in self.remembered:
            self.remembered[key] = self._meaning(column, text)
        return self.remembered[key]

    def _meaning(self, column: str, text: str) -> Meaning:
        own = self.mapped.codes.get(column, {})
        if text in own:
            text = own[text]
            if text == SKIP:
                return Meaning(is_left_out=True)
        known = self.known.get(column, ())
        if text in known:
            return Meaning(text)
        plain = compared(text)
        last = text.rpartition(".")[2]
        guesses = (
            self.lists.get(column, {}).get(plain, ""),
            last if compared(text.rpartition(".")[0]) == compared(column) else "",
            usual_code(column, text, known),
        )
        code = next((guess for guess in guesses if guess in known), "")
        return Meaning(code) if code else Meaning(suggestion=self._suggestion(column, text, own))

    def _suggestion(self, column: str, text: str, own: Mapping[str, str]) -> str:
        """Return the word that was most likely meant: of the mapping, of a list, a usual one."""
        plain = compared(text)
        words = {compared(word): word for word in own}
        words |= {word: word for word in (*self.lists.get(column, {}), *GROUPS.get(column, {})) if word not in words}
        near = closest(plain, words) if any(char.isalpha() for char in plain) else ""
        return words.get(near, "") if len(plain) > 2 else ""


def codes_of(catalog: Catalog, columns: Mapping[str, str], mapped: Mapped) -> Codes:
    """Return the lists of a content; `columns` names the list by column of ours."""
    lists: dict[str, dict[str, str]] = {}
    known: dict[str, tuple[str, ...]] = {}
    for column, name in columns.items():
        records = catalog.codes_of.get(name, ())
        known[column] = tuple(str(record.get("code")) for record in records)
        words: dict[str, str] = {}
        for record in records:
            code = str(record.get("code"))
            labels = (str(record.get(f"label_{language}") or code) for language in catalog.codes)
            for word in (code, *labels):
                words.setdefault(compared(word), code)
        lists[column] = words
    return Codes(lists, known, dict(columns), mapped)

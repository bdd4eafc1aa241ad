"""Owns what a full-text index of the data holds: what people wrote, row by row and language by language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from site_builder.derive.search_key import search_key, words_of
from site_builder.nouns.record import Language
from site_builder.writers.dataset import Dataset, Sheet

COLUMNS = ("language", "table_name", "record_id", "title", "text", "search_key")
Entry = tuple[str, str, str, str, str, str]
"""Values of COLUMNS. The title is the first text of the row, the text all others, the key those of all words."""
UNSEARCHED = frozenset({"provenance"})
"""Tables whose notes say the same of many values, so that they would bury what is looked for."""


@dataclass(frozen=True)
class Keys:
    """The search keys of the words of a language, each worked out once."""

    language: Language
    known: dict[str, str] = field(default_factory=dict)
    """Key of every word that came, by word."""

    def of(self, texts: Sequence[str]) -> str:
        """Return the keys of the words of texts, in their order."""
        return " ".join(self._key(word) for text in texts for word in words_of(text))

    def _key(self, word: str) -> str:
        if word not in self.known:
            self.known[word] = search_key(word, self.language.inflection)
        return self.known[word]


def text_entries(dataset: Dataset, keys: Keys) -> Iterator[Entry]:
    """Yield an entry a row of the written tables that says something in the language of `keys`."""
    for sheet in dataset.sheets.values():
        if sheet.name in dataset.edition.catalog.tables and sheet.name not in UNSEARCHED:
            yield from _of_sheet(sheet, keys)


def _of_sheet(sheet: Sheet, keys: Keys) -> Iterator[Entry]:
    code = keys.language.code
    places = (place for place, column in enumerate(sheet.columns) if column.language == code)
    said = [place for place in places if any(map(itemgetter(place), sheet.rows))]
    key = [sheet.header.index(name) for name in sheet.table.key]
    for row in sheet.rows if said else ():
        if texts := [row[place] for place in said if row[place]]:
            record = "/".join(str(row[place]) for place in key)
            yield code, sheet.name, record, texts[0], "\n".join(texts[1:]), keys.of(texts)

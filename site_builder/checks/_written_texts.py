"""Owns the walk over everything that people write in words: which texts there are, in which language and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from site_builder.nouns.diagnostic import Location
from site_builder.nouns.record import Catalog, Language, Prose, Record
from site_builder.nouns.schema import Field

SEPARATOR = "\0"
"""What stands between texts that are looked at together: no text holds it."""
NO_LANGUAGE = Language("", "", "")
"""Of a text that is the same in every language, such as the name of a publisher."""


@dataclass(frozen=True)
class Text:
    """A text with where it was written."""

    written: str
    language: Language
    source: Record | Prose
    column: str = ""
    field: Field | None = None
    """None: the text is a page of prose."""

    @property
    def record(self) -> str:
        return self.source.slug if isinstance(self.source, Prose) else self.source.id

    @property
    def is_one_line(self) -> bool:
        """Whether it is shown on one line whatever breaks it has."""
        return self.field is not None and self.field.localized and not self.field.markdown

    def whole(self) -> tuple[Location, int]:
        """Return the place of the whole text."""
        if isinstance(self.source, Prose):
            return self.source.location, 1
        cell = self.source.cells[self.column]
        return cell.location, cell.length

    def part(self, start: int, length: int) -> tuple[Location, int]:
        """Return the place of a part; a text that is folded in its file is pointed at as a whole."""
        if isinstance(self.source, Prose):
            before = self.written[:start]
            line, column = before.count("\n"), start - before.rfind("\n")
            place = self.source.location
            return Location(place.file, place.line + line, column), length
        cell = self.source.cells[self.column]
        if cell.offset < 0 or cell.length != len(self.written):
            return cell.location, cell.length
        place = cell.location
        return Location(place.file, place.line, place.column + cell.offset + start), length


@dataclass(frozen=True)
class Texts:
    """The texts of one column, or the pages of one language: what is rare is looked for in all of them at once."""

    language: Language
    field: Field | None
    column: str
    written: list[tuple[Record | Prose, str]]

    def such(self, holds: Callable[[str], object]) -> Iterator[Text]:
        """Yield the texts of which something holds."""
        for source, text in self.written:
            if holds(text):
                yield Text(text, self.language, source, self.column, self.field)

    def together(self) -> str:
        """Return all texts as one."""
        return SEPARATOR.join([text for _, text in self.written])


def written_texts(catalog: Catalog) -> Iterator[Texts]:
    """Yield everything in words, column by column, then the pages."""
    for table in catalog.written_tables():
        columns = catalog.columns(table.name)
        for item in table.fields if catalog.rows(table.name) else ():
            if not item.holds_words or item.format == "uri" or item.name in table.reference_of:
                continue
            if table.name == "provenance" and not item.localized:
                continue  # names of tables and fields, which the program fills in
            languages = catalog.languages if item.localized else (NO_LANGUAGE,)
            for language, column in zip(languages, item.columns(catalog.codes), strict=True):
                written: list[tuple[Record | Prose, str]] = list(columns.given(column))
                if written:
                    yield Texts(language, item, column, written)
    for language in catalog.languages:
        pages = [page for (_, code), page in sorted(catalog.prose.items()) if code == language.code]
        if pages:
            yield Texts(language, None, "", [(page, page.markdown) for page in pages])

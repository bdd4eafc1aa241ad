"""Owns how one page says things in its language: words, days, codes, texts, links, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, cast

from markupsafe import Markup, escape

from site_builder.nouns.edition import Edition
from site_builder.nouns.page import Page, relative
from site_builder.nouns.record import Language, Record
from site_builder.nouns.schema import Field
from site_builder.nouns.text import Text
from site_builder.nouns.words import Words
from site_builder.plan.site_plan import GLOSSARY_PAGE, find_page
from site_builder.readers.date_forms import precision
from site_builder.readers.formats import Formats, capital
from site_builder.readers.markdown import render_field, render_prose
from site_builder.readers.terms import Terms, terms_of
from site_builder.writers.markup import escaped

SAID_STATUSES = ("inferred", "own_words", "own_translation")
"""Provenance statuses that a page says in a word; the others are told by the footnotes alone."""


def _as_it_is(_text: str) -> tuple[tuple[int, int, str], ...]:
    """Explain nothing: the text is in another language than its page."""
    return ()


@dataclass(frozen=True)
class Origin:
    """Where a shown value comes from: a short word and the numbers of its sources on the page."""

    word: str = ""
    refs: tuple[int, ...] = ()
    note: str = ""

    def __bool__(self) -> bool:
        """Whether anything is told."""
        return bool(self.word or self.refs or self.note)


NOTHING_TOLD = Origin()


@dataclass(frozen=True)
class Voice:
    """What a page needs to speak; its footnotes are numbered as they are first used."""

    edition: Edition
    page: Page
    formats: Formats
    footnotes: dict[str, int] = field(default_factory=dict)
    memory: dict[tuple[str, str], object] = field(default_factory=dict)
    """What is the same on every page of the language and worked out once."""
    shared: dict[tuple[str, ...], object] = field(default_factory=dict)
    """What is worked out once for the pages of a thing in all languages, and forgotten after them."""
    explained: set[str] = field(default_factory=set)
    """Glossary terms that the page has explained already."""

    @property
    def language(self) -> Language:
        return self.formats.language

    @cached_property
    def code(self) -> str:
        return self.formats.language.code

    @cached_property
    def words(self) -> Words:
        return self.edition.theme.words[self.code]

    @cached_property
    def _phrases(self) -> Mapping[str, str | Mapping[str, str]]:
        return self.words.phrases

    def say(self, key: str, /, **values: object) -> str:
        """Return an interface phrase; a count is written as a number of the language, markup stays markup."""
        phrase = self._phrases[key]
        if type(phrase) is not str:
            count = values.get("count")
            phrase = self.words.phrase(key, count if isinstance(count, int) else None)
        if not values:
            return phrase
        is_markup = False
        for name, value in values.items():
            # nearly all are plain texts, which are asked for nothing more: a page says a hundred things
            if type(value) is Markup:
                is_markup = True
            elif type(value) is not str and isinstance(value, int):
                values[name] = self.formats.number(value)
        if is_markup:
            # Markup.format says the same, and for the sake of formats that no phrase has does it more slowly
            for name, value in values.items():
                values[name] = escaped(value)
            return Markup(str.format(escaped(phrase), **values))
        return phrase.format(**values)

    # days and codes

    def day(self, value: date | str) -> Markup:
        """Return a day, month or year as a `<time>` element."""
        shown = self._days.get(value)
        if shown is None:
            shown = Markup(f'<time datetime="{escape(value)}">{escape(self.formats.day(value))}</time>')
            self._days[value] = shown
        return shown

    @cached_property
    def _days(self) -> dict[date | str, Markup]:
        return cast("dict[date | str, Markup]", self.memory.setdefault(("days", ""), {}))

    def short_day(self, value: date) -> Markup:
        """Return a day as it stands in a table."""
        return Markup(f'<time datetime="{value}">{escape(self.formats.short_day(value))}</time>')

    def label(self, codelist: str, code: str | None) -> str:
        """Return the label of a code, as it stands inside a sentence."""
        if not code:
            return ""
        label = self._labels.get((codelist, code))
        if label is None:
            record = self.edition.catalog.code(codelist, code)
            label = self._labels[codelist, code] = self.text(record, "label") if record else code
        return label

    @cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        return cast("dict[tuple[str, str], str]", self.memory.setdefault(("labels", ""), {}))

    def title_label(self, codelist: str, code: str | None) -> str:
        """Return the label of a code with a capital first letter."""
        return self._capital(self.label(codelist, code))

    def _capital(self, text: Any) -> str:
        return text if isinstance(text, Markup) else capital(str(text))

    # texts

    def text(self, record: Record, name: str) -> str:
        """Return a localized field; a text in another language is marked with its own `lang`."""
        return self._marked(*self._found(record, name))

    def bare(self, record: Record, name: str) -> str:
        """Return a localized field as a part of something else: marked with its language, without the note."""
        words, language = self._found(record, name)
        if not words or language == self.code:
            return words
        return Markup('<span lang="{}">{}</span>').format(language, words)

    def shown(self, text: Text) -> str:
        """Return a text in the page's language, else the one there is, marked with its language."""
        return self._marked(*text.shown(self.code))

    def _found(self, record: Record, name: str) -> tuple[str, str]:
        """Return a localized field and its language, as `Text.shown` does, without making the text first."""
        own = record.cells.get(f"{name}_{self.code}")
        if own is not None:
            return own.value, self.code
        for code in self.edition.catalog.codes:
            cell = record.cells.get(f"{name}_{code}")
            if cell is not None:
                return cell.value, code
        return "", self.code

    def _marked(self, words: str, language: str) -> str:
        if not words or language == self.code:
            return words
        return Markup('<span lang="{}">{}</span> {}').format(language, words, self._untranslated)

    @property
    def _untranslated(self) -> Markup:
        """The note that follows a text shown in another language."""
        return Markup('<small class="prov">({})</small>').format(self.say("fact.untranslated"))

    def plain(self, record: Record, name: str) -> str:
        """Return a localized field without markup, for titles and descriptions."""
        return self._found(record, name)[0]

    def rich(self, record: Record, item: Field) -> str:
        """Return a Markdown field as HTML; one paragraph comes without its `<p>`."""
        words, language = self._found(record, item.name) if item.localized else (record.get(item.name), self.code)
        if not words:
            return ""
        html = render_field(words, self._resolve, explain=self._explain if language == self.code else _as_it_is)
        if html.count("<p>") == 1 and html.startswith("<p>") and html.endswith("</p>"):
            html = html[3:-4]
        wrapper = "div" if "<p>" in html or "<ul>" in html or "<ol>" in html else "span"
        if language != self.code:
            return Markup(f'<{wrapper} lang="{escape(language)}">{html}</{wrapper}> {self._untranslated}')
        return Markup(f"<div>{html}</div>" if wrapper == "div" else html)

    def prose(self, markdown: str) -> Markup:
        """Return a page of prose as HTML."""
        return Markup(render_prose(markdown, self._resolve, explain=self._explain))

    @property
    def _terms(self) -> Terms:
        """The glossary in the language of the page."""
        key = ("terms", "")
        if key not in self.memory:
            column = f"term_{self.code}"
            rows = self.edition.catalog.rows("glossary")
            self.memory[key] = terms_of((row.id, row.get(column)) for row in rows if row.get(column))
        return cast(Terms, self.memory[key])

    def _explain(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield where a text uses a glossary term for the first time on the page, with the address of the term."""
        page = self.edition.plan.address("prose", GLOSSARY_PAGE, self.code)
        if page is None or page == self.page.path:
            return
        for mention in self._terms.mentions(text):
            if mention.term not in self.explained:
                self.explained.add(mention.term)
                yield mention.start, mention.end, f"{self.to(page)}#term-{mention.term}"

    def _resolve(self, target: str) -> str:
        if target.startswith(("http://", "https://")):
            return target
        name, _, anchor = target.partition("#")
        path = find_page(self.edition.plan, name, self.code)
        if path is None:
            return f"#{anchor}"
        return self.to(path) + (f"#{anchor}" if anchor else "")

    # links

    def to(self, path: str) -> str:
        """Return the link from this page to a path on the plan; the 404 page links from the base URL."""
        if self.page.kind == "not-found" and self.edition.base_url:
            return self.edition.base_url + path
        return relative(path, self.page.path)

    def link(self, kind: str, subject: str = "", *, language: str | None = None) -> str:
        """Return the link to a page, empty where it is not on the plan."""
        path = self.edition.plan.address(kind, subject, self.code if language is None else language)
        return self.to(path) if path else ""

    def named(self, kind: str, record: Record, name: str = "name") -> str:
        """Return the name of a thing, linked to its page where it has one."""
        href = self.link(kind, record.id)
        text = self.text(record, name)
        return Markup(f'<a href="{escape(href)}">{escape(text)}</a>') if href else text

    # where values come from

    def refs(self, *source_ids: str | None) -> tuple[int, ...]:
        """Return the footnote numbers of sources; the first use on a page gives the number."""
        numbers = []
        for source in source_ids:
            if source and self.edition.catalog.find("sources", source):
                number = self.footnotes.setdefault(source, len(self.footnotes) + 1)
                if number not in numbers:
                    numbers.append(number)
        return tuple(numbers)

    def footnote_links(self, numbers: tuple[int, ...]) -> Markup:
        """Return the numbers of footnotes as they stand behind a value, nothing where there is none."""
        links = self._footnote_links.get(numbers)
        if links is None:
            linked = [
                f'<a href="#s{number}" aria-label="{escape(self.say("source.number", number=number))}">{number}</a>'
                for number in numbers
            ]
            links = Markup(f'<sup class="ref">{"".join(linked)}</sup>' if linked else "")
            self._footnote_links[numbers] = links
        return links

    @cached_property
    def _footnote_links(self) -> dict[tuple[int, ...], Markup]:
        return cast("dict[tuple[int, ...], Markup]", self.memory.setdefault(("footnote links", ""), {}))

    def origin(self, record: Record, name: str) -> Origin:
        """Return where the shown value of a field comes from."""
        return self.origin_in(self.rows_on(record, name))

    def origin_in(self, rows: list[Record]) -> Origin:
        """Return where a value comes from of which rows of provenance speak."""
        if not rows:
            return NOTHING_TOLD
        statuses = dict.fromkeys([row.get("status") for row in rows])
        word = ", ".join([self.say(f"origin.{status}") for status in statuses if status in SAID_STATUSES])
        note = next(filter(None, [self.bare(row, "note") for row in rows]), "")
        return Origin(word, self.refs(*[row.get("source_id") for row in rows]), note)

    def rows_on(self, record: Record, name: str) -> list[Record]:
        """Return the rows of provenance that speak of the shown value of a field."""
        told = self.edition.catalog.told_of(record)
        if not told:
            return []
        language = self._found(record, name)[1]
        return [*told.get(name, ()), *told.get(f"{name}_{language}", ())]

    def sources(self) -> list[Record]:
        """Return the sources in the order of their numbers."""
        found = (self.edition.catalog.find("sources", source) for source in self.footnotes)
        return [record for record in found if record is not None]

    def field_label(self, item: Field) -> str:
        """Return the label of a field; one in another language is marked with it."""
        own = item.labels.get(self.code)
        return own if own else self.shown(Text(item.labels)) or item.name

    def field_label_of(self, table: str, name: str) -> str:
        """Return the label of a field by the name of its table and its own."""
        return self.field_label(self.edition.schemas[table].by_name[name])

    def field_label_of_table(self, table: str) -> str:
        """Return the label of a table."""
        return self.shown(Text(self.edition.schemas[table].labels)) or table

    def partial(self, record: Record, name: str) -> str:
        """Return a partial date, empty where there is none."""
        value = record.get(name)
        return self.day(value) if value and precision(value) else ""

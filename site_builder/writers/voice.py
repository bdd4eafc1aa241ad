"""Owns how one page says things in its language: words, days, codes, texts, links, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, cast

from markupsafe import Markup, escape

from site_builder.derive.completeness import QUESTIONS
from site_builder.nouns.edition import Edition
from site_builder.nouns.page import Page, relative
from site_builder.nouns.record import Language, Record
from site_builder.nouns.schema import Field
from site_builder.nouns.text import Text
from site_builder.nouns.words import Words
from site_builder.plan.site_plan import GLOSSARY_PAGE, find_page
from site_builder.readers.date_forms import precision
from site_builder.readers.formats import Formats, capital
from site_builder.readers.layout import IDENTIFIED
from site_builder.readers.markdown import render_field, render_prose
from site_builder.readers.terms import Terms, terms_of

SAID_STATUSES = ("inferred", "own_words", "own_translation")
"""Provenance statuses that a page says in a word; the others are told by the footnotes alone."""
ABSENT_WORDS = {"missing": "fact.missing", "none_stated": "fact.none_stated"}
"""Phrase shown for a value that is not there, by provenance status."""


def _as_it_is(_text: str) -> tuple[tuple[int, int, str], ...]:
    """Explain nothing: the text is in another language than its page."""
    return ()


@dataclass(frozen=True)
class Origin:
    """Where a shown value comes from: a short word and the numbers of its sources on the page."""

    word: str = ""
    refs: tuple[int, ...] = ()
    note: str = ""


NOTHING_TOLD = Origin()


@dataclass(frozen=True)
class Fact:
    """A label and its value as they stand in a list of facts."""

    label: str
    value: str = ""
    entries: tuple[str, ...] = ()
    missing: bool = False
    origin: Origin = field(default_factory=Origin)

    @property
    def block(self) -> bool:
        """Whether the value brings paragraphs or lists of its own."""
        return isinstance(self.value, Markup) and self.value.startswith("<div")


@dataclass(frozen=True)
class Voice:
    """What a page needs to speak; its footnotes are numbered as they are first used."""

    edition: Edition
    page: Page
    formats: Formats
    footnotes: dict[str, int] = field(default_factory=dict)
    memory: dict[tuple[str, str], object] = field(default_factory=dict)
    """What is the same on every page of the language and worked out once."""
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

    def say(self, key: str, /, **values: object) -> str:
        """Return an interface phrase; a count is written as a number of the language, markup stays markup."""
        if not values:
            return self.words.phrase(key)
        count = values.get("count")
        shown = {
            name: self.formats.number(value) if isinstance(value, int) else value for name, value in values.items()
        }
        phrase = self.words.phrase(key, count if isinstance(count, int) else None)
        if any(isinstance(value, Markup) for value in shown.values()):
            return escape(phrase).format(**shown)
        return phrase.format(**shown)

    # days and codes

    def day(self, value: date | str) -> Markup:
        """Return a day, month or year as a `<time>` element."""
        return Markup(f'<time datetime="{escape(value)}">{escape(self.formats.day(value))}</time>')

    def short_day(self, value: date) -> Markup:
        """Return a day as it stands in a table."""
        return Markup(f'<time datetime="{value}">{escape(self.formats.short_day(value))}</time>')

    def label(self, codelist: str, code: str | None) -> str:
        """Return the label of a code, as it stands inside a sentence."""
        record = self.edition.catalog.code(codelist, code) if code else None
        return self.text(record, "label") if record else (code or "")

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

    def origin(self, record: Record, name: str) -> Origin:
        """Return where the shown value of a field comes from."""
        return self._origin(self._rows(record, name))

    def _origin(self, rows: list[Record]) -> Origin:
        if not rows:
            return NOTHING_TOLD
        statuses = dict.fromkeys([row.get("status") for row in rows])
        word = ", ".join([self.say(f"origin.{status}") for status in statuses if status in SAID_STATUSES])
        note = next(filter(None, [self.bare(row, "note") for row in rows]), "")
        return Origin(word, self.refs(*[row.get("source_id") for row in rows]), note)

    def _rows(self, record: Record, name: str) -> list[Record]:
        told = self.edition.catalog.told_of(record)
        if not told:
            return []
        language = self._found(record, name)[1]
        return [*told.get(name, ()), *told.get(f"{name}_{language}", ())]

    def sources(self) -> list[Record]:
        """Return the sources in the order of their numbers."""
        found = (self.edition.catalog.find("sources", source) for source in self.footnotes)
        return [record for record in found if record is not None]

    # facts

    def fact(self, record: Record, item: Field) -> Fact | None:
        """Return a field as a fact; None where it is neither given nor spoken of."""
        value = self.value(record, item)
        if not value:
            rows = self._rows(record, item.name)
            status = next((row.get("status") for row in rows if row.get("status") in ABSENT_WORDS), None)
            asked = record.table == "commitments" and item.name in QUESTIONS
            if status is None and not asked:
                return None
            return Fact(
                self.field_label(item),
                self.say(ABSENT_WORDS.get(status or "missing", "fact.missing")),
                missing=True,
                origin=self._origin(rows),
            )
        return Fact(self.field_label(item), value, origin=self.origin(record, item.name))

    def facts(self, record: Record, *, besides: frozenset[str] = frozenset()) -> list[Fact]:
        """Return every listed field of a record as a fact, what is missing gathered at the end."""
        return self.gathered(self.listed_facts(record, besides=besides))

    def listed_facts(self, record: Record, *, besides: frozenset[str] = frozenset()) -> list[Fact]:
        """Return every listed field of a record as a fact, in the order of the schema, but for those `besides`."""
        table = self.edition.schemas[record.table]
        found = (self.fact(record, item) for item in table.fields if item.listed and item.name not in besides)
        return [fact for fact in found if fact is not None]

    def gathered(self, facts: list[Fact]) -> list[Fact]:
        """Return facts with those that are missing without a note in one fact at the end."""
        silent = self.say("fact.missing")
        told: list[Fact] = []
        missing: list[str] = []
        for fact in facts:
            if fact.value != silent or fact.origin.note or fact.origin.refs:
                told.append(fact)
            else:
                missing.append(fact.label)
        if not missing:
            return told
        return [*told, Fact(capital(silent), Markup(", ").join(missing), missing=True)]

    def value(self, record: Record, item: Field) -> str:
        """Return a field's value as it is shown; empty where there is none."""
        if item.markdown:
            return self.rich(record, item)
        if item.localized:
            return self.text(record, item.name)
        raw = record.get(item.name)
        if raw is None:
            return ""
        if item.codelist:
            return self.label(item.codelist, raw)
        if item.name in self.edition.schemas[record.table].reference_of:
            return self._reference(self.edition.schemas[record.table].reference_of[item.name], raw)
        return self.raw(item, raw)

    def raw(self, item: Field, raw: Any) -> str:
        """Return a value that is no code and no reference as it is shown."""
        if isinstance(raw, bool):
            return self.say("yes" if raw else "no")
        if isinstance(raw, date) or item.partial_date:
            return self.day(raw)
        if isinstance(raw, (int, Decimal)):
            return self.formats.number(raw)
        if item.format == "uri":
            return Markup(f'<a href="{escape(raw)}" rel="external" translate="no">{escape(raw)}</a>')
        return Markup('<span translate="no">{}</span>').format(raw)

    def _reference(self, table: str, record_id: str) -> str:
        record = self.edition.catalog.find(table, record_id)
        if record is None:
            return record_id
        name = next((item.name for item in self.edition.schemas[table].fields if item.localized), "")
        return self.named(IDENTIFIED.get(table, ""), record, name) if name else record_id

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

"""Owns the rendering of pages with Jinja; the only module that knows it. Autoescape is always on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import DictLoader, Environment, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from markupsafe import Markup, escape

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.page import Page
from site_builder.nouns.record import Language
from site_builder.nouns.text import brief
from site_builder.nouns.words import Words
from site_builder.plan.hosting import policy
from site_builder.readers.formats import Formats
from site_builder.writers.head import address_of, head_of, main_language
from site_builder.writers.pages import Kind, kinds
from site_builder.writers.structured import data_block, described
from site_builder.writers.voice import Voice

THE_PLAN = "the plan"
"""Stands for the id of the main plan in the menus."""
MENU = (
    ("plan", THE_PLAN),
    ("commitments", ""),
    ("deadlines", THE_PLAN),
    ("search", ""),
    ("organisations", ""),
    ("changes", ""),
    ("data", ""),
)
"""Kinds and subjects of the main menu; what is not on the plan of the site is left out."""
FOOT = (
    ("plans", ""),
    ("frameworks", ""),
    ("a-to-z", ""),
    ("prose", "method"),
    ("quality", ""),
    ("compliance", ""),
    ("sources", ""),
    ("feeds", ""),
    ("prose", "about"),
    ("prose", "corrections"),
    ("prose", "accessibility"),
    ("contact", ""),
)
OFFERED = frozenset({"crumbs", "here", "scripts", "feeds", "canonical"})
"""What of the frame a view may say otherwise."""
DESCRIPTION_LENGTH = 160
"""Characters of a page's description: what a search engine or a message shows of it."""
_FIXED_PHRASE = re.compile(r'\{\{ say\("([a-z0-9_.]+)"\) \}\}')
SECTIONS = {
    "commitment": "commitments",
    "facet": "commitments",
    "organisation": "organisations",
    "table": "data",
    "api": "data",
    "releases": "data",
    "release": "data",
    "indicators": "data",
    "indicator": "data",
    "frameworks": "data",
    "framework": "data",
    "framework-area": "data",
    "framework-report": "data",
    "framework-sessions": "data",
    "rules": "quality",
    "rule": "quality",
    "methods": "data",
}
"""Entry of the menu to which a kind of page belongs."""


class TemplateBroken(Exception):
    """A template asks for something that its page does not have; the text says which and where."""


def check_templates(theme: Theme, *, folder: str) -> Iterator[Diagnostic]:
    """Yield the templates that cannot be read, and those that a kind of page needs and the theme lacks."""
    for name, text in sorted(theme.templates.items()):
        if broken := _syntax_error(text):
            reason, line = broken
            yield found("template-broken", Location(theme.shown_as.get(name, name), line), reason=reason)
    if theme.templates:
        for needed in sorted({kind.TEMPLATE for kind in kinds().values()} - set(theme.templates)):
            yield found("template-missing", Location(f"{folder}/templates/{needed}"), file=needed)


@lru_cache(maxsize=256)
def _syntax_error(text: str) -> tuple[str, int] | None:
    """Return why a template cannot be read, and its line; None where it can."""
    try:
        Environment(autoescape=True).parse(text)
    except TemplateSyntaxError as error:
        return error.message or "", error.lineno
    return None


@lru_cache(maxsize=8)
def _environment(templates: tuple[tuple[str, str], ...]) -> Environment:
    """Return the environment of templates; what was compiled is kept between builds in one process."""
    return Environment(
        loader=DictLoader(dict(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


@dataclass(frozen=True, slots=True)
class Twin:
    """The same page in a language."""

    code: str
    href: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a menu; `current` is the value of aria-current."""

    href: str
    name: str
    current: str = ""


@dataclass(frozen=True)
class Press:
    """Renders the pages of an edition one by one; each depends on the edition only."""

    edition: Edition

    def _environment(self, code: str) -> Environment:
        """Return the templates for the pages of a language, with its fixed phrases written into them."""
        words = self.edition.theme.words[code]
        templates = self.edition.theme.templates.items()
        return _environment(tuple((name, _with_words(text, words)) for name, text in sorted(templates)))

    @cached_property
    def _environments(self) -> Mapping[str, Environment]:
        return {code: self._environment(code) for code in self.edition.catalog.codes}

    @cached_property
    def _templates(self) -> dict[tuple[str, str], Template]:
        return {}

    @cached_property
    def _kinds(self) -> Mapping[str, Kind]:
        return kinds()

    @cached_property
    def _memories(self) -> Mapping[str, dict[tuple[str, str], object]]:
        return {language.code: {} for language in self.edition.catalog.languages}

    @cached_property
    def _formats(self) -> Mapping[str, Formats]:
        return {language.code: Formats(language) for language in self.edition.catalog.languages}

    def render(self, page: Page) -> Output:
        """Return a page as bytes."""
        kind = self._kinds[page.kind]
        code = page.language or self.edition.catalog.codes[0]
        voice = Voice(self.edition, page, self._formats[code], memory=self._memories[code])
        view = kind.view(voice)
        view["description"] = brief(str(view["description"]), DESCRIPTION_LENGTH)
        frame = self.frame(voice)
        assert not (taken := view.keys() & frame.keys() - OFFERED), (
            f"{voice.page.kind} shows other {taken} than the frame"
        )
        frame = {**frame, **view}
        frame["blocks"] = [data_block(thing) for thing in described(voice, frame)]
        try:
            text = self._template(kind.TEMPLATE, code).render(frame)
        except TemplateError as error:
            raise TemplateBroken(f"{kind.TEMPLATE}: {error.message} (page {page.path})") from error
        return Output(page.path, text.encode("utf-8"))

    def _template(self, name: str, code: str) -> Template:
        if (name, code) not in self._templates:
            self._templates[name, code] = self._environments[code].get_template(name)
        return self._templates[name, code]

    def frame(self, voice: Voice) -> dict[str, Any]:
        """Return what every page shows around its own content."""
        edition, site = self.edition, self.edition.catalog.site
        words, head = edition.theme.words, head_of(edition, voice.page)
        say_in: Callable[[str, str], str] = lambda code, key: words[code].say(key)  # noqa: E731
        return {
            "lang": voice.code,
            "direction": voice.language.direction,
            "writing_mode": voice.language.writing_mode,
            "say": voice.say,
            "say_in": say_in,
            "link": voice.link,
            "day": voice.day,
            "text": voice.text,
            "footnotes": voice.sources,
            "site_title": voice.plain(site, "title"),
            "brand": voice.bare(site, "title"),
            "publisher": voice.text(site, "publisher"),
            "contact": voice.text(site, "contact"),
            "licence": site.get("content_licence"),
            "licence_url": site.get("content_licence_url"),
            "as_of": edition.derived.as_of,
            "as_of_each": [
                (code, words[code].say("as_of"), formats.day(edition.derived.as_of))
                for code, formats in self._formats.items()
            ],
            "policy": Markup(policy(_origin(edition.base_url) if voice.page.kind == "not-found" else "")),
            "head": head,
            "canonical": head.canonical,
            "twins": self._twins(voice),
            "shown_in": self._language_named(main_language(edition, voice.page)),
            "address": address_of(voice),
            "report": _report(voice),
            "commit": edition.history.commit[:7],
            "notes": voice.to("build.json"),
            "menu": list(self._entries(voice, MENU)),
            "foot": list(self._entries(voice, FOOT)),
            "crumbs": [],
            "here": "",
            "scripts": (),
            "feeds": (),
            "asset": lambda name: voice.to(edition.theme.assets[name]),
        }

    def _twins(self, voice: Voice) -> list[Twin]:
        """Return the page in every language; where it is in none, the first page in each."""
        page = voice.page
        twins = []
        for language in self.edition.catalog.languages:
            path = self.edition.plan.address(page.kind, page.subject, language.code)
            path = path or self.edition.plan.address("home", "", language.code)
            if path:
                twins.append(Twin(language.code, voice.to(path), language.name))
        return twins

    def _language_named(self, code: str) -> Language | None:
        return next((language for language in self.edition.catalog.languages if language.code == code), None)

    def _entries(self, voice: Voice, wanted: tuple[tuple[str, str], ...]) -> list[Entry]:
        found = []
        main = self.edition.main_plan
        for kind, named in wanted:
            subject = (main.id if main else "") if named == THE_PLAN else named
            if href := voice.link(kind, subject):
                name = voice.say(kind) if kind != "prose" else self._prose_title(voice, subject)
                found.append(Entry(href, name, _current(voice.page, kind, subject)))
        return found

    def _prose_title(self, voice: Voice, slug: str) -> str:
        key = f"prose.{slug}"
        return voice.say(key) if voice.words.has(key) else slug


def _with_words(template: str, words: Words) -> str:
    """Return a template in which phrases without placeholders stand in place of the calls that look them up."""

    def written(match: re.Match[str]) -> str:
        phrase = words.phrase(match[1])
        return match[0] if "{" in phrase else str(escape(phrase))

    return _FIXED_PHRASE.sub(written, template)


def _current(page: Page, kind: str, subject: str) -> str:
    if (page.kind, page.subject) == (kind, subject):
        return "page"
    return "true" if SECTIONS.get(page.kind) == kind else ""


def _report(voice: Voice) -> str:
    """Return the link to the contact page that names this page; empty where there is none."""
    page = voice.page
    href = voice.link("contact")
    named = "/".join(part for part in (page.kind, page.subject, page.language) if part)
    return f"{href}?page={quote(named)}" if href and page.kind != "contact" else ""


def _origin(base_url: str) -> str:
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}" if base_url else ""

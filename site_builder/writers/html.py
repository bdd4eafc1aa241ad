"""Owns the rendering of pages: what stands around the content of each, and its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import groupby
from typing import Any, cast
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from site_builder.nouns.edition import Edition
from site_builder.nouns.output import Output
from site_builder.nouns.page import Page
from site_builder.nouns.spread import Piece
from site_builder.nouns.text import brief
from site_builder.plan.hosting import policy
from site_builder.readers.formats import Formats, capital, language_name
from site_builder.writers.head import address_of, head_of, main_language
from site_builder.writers.pages import Kind, kinds
from site_builder.writers.structured import data_block, described
from site_builder.writers.templates import Templates, templates_of
from site_builder.writers.voice import Voice

THE_PLAN = "the plan"
"""Stands for the id of the main plan in the menus."""
MENUS = {
    "menu": (
        ("plan", THE_PLAN),
        ("commitments", ""),
        ("deadlines", THE_PLAN),
        ("search", ""),
        ("organisations", ""),
        ("changes", ""),
        ("data", ""),
    ),
    "foot": (
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
    ),
}
"""Kinds and subjects of each menu; what is not on the plan of the site is left out."""
OFFERED = frozenset({"crumbs", "here", "scripts", "feeds", "canonical"})
"""What of the frame a view may say otherwise."""
DESCRIPTION_LENGTH = 160
"""Characters of a page's description: what a search engine or a message shows of it."""
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
    "area": "data",
    "framework-report": "data",
    "framework-sessions": "data",
    "rules": "quality",
    "rule": "quality",
    "methods": "data",
}
"""Entry of the menu to which a kind of page belongs."""


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
    _shared: dict[tuple[str, str], dict[tuple[str, ...], object]] = field(default_factory=dict)

    @cached_property
    def _templates(self) -> Mapping[str, Templates]:
        return {code: templates_of(self.edition.theme, code) for code in self.edition.catalog.codes}

    @cached_property
    def _kinds(self) -> Mapping[str, Kind]:
        return kinds()

    @cached_property
    def _memories(self) -> Mapping[str, dict[tuple[str, str], object]]:
        return {language.code: {} for language in self.edition.catalog.languages}

    @cached_property
    def _formats(self) -> Mapping[str, Formats]:
        return {language.code: Formats(language) for language in self.edition.catalog.languages}

    def to_render(self) -> list[Piece]:
        """Return the rendering of all pages, a piece a subject: much is the same in every language."""
        subjects = groupby(self.edition.plan.pages, key=lambda page: (page.kind, page.subject))
        return [partial(self._rendered, tuple(pages)) for _, pages in subjects]

    def _rendered(self, pages: Iterable[Page]) -> list[Output]:
        return [self.render(page) for page in pages]

    def render(self, page: Page) -> Output:
        """Return a page as bytes."""
        kind = self._kinds[page.kind]
        code = page.language or self.edition.catalog.codes[0]
        shared = self._shared_by(page)
        voice = Voice(self.edition, page, self._formats[code], memory=self._memories[code], shared=shared)
        view = kind.view(voice)
        view["description"] = brief(str(view["description"]), DESCRIPTION_LENGTH)
        frame = self.frame(voice)
        assert not (taken := view.keys() & frame.keys() - OFFERED), (
            f"{voice.page.kind} shows other {taken} than the frame"
        )
        frame = {**frame, **view}
        frame["blocks"] = [data_block(thing) for thing in described(voice, frame)]
        text = self._templates[code].filled(kind.TEMPLATE, frame, page=page.path)
        return Output(page.path, text.encode("utf-8"))

    def _shared_by(self, page: Page) -> dict[tuple[str, ...], object]:
        """Return what the pages of a thing share; they follow each other, so that nothing is kept of those before."""
        thing = (page.kind, page.subject)
        if thing not in self._shared:
            self._shared.clear()
            self._shared[thing] = {}
        return self._shared[thing]

    def frame(self, voice: Voice) -> dict[str, Any]:
        """Return what every page shows around its own content."""
        edition, head = self.edition, head_of(self.edition, voice.page)
        words = edition.theme.words
        say_in: Callable[[str, str], str] = lambda code, key: words[code].say(key)  # noqa: E731
        return {
            **self._everywhere(voice),
            "say": voice.say,
            "say_in": say_in,
            "link": voice.link,
            "day": voice.day,
            "text": voice.text,
            "footnotes": voice.sources,
            "footnote_links": voice.footnote_links,
            "policy": Markup(policy(_origin(edition.base_url) if voice.page.kind == "not-found" else "")),
            "head": head,
            "canonical": head.canonical,
            "twins": self._twins(voice),
            "shown_in": self._shown_in(voice),
            "address": address_of(voice),
            "report": _report(voice),
            "notes": voice.to("build.json"),
            **{name: self._entries(voice, name) for name in MENUS},
            "crumbs": [],
            "here": "",
            "scripts": (),
            "feeds": (),
            "asset": lambda name: voice.to(edition.theme.assets[name]),
        }

    def _everywhere(self, voice: Voice) -> Mapping[str, Any]:
        """Return what of the frame is the same on all pages of a language; worked out once."""
        key, edition, site = ("frame", ""), self.edition, self.edition.catalog.site
        if key not in voice.memory:
            voice.memory[key] = {
                "lang": voice.code,
                "direction": voice.language.direction,
                "writing_mode": voice.language.writing_mode,
                "site_title": voice.plain(site, "title"),
                "brand": voice.bare(site, "title"),
                "publisher": voice.text(site, "publisher"),
                "contact": voice.text(site, "contact"),
                "licence": site.get("content_licence"),
                "licence_url": site.get("content_licence_url"),
                "as_of": edition.derived.as_of,
                "as_of_each": [
                    (code, edition.theme.words[code].say("as_of"), formats.day(edition.derived.as_of))
                    for code, formats in self._formats.items()
                ],
                "commit": edition.history.commit[:7],
            }
        return cast("Mapping[str, Any]", voice.memory[key])

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

    def _shown_in(self, voice: Voice) -> str:
        """Return the name of the language in which a page shows its main text for want of its own, else nothing."""
        code = main_language(self.edition, voice.page)
        shown = next((language for language in self.edition.catalog.languages if language.code == code), None)
        return capital(language_name(shown, voice.language)) if shown else ""

    def _entries(self, voice: Voice, menu: str) -> list[Entry]:
        return [
            Entry(voice.to(path), name, _current(voice.page, kind, subject))
            for kind, subject, path, name in self._places(voice, menu)
        ]

    def _places(self, voice: Voice, menu: str) -> list[tuple[str, str, str, str]]:
        """Return kind, subject, path and name of each place to which a menu leads, worked out once a language."""
        key, main = ("menu", menu), self.edition.main_plan
        if key not in voice.memory:
            subjects = [(main.id if main else "") if named == THE_PLAN else named for _, named in MENUS[menu]]
            voice.memory[key] = [
                (kind, subject, path, self._prose_title(voice, subject) if kind == "prose" else voice.say(kind))
                for (kind, _), subject in zip(MENUS[menu], subjects, strict=True)
                if (path := self.edition.plan.address(kind, subject, voice.code))
            ]
        return cast("list[tuple[str, str, str, str]]", voice.memory[key])

    def _prose_title(self, voice: Voice, slug: str) -> str:
        key = f"prose.{slug}"
        return voice.say(key) if voice.words.has(key) else slug


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
    """Return the host of an address that is not its own; a preview has none but a root."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

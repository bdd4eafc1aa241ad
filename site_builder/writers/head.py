"""Owns what a page tells machines of itself: its address, its twins, its language, whether it is to be found."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.nouns.edition import Edition
from site_builder.nouns.page import MOVED, Page
from site_builder.nouns.text import Text
from site_builder.plan.identity import identifier, identifier_path
from site_builder.readers.layout import IDENTIFIED
from site_builder.writers.voice import Voice

NAMES = {
    "plans": ("title",),
    "commitments": ("title", "title_ogp"),
    "organisations": ("name",),
    "indicators": ("name",),
    "frameworks": ("title",),
    "areas": ("title",),
}
"""Fields that name a thing, the first that is there counts."""
TABLES = {kind: table for table, kind in IDENTIFIED.items()}
"""Table of the thing that a kind of page shows."""
NOT_INDEXED = frozenset({"not-found", MOVED, "embed", "withdrawn"})
"""Kinds of page that are no answer to a search."""
SITE_KINDS = frozenset({"home", "languages"})
"""Kinds that stand for the whole site; any other page is an article of it."""
SOCIAL = "social.png"


@dataclass(frozen=True)
class Head:
    """What stands in the head of a page for search engines and messages."""

    canonical: str
    """Full address; empty where the site does not know its own."""
    alternates: tuple[tuple[str, str], ...]
    """Language and full address of the page itself and its twins, and of the one for everybody else."""
    kind: str
    locale: str
    other_locales: tuple[str, ...]
    image: str
    is_indexed: bool


def head_of(edition: Edition, page: Page) -> Head:
    """Return what the head of a page tells."""
    locales = {language.code: language.format_locale for language in edition.catalog.languages}
    own = page.language or edition.catalog.codes[0]
    image = edition.theme.assets.get(SOCIAL, "")
    return Head(
        canonical=full_address(edition, page.path) if page.kind not in NOT_INDEXED else "",
        alternates=alternates(edition, page),
        kind="website" if page.kind in SITE_KINDS else "article",
        locale=locales[own],
        other_locales=tuple(locale for code, locale in locales.items() if code != own),
        image=edition.base_url + image if edition.base_url and image else "",
        is_indexed=is_indexed(edition, page),
    )


def full_address(edition: Edition, path: str) -> str:
    """Return the full address of a file, a folder for its index; empty where the site does not know its own."""
    if not edition.base_url:
        return ""
    folder, slash, name = path.rpartition("/")
    return edition.base_url + (folder + slash if name == "index.html" else path)


def alternates(edition: Edition, page: Page) -> tuple[tuple[str, str], ...]:
    """Return the language and full address of a page in every language.

    Who speaks none of them gets the page in the first language, on the first page the choice of languages.
    """
    if not edition.base_url or not page.language or page.kind in NOT_INDEXED:
        return ()
    found = []
    for code in edition.catalog.codes:
        if path := edition.plan.address(page.kind, page.subject, code):
            found.append((code, full_address(edition, path)))
    return (*found, ("x-default", edition.base_url if page.kind == "home" else found[0][1]))


def is_indexed(edition: Edition, page: Page) -> bool:
    """Whether search engines should show a page: its main text is in its language and it is an answer."""
    return page.kind not in NOT_INDEXED and not main_language(edition, page)


def main_language(edition: Edition, page: Page) -> str:
    """Return the language in which the main text of a page stands for want of a translation, else nothing."""
    if not page.language:
        return ""
    shown = _shown_in(edition, page)
    return shown if shown != page.language else ""


def _shown_in(edition: Edition, page: Page) -> str:
    catalog, own = edition.catalog, page.language
    if page.kind == "prose":
        there = [code for code in catalog.codes if (page.subject, code) in catalog.prose]
        return own if own in there or not there else there[0]
    if page.kind == "table":
        return Text(edition.schemas[page.subject].labels).shown(own)[1]
    if page.kind not in TABLES:
        return own
    table = TABLES[page.kind]
    record = catalog.find(table, page.subject)
    text = next(filter(None, (catalog.text(record, name) for name in NAMES[table])), None) if record else None
    return text.shown(own)[1] if text else own


@dataclass(frozen=True, slots=True)
class Address:
    """The address under which a page can be sent on."""

    href: str
    shown: str


def address_of(voice: Voice) -> Address | None:
    """Return the permanent address of the thing that a page shows, else that of the page.

    Where the site does not know its own address, the path below it is shown.
    """
    edition, page = voice.edition, voice.page
    if page.kind in NOT_INDEXED:
        return None
    table = TABLES.get(page.kind, "")
    permanent = edition.plan.address("identifier", f"{table}/{page.subject}", "") if table else None
    if permanent and edition.catalog.site.get("base_uri"):
        return Address(voice.to(permanent), identifier(edition.catalog, table, page.subject))
    path = permanent or page.path
    short = identifier_path(table, page.subject) if permanent else path.removesuffix("index.html")
    return Address(voice.to(path), edition.base_url + short)

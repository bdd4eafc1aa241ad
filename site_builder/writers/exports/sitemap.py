"""What search engines ask for: `robots.txt`, open to all, and `sitemap.xml` with every page and its twins.

A sitemap needs full addresses: without a base URL there is none. `lastmod` is the day on which a file with a record
that the page shows was last changed, or the as-of day where the page is computed from the calendar of a plan that
has not ended. Where the day is not known, nothing is said: the day of the build would not be true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.changed import changed_on
from site_builder.writers.head import alternates, full_address, is_indexed

MOST = 50_000
"""Addresses that a sitemap may hold (sitemaps.org)."""
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_BEGIN = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LEFT_OUT = frozenset({"identifier"})
"""Kinds of page that only lead to others."""


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return ["robots.txt", "sitemap.xml"]


def write(edition: Edition) -> Iterable[Output]:
    base = edition.base_url
    line = f"\nSitemap: {base}sitemap.xml\n" if base else ""
    yield Output("robots.txt", f"User-agent: *\nAllow: /\n{line}".encode("ascii"))
    if base:
        yield from sitemaps(base, list(_entries(edition)), most=MOST)


def sitemaps(base_url: str, entries: list[str], *, most: int) -> Iterator[Output]:
    """Yield one sitemap, or an index and as many as are needed."""
    parts = [entries[start : start + most] for start in range(0, len(entries), most)]
    if len(parts) <= 1:
        yield Output("sitemap.xml", _sitemap(entries))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    listed = "".join(f"<sitemap><loc>{escape(base_url + name)}</loc></sitemap>\n" for name in names)
    yield Output("sitemap.xml", f"{_BEGIN}<sitemapindex {_NAMESPACE}>\n{listed}</sitemapindex>\n".encode())
    for name, part in zip(names, parts, strict=True):
        yield Output(name, _sitemap(part))


def _sitemap(entries: Iterable[str]) -> bytes:
    return f"{_BEGIN}<urlset {_NAMESPACE} {_XHTML}>\n{''.join(entries)}</urlset>\n".encode()


def _entries(edition: Edition) -> Iterator[str]:
    for page in edition.plan.pages:
        if is_indexed(edition, page) and page.kind not in _LEFT_OUT:
            yield _entry(edition, page, changed_on(edition, page))


def _entry(edition: Edition, page: Page, changed: date | None) -> str:
    there = {
        full_address(edition, twin.path)
        for code in edition.catalog.codes
        if (path := edition.plan.address(page.kind, page.subject, code))
        and is_indexed(edition, twin := Page(page.kind, page.subject, code, path))
    }
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(href)}"/>\n'
        for code, href in alternates(edition, page)
        if href in there or (code == "x-default" and page.kind == "home")
    )
    lastmod = f"<lastmod>{changed.isoformat()}</lastmod>\n" if changed else ""
    return f"<url>\n<loc>{escape(full_address(edition, page.path))}</loc>\n{lastmod}{links}</url>\n"

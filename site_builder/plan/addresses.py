"""Owns the promise that an address once published still answers, and the doubt about more files than hosts take."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.nouns.diagnostic import Diagnostic, Location, Severity, found
from site_builder.nouns.page import MOVED, SitePlan
from site_builder.nouns.record import Catalog
from site_builder.readers.layout import thing_tables

MOST_FILES = 20_000
"""Files of one site that Cloudflare Pages takes; GitHub and GitLab count bytes instead."""


def check_addresses(catalog: Catalog, plan: SitePlan, before: SitePlan | None) -> Iterator[Diagnostic]:
    """Yield what had a page before a change and has none after it, once for all its pages and languages."""
    if before is None or catalog.published is None or not catalog.languages:
        return
    moved = {page.path for page in plan.pages if page.kind == MOVED}
    # whose page leads on is accounted for, with the smaller pages that it had beside
    told = {page.subject for page in before.pages if page.path in moved and page.subject}
    for page in sorted(before.pages, key=lambda page: page.path):
        if page.path in plan.paths or page.path in moved or page.kind == MOVED or page.language not in catalog.codes:
            continue
        if catalog.is_unread(page.subject) or (page.subject or page.path) in told:
            continue
        told.add(page.subject or page.path)
        place = _place(catalog.published, page.subject)
        if place is None:
            continue  # a list, such as that of what an organisation leads: it comes and goes with its entries
        yield found("address-gone", place, value=page.path.removesuffix("index.html"), record=page.subject)


def _place(published: Catalog, subject: str) -> Location | None:
    """Return where the record stood of which a page told."""
    records = (published.find(table, subject) for table in thing_tables(published.schemas))
    prose = (page.location for (slug, _), page in sorted(published.prose.items()) if slug == subject)
    return next((record.location for record in records if record), None) or next(prose, None)


def check_size(catalog: Catalog, plan: SitePlan) -> Iterator[Diagnostic]:
    """Yield that the site has more files than the host with the lowest limit takes."""
    count = len(plan.paths)
    if count > MOST_FILES and catalog.rows("site"):
        yield found("files-many", catalog.site.location, severity=Severity.WARNING, count=count, limit=MOST_FILES)

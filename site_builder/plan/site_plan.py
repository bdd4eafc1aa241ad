"""Owns the gathering of all pages and files into one plan, and the search for clashes and dead links in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.page import MOVED, Page, SitePlan
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.markdown import links
from site_builder.readers.suggest import closest

GLOSSARY_PAGE = "method"
"""Slug of the page of prose that holds the glossary."""
PAGED = ("plan", "commitment", "organisation", "prose")
"""Kinds of page whose subject can be linked by its id."""


def plan_site(pages: Iterable[Page], files: Iterable[str]) -> tuple[SitePlan, list[Diagnostic]]:
    """Return the plan of all pages and other files, and every address that is taken twice.

    A page that only tells where something went gives way to what stands there; check_redirects says so.
    """
    pages, files = tuple(pages), tuple(files)
    standing = [*(page.path for page in pages if page.kind != MOVED), *files]
    pages = _without_taken(pages, standing)
    taken: set[str] = set()
    findings = []
    for path in sorted(standing):
        key = path.casefold()
        if key in taken:
            findings.append(found("address-twice", Location(path), path=path))
        taken.add(key)
    return SitePlan(pages, frozenset(files)), findings


def _without_taken(pages: tuple[Page, ...], standing: Iterable[str]) -> tuple[Page, ...]:
    """Return the pages without those at old addresses where something stands."""
    taken = {path.casefold() for path in standing}
    kept = []
    for page in pages:
        if page.kind == MOVED and page.path.casefold() in taken:
            continue
        taken.add(page.path.casefold())
        kept.append(page)
    return tuple(kept)


def find_page(plan: SitePlan, target: str, language: str) -> str | None:
    """Return the path of what an id, or a kind of which there is one page a language, names; None if nothing."""
    for kind in PAGED:
        if path := plan.address(kind, target, language):
            return path
    return plan.address(target, "", language)


def check_links(catalog: Catalog, plan: SitePlan) -> Iterator[Diagnostic]:
    """Yield the links in Markdown texts and pages that lead nowhere."""
    names = {
        page.subject or page.kind for page in plan.pages if page.language and (page.kind in PAGED or not page.subject)
    }
    for table in catalog.written_tables():
        for item in table.fields:
            if not item.markdown:
                continue
            for code in catalog.codes:
                column = f"{item.name}_{code}" if item.localized else item.name
                for record, _ in catalog.columns(table.name).given(column):
                    yield from _field(record, column, names, catalog)
    for page in catalog.prose.values():
        for link in links(page.markdown, prose=True):
            place = Location(page.location.file, link.line + 1)
            yield from _link(link.target, place, page.slug, "", names, catalog)


def _field(record: Record, column: str, names: set[str], catalog: Catalog) -> Iterator[Diagnostic]:
    cell = record.cells[column]
    for link in links(str(cell.value)):
        yield from _link(link.target, cell.location, record.id, column, names, catalog)


def _link(
    target: str, place: Location, record: str, field: str, names: set[str], catalog: Catalog
) -> Iterator[Diagnostic]:
    if target.startswith(("http://", "https://")):
        return
    name, _, anchor = target.partition("#")
    if ":" in name or name.startswith("//"):
        yield found("link-unsafe", place, value=target, record=record, field=field)
    elif name not in names and not (anchor and not name):
        typed = unquote(name)  # as it stands in the file: a browser writes other letters in per cent
        if not catalog.is_unread(name):
            yield found(
                "link-unknown",
                place,
                value=unquote(target),
                record=record,
                field=field,
                suggestion=closest(typed, names),
            )
    elif (
        anchor
        and name in catalog.by_id.get("commitments", {})
        and f"{name}-{anchor}" not in catalog.by_id["milestones"]
    ):
        yield found("link-unknown", place, value=target, record=record, field=field)

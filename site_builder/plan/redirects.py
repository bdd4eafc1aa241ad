"""Owns where old addresses lead: each to a page or file of the plan or to another host, in one step."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.nouns.diagnostic import Diagnostic, Severity, found
from site_builder.nouns.page import Redirect, SitePlan
from site_builder.nouns.record import Catalog, Record
from site_builder.plan.identity import identifier_path, withdrawn_things
from site_builder.plan.site_plan import PAGED, find_page
from site_builder.readers.layout import IDENTIFIED
from site_builder.readers.suggest import closest

MOST = 1000
"""Rules that GitLab reads; of a longer file it reads none."""
_INDEX = "/index.html"


def stub_path(source: str) -> str:
    """Return the path of the page that stands at an old address; empty where a page cannot stand."""
    name = source.rpartition("/")[2]
    if name.endswith(".html"):
        return source
    return "" if "." in name else source + _INDEX


def plan_redirects(catalog: Catalog, plan: SitePlan) -> tuple[Redirect, ...]:
    """Return the redirects that lead somewhere, sorted; what somebody wrote counts before what follows by itself."""
    found_targets = dict(left_behind(catalog))
    for record in _written(catalog):
        source = source_of(record)
        found_targets[source] = _target(str(record.get("target")), source, catalog, plan)
    return tuple(Redirect(source, target) for source, target in sorted(found_targets.items()) if target)


def left_behind(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield the addresses of the pages that withdrawn things had, and the page that says what became of them."""
    for row in withdrawn_things(catalog):
        table, thing = row.get("thing_table"), row.get("thing_id")
        for code in catalog.codes:
            yield f"{code}/{table}/{thing}", f"{identifier_path(table, thing)}index.html"


def _written(catalog: Catalog) -> list[Record]:
    """Return the records of which both ends could be read."""
    return [record for record in catalog.rows("redirects") if record.get("old_path") and record.get("target")]


def source_of(record: Record) -> str:
    """Return the old address of a redirect; the name of the file in a folder does not count."""
    return str(record.get("old_path")).removesuffix(_INDEX)


def _target(name: str, source: str, catalog: Catalog, plan: SitePlan) -> str:
    """Return the path or address to which a redirect leads, empty where there is nothing.

    An id or the name of a page is meant in the language of the old address; an old address in no language leads to
    the permanent address, which offers every language.
    """
    if name.startswith("https://"):
        return name
    language = source.split("/")[0]
    if language in catalog.codes:
        if path := find_page(plan, name, language):
            return path
    else:
        for table in IDENTIFIED:
            if any(plan.address(kind, f"{table}/{name}", "") for kind in ("identifier", "withdrawn")):
                return identifier_path(table, name) + "index.html"
    path = name.rstrip("/")
    return next((place for place in (path, path + _INDEX) if place in plan.paths), "")


def check_redirects(catalog: Catalog, plan: SitePlan) -> Iterator[Diagnostic]:
    """Yield redirects that lead nowhere, to another redirect or to an unsafe address, or from where something is."""
    records = _written(catalog)
    sources = {source_of(record) for record in records}
    files = {path.casefold() for path in plan.paths}
    folders = {folder for path in files for folder in _folders(path)}
    for record in sorted(records, key=lambda item: item.location):
        source, target = source_of(record), str(record.get("target"))
        place = (stub_path(source) or source).casefold()
        above = set(_folders(place))
        if place in files or place in folders or source.casefold() in files or above & files:
            yield _wrong("redirect-taken", record, "old_path", str(record.get("old_path")))
        files.add(place)
        folders |= above
        if "://" in target or ":" in target.split("/")[0]:
            if not target.startswith("https://"):
                yield _wrong("redirect-unsafe", record, "target", target)
        elif target.rstrip("/").removesuffix(_INDEX) in sources:
            yield _wrong("redirect-chain", record, "target", target)
        elif not _target(target, source, catalog, plan):
            names = {page.subject or page.kind for page in plan.pages if page.kind in PAGED or not page.subject}
            yield _wrong("redirect-target", record, "target", target, suggestion=closest(target, names))
    if len(records) > MOST:
        yield found("redirects-many", records[0].location, severity=Severity.WARNING, count=len(records), limit=MOST)


def _folders(path: str) -> Iterator[str]:
    """Yield every folder in which a file stands."""
    place = path.rfind("/")
    while place > 0:
        yield path[:place]
        place = path.rfind("/", 0, place)


def _wrong(name: str, record: Record, field: str, value: str, *, suggestion: str = "") -> Diagnostic:
    cell = record.cells[field]
    return found(
        name,
        cell.location,
        value=value,
        record=record.id,
        field=field,
        length=cell.length,
        suggestion=suggestion,
    )

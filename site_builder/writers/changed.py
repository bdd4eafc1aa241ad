"""Owns the day on which a page was last changed, as far as it is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from site_builder.nouns.edition import Edition
from site_builder.nouns.page import Page
from site_builder.nouns.record import Record

FIXED = frozenset({"prose", "sources", "embed", "identifier", "feeds", "contact"})
"""Kinds of page on which the calendar changes nothing."""


def changed_on(edition: Edition, page: Page) -> date | None:
    """Return the day on which a page was last changed; None where nobody knows.

    It is the newest day of a file whose records the page shows; where a plan has not ended, what is due is computed
    from the calendar and the page is new every day. A file changed after the as-of day counts as changed on it.
    """
    as_of = edition.derived.as_of
    if _follows_calendar(edition, page):
        return as_of
    days = [edition.history.changed_on.get(name) for name in set(_files(edition, page))]
    known = [day for day in days if day is not None]
    return min(max(known), as_of) if known else None


def _follows_calendar(edition: Edition, page: Page) -> bool:
    if page.kind in FIXED:
        return False
    catalog = edition.catalog
    if page.kind == "commitment":
        plans = {catalog.by_id["commitments"][page.subject].get("plan_id")}
    elif page.kind == "plan":
        plans = {page.subject}
    else:
        plans = {plan.id for plan in catalog.rows("plans")}
    return any(not edition.derived.row("plan_summary", plan)["ended"] for plan in plans)


def _files(edition: Edition, page: Page) -> Iterator[str]:
    """Yield the files whose records a page shows; of a page that gathers, all."""
    catalog = edition.catalog
    if page.kind == "prose":
        if (page.subject, page.language) in catalog.prose:
            yield catalog.prose[page.subject, page.language].location.file
    elif page.kind == "commitment":
        record = catalog.by_id["commitments"][page.subject]
        plan = catalog.find("plans", record.get("plan_id"))
        findings = catalog.referring("assessment_findings", "commitment_id", record.id)
        updates = catalog.referring("updates", "commitment_id", record.id)
        yield from _places((record, *((plan,) if plan else ()), *findings, *updates))
    elif page.kind == "sources":
        yield from _places(catalog.rows("sources"))
    else:
        yield from edition.history.changed_on


def _places(records: Iterable[Record]) -> Iterator[str]:
    return (record.location.file for record in records)

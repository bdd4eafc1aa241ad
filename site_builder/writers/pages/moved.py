"""The page at an old address: it says where what stood there is now, and leads there without a script."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import MOVED, Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.plan.redirects import left_behind, source_of, stub_path
from site_builder.writers.voice import Voice

TEMPLATE = "moved.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for record in catalog.rows("redirects"):
        source = source_of(record)
        path = stub_path(source)
        if record.get("old_path") and path:
            yield Page(MOVED, source, "", path)
    for source, _ in left_behind(catalog):
        yield Page(MOVED, source, "", stub_path(source))


def view(voice: Voice) -> dict[str, Any]:
    edition = voice.edition
    redirect = edition.plan.moved(voice.page.subject)
    assert redirect is not None, "a redirect that leads nowhere is an error"
    words = edition.theme.words
    return {
        "title": voice.say("moved"),
        "description": voice.say("moved"),
        "target": redirect.target if redirect.is_elsewhere else voice.to(redirect.target),
        "canonical": _absolute(edition.base_url, redirect.target, elsewhere=redirect.is_elsewhere),
        "shown": redirect.target.removesuffix("index.html"),
        "messages": [(code, words[code].say("moved")) for code in edition.catalog.codes],
    }


def _absolute(base_url: str, target: str, *, elsewhere: bool) -> str:
    """Return the full address of a target; empty where the site does not know its own."""
    if elsewhere:
        return target
    return base_url + target.removesuffix("index.html") if base_url else ""

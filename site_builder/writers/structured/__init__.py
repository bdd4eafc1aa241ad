"""Owns what pages say in the words of schema.org: data blocks for machines, never a script.

A kind of page that has something to say has a function in this folder, and a line below. Full addresses are given
only where the site knows its own; a thing is named by its permanent identifier.
Terms: https://schema.org/docs/full.html
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from site_builder.writers.head import full_address
from site_builder.writers.structured.data_sets import describe_data, describe_indicator, describe_table
from site_builder.writers.structured.organisations import describe_organisation, publisher
from site_builder.writers.structured.thing import Thing, plain, without_gaps
from site_builder.writers.structured.works import describe_commitment, describe_framework, describe_plan
from site_builder.writers.voice import Voice

_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def described(voice: Voice, view: Mapping[str, Any]) -> Iterator[Thing]:
    """Yield what a page says of itself and of what it shows; `view` is what its template gets."""
    kind = _KINDS.get(voice.page.kind)
    if kind is not None:
        yield from ({"@context": "https://schema.org", **without_gaps(thing)} for thing in kind(voice, view))
    if view["crumbs"]:
        yield {"@context": "https://schema.org", **_way(voice, view)}


def data_block(thing: Thing) -> Markup:
    """Return a thing as JSON-LD that nothing in it can end."""
    text = _WRITTEN.encode(thing)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _way(voice: Voice, view: Mapping[str, Any]) -> Thing:
    """Return the way to a page, which ends with the page itself."""
    steps = [(str(crumb.name), crumb.href) for crumb in view["crumbs"]]
    steps.append((plain(view["here"]), ""))
    items = []
    for place, (name, href) in enumerate(steps, 1):
        item = {"@type": "ListItem", "position": place, "name": name}
        address = _resolved(voice, href) if href else full_address(voice.edition, voice.page.path)
        items.append({**item, "item": address} if address else item)
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _resolved(voice: Voice, href: str) -> str:
    """Return the full address of a relative link of this page."""
    here = voice.page.path.split("/")[:-1]
    for step in href.split("/"):
        if step == "..":
            here.pop()
        else:
            here.append(step)
    return full_address(voice.edition, "/".join(here))


def _home(voice: Voice, view: Mapping[str, Any]) -> Iterable[Thing]:
    site = voice.edition.catalog.site
    own = publisher(voice)
    yield {
        "@type": "WebSite",
        "name": voice.plain(site, "title"),
        "description": voice.plain(site, "description"),
        "inLanguage": list(voice.edition.catalog.codes),
        "license": site.get("content_licence_url"),
        "url": voice.edition.base_url,
        "publisher": own,
    }
    yield own


_KINDS: Mapping[str, Callable[[Voice, Mapping[str, Any]], Iterable[Thing]]] = {
    "home": _home,
    "data": describe_data,
    "table": describe_table,
    "organisation": describe_organisation,
    "plan": describe_plan,
    "commitment": describe_commitment,
    "framework": describe_framework,
    "indicator": describe_indicator,
}

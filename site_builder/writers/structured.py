"""Owns what pages say in the words of schema.org: data blocks for machines, never a script.

A kind of page that has something to say has a function here. Full addresses are given only where the site knows
its own; a thing is named by its permanent identifier. Terms: https://schema.org/docs/full.html
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from site_builder.nouns.record import Record
from site_builder.nouns.text import Text
from site_builder.plan.identity import identifier
from site_builder.readers.date_forms import last_day
from site_builder.writers.dictionary import Column
from site_builder.writers.head import NAMES, full_address
from site_builder.writers.publication import (
    CATALOGUE,
    Distribution,
    Publication,
    catalogue_identifier,
    keywords,
    of_indicator,
    of_table,
    version,
    whole,
    whole_identifier,
)
from site_builder.writers.voice import Voice

Thing = Mapping[str, Any]
_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
GOVERNMENT = "government"
"""Meaning of the kinds of organisation that belong to the state."""


def described(voice: Voice, view: Mapping[str, Any]) -> Iterator[Thing]:
    """Yield what a page says of itself and of what it shows; `view` is what its template gets."""
    kind = _KINDS.get(voice.page.kind)
    if kind is not None:
        yield from ({"@context": "https://schema.org", **_without_gaps(thing)} for thing in kind(voice, view))
    if view["crumbs"]:
        yield {"@context": "https://schema.org", **_way(voice, view)}


def data_block(thing: Thing) -> Markup:
    """Return a thing as JSON-LD that nothing in it can end."""
    text = _WRITTEN.encode(thing)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _without_gaps(thing: Thing) -> dict[str, Any]:
    """Return a thing without what is not known, nested things too."""
    filled = {key: _filled(value) for key, value in thing.items()}
    return {key: value for key, value in filled.items() if value not in (None, "", [], {})}


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return _without_gaps(value)
    return [_filled(item) for item in value] if isinstance(value, list) else value


def _way(voice: Voice, view: Mapping[str, Any]) -> Thing:
    """Return the way to a page, which ends with the page itself."""
    steps = [(str(crumb.name), crumb.href) for crumb in view["crumbs"]]
    steps.append((_plain(view["here"]), ""))
    items = []
    for place, (name, href) in enumerate(steps, 1):
        item = {"@type": "ListItem", "position": place, "name": name}
        address = _resolved(voice, href) if href else full_address(voice.edition, voice.page.path)
        items.append({**item, "item": address} if address else item)
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _plain(text: object) -> str:
    """Return a text without its markup."""
    return text.striptags() if isinstance(text, Markup) else str(text)


def _resolved(voice: Voice, href: str) -> str:
    """Return the full address of a relative link of this page."""
    here = voice.page.path.split("/")[:-1]
    for step in href.split("/"):
        if step == "..":
            here.pop()
        else:
            here.append(step)
    return full_address(voice.edition, "/".join(here))


def _publisher(voice: Voice) -> Thing:
    site = voice.edition.catalog.site
    return {"@type": "Organization", "name": voice.plain(site, "publisher"), "url": site.get("contact_url")}


def _home(voice: Voice, view: Mapping[str, Any]) -> Iterable[Thing]:
    site = voice.edition.catalog.site
    publisher = _publisher(voice)
    yield {
        "@type": "WebSite",
        "name": voice.plain(site, "title"),
        "description": voice.plain(site, "description"),
        "inLanguage": list(voice.edition.catalog.codes),
        "license": site.get("content_licence_url"),
        "url": voice.edition.base_url,
        "publisher": publisher,
    }
    yield publisher


def _data(voice: Voice, view: Mapping[str, Any]) -> Iterable[Thing]:
    edition = voice.edition
    parts = (of_table(edition, table) for table in edition.schemas)
    yield {
        **_dataset(voice, view, whole(edition)),
        "keywords": [voice.plain(code, "label") for code in keywords(edition)],
        "hasPart": [
            {"@type": "Dataset", "@id": part.identifier, "name": part.title.shown(voice.code)[0]} for part in parts
        ],
    }


def _table(voice: Voice, view: Mapping[str, Any]) -> Iterable[Thing]:
    edition, name = voice.edition, voice.page.subject
    address = edition.plan.address("data", "", voice.code)
    yield {
        **_dataset(voice, view, of_table(edition, edition.schemas[name])),
        "alternateName": name,
        "isPartOf": {
            "@type": "Dataset",
            "@id": whole_identifier(edition.catalog),
            "name": voice.plain(edition.catalog.site, "title"),
            "url": full_address(edition, address) if address else "",
        },
    }


def _dataset(voice: Voice, view: Mapping[str, Any], publication: Publication) -> Thing:
    """Return a data set with its files, as the catalogue for portals tells of it too."""
    edition, site = voice.edition, voice.edition.catalog.site
    # search engines leave out what is described in fewer than fifty characters
    told = (publication.description.shown(voice.code)[0], voice.plain(site, "description"), _plain(view["lede"]))
    return {
        "@type": "Dataset",
        "@id": publication.identifier,
        "name": publication.title.shown(voice.code)[0],
        "description": " ".join(dict.fromkeys(told)),
        "url": full_address(edition, voice.page.path),
        "license": site.get("content_licence_url"),
        "creator": _publisher(voice),
        "version": version(edition).isoformat(),
        "dateModified": version(edition).isoformat(),
        "temporalCoverage": _between(publication.begin, publication.end),
        "spatialCoverage": [_country(voice, code) for code in publication.countries],
        "inLanguage": list(edition.catalog.codes),
        "isAccessibleForFree": True,
        "isBasedOn": list(dict.fromkeys(source.get("url") for source in publication.sources if source.get("url"))),
        "variableMeasured": [_variable(voice, column) for column in publication.columns],
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": catalogue_identifier(edition.catalog),
            "name": voice.plain(site, "title"),
            "url": full_address(edition, CATALOGUE),
        },
        "distribution": [_download(voice, form) for form in publication.distributions],
    }


def _download(voice: Voice, form: Distribution) -> Thing:
    return {
        "@type": "DataDownload",
        "name": form.name,
        "encodingFormat": form.media_type,
        "contentSize": f"{form.size} B",
        "sha256": form.sha256,
        "contentUrl": full_address(voice.edition, form.path),
        "license": voice.edition.catalog.site.get("content_licence_url"),
    }


def _variable(voice: Voice, column: Column) -> Thing:
    label = Text(column.labels).shown(voice.code)[0]
    return {"@type": "PropertyValue", "name": column.name, "description": label}


def _country(voice: Voice, code: str) -> Thing:
    return {"@type": "Country", "name": voice.formats.country(code), "identifier": code}


def _period(records: Iterable[Record], start: str, end: str) -> str:
    """Return the time that records cover, as ISO 8601 writes it: from the first begin to the last end."""
    records = tuple(records)
    begins = [str(record.get(start)) for record in records if record.get(start)]
    ends = [str(record.get(end)) for record in records if record.get(end)]
    return _between(min(begins, default=""), max(ends, key=last_day, default=""))


def _between(begin: str, end: str) -> str:
    return f"{begin}/{end or '..'}" if begin else ""


def _indicator(voice: Voice, view: Mapping[str, Any]) -> Iterable[Thing]:
    edition = voice.edition
    record = edition.catalog.by_id["indicators"][voice.page.subject]
    variable = {
        "@type": "StatisticalVariable",
        "@id": identifier(edition.catalog, "indicators", record.id),
        "name": voice.plain(record, "name"),
        "description": voice.plain(record, "definition"),
        "alternateName": record.get("external_code"),
    }
    values = of_indicator(edition, record)
    if values is None:
        yield variable
        return
    name = voice.plain(edition.catalog.site, "title")
    yield {
        **_dataset(voice, view, values),
        "isPartOf": {"@type": "Dataset", "@id": whole_identifier(edition.catalog), "name": name},
        "variableMeasured": variable,
    }


def _organisation(voice: Voice, view: Mapping[str, Any]) -> Iterable[Thing]:
    catalog = voice.edition.catalog
    record = catalog.by_id["organisations"][voice.page.subject]
    parent = catalog.find("organisations", record.get("parent_id") or "")
    yield {
        **_named(voice, record),
        "alternateName": voice.plain(record, "abbreviation"),
        "url": record.get("website"),
        "parentOrganization": _named(voice, parent) if parent else None,
    }


def _named(voice: Voice, record: Record) -> Thing:
    """Return an organisation by its identifier and name."""
    state = voice.edition.catalog.means("organisation_kinds", record.get("kind")) == GOVERNMENT
    return {
        "@type": "GovernmentOrganization" if state else "Organization",
        "@id": identifier(voice.edition.catalog, "organisations", record.id),
        "name": voice.plain(record, "name"),
    }


def _plan(voice: Voice, view: Mapping[str, Any]) -> Iterable[Thing]:
    record = voice.edition.catalog.by_id["plans"][voice.page.subject]
    yield {
        **_work(voice, record),
        "url": full_address(voice.edition, voice.page.path),
        "description": view["description"],
        "temporalCoverage": _period((record,), "period_start", "period_end"),
    }


def _framework(voice: Voice, view: Mapping[str, Any]) -> Iterable[Thing]:
    record = voice.edition.catalog.by_id["frameworks"][voice.page.subject]
    areas = voice.edition.catalog.referring("areas", "framework_id", record.id)
    yield {
        "@type": "CreativeWork",
        "@id": identifier(voice.edition.catalog, "frameworks", record.id),
        # the title says whether it is an illustration: nothing may look as if somebody had adopted it
        "name": view["title"],
        "url": full_address(voice.edition, voice.page.path),
        "description": view["description"],
        "temporalCoverage": _period((record,), "period_start", "period_end"),
        "about": [voice.plain(area, "title") for area in areas],
    }


def _commitment(voice: Voice, view: Mapping[str, Any]) -> Iterable[Thing]:
    catalog = voice.edition.catalog
    record = catalog.by_id["commitments"][voice.page.subject]
    plan = catalog.find("plans", record.get("plan_id") or "")
    areas = catalog.children(record, "commitment_policy_areas")
    leads = (
        catalog.find("organisations", link.get("organisation_id"))
        for link in catalog.children(record, "commitment_organisations")
        if link.get("role") == "lead"
    )
    yield {
        **_work(voice, record),
        "name": view["title"],
        "url": full_address(voice.edition, voice.page.path),
        "position": record.get("number"),
        "description": voice.plain(record, "brief"),
        "identifier": record.get("ogp_id"),
        "temporalCoverage": _period((record,), "start_date", "end_date"),
        "about": [voice.label("policy_areas", area.get("policy_area_code")) for area in areas],
        "mentions": [_named(voice, lead) for lead in leads if lead and lead.get("kind") != "group"],
        "isPartOf": _work(voice, plan) if plan else None,
    }


def _work(voice: Voice, record: Record) -> Thing:
    """Return a plan or commitment by its identifier and name: a text that somebody adopted, and no more is claimed."""
    fields = (voice.plain(record, name) for name in NAMES[record.table])
    return {
        "@type": "CreativeWork",
        "@id": identifier(voice.edition.catalog, record.table, record.id),
        "name": next(filter(None, fields), record.id),
    }


_KINDS: Mapping[str, Callable[[Voice, Mapping[str, Any]], Iterable[Thing]]] = {
    "home": _home,
    "data": _data,
    "table": _table,
    "organisation": _organisation,
    "plan": _plan,
    "commitment": _commitment,
    "framework": _framework,
    "indicator": _indicator,
}

"""Owns what is said of data sets: all data, a table, the values of an indicator; each with its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.nouns.text import Text
from site_builder.plan.identity import identifier
from site_builder.writers.dictionary import Column
from site_builder.writers.head import full_address
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
from site_builder.writers.structured.organisations import publisher
from site_builder.writers.structured.periods import between
from site_builder.writers.structured.thing import Thing, plain
from site_builder.writers.voice import Voice


def describe_data(voice: Voice, view: Mapping[str, Any]) -> Iterable[Thing]:
    """Yield all data as one data set, with the tables as its parts."""
    edition = voice.edition
    parts = (of_table(edition, table) for table in edition.schemas)
    yield {
        **_dataset(voice, view, whole(edition)),
        "keywords": [voice.plain(code, "label") for code in keywords(edition)],
        "hasPart": [
            {"@type": "Dataset", "@id": part.identifier, "name": part.title.shown(voice.code)[0]} for part in parts
        ],
    }


def describe_table(voice: Voice, view: Mapping[str, Any]) -> Iterable[Thing]:
    """Yield the table that a page shows, as a data set."""
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


def describe_indicator(voice: Voice, view: Mapping[str, Any]) -> Iterable[Thing]:
    """Yield the values of an indicator as a data set; one without values as what it would measure."""
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


def _dataset(voice: Voice, view: Mapping[str, Any], publication: Publication) -> Thing:
    """Return a data set with its files, as the catalogue for portals tells of it too."""
    edition, site = voice.edition, voice.edition.catalog.site
    # search engines leave out what is described in fewer than fifty characters
    told = (publication.description.shown(voice.code)[0], voice.plain(site, "description"), plain(view["lede"]))
    return {
        "@type": "Dataset",
        "@id": publication.identifier,
        "name": publication.title.shown(voice.code)[0],
        "description": " ".join(dict.fromkeys(told)),
        "url": full_address(edition, voice.page.path),
        "license": site.get("content_licence_url"),
        "creator": publisher(voice),
        "version": version(edition).isoformat(),
        "dateModified": version(edition).isoformat(),
        "temporalCoverage": between(publication.begin, publication.end),
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

"""The catalogue for data portals: `data/catalog.jsonld`, by DCAT-AP 3.0.1, with its context inside.

Standard: https://semiceu.github.io/DCAT-AP/releases/3.0.1/. Things are named by their permanent identifiers, with or
without a known address. Where the site does not know where it is hosted, its files are named relative to the catalogue
itself, as JSON-LD 1.1 (section 4.1.3, "Base IRI") resolves them: whoever fetches the catalogue finds them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.page import relative
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.nouns.text import Text
from site_builder.plan.identity import part_identifier, site_identifier
from site_builder.readers.date_forms import precision
from site_builder.readers.formats import Formats
from site_builder.writers import vocabularies
from site_builder.writers.dcat_context import CONTEXT
from site_builder.writers.descriptor import PROFILE
from site_builder.writers.head import full_address
from site_builder.writers.publication import (
    CATALOGUE,
    Distribution,
    Publication,
    api_description,
    catalogue_identifier,
    keywords,
    of_indicator,
    of_plans,
    of_table,
    version,
    whole,
)

PROFILE_OF_CATALOGUE = "https://semiceu.github.io/DCAT-AP/releases/3.0.1/"
STANDARDS: Mapping[str, str] = {
    "csvw-metadata.json": "https://www.w3.org/TR/tabular-metadata/",
    "datapackage": f"{PROFILE}datapackage.json",
    ".csv": "https://www.rfc-editor.org/info/rfc4180",
}
"""Standard by the beginning or the ending of a file's name; the first that fits counts."""
SHA_256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"

Node = dict[str, Any]


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return [CATALOGUE]


def write(edition: Edition) -> Iterable[Output]:
    document = {"@context": CONTEXT, **without_gaps(_catalogue(edition))}
    return [Output(CATALOGUE, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))]


def without_gaps(node: Any) -> Any:
    """Return a node without what is not known, nodes in it too."""
    if isinstance(node, Mapping):
        filled = {key: without_gaps(value) for key, value in node.items()}
        return {key: value for key, value in filled.items() if value not in ("", [], {}, None)}
    return [without_gaps(item) for item in node] if isinstance(node, list) else node


def _catalogue(edition: Edition) -> Node:
    catalog, site = edition.catalog, edition.catalog.site
    everything = whole(edition)
    parts = [of_table(edition, table) for table in edition.schemas]
    plans = of_plans(edition)
    measured = [found for record in catalog.rows("indicators") if (found := of_indicator(edition, record))]
    return {
        "@id": catalogue_identifier(catalog),
        "@type": "dcat:Catalog",
        "title": _words(catalog.text(site, "title")),
        "description": _words(catalog.text(site, "description")),
        "publisher": _publisher(edition),
        "homepage": _page(edition, "home", ""),
        "language": _languages(edition),
        "license": _licence(edition),
        "modified": version(edition).isoformat(),
        "spatial": _countries(edition, everything),
        "temporal": _period(everything),
        "conformsTo": _typed(PROFILE_OF_CATALOGUE, "dct:Standard"),
        "dataset": [
            _dataset(edition, everything)
            | {
                "keyword": _keywords(edition),
                "hasPart": [part.identifier for part in (*plans, *parts, *measured)],
                "page": _documentation(edition),
            },
            *(_dataset(edition, part) for part in (*plans, *parts, *measured)),
        ],
    }


def _dataset(edition: Edition, publication: Publication) -> Node:
    return {
        "@id": publication.identifier,
        "@type": "dcat:Dataset",
        "identifier": publication.identifier,
        "title": _words(publication.title),
        "description": _words(publication.description),
        "publisher": part_identifier(site_identifier(edition.catalog), "publisher"),
        "contactPoint": _contact(edition),
        "theme": _theme(edition),
        "accessRights": _typed(vocabularies.PUBLIC, "dct:RightsStatement"),
        "accrualPeriodicity": _typed(vocabularies.IRREGULAR, "dct:Frequency"),
        "language": _languages(edition),
        "landingPage": _page(edition, *publication.page),
        "spatial": _countries(edition, publication),
        "temporal": _period(publication),
        "version": version(edition).isoformat(),
        "modified": version(edition).isoformat(),
        "distribution": [_distribution(edition, publication, form) for form in publication.distributions],
    }


def _documentation(edition: Edition) -> list[Node]:
    """Return what explains the static JSON. A DataService would say more, but the shapes that judge one are broken."""
    descriptions = (api_description(edition.catalog, code) for code in edition.catalog.codes)
    return [
        *_page(edition, "api", ""),
        *(_typed(_address(edition, path), "foaf:Document") for path in descriptions),
    ]


def _distribution(edition: Edition, publication: Publication, form: Distribution) -> Node:
    address = _address(edition, form.path)
    registered = vocabularies.registered(form.media_type)
    standard = next(
        (standard for key, standard in STANDARDS.items() if form.name.startswith(key) or form.name.endswith(key)), ""
    )
    return {
        "@id": f"{publication.identifier}/{form.name}",
        "@type": "dcat:Distribution",
        "title": {code: f"{title} ({form.name})" for code, title in publication.title.by_language.items()},
        "accessURL": address,
        "downloadURL": address,
        "license": _licence(edition),
        "language": _languages(edition),
        "modified": version(edition).isoformat(),
        "mediaType": _typed(registered, "dct:MediaType"),
        "packageFormat": _typed(registered, "dct:MediaType") if form.name.endswith(".zip") else None,
        "format": _format(form.media_type),
        "conformsTo": _typed(standard, "dct:Standard"),
        "byteSize": "" if form.is_packed else str(form.size),
        "checksum": _checksum(form.sha256),
    }


def _typed(name: str, kind: str) -> Node:
    """Return a controlled value with its type: portals do not look it up, and the profile asks for it."""
    return {"@id": name, "@type": kind} if name else {}


def _theme(edition: Edition) -> Node:
    words = {code: edition.theme.words[code].say("dcat.government") for code in edition.catalog.codes}
    return _typed(vocabularies.GOVERNMENT, "skos:Concept") | {"prefLabel": words}


def _words(text: Text) -> Mapping[str, str]:
    return text.by_language


def _format(media_type: str) -> Node:
    known = _typed(vocabularies.file_type(media_type), "dct:MediaTypeOrExtent")
    name = vocabularies.form_name(media_type)
    return known or ({"@type": "dct:MediaTypeOrExtent", "label": name} if name else {})


def _checksum(sha256: str) -> Node:
    if not sha256:
        return {}
    algorithm = _typed(SHA_256, "spdx:ChecksumAlgorithm")
    return {"@type": "spdx:Checksum", "algorithm": algorithm, "checksumValue": sha256}


def _publisher(edition: Edition) -> Node:
    return {
        "@id": part_identifier(site_identifier(edition.catalog), "publisher"),
        "@type": "foaf:Agent",
        "name": _words(edition.catalog.text(edition.catalog.site, "publisher")),
    }


def _contact(edition: Edition) -> Node:
    """Return the office that answers questions, as far as the site tells of one."""
    catalog, site = edition.catalog, edition.catalog.site
    office, page = catalog.text(site, "contact"), site.get("contact_url")
    if not (office or page):
        return {}
    return {
        "@id": part_identifier(site_identifier(catalog), "contact"),
        "@type": ["vcard:Kind", "vcard:Organization"],
        "office": _words(office or catalog.text(site, "publisher")),
        "hasURL": page,
    }


def _licence(edition: Edition) -> Node:
    site = edition.catalog.site
    address = str(site.get("content_licence_url"))
    name = vocabularies.licence(str(site.get("content_licence")), address)
    return _typed(name, "dct:LicenseDocument") | {"seeAlso": address if name != address else ""}


def _languages(edition: Edition) -> list[Node]:
    codes = (str(row.get("iso_639_3") or "") for row in edition.catalog.rows("languages"))
    return [_typed(vocabularies.language(code), "dct:LinguisticSystem") for code in codes if code]


def _keywords(edition: Edition) -> dict[str, list[str]]:
    catalog = edition.catalog
    texts = [catalog.text(code, "label") for code in keywords(edition)]
    return {code: [text.by_language[code] for text in texts if code in text.by_language] for code in catalog.codes}


def _countries(edition: Edition, publication: Publication) -> list[Node]:
    """Return the countries of the plans that have a name; what nobody knows gets none."""
    formats = Formats(edition.catalog.languages[0])
    known = (code for code in publication.countries if formats.country(code))
    return [_typed(vocabularies.country(code), "dct:Location") for code in known]


def _period(publication: Publication) -> Node:
    if not publication.begin:
        return {}
    return {
        "@type": "dct:PeriodOfTime",
        "startDate": _dated(publication.begin),
        "endDate": _dated(publication.end) if publication.end else None,
    }


def _dated(value: str) -> Node:
    """Return a year, month or day with its type."""
    types = {"year": "xsd:gYear", "month": "xsd:gYearMonth", "day": "xsd:date"}
    return {"@value": value, "@type": types[precision(value)]}


def _page(edition: Edition, kind: str, subject: str) -> list[Node]:
    """Return a page in the first language: to the others a reader goes from there."""
    path = edition.plan.address(kind, subject, edition.catalog.codes[0])
    return [_typed(_address(edition, path), "foaf:Document")] if path else []


def _address(edition: Edition, path: str) -> str:
    """Return the full address of a file; where the site knows none, the way to it from the catalogue."""
    return full_address(edition, path) or relative(path, CATALOGUE)

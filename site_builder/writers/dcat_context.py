"""Owns the names by which the catalogue for data portals writes DCAT, DCTERMS, FOAF and vCard: its JSON-LD context."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WORDS = {"@container": "@language"}
_THING = {"@type": "@id"}
CONTEXT: Mapping[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{name: {"@id": f"dct:{name}", **_WORDS} for name in ("title", "description")},
    "keyword": {"@id": "dcat:keyword", **_WORDS},
    "name": {"@id": "foaf:name", **_WORDS},
    "office": {"@id": "vcard:fn", **_WORDS},
    "prefLabel": {"@id": "skos:prefLabel", **_WORDS},
    "label": "rdfs:label",
    "version": "dcat:version",
    "identifier": "dct:identifier",
    "modified": {"@id": "dct:modified", "@type": "xsd:date"},
    "byteSize": {"@id": "dcat:byteSize", "@type": "xsd:nonNegativeInteger"},
    "checksum": "spdx:checksum",
    "checksumValue": {"@id": "spdx:checksumValue", "@type": "xsd:hexBinary"},
    "algorithm": {"@id": "spdx:algorithm", **_THING},
    "startDate": "dcat:startDate",
    "endDate": "dcat:endDate",
    "temporal": "dct:temporal",
    "homepage": {"@id": "foaf:homepage", **_THING},
    "page": {"@id": "foaf:page", **_THING},
    "hasURL": {"@id": "vcard:hasURL", **_THING},
    "seeAlso": {"@id": "rdfs:seeAlso", **_THING},
    **{
        name: {"@id": f"dct:{name}", **_THING}
        for name in (
            "accessRights",
            "accrualPeriodicity",
            "conformsTo",
            "format",
            "hasPart",
            "language",
            "license",
            "publisher",
            "spatial",
        )
    },
    **{
        name: {"@id": f"dcat:{name}", **_THING}
        for name in (
            "accessURL",
            "contactPoint",
            "dataset",
            "distribution",
            "downloadURL",
            "landingPage",
            "mediaType",
            "packageFormat",
            "theme",
        )
    },
}

"""The static JSON for programs: `data/openapi.json` and its twin in each other language, by OpenAPI 3.1.

Standard: https://spec.openapis.org/oas/v3.1.1. What a row holds is said by the schemas of the tables; what a program
may rely on stands in the description. Where the site does not know its address, the server is the folder above the
description, as the standard resolves relative addresses.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import LATEST, Output
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas, Table
from site_builder.nouns.text import Text
from site_builder.nouns.words import Words
from site_builder.readers.layout import IDENTIFIED
from site_builder.writers.publication import api_description, version
from site_builder.writers.row_schema import row_schema
from site_builder.writers.static_json import PROMISES, TABLES, Address, addresses
from site_builder.writers.thing_files import shape_schema

Node = dict[str, Any]
DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
ANYTHING: Node = {"type": ["object", "array"]}
"""Schema of what other standards or other parts of the program describe."""
REFERENCES = "#/components/schemas/"
THING_FILES = {"api.commitment": ("commitments", "commitment_file"), "api.indicator": ("indicators", "indicator_file")}
"""Table of the things of which there is a file each and the name of its shape, by the phrase that tells of it."""
SHAPES: Mapping[str, Node] = {phrase: {"$ref": REFERENCES + name} for phrase, (_, name) in THING_FILES.items()}
"""Schema of what stands at an address, by the phrase that tells of it."""


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return [api_description(catalog, code) for code in catalog.codes]


def write(edition: Edition) -> Iterable[Output]:
    told = tuple(addresses(edition))
    for code in edition.catalog.codes:
        content = json.dumps(_description(edition, told, code), ensure_ascii=False, indent=1) + "\n"
        yield Output(api_description(edition.catalog, code), content.encode("utf-8"))


def _description(edition: Edition, told: Iterable[Address], language: str) -> Node:
    site, words = edition.catalog.site, edition.theme.words[language]
    title = edition.catalog.text(site, "title").shown(language)[0]
    contact = {
        "name": edition.catalog.text(site, "contact").shown(language)[0],
        "url": site.get("contact_url"),
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": words.say("api.title", title=title),
            "version": version(edition).isoformat(),
            "summary": words.say("api.lede"),
            "description": _promise(words),
            "license": {"name": site.get("content_licence"), "url": site.get("content_licence_url")},
            "contact": {key: value for key, value in contact.items() if value},
        },
        "servers": [{"url": edition.base_url.rstrip("/") or ".."}],
        "paths": dict(path for address in told for path in _paths(edition, address, language)),
        "components": {
            "schemas": {
                **{table.name: row_schema(edition, table, language) for table in edition.schemas},
                **{name: shape_schema(edition.schemas, table, REFERENCES) for table, name in THING_FILES.values()},
            },
        },
    }


def _promise(words: Words) -> str:
    """Return what programs may rely on, as CommonMark."""
    lines = "".join(f"- {words.phrase(key)}\n" for key in PROMISES)
    return f"{words.phrase('api.promise')}\n\n{lines}\n{words.phrase('api.cors')}"


def _paths(edition: Edition, address: Address, language: str) -> Iterator[tuple[str, Node]]:
    """Yield the paths of a kind of address: of tables one each, as each has rows of its own."""
    words = edition.theme.words[language]
    if address.template != TABLES:
        yield f"/{address.template}", {"get": _operation(words, address)}
        return
    for table in edition.schemas:
        path = f"{LATEST}{table.name}.json"
        if path in edition.plan.files:
            yield f"/{path}", {"get": _rows_of(words, table, language)}


def _rows_of(words: Words, table: Table, language: str) -> Node:
    rows = {"type": "array", "items": {"$ref": REFERENCES + table.name}}
    return {
        "operationId": table.name,
        "summary": Text(table.labels).shown(language)[0],
        "description": Text(table.descriptions).shown(language)[0],
        "responses": _answer(words.phrase("api.table"), rows),
    }


def _operation(words: Words, address: Address) -> Node:
    told: Node = {
        "operationId": "_".join(part.strip("{}").replace(".", "_") for part in address.template.split("/")),
        "summary": words.phrase(address.phrase),
        "responses": _answer(
            words.phrase(address.phrase), SHAPES.get(address.phrase, ANYTHING), kind=_media_type(address)
        ),
    }
    if address.places:
        told["parameters"] = [_parameter(words, name) for name in address.places]
    return told


def _media_type(address: Address) -> str:
    return "application/ld+json" if address.template.endswith(".jsonld") else "application/json"


def _parameter(words: Words, name: str) -> Node:
    """Return a part of an address that differs."""
    schemas: Mapping[str, Node] = {
        "type": {"type": "string", "enum": sorted(IDENTIFIED.values())},
        "date": {"type": "string", "format": "date", "pattern": DAY},
    }
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": words.phrase(f"api.part_{name}"),
        "schema": schemas.get(name, {"type": "string"}),
    }


def _answer(description: str, schema: Node, *, kind: str = "application/json") -> Node:
    return {"200": {"description": description, "content": {kind: {"schema": schema}}}}

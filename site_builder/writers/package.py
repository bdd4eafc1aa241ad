"""Owns the data package: its descriptors, its dictionary, its archive, its checksums."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.nouns.edition import Edition
from site_builder.nouns.output import LATEST as LATEST
from site_builder.nouns.output import Output
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Table
from site_builder.nouns.text import Text
from site_builder.readers.formats import Formats
from site_builder.writers.dictionary import Column, columns_of, dictionary_header, dictionary_rows
from site_builder.writers.tables import csv_bytes

PROFILE = "https://datapackage.org/profiles/2.0/"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time of every file in the archive: it has no clock."""


def descriptor_name(catalog: Catalog, language: str) -> str:
    """Return the name of the descriptor with titles in a language."""
    return "datapackage.json" if language == catalog.site.get("table_language") else f"datapackage.{language}.json"


def readme_name(catalog: Catalog, language: str) -> str:
    """Return the name of the read-me in a language."""
    return "README.md" if language == catalog.site.get("table_language") else f"README.{language}.md"


def zip_name(catalog: Catalog) -> str:
    """Return the name of the archive of everything."""
    return f"{catalog.site.id}.zip"


def descriptor(edition: Edition, files: Mapping[str, bytes], *, language: str, folder: str = "") -> bytes:
    """Return a Data Package 2.0 descriptor with titles in a language.

    `files` maps table names to the bytes of their CSV; `folder` stands before their paths in the archive.
    """
    site = edition.catalog.site
    package: dict[str, Any] = {
        "$schema": PROFILE + "datapackage.json",
        "name": site.id,
        "title": edition.catalog.text(site, "title").shown(language)[0],
        "description": edition.catalog.text(site, "description").shown(language)[0],
        "created": f"{edition.derived.as_of.isoformat()}T00:00:00Z",
        "licenses": [{"name": site.get("content_licence"), "path": site.get("content_licence_url")}],
        "contributors": [{"title": edition.catalog.text(site, "publisher").shown(language)[0], "roles": ["publisher"]}],
        "sources": [_source(edition, record.id, language) for record in edition.catalog.rows("sources")],
        "resources": [_resource(edition, table, files[table.name], language, folder) for table in edition.schemas],
    }
    if edition.base_url:
        package["homepage"] = edition.base_url
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _source(edition: Edition, record_id: str, language: str) -> dict[str, str]:
    record = edition.catalog.by_id["sources"][record_id]
    source = {"title": edition.catalog.text(record, "title").shown(language)[0]}
    return {**source, "path": record.get("url")} if record.get("url") else source


def path_in_archive(table: str) -> str:
    """Return where a table stands in the archive: code lists at its root, the others in data/."""
    return f"{table}.csv" if table == "codelists" else f"data/{table}.csv"


def _resource(edition: Edition, table: Table, content: bytes, language: str, folder: str) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": path_in_archive(table.name) if folder else f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "title": Text(table.labels).shown(language)[0],
        "description": Text(table.descriptions).shown(language)[0],
        "schema": _schema(edition, table, language),
    }


def _schema(edition: Edition, table: Table, language: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": PROFILE + "tableschema.json",
        "fields": [_field(edition, column, language) for column in columns_of(edition, table)],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.unique_keys:
        schema["uniqueKeys"] = [list(key) for key in table.unique_keys]
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": [reference.field],
                "reference": {
                    "resource": "" if reference.table == table.name else reference.table,
                    "fields": list(edition.schemas[reference.table].key),
                },
            }
            for reference in table.references
        ]
    return schema


def _field(edition: Edition, column: Column, language: str) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    constraints.update(column.constraints)
    if column.codelist:
        constraints["enum"] = [record.get("code") for record in edition.catalog.codes_of.get(column.codelist, ())]
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "format": column.format,
        "title": Text(column.labels).shown(language)[0],
        "description": Text(column.descriptions).shown(language)[0],
    }
    if constraints:
        field["constraints"] = constraints
    if column.codelist:
        field["codelist"] = column.codelist
    return field


def dictionary(edition: Edition) -> bytes:
    """Return data_dictionary.csv: a row a column of every table, with its meaning in every language."""
    mark = bool(edition.catalog.site.get("csv_byte_order_mark"))
    return csv_bytes(dictionary_header(edition), dictionary_rows(edition), byte_order_mark=mark)


def archive(edition: Edition, files: Mapping[str, bytes]) -> bytes:
    """Return the zip of everything, its descriptor at the root; the same files give the same bytes."""
    return zipped(dict(_members(edition, files)))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files and their checksums; the same files give the same bytes."""
    members = {**files, "SHA256SUMS": checksums(files.items())}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name, content in sorted(members.items()):
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type, member.create_system, member.external_attr = (
                zipfile.ZIP_DEFLATED,
                3,
                0o644 << 16,
            )
            target.writestr(member, content)
    return stream.getvalue()


def _members(edition: Edition, files: Mapping[str, bytes]) -> Iterable[tuple[str, bytes]]:
    for table in edition.schemas:
        yield path_in_archive(table.name), files[table.name]
    yield "data_dictionary.csv", dictionary(edition)
    for code in edition.catalog.codes:
        yield (
            descriptor_name(edition.catalog, code),
            descriptor(edition, files, language=code, folder="data/"),
        )
        yield readme_name(edition.catalog, code), spoken(edition, "package.readme", code)
    yield "CHANGES.md", spoken(edition, "package.changes", edition.catalog.site.get("table_language"))
    site = edition.catalog.site
    yield "LICENSE.txt", f"{site.get('content_licence')}\n{site.get('content_licence_url')}\n".encode()


def spoken(edition: Edition, key: str, language: str, **more: object) -> bytes:
    """Return a phrase of the package in a language, as a file."""
    return (said(edition, key, language, **more).rstrip("\n") + "\n").encode("utf-8")


def said(edition: Edition, key: str, language: str, **more: object) -> str:
    """Return a phrase of the package in a language; what it may name of the site is filled in."""
    site, catalog = edition.catalog.site, edition.catalog
    values = {name: catalog.text(site, name).shown(language)[0] for name in ("title", "description", "publisher")}
    formats = Formats(next(item for item in catalog.languages if item.code == language))
    return edition.theme.words[language].say(
        key,
        **values,
        day=formats.day(edition.derived.as_of),
        licence=site.get("content_licence"),
        licence_url=site.get("content_licence_url"),
        descriptor=descriptor_name(catalog, language),
        **more,
    )


def checksums(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return SHA256SUMS for `sha256sum --check`: a line a file, sorted by name."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files))
    return "".join(lines).encode("utf-8")


def checksums_of(outputs: Iterable[Output]) -> bytes:
    """Return SHA256SUMS for the files of the newest data."""
    return checksums((output.path.removeprefix(LATEST), output.content) for output in outputs)

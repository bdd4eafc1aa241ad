"""Owns what a data package holds beside its tables: names, words, dictionary, the archive, the checksums."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import cast

from site_builder.nouns.edition import Edition
from site_builder.nouns.output import LATEST as LATEST
from site_builder.nouns.output import Output
from site_builder.nouns.record import Catalog
from site_builder.nouns.release import Release
from site_builder.nouns.schema import Table
from site_builder.nouns.text import Text
from site_builder.readers.formats import Formats
from site_builder.writers.descriptor import Package, descriptor, path_in_archive
from site_builder.writers.dictionary import dictionary_header, dictionary_rows
from site_builder.writers.tables import csv_bytes

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


def dictionary(edition: Edition, tables: Iterable[Table] | None = None) -> bytes:
    """Return data_dictionary.csv: a row a column of some tables, else of all, with its meaning in every language."""
    mark = bool(edition.catalog.site.get("csv_byte_order_mark"))
    return csv_bytes(dictionary_header(edition), dictionary_rows(edition, tables), byte_order_mark=mark)


def archive(package: Package) -> bytes:
    """Return the zip of a package, its descriptor at the root; the same files give the same bytes."""
    return zipped(dict(_members(package)))


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


def _members(package: Package) -> Iterable[tuple[str, bytes]]:
    edition = package.edition
    for table in package.tables:
        yield path_in_archive(table.name), package.files[table.name]
    yield "data_dictionary.csv", dictionary(edition, package.tables)
    for code in edition.catalog.codes:
        yield descriptor_name(edition.catalog, code), descriptor(package, code, is_archived=True)
        yield readme_name(edition.catalog, code), _readme(package, code)
    yield "CHANGES.md", _changes(edition)
    yield "LICENSE.txt", b"\n".join(spoken(edition, "package.licence", code) for code in edition.catalog.codes)


def _readme(package: Package, language: str) -> bytes:
    """Return what the archive is and what each file in it holds."""
    lines = (
        f"- `{path_in_archive(table.name)}` ({package.counts[table.name]}): {Text(table.labels).shown(language)[0]}"
        for table in package.tables
    )
    told = {"title": package.title.shown(language)[0], "description": package.description.shown(language)[0]}
    return spoken(package.edition, "package.readme", language, **told, tables="\n".join(lines))


def _changes(edition: Edition) -> bytes:
    """Return which releases there were before; how each differs from the one before it lies beside it."""
    code = edition.catalog.site.get("table_language")
    if not edition.releases:
        return spoken(edition, "package.changes", code)
    told = (f"- {release.version}, {release.name}: {_notes(release, code)}" for release in reversed(edition.releases))
    return spoken(edition, "package.changes_since", code, releases="\n".join(line.rstrip(": ") for line in told))


def _notes(release: Release, code: str) -> str:
    """Return what was said of a release on one line."""
    told = (Text(text).shown(code)[0] for text in (release.reason, release.notes))
    return " ".join(" ".join(told).split())


def spoken(edition: Edition, key: str, language: str, **more: object) -> bytes:
    """Return a phrase of the package in a language, as a file."""
    return (said(edition, key, language, **more).rstrip("\n") + "\n").encode("utf-8")


def said(edition: Edition, key: str, language: str, **more: object) -> str:
    """Return a phrase of the package in a language; what it may name of the site is filled in."""
    site, catalog = edition.catalog.site, edition.catalog
    texts = {name: catalog.text(site, name).shown(language)[0] for name in ("title", "description", "publisher")}
    if ("formats", language) not in edition.memory:
        named = next(item for item in catalog.languages if item.code == language)
        edition.memory["formats", language] = Formats(named)
    formats = cast(Formats, edition.memory["formats", language])
    return edition.theme.words[language].say(
        key,
        day=formats.day(edition.derived.as_of),
        licence=site.get("content_licence"),
        licence_url=site.get("content_licence_url"),
        descriptor=descriptor_name(catalog, language),
        **{**texts, **more},
    )


def checksums(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return SHA256SUMS for `sha256sum --check`: a line a file, sorted by name."""
    return listed((name, hashlib.sha256(content).hexdigest()) for name, content in files)


def checksums_of(outputs: Iterable[Output]) -> bytes:
    """Return SHA256SUMS for the files of the newest data."""
    return listed((output.path.removeprefix(LATEST), output.weight.sha256) for output in outputs)


def listed(hashes: Iterable[tuple[str, str]]) -> bytes:
    """Return such lines for hashes by name."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes)).encode("utf-8")

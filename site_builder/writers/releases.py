"""Owns the making of a release: the data of the day, how it differs from the last release, its version, its notes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from site_builder.derive.differences import count_changes, differences
from site_builder.derive.versions import FIRST, step_of, stepped
from site_builder.nouns.edition import Edition
from site_builder.nouns.output import LATEST, Output, weight_of
from site_builder.nouns.release import INDEX, MANIFEST, Cause, Change, Release, Step, Wish
from site_builder.readers.layout import thing_tables, written_tables
from site_builder.readers.published import newest, read_published
from site_builder.readers.release_format import index_bytes, manifest_bytes, predecessor
from site_builder.writers.content_hashes import SUMS as CONTENT_SUMS
from site_builder.writers.content_hashes import content_sums, known_hashes
from site_builder.writers.downloads import SUMS
from site_builder.writers.forms.citation import Cited, citation_files
from site_builder.writers.package import checksums_of
from site_builder.writers.release_words import changes_text, page_address
from site_builder.writers.tables import csv_bytes

CHANGES_CSV = "changes.csv"
CHANGES_JSON = "changes.json"
HEADER = ("table_name", "record_id", "column_name", "old_value", "new_value", "kind")


def write_release(edition: Edition, data: Iterable[Output], wish: Wish) -> list[Output]:
    """Return the files of a new release below its day, and the index of all releases with it.

    `data` are the files of the newest data, made of the same edition.
    """
    files = {output.path.removeprefix(LATEST): output.content for output in data}
    release, changes = _decided(edition, files, wish)
    before = edition.releases[-1] if edition.releases else None
    files |= _citing(edition, release, files)
    told = _changes(edition, release, changes)
    assert not set(told) & set(files), "a form of the data has the name of a file of releases"
    files = {**files, **told}
    release = replace(release, weights={name: weight_of(content) for name, content in sorted(files.items())})
    files[MANIFEST] = manifest_bytes(release, predecessor(before))
    release = replace(release, files=files)
    outputs = [Output(f"{release.name}/{name}", content) for name, content in sorted(files.items())]
    return [*outputs, Output(INDEX, index_bytes([*edition.releases, release]))]


def _decided(edition: Edition, files: Mapping[str, bytes], wish: Wish) -> tuple[Release, tuple[Change, ...]]:
    """Return a release without its files, and how it differs from the one before."""
    before = edition.releases[-1] if edition.releases else None
    changes: tuple[Change, ...] = ()
    step, causes, version = Step.FIRST, tuple[Cause, ...](), FIRST
    if before is not None:
        old, new = newest(edition.catalog), read_published(files)
        changes = differences(old, new)
        step, causes = step_of(old, new, changes, things=thing_tables(edition.schemas))
        version = stepped(before.version, step)
    release = Release(
        day=edition.derived.as_of,
        version=version,
        kind=wish.kind,
        notes=wish.notes,
        reason=wish.reason,
        schema_version=edition.schema_version,
        commit=edition.history.commit,
        previous=before.name if before else "",
        step=step,
        causes=causes,
        counts=count_changes(changes),
        weights={},
        files={},
        place="",
    )
    return release, changes


def _citing(edition: Edition, release: Release, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the citation of a release, and the checksums with it: by the newest data nobody could tell which it was.

    The hashes of what other files say were worked out with the data and stay.
    """
    language = str(edition.catalog.site.get("table_language"))
    cited = Cited(release.day, release.version, page_address(edition, release, language))
    citations = dict(citation_files(edition, cited))
    known = known_hashes(files.get(CONTENT_SUMS, b""), "")
    known = {name: digest for name, digest in known.items() if name not in citations}
    rest = {name: content for name, content in files.items() if name not in (CONTENT_SUMS, SUMS)} | citations
    outputs = [Output(name, content) for name, content in rest.items()]
    sums = Output(CONTENT_SUMS, content_sums(outputs, known=known))
    return {**citations, CONTENT_SUMS: sums.content, SUMS: checksums_of([*outputs, sums])}


def _changes(edition: Edition, release: Release, changes: Sequence[Change]) -> dict[str, bytes]:
    """Return the files that tell how a release differs from the one before."""
    mark = bool(edition.catalog.site.get("csv_byte_order_mark"))
    rows = [(change.table, change.record, change.column, change.old, change.new, change.kind) for change in changes]
    texts = {changes_name(edition, code): changes_text(edition, release, code) for code in edition.catalog.codes}
    return {
        CHANGES_CSV: csv_bytes(HEADER, rows, byte_order_mark=mark),
        CHANGES_JSON: _changes_json(release, changes),
        **texts,
    }


def changes_name(edition: Edition, language: str) -> str:
    """Return the name of the file that tells the changes in words."""
    return "CHANGES.md" if language == edition.catalog.site.get("table_language") else f"CHANGES.{language}.md"


def _changes_json(release: Release, changes: Iterable[Change]) -> bytes:
    """Return the differences with their counts by table; `computed` says which tables nobody writes."""
    head = {
        "date": release.name,
        "version": release.version,
        "previous": release.previous or None,
        "tables": [
            {"table_name": table, "computed": table not in written_tables(), **counts}
            for table, counts in release.counts.items()
        ],
    }
    shown = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    encode = json.JSONEncoder(ensure_ascii=False).encode
    lines = (
        encode(
            {
                "table_name": change.table,
                "record_id": change.record or None,
                "column_name": change.column or None,
                "old_value": change.old or None,
                "new_value": change.new or None,
                "kind": change.kind,
            }
        )
        for change in changes
    )
    return (f'{shown},\n "changes": [\n' + ",\n".join(lines) + "\n ]\n}\n").encode("utf-8")

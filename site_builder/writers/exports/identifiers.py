"""What a permanent address says to programs: `index.json` beside each, with names, pages, data and status.

Addresses are given from the file itself, and in full where the site knows its own. A thing that was withdrawn keeps
its file, which says what took its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import LATEST, Output
from site_builder.nouns.page import relative
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.plan.hosting import content_type
from site_builder.plan.identity import identifier, identifier_path, withdrawn_things
from site_builder.readers.layout import IDENTIFIED
from site_builder.writers.head import full_address
from site_builder.writers.withdrawn import names_of, withdrawn

_DATA = ("{table}/{id}.json", "{table}/{id}.zip", "{table}.csv", "{table}.json")
"""Files of the newest data that hold a thing, as far as they are written."""


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    for record in _identified(catalog):
        yield _path(record.table, record.id)
    for row in withdrawn_things(catalog):
        yield _path(row.get("thing_table"), row.get("thing_id"))


def write(edition: Edition) -> Iterable[Output]:
    for record in _identified(edition.catalog):
        yield _output(edition, record.table, record.id, _active(edition, record))
    for row in withdrawn_things(edition.catalog):
        yield _output(edition, row.get("thing_table"), row.get("thing_id"), _gone(edition, row))


def _identified(catalog: Catalog) -> Iterator[Record]:
    for table in IDENTIFIED:
        yield from (record for record in catalog.rows(table) if record.get("kind") != "group")


def _path(table: str, thing: str) -> str:
    return f"{identifier_path(table, thing)}index.json"


def _output(edition: Edition, table: str, thing: str, told: Mapping[str, Any]) -> Output:
    whole = {"id": thing, "type": IDENTIFIED[table], "identifier": identifier(edition.catalog, table, thing), **told}
    return Output(_path(table, thing), (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def _active(edition: Edition, record: Record) -> Mapping[str, Any]:
    catalog, kind = edition.catalog, IDENTIFIED[record.table]
    here = _path(record.table, record.id)
    pages = ((code, edition.plan.address(kind, record.id, code)) for code in catalog.codes)
    names = (LATEST + name.format(table=record.table, id=record.id) for name in _DATA)
    return {
        "status": "active",
        "names": names_of(catalog, record),
        "pages": [{"language": code, **_address(edition, path, here)} for code, path in pages if path],
        "data": [
            {"mediatype": content_type(path).partition(";")[0], **_address(edition, path, here)}
            for path in names
            if path in edition.plan.files
        ],
    }


def _gone(edition: Edition, row: Record) -> Mapping[str, Any]:
    gone = withdrawn(edition, row)
    following = gone.successor
    return {
        "status": "withdrawn",
        "names": dict(gone.names),
        "withdrawn_on": gone.day.isoformat(),
        "reason": dict(gone.reason.by_language),
        "successor": {"id": following.id, "identifier": following.identifier or None} if following else None,
    }


def _address(edition: Edition, path: str, here: str) -> Mapping[str, str]:
    full = full_address(edition, path)
    return {"path": relative(path, here), **({"url": full} if full else {})}

"""Owns the permanent identifiers of things, which are apart from where the site is hosted."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.nouns.record import Catalog, Record
from site_builder.readers.layout import IDENTIFIED


def identifier_path(table: str, record_id: str) -> str:
    """Return the path of a thing's permanent address below the base URI."""
    return f"id/{IDENTIFIED[table]}/{record_id}/"


def identifier(catalog: Catalog, table: str, record_id: str) -> str:
    """Return the permanent identifier of a thing.

    Without a base URI it is a tag URI (RFC 4151) under a name that nobody can own, so that ids stay unique
    without pretending to an address.
    """
    base = catalog.site.get("base_uri")
    if base:
        return f"{str(base).rstrip('/')}/{identifier_path(table, record_id)}"
    return f"tag:{catalog.site.id}.example,2026:{IDENTIFIED[table]}/{record_id}"


def withdrawn_things(catalog: Catalog) -> Iterator[Record]:
    """Yield the tombstones of things that had a permanent address: it stays. What is still there is no such thing."""
    for row in catalog.rows("tombstones"):
        table, thing = row.get("thing_table"), row.get("thing_id")
        if table in IDENTIFIED and thing and catalog.find(table, thing) is None:
            yield row


def site_identifier(catalog: Catalog) -> str:
    """Return the permanent identifier of the site as a whole."""
    base = catalog.site.get("base_uri")
    return f"{str(base).rstrip('/')}/" if base else f"tag:{catalog.site.id}.example,2026:site"


def part_identifier(whole: str, part: str) -> str:
    """Return the permanent identifier of a part of a thing: a milestone, something that happened to it, a feed."""
    return f"{whole}#{part}"

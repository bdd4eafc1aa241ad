"""Owns the promise that an address does not go without encryption where its host is known to offer it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from site_builder.checks._about import about
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record

_OPEN = "http://"


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield addresses without encryption on hosts that other addresses of the content reach with it."""
    written = list(_addresses(catalog))
    hosts = {_host(address) for _, _, address in written if address.startswith("https://")}
    for record, column, address in written:
        if address.startswith(_OPEN) and _host(address) in hosts:
            safe = f"https://{address.removeprefix(_OPEN)}"
            yield about(
                "http-link", record, column, severity=Severity.WARNING, value=address, host=_host(address), safe=safe
            )


def _addresses(catalog: Catalog) -> Iterator[tuple[Record, str, str]]:
    for table in catalog.written_tables():
        columns = [item.name for item in table.fields if item.format == "uri"]
        for record in catalog.rows(table.name) if columns else ():
            for column in columns:
                if (address := record.get(column)) is not None:
                    yield record, column, address


def _host(address: str) -> str:
    """Return the name of a host in small letters, empty where it cannot be told."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""

"""Owns the doubt whether an address leads everybody to the document itself."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from site_builder.checks._about import about
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record

TABLES = ("evidence", "documents")
COLUMNS = ("url", "archived_url")
SHORTENERS = frozenset(
    {
        "bit.ly",
        "bitly.com",
        "buff.ly",
        "cutt.ly",
        "goo.gl",
        "is.gd",
        "lnkd.in",
        "ow.ly",
        "rb.gy",
        "rebrand.ly",
        "s.id",
        "shorturl.at",
        "t.co",
        "t.ly",
        "tiny.cc",
        "tinyurl.com",
        "v.gd",
    }
)
"""Hosts whose addresses hide where they lead."""
DOORS = frozenset(
    {
        "1drv.ms",
        "box.com",
        "docs.google.com",
        "drive.google.com",
        "dropbox.com",
        "facebook.com",
        "fb.com",
        "fb.watch",
        "instagram.com",
        "linkedin.com",
        "mega.nz",
        "onedrive.live.com",
        "sharepoint.com",
        "we.tl",
        "wetransfer.com",
    }
)
"""Hosts, with all below them, that show most of what they have only to those who are let in."""
ENTRANCES = frozenset(("", "/", "/index.html", "/index.htm", "/index.php", "/home", "/en", "/mn", "/en/", "/mn/"))
"""Paths of home pages."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield addresses of evidence and documents that hide their goal, need a permission or only lead to a house."""
    for table in TABLES:
        for record in catalog.rows(table):
            for column in COLUMNS:
                if url := record.get(column):
                    yield from _address(record, column, url)


def _address(record: Record, column: str, url: str) -> Iterator[Diagnostic]:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return  # what is no address is told where its form is checked
    if host in SHORTENERS:
        name = "link-shortened"
    elif any(host == door or host.endswith(f".{door}") for door in DOORS):
        name = "link-behind-door"
    elif host and parts.path in ENTRANCES and not parts.query and column == "url":
        name = "link-to-home-page"
    else:
        return
    yield about(name, record, column, severity=Severity.WARNING, value=url, host=host)

"""What nginx needs to serve the folder: `nginx.conf.inc`, to be included in a `server` block beside its `root`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.plan.hosting import TYPES, UNTYPED, areas, everywhere
from site_builder.writers.exports.hosts import base_path, target_url

_HEAD = """\
# Include this file in a server block whose `root` is the folder above {base}
# With copies made by --precompress add: gzip_static on;
"""
_CHARSET = "; charset=utf-8"


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return ["nginx.conf.inc"]


def write(edition: Edition) -> Iterable[Output]:
    base = base_path(edition.base_url)
    parts = [_HEAD.format(base=base), _types(), _redirects(edition, base)]
    for area in areas():
        headers = {**everywhere(), **area.headers}
        if area.prefix:
            parts.append(_location(base + area.prefix, headers, f"{base}404.html"))
        else:
            parts += [_location(f"{base}{code}/", headers, f"{base}{code}/404.html") for code in edition.catalog.codes]
            parts.append(_location(base, headers, f"{base}404.html"))
    return [Output("nginx.conf.inc", "\n".join(parts).encode("ascii"))]


def _types() -> str:
    """Return the type of each ending; nginx adds the character set itself."""
    lines = [f"    {value.removesuffix(_CHARSET)} {ending.removeprefix('.')};" for ending, value in TYPES.items()]
    marked = {value.removesuffix(_CHARSET) for value in TYPES.values() if value.endswith(_CHARSET)}
    named = " ".join(sorted(marked - {"text/html"}))
    types = "\n".join(lines)
    default = UNTYPED.removesuffix(_CHARSET)
    return f"charset utf-8;\ncharset_types {named};\ndefault_type {default};\ntypes {{\n{types}\n}}\n"


def _redirects(edition: Edition, base: str) -> str:
    lines = []
    for redirect in edition.plan.redirects:
        ends = ("", "/", "/index.html") if redirect.address.endswith("/") else ("",)
        there = _quoted(target_url(redirect, base))
        lines += [f"location = {base}{redirect.source}{end} {{ return 301 {there}; }}\n" for end in ends]
    return "".join(lines)


def _quoted(text: str) -> str:
    """Return a text as a string of nginx, in which no sign means more than itself."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "%24") + '"'


def _location(prefix: str, headers: Mapping[str, str], not_found: str) -> str:
    """Return a part of the site; nginx adds no headers from outside to a part that has its own."""
    lines = [f"location {prefix} {{"]
    lines += [f'    add_header {name} "{value}" always;' for name, value in headers.items()]
    lines += ["    index index.html;", f"    error_page 404 {not_found};", "    try_files $uri $uri/ =404;", "}", ""]
    return "\n".join(lines)

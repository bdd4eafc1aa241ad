"""Owns what a host says with each file: the policy, how long it may be kept, who may read it, its type.

The exports for hosts, the preview server and the frame of the pages all take it from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ASSETS = "static/"
"""Folder of the files whose name changes with their bytes."""
RELEASES = "data/releases/"
"""Folder of what is published once and never changed."""
RELEASE_INDEX = "data/releases/index.json"
"""The one file there that grows."""
IDENTIFIERS = "id/"
"""Folder of the permanent addresses."""
DATA = "data/"

_POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self' data:",
    "manifest-src": "'self'",
    # no script of ours asks for more, but what judges a page from within it reads robots.txt
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
"""What a page may load and where it may send: nothing but the site itself, nothing inline."""
_LOADING = ("style-src", "script-src", "img-src", "manifest-src", "connect-src")
FOR_EVER = "public, max-age=31536000, immutable"
"""For files that never change under their name."""
SHORT = "public, max-age=300, stale-while-revalidate=86400"
"""For pages and the newest data: a change is seen within minutes, and a slow network shows the last state at once."""
TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".bib": "text/plain; charset=utf-8",
    ".cff": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".inc": "text/plain; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown; charset=utf-8",
    ".png": "image/png",
    ".sqlite": "application/vnd.sqlite3",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}
"""Type by ending: hosts guess the newer ones wrongly, and without a character set Cyrillic is garbled."""
UNTYPED = "text/plain; charset=utf-8"
"""Type of a file without an ending: checksums and notes."""


def policy(origin: str = "") -> str:
    """Return the content security policy; `origin` is another host of the same files, for a page that links to it."""
    parts = (
        f"{name} {sources}{f' {origin}' if origin and name in _LOADING else ''}" for name, sources in _POLICY.items()
    )
    return "; ".join(parts)


def everywhere() -> Mapping[str, str]:
    """Return the headers of every file."""
    return {
        "Content-Security-Policy": policy(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


def ending(path: str) -> str:
    """Return the ending of a file name with its dot; empty where there is none."""
    stem, dot, last = path.rpartition("/")[2].rpartition(".")
    return dot + last if stem else ""


def content_type(path: str) -> str:
    """Return the type of a file."""
    suffix = ending(path)
    return TYPES.get(suffix, "application/octet-stream") if suffix else UNTYPED


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the site whose files get the same headers beside their type."""

    prefix: str
    """Begin of the paths below the site; the longest that fits counts; empty: all others."""
    headers: Mapping[str, str]


_SHARED = {"Access-Control-Allow-Origin": "*"}
_AREAS = (
    Area(ASSETS, {"Cache-Control": FOR_EVER}),
    Area(RELEASES, {"Cache-Control": FOR_EVER, **_SHARED}),
    Area(RELEASE_INDEX, {"Cache-Control": SHORT, **_SHARED}),
    Area(DATA, {"Cache-Control": SHORT, **_SHARED}),
    Area(IDENTIFIERS, {"Cache-Control": SHORT, **_SHARED}),
    Area("", {"Cache-Control": SHORT}),
)


def areas() -> tuple[Area, ...]:
    """Return every area, the longer prefix before the shorter."""
    return tuple(sorted(_AREAS, key=lambda area: (-len(area.prefix), area.prefix)))


def headers_of(path: str) -> dict[str, str]:
    """Return every header of a file, its type included."""
    area = next(area for area in areas() if path.startswith(area.prefix))
    return {"Content-Type": content_type(path), **everywhere(), **area.headers}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a `_headers` file: an address with at most one `*`, and what is said there."""

    address: str
    headers: Mapping[str, str]

    def fits(self, path: str) -> bool:
        """Whether the rule speaks of a file; `*` stands for anything, slashes too."""
        before, star, after = self.address.removeprefix("/").partition("*")
        if not star:
            return path == before
        return len(path) >= len(before) + len(after) and path.startswith(before) and path.endswith(after)


def rules(paths: Iterable[str]) -> tuple[Rule, ...]:
    """Return rules for the files of a site in which no file gets a header twice.

    Hosts add up the rules that fit and join what is said twice with a comma, so the areas must not overlap: an
    area that holds another is written out folder by folder, down to the files beside it.
    """
    paths = sorted(set(paths))
    found = [Rule("/*", everywhere())]
    for suffix in sorted({ending(path) for path in paths} & set(TYPES)):
        found.append(Rule(f"/*{suffix}", {"Content-Type": TYPES[suffix]}))
    named = (path for path in paths if not ending(path) and not path.startswith(("_", ".")))
    found += [Rule(f"/{path}", {"Content-Type": UNTYPED}) for path in named]
    prefixes = [area.prefix for area in areas()]
    for area in sorted(areas(), key=lambda item: item.prefix):
        mine = [path for path in paths if path.startswith(area.prefix)]
        inner = [name for name in prefixes if name != area.prefix and name.startswith(area.prefix)]
        for address in sorted(_split(area.prefix, mine, inner)):
            found.append(Rule(address, area.headers))
    return tuple(found)


def _split(prefix: str, paths: Iterable[str], inner: list[str]) -> set[str]:
    """Return the addresses that make up an area without the areas inside it."""
    if not inner:
        return {f"/{prefix}*"} if any(True for _ in paths) else set()
    addresses: set[str] = set()
    for path in paths:
        if path in inner:
            continue
        rest = path.removeprefix(prefix)
        folder = f"{prefix}{rest.split('/')[0]}/"
        if "/" not in rest:
            addresses.add(f"/{path}")
            if rest == "index.html":
                addresses.add(f"/{prefix}")
        elif not any(name.startswith(folder) for name in inner):
            addresses.add(f"/{folder}*")
        elif folder not in inner:
            addresses |= _split(folder, [path], [name for name in inner if name.startswith(folder)])
    return addresses

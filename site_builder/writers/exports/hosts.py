"""What Netlify, Cloudflare and GitLab read from the folder that they publish: `_headers` and `_redirects`."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.page import Redirect
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.plan.hosting import rules


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return ["_headers", "_redirects"]


def write(edition: Edition) -> Iterable[Output]:
    return [Output("_headers", _headers(edition)), Output("_redirects", _redirects(edition))]


def _headers(edition: Edition) -> bytes:
    """Return the rules for headers; these hosts always serve the folder as the root of a host."""
    paths = {*edition.plan.files, *(page.path for page in edition.plan.pages)}
    blocks = []
    for rule in rules(paths):
        lines = [rule.address, *(f"  {name}: {value}" for name, value in rule.headers.items())]
        blocks.append("\n".join(lines))
    return ("\n\n".join(blocks) + "\n").encode("ascii")


def _redirects(edition: Edition) -> bytes:
    """Return the rules for redirects, from the root of the host: GitLab wants the folder of the project in them."""
    base = base_path(edition.base_url)
    lines = [f"{base}{redirect.address} {target_url(redirect, base)} 301\n" for redirect in edition.plan.redirects]
    return "".join(lines).encode("ascii")


def base_path(base_url: str) -> str:
    """Return the folder of the host below which the site stands, with a slash at both ends."""
    return urlsplit(base_url).path or "/"


def target_url(redirect: Redirect, base: str) -> str:
    """Return where a redirect leads: an address on this host from its root, or a full one."""
    return redirect.target if redirect.is_elsewhere else base + redirect.target.removesuffix("index.html")

"""What a phone needs to put the site on its first screen: `manifest.webmanifest`, one for all languages."""

from __future__ import annotations

import json
from collections.abc import Iterable

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages.languages import MANIFEST

ICONS = (("icon.svg", "any", "image/svg+xml"), ("icon-192.png", "192x192", "image/png"))
SKY, PAPER = "#2a86d1", "#fdfcfa"
"""The strip at the top of each page, and its ground."""


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return [MANIFEST]


def write(edition: Edition) -> Iterable[Output]:
    catalog, assets = edition.catalog, edition.theme.assets
    names = list(catalog.text(catalog.site, "title").by_language.values())
    manifest = {
        "name": " · ".join(names),
        "short_name": names[0],
        "id": "index.html",
        "start_url": "index.html",
        "scope": "./",
        "display": "browser",
        "theme_color": SKY,
        "background_color": PAPER,
        "icons": [{"src": assets[name], "sizes": sizes, "type": kind} for name, sizes, kind in ICONS if name in assets],
    }
    return [Output(MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode())]

"""Earlier releases, byte for byte at the addresses of their days, and the index of all of them."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.record import Catalog
from site_builder.nouns.release import ADDRESS, INDEX
from site_builder.nouns.schema import Schemas
from site_builder.readers.release_format import index_bytes


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return [ADDRESS + INDEX, *(release.path(name) for release in catalog.releases for name in release.files)]


def write(edition: Edition) -> Iterable[Output]:
    yield Output(ADDRESS + INDEX, index_bytes(edition.releases))
    for release in edition.releases:
        for name, content in sorted(release.files.items()):
            yield Output(release.path(name), content)

"""The static files of the theme, each under a name that changes with its bytes."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return theme.assets.values()


def write(edition: Edition) -> Iterable[Output]:
    theme = edition.theme
    return [Output(path, theme.published[name]) for name, path in theme.assets.items()]

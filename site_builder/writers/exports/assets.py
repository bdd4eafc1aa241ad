"""The static files of the theme, as they are."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return [f"static/{path}" for path in sorted(theme.static)]


def write(edition: Edition) -> Iterable[Output]:
    return [Output(f"static/{path}", content) for path, content in sorted(edition.theme.static.items())]

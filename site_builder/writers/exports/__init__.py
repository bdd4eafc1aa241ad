"""Exports: files beside the pages. An export is a file here, found by being here.

An export has `plan_files(catalog, schemas, theme)` with every path it will write, and `write(edition)`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import Protocol, cast

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.nouns.spread import Piece


class Export(Protocol):
    """What a file in this folder offers."""

    def plan_files(self, catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
        """Yield the paths of the files that it writes."""
        ...

    def write(self, edition: Edition) -> Iterable[Output]:
        """Yield the files."""
        ...


@cache
def exports() -> tuple[Export, ...]:
    """Return every export, by the name of its file."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(cast(Export, importlib.import_module(f"{__name__}.{name}")) for name in names)


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterator[str]:
    """Yield the path of every file beside the pages."""
    for export in exports():
        yield from export.plan_files(catalog, schemas, theme)


def to_export(edition: Edition) -> list[Piece]:
    """Return the making of all files beside the pages, a piece an export."""
    return [partial(_written, export, edition) for export in exports()]


def _written(export: Export, edition: Edition) -> list[Output]:
    return list(export.write(edition))

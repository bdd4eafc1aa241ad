"""Page kinds: what stands on each kind of page. A kind is a file here, found by being here.

A kind has TEMPLATE, `plan_pages(catalog, schemas)` and `view(voice)`; its name is that of the file with hyphens.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, cast

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.voice import Voice


class Kind(Protocol):
    """What a file in this folder offers."""

    TEMPLATE: str

    def plan_pages(self, catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
        """Yield the pages of this kind."""
        ...

    def view(self, voice: Voice) -> dict[str, Any]:
        """Return what the template shows: at least `title` and `description`."""
        ...


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every page kind by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = {name.replace("_", "-"): importlib.import_module(f"{__name__}.{name}") for name in names}
    return {name: cast(Kind, module) for name, module in modules.items() if hasattr(module, "plan_pages")}


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterator[Page]:
    """Yield every page of the site."""
    for kind in kinds().values():
        yield from kind.plan_pages(catalog, schemas)


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to a page."""

    href: str
    name: str


def in_languages(kind: str, subject: str, folder: str, catalog: Catalog) -> Iterator[Page]:
    """Yield a page in each language at the same slug below `<lang>/`."""
    for code in catalog.codes:
        path = "/".join(part for part in (code, folder, "index.html") if part)
        yield Page(kind, subject, code, path)

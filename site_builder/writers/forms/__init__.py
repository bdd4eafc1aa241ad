"""Forms: in which files the published tables are written. A form is a file here, found by being here.

A form has `plan_files(catalog, schemas)` with the name of every file below `data/latest/` that it will write, and
`write(dataset)` with the files. What it writes speaks of the tables only: not of other forms, not of the pages. One
that shares no lines of CSV or JSON with others, rows alone, may say `APART = True`: it can be made at the same time.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from typing import Protocol, cast

from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.dataset import Dataset

File = tuple[str, bytes]
"""Name below `data/latest/` and content."""


class Form(Protocol):
    """What a file in this folder offers."""

    def plan_files(self, catalog: Catalog, schemas: Schemas) -> Iterable[str]:
        """Yield the names of the files that it writes."""
        ...

    def write(self, dataset: Dataset) -> Iterable[File]:
        """Yield the files."""
        ...


def forms() -> tuple[Form, ...]:
    """Return every form, by the name of its file."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(cast(Form, importlib.import_module(f"{__name__}.{name}")) for name in names)

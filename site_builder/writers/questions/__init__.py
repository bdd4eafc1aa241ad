"""Questions that the data answers. A question is a file here, found by being here; its name is that of the file.

A question has `SQL`, one select statement on the published tables as they stand in the database, and `NEEDS`, the
names of the tables that it reads. The day of the data stands in the table `about`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from typing import Protocol, cast


class Question(Protocol):
    """What a file in this folder offers."""

    SQL: str
    """A select statement without a semicolon at its end."""
    NEEDS: tuple[str, ...]
    """Tables without which it cannot be asked."""


def questions() -> Mapping[str, Question]:
    """Return every question by name, sorted."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return {name: cast(Question, importlib.import_module(f"{__name__}.{name}")) for name in names}

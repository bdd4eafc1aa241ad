"""Report formats: one emitter a file, found by being here; each has `emit(report)`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from site_builder.nouns.diagnostic import Diagnostic
from site_builder.shell.wording import Wording


@dataclass(frozen=True)
class Report:
    """The findings of a run with what it takes to show them."""

    findings: tuple[Diagnostic, ...]
    wording: Wording
    language: str
    lines: Mapping[str, list[str]]
    """Lines of the files that findings point to, by the name of the file."""
    waived: int = 0
    """Number of findings that waivers took out."""


Emit = Callable[[Report], str]


def formats() -> dict[str, Emit]:
    """Return every format by name; `text` comes first."""
    names = sorted((module.name for module in pkgutil.iter_modules(__path__)), key=lambda name: (name != "text", name))
    return {name: importlib.import_module(f"{__name__}.{name}").emit for name in names}

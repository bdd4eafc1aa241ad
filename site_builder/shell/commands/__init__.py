"""Commands of the program; each is a file here, found by being there, with a click command named `command`."""

from __future__ import annotations

import importlib
import pkgutil

import click


def commands() -> tuple[click.Command, ...]:
    """Return every command in this folder, by the name of its file."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names if not name.startswith("_")]
    return tuple(module.command for module in modules)

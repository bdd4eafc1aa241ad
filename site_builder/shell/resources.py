"""Owns where the folders of a project are found: here, else as they travel with the installed program."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def found_folder(name: str) -> Path:
    """Return a folder of the project, else the one that travels with the installed program."""
    local = Path(name)
    if local.is_dir():
        return local
    top = Path(name).parts[0]
    bundled = Path(str(resources.files("site_builder"))) / "_bundled" / name
    return bundled if bundled.is_dir() else Path(top) if top == name else local

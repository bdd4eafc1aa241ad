"""Owns how the program was called, for sentences that name another of its commands."""

from __future__ import annotations

import sys
from pathlib import Path

import click


def called() -> str:
    """Return what stands before the name of a command: build.py starts the program as a module of its environment."""
    context = click.get_current_context(silent=True)
    name = context.find_root().command_path if context else "site-builder"
    in_its_environment = Path("build.py").is_file() and Path(sys.prefix).resolve() == Path(".venv").resolve()
    return "python3 build.py" if in_its_environment and " -m " in name else name

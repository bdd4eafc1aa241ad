"""Commands of the program; each is a file here, found by being there, with a click command named `command`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping

import click


class Commands(Mapping[str, click.Command]):
    """Every command by its name, loaded when it is asked for: who has a rule explained needs no writer of workbooks."""

    def __init__(self) -> None:
        names = (module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
        self._files = {name.replace("_", "-"): name for name in sorted(names)}

    def __getitem__(self, name: str) -> click.Command:
        module = importlib.import_module(f"{__name__}.{self._files[name]}")
        assert isinstance(module.command, click.Command), f"{module.__name__} has no command"
        return module.command

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

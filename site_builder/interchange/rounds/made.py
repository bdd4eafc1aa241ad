"""Owns what an import makes: the file of an update and what is reported in a row, each value with its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.interchange.rounds.cells import Place
from site_builder.writers.yaml_text import Value

Path = tuple[str | int, ...]
"""Where a value stands in a file: keys, and numbers of items."""


@dataclass
class Made:
    """A file of an update with the cells that it was made of."""

    path: str
    """Path below the content."""
    text: str
    origins: Mapping[Path, Place]
    rows: Mapping[str, Place]
    """The row by the full id of what it reports on."""


@dataclass
class Item:
    """What is reported in one row, and the evidence for it."""

    place: Place
    values: dict[str, Value] = field(default_factory=dict)
    origins: dict[Path, Place] = field(default_factory=dict)
    evidence: list[Value] = field(default_factory=list)

    def put(self, value: Value | None, at: Place, *path: str | int) -> None:
        """Put a value in its place; an empty one is not there, but what is missing is missing at its cell."""
        self.origins[path] = at
        for end in range(1, len(path)):
            self.origins.setdefault(path[:end], at)
        if value is None:
            return
        inner = self.values
        for step in path[:-1]:
            inner = inner.setdefault(str(step), {})  # type: ignore[assignment]
        inner[str(path[-1])] = value

    @property
    def is_empty(self) -> bool:
        return not self.values and not self.evidence

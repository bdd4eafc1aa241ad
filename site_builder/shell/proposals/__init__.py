"""Forms in which a proposed change is told: a file each, found by being here; each has `emit(proposal, languages)`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from site_builder.writers.proposals.sections import Section
from site_builder.writers.proposals.telling import Proposal

Emit = Callable[[Proposal, tuple[str, ...]], str]


LEAST = 500
"""Characters for which there must be room before another thing is begun."""


@dataclass
class Room:
    """What a text for people may still hold: what is cut off is counted and said."""

    characters: int
    lines: int
    """Of one list."""
    things: int
    """Of which changes are told."""
    more: Callable[[int], str]
    """Says how many more there are."""

    def some(self, told: Iterable[str]) -> Iterator[str]:
        """Yield the lines for which there is room, then how many more there are."""
        left = 0
        for place, one in enumerate(told):
            if place >= self.lines or len(one) > self.characters:
                left += 1
            else:
                self.characters -= len(one)
                yield one
        if left:
            yield self.more(left)

    def sections(self, told: Iterable[Section], tell: Callable[[Section], Iterable[str]]) -> Iterator[str]:
        """Yield the blocks of the things for which there is room, then how many more changes there are."""
        left = 0
        for place, section in enumerate(told):
            self.characters -= len(section.title) + len(section.href)
            if place >= self.things or self.characters < LEAST:
                left += len(section.lines)
            else:
                yield from tell(section)
        if left:
            yield self.more(left)


def forms() -> dict[str, Emit]:
    """Return every form by name; `text` comes first."""
    names = sorted((module.name for module in pkgutil.iter_modules(__path__)), key=lambda name: (name != "text", name))
    return {name: importlib.import_module(f"{__name__}.{name}").emit for name in names}

"""Owns what a build makes: a path and the bytes that stand there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

LATEST = "data/latest/"
"""Folder of the newest data below the site."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a file weighs, and by what it is known to be whole."""

    bytes: int
    sha256: str


def weight_of(content: bytes) -> Weight:
    """Return what a content weighs."""
    return Weight(len(content), sha256(content).hexdigest())


@dataclass(frozen=True)
class Output:
    """A file of the built site."""

    path: str
    """Path below the output folder, with forward slashes."""
    content: bytes

    @cached_property
    def weight(self) -> Weight:
        """What the file weighs; its bytes are read through once for all that tell of it."""
        return weight_of(self.content)

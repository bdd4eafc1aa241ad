"""Owns what a build makes: a path and the bytes that stand there."""

from __future__ import annotations

from dataclasses import dataclass

LATEST = "data/latest/"
"""Folder of the newest data below the site."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a file weighs, and by what it is known to be whole."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the built site."""

    path: str
    """Path below the output folder, with forward slashes."""
    content: bytes

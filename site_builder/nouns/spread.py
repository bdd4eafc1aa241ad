"""Owns what pieces of work are that need nothing of each other: who does them, and how many at once, is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from site_builder.nouns.output import Output

Piece = Callable[[], list[Output]]
"""Work that makes some files of a site; it may remember, but nobody may rely on what another piece remembers."""
Spread = Callable[[Iterable[Piece]], Iterable[list[Output]]]
"""How pieces are done; the files come in the order of the pieces."""


def in_turn(pieces: Iterable[Piece]) -> Iterable[list[Output]]:
    """Do pieces one after another."""
    return (piece() for piece in pieces)

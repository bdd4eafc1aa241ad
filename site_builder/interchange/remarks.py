"""Owns what an import has to say: one remark a place, with its kind and values; the words stand in the messages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that could not be taken over, or that stops the import; its words are `import.<kind>`."""

    kind: str
    values: tuple[tuple[str, str], ...] = ()
    row: int = 0
    """Line of the file on which the row begins, 0 where no row is meant."""
    commitment: str = ""
    column: str = ""


def remark(kind: str, *, row: int = 0, commitment: str = "", column: str = "", **values: object) -> Remark:
    """Return a remark; `values` fill the placeholders of its words."""
    told = tuple(sorted((name, str(value)) for name, value in values.items()))
    return Remark(kind, told, row, commitment, column)

"""Owns the tree of a YAML file: text with positions in mappings and lists; refuses to know any type."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Scalar:
    """Text as it was typed; lines and columns count from 1."""

    text: str
    line: int
    column: int
    end_line: int
    end_column: int
    style: str = "plain"
    comment_column: int = 0
    """Column of a ` #` that follows the text on its line, 0 where there is none."""


@dataclass(slots=True)
class Mapping:
    """Keys and values in the order of the file."""

    line: int
    column: int
    flow: bool = False
    entries: list[tuple[Scalar, Node]] = field(default_factory=list)
    spoiled: set[str] = field(default_factory=set)
    """Keys whose value could not be used and was reported: nothing more is said of them."""
    end: tuple[int, int] = (0, 0)
    """Line and column behind the bracket that closes a flow mapping."""


@dataclass(slots=True)
class Sequence:
    """Items in the order of the file."""

    line: int
    column: int
    flow: bool = False
    items: list[Node] = field(default_factory=list)
    end: tuple[int, int] = (0, 0)
    """Line and column behind the bracket that closes a flow list."""


type_names = {Scalar: "text", Mapping: "mapping", Sequence: "list"}
Node = Scalar | Mapping | Sequence

"""Owns what the data answers to a question on one day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, as the published database gives it."""

    question: str
    """Name of the question."""
    sql: str
    """The statement that was run, or that could be run if all tables were there."""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    """Every row, with values as the database holds them."""
    unpublished: tuple[str, ...] = ()
    """Tables that it needs and nobody publishes; then it was not asked."""
    lacking: tuple[str, ...] = ()
    """Columns in which the answer would stand, where none of the rows has a value in any of them."""
    empty: tuple[str, ...] = ()
    """Tables that it needs and in which there is no row."""

    @property
    def is_given(self) -> bool:
        """Whether the data answers: with rows, or by having none where the data is there."""
        return not self.unpublished and not self.lacking and bool(self.rows or not self.empty)

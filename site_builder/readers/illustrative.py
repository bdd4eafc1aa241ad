"""Owns which records are demonstrations: what nobody marked is one where anything that it rests on is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from site_builder.nouns.record import Cell
from site_builder.readers.drafts import Draft
from site_builder.readers.layout import MARK

Key = tuple[str, str]


def mark_illustrative(drafts: Iterable[Draft]) -> None:
    """Fill the mark of every record that has none of its own; references are full and keys are joined."""
    marked = [draft for draft in drafts if MARK in draft.table.by_name]
    marks = _Marks({(draft.table.name, draft.id): draft for draft in marked})
    for draft in marked:
        if MARK not in draft.cells and MARK not in draft.spoiled:
            draft.cells[MARK] = Cell(marks.rests_on_one(draft), draft.location)


@dataclass(frozen=True)
class _Marks:
    """The records that can be illustrative, and what was found out about each."""

    drafts: Mapping[Key, Draft]
    known: dict[Key, bool] = field(default_factory=dict)

    def rests_on_one(self, draft: Draft) -> bool:
        """Whether anything that a record refers to, near or far, is illustrative."""
        key = (draft.table.name, draft.id)
        if key not in self.known:
            self.known[key] = False
            self.known[key] = any(self._is_one(below) or self.rests_on_one(below) for below in self._below(draft))
        return self.known[key]

    def _is_one(self, draft: Draft) -> bool:
        own = draft.cells.get(MARK)
        return bool(own.value) if own else self.rests_on_one(draft)

    def _below(self, draft: Draft) -> Iterator[Draft]:
        for column, target in draft.table.reference_of.items():
            cell = draft.cells.get(column)
            if cell is not None and (target, cell.value) in self.drafts:
                yield self.drafts[target, cell.value]

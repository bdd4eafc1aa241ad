"""Owns when deadlines were moved and which deadline was known on a day; refuses to judge a move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.nouns.record import Catalog, Cell, Record


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline that was moved, as a report says."""

    reported_on: date
    old: Cell
    """Deadline before."""
    new: Cell
    """Deadline after."""
    record: Record
    """The row of date_changes, with reason and decision."""

    @property
    def after_due(self) -> bool:
        """Whether it was reported only when the old deadline had passed already."""
        return bool(self.reported_on > self.old.value)


def moves_of(catalog: Catalog) -> Mapping[str, tuple[Move, ...]]:
    """Return the moves by milestone in the order of their reports; on the same day the later id counts."""
    found: dict[str, list[tuple[date, str, Move]]] = {}
    for change in catalog.rows("date_changes"):
        update = catalog.find("updates", change.get("update_id") or "")
        reported, old, new = (
            update and update.get("reported_on"),
            change.cells.get("old_due"),
            change.cells.get("new_due"),
        )
        if reported and old and new:
            move = Move(reported, old, new, change)
            found.setdefault(change.get("milestone_id"), []).append((reported, change.id, move))
    return {
        milestone: tuple(move for _, _, move in sorted(moves, key=lambda entry: entry[:2]))
        for milestone, moves in found.items()
    }


def due_on(milestone: Record, moves: tuple[Move, ...], day: date) -> Cell | None:
    """Return the deadline as it was known on a day.

    That is the newest move reported by then; before the first move the date that it replaced; of a milestone that
    no report moved the current date as written, else the adopted one.
    """
    known = [move for move in moves if move.reported_on <= day]
    if known:
        return known[-1].new
    if moves:
        return moves[0].old
    return milestone.cells.get("due_current") or milestone.cells.get("due_baseline")

"""Owns where comments stand: each goes to the entry that it describes and moves with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.readers.yaml_tree import Scalar
from site_builder.writers.canonical.planting import Block, Slot, in_file_order

_HASH = re.compile(r"(?:^|(?<=[ \t]))#")
_ALL = 1_000_000_000
"""Behind the end of any line."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment and its place."""

    text: str
    line: int
    column: int
    alone: bool
    """Nothing else stands on its line."""
    spaced: bool
    """An empty line stands above it."""

    @property
    def place(self) -> tuple[int, int]:
        return self.line, self.column


def comments_of(lines: Sequence[str], slots: Sequence[Slot]) -> list[Comment]:
    """Return all comments of a file: what follows a `#` outside of its texts."""
    covered = _covered(slots)
    found = []
    for number, line in enumerate(lines, 1):
        spans = covered.get(number, ())
        for match in _HASH.finditer(line):
            column = match.start() + 1
            if not any(start <= column < end for start, end in spans):
                text = line[match.start() :].rstrip()
                alone = not line[: match.start()].strip()
                found.append(Comment(text, number, column, alone, alone and _below_empty_line(lines, number)))
                break
    return found


def _covered(slots: Sequence[Slot]) -> dict[int, list[tuple[int, int]]]:
    """Return the columns that texts fill, by line."""
    covered: dict[int, list[tuple[int, int]]] = {}
    for slot in slots:
        for scalar in (slot.key, slot.value):
            if isinstance(scalar, Scalar):
                for line, start, end in _spans(scalar):
                    covered.setdefault(line, []).append((start, end))
    return covered


def _spans(scalar: Scalar) -> Iterator[tuple[int, int, int]]:
    if scalar.style in ("literal", "folded"):
        # behind the sign on the first line a comment may stand
        yield scalar.line, scalar.column, scalar.column + 1
        first, last = scalar.line + 1, scalar.end_line
    elif scalar.line == scalar.end_line:
        yield scalar.line, scalar.column, scalar.end_column
        return
    else:
        yield scalar.line, scalar.column, _ALL
        first, last = scalar.line + 1, scalar.end_line
    for line in range(first, last):
        yield line, 0, _ALL
    if last > scalar.line:
        yield last, 0, scalar.end_column


def place_comments(lines: Sequence[str], root: Block) -> list[str]:
    """Give every comment and every empty line to the entry it belongs to; return those that head the file."""
    slots = in_file_order(root)
    waiting = comments_of(lines, slots)
    for at, slot in enumerate(slots):
        while waiting and waiting[0].place < (slot.line, slot.column):
            _place(waiting.pop(0), slots[at - 1] if at else None, slot, root)
        begins_line = at == 0 or slots[at - 1].line != slot.line
        if begins_line and _below_empty_line(lines, slot.line):
            slot.leading.append("")
    while waiting:
        _place(waiting.pop(0), slots[-1] if slots else None, None, root)
    return _header(slots[0]) if slots else []


def _below_empty_line(lines: Sequence[str], number: int) -> bool:
    return number > 1 and not lines[number - 2].strip()


def _header(first: Slot) -> list[str]:
    """Take from the first entry the comments that an empty line parts from it: they are about the file."""
    if "" not in first.leading[1:]:
        return []
    cut = len(first.leading) - first.leading[::-1].index("")
    header, first.leading = first.leading[:cut], first.leading[cut:]
    return header


def _put(lines: list[str], comment: Comment) -> None:
    lines += ["", comment.text] if comment.spaced else [comment.text]


def _place(comment: Comment, before: Slot | None, after: Slot | None, root: Block) -> None:
    """Give a comment to the entry on its line, to the one below it, or to the block at whose end it stands."""
    if before is not None:
        same_line = _on_line(before, comment)
        if same_line is not None and not comment.alone and not same_line.trailing:
            same_line.trailing = comment.text
            return
        if isinstance(before.value, Scalar) and comment.place < (before.value.line, before.value.column):
            _put(before.leading, comment)
            return
        if same_line is not None and not comment.alone:
            _put(same_line.leading, comment)
            return
    block = _ended(comment, before, after)
    if block is None and after is not None:
        _put(after.leading, comment)
    else:
        _put((block or root).tail, comment)


def _on_line(slot: Slot, comment: Comment) -> Slot | None:
    """Return the entry that stands on the line of a comment behind it; a bracket that has closed counts as a whole."""
    holder = slot.holder
    while holder is not None and holder.flow and holder.owner is not None and holder.end <= comment.place:
        slot, holder = holder.owner, holder.owner.holder
    value = slot.value
    ends = value.end_line if isinstance(value, Scalar) else value.end[0] if value.flow else slot.line
    return slot if comment.line in (slot.line, ends) else None


def _ended(comment: Comment, before: Slot | None, after: Slot | None) -> Block | None:
    """Return the block at whose end a comment stands; none where it stands above the next entry."""
    if before is None:
        return None
    outside = after.column if after is not None else 0
    holder = before.value if isinstance(before.value, Block) else before.holder
    while holder is not None:
        if holder.flow:
            inside = (holder.line, holder.column) < comment.place < holder.end
            if inside and (after is None or holder.end <= (after.line, after.column)):
                return holder
        elif holder.slots and outside < holder.column <= comment.column:
            return holder
        holder = holder.owner.holder if holder.owner is not None else None
    return None

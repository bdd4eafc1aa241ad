"""Owns how the tree of a file becomes lines: two spaces a level, one form for each kind of value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from site_builder.nouns.schema import Field
from site_builder.readers.yaml_tree import Scalar
from site_builder.writers.canonical.planting import Block, Slot
from site_builder.writers.canonical.sources import broken_lines, escaped_in
from site_builder.writers.yaml_scalars import LONGEST, WIDTH, is_plain, is_retyped, quoted, text_lines

_FIGURES = re.compile(r"-?[0-9][0-9.-]*")
"""A number or a date, in a field that holds one."""
_GAP = "  "
"""What parts a comment from the value before it."""


def render(root: Block, header: Sequence[str], lines: Sequence[str]) -> str:
    """Return the text of a file; `lines` are those from which its tree was read."""
    top = _spaced(header)
    body = list(_Writer(lines).block(root, 0))
    return "".join(f"{line}\n" for line in [*top, *([""] if top else []), *body])


def _spaced(comments: Sequence[str]) -> list[str]:
    """Return comments with no empty line at either end and no two in a row."""
    kept: list[str] = []
    for line in comments:
        if line or (kept and kept[-1]):
            kept.append(line)
    return kept[:-1] if kept and not kept[-1] else kept


class _Writer:
    """Writes the blocks of one file."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines

    def block(self, block: Block, indent: int) -> Iterator[str]:
        """Yield the lines of a mapping or a list, then the comments at its end."""
        for place, slot in enumerate(block.slots):
            above, entry = (self._item if block.is_list else self._entry)(slot, indent)
            yield from _comments(above, indent, first=place == 0)
            yield from entry
        yield from _comments(block.tail, indent, first=not block.slots)

    def _entry(self, slot: Slot, indent: int) -> tuple[list[str], list[str]]:
        """Return the comments above an entry of a mapping, and its lines."""
        assert slot.key is not None, "an entry of a mapping has a key"
        margin, name = " " * indent, _key(slot.key)
        value = slot.value
        if isinstance(value, Scalar):
            first, *more = self._scalar(slot, value, indent + 2, used=indent + len(name) + 2)
        elif (flow := self._flow(value, indent + 2, indent + len(name) + 2)) is not None:
            return _flow_entry(slot, [f"{margin}{name}: {flow[0]}", *flow[1:]])
        else:
            first, more = "", list(self.block(value, indent + 2))
        return slot.leading, [_with_comment(f"{margin}{name}: {first}".rstrip(), slot.trailing), *more]

    def _item(self, slot: Slot, indent: int) -> tuple[list[str], list[str]]:
        """Return the comments above an item of a list, and its lines; those on its first key stand above the dash."""
        margin, value = " " * indent, slot.value
        if isinstance(value, Scalar):
            first, *more = self._scalar(slot, value, indent + 2, used=indent + 2)
            return slot.leading, [_with_comment(f"{margin}- {first}", slot.trailing), *more]
        if (flow := self._flow(value, indent + 2, indent + 2)) is not None:
            return _flow_entry(slot, [f"{margin}- {flow[0]}", *flow[1:]])
        above = [*slot.leading, *([slot.trailing] if slot.trailing else []), *_taken_above(value)]
        first, *more = self.block(value, indent + 2)
        return above, [f"{margin}- {first.lstrip(' ')}", *more]

    def _flow(self, block: Block, indent: int, used: int) -> list[str] | None:
        """Return a list of codes between brackets, if it fits on its line or was typed so; None for a block."""
        if not block.slots and not block.tail:
            return ["[]" if block.is_list else "{}"]
        if not block.is_list or block.tail:
            return None
        words = [self._in_flow(slot) for slot in block.slots]
        if not all(words):
            return None
        line = f"[{', '.join(words)}]"
        if used + len(line) <= (LONGEST if block.flow else WIDTH):
            return [line]
        if not block.flow:
            return None
        return _wrapped_flow(words, indent, used)

    def _in_flow(self, slot: Slot) -> str:
        """Return an item as it stands between brackets; empty where it cannot stand there."""
        value = slot.value
        if not isinstance(value, Scalar) or slot.is_text or any(slot.leading) or slot.trailing:
            return ""
        if is_plain(value.text, in_flow=True) and not is_retyped(value.text):
            return value.text
        if " " in value.text or not value.text.isascii() or not value.text.isprintable():
            return ""
        return quoted(value.text)

    def _scalar(self, slot: Slot, value: Scalar, indent: int, *, used: int) -> list[str]:
        """Return the lines of a value; the first one follows its key or dash."""
        text = plain_text(value)
        is_words = slot.is_text and (value.style != "plain" or slot.role is None)
        if not is_words and _stands_plain(slot.role, text):
            return [text]
        escaped = escaped_in(value, self.lines)
        if slot.is_text or " " in text:
            return text_lines(text, indent, used, escaped=escaped, broken=broken_lines(value, self.lines))
        return [quoted(text, escaped=escaped)]


def _flow_entry(slot: Slot, lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the comments above a list between brackets, and its lines; within the brackets no comment can stand."""
    if len(lines) == 1:
        return slot.leading, [_with_comment(lines[0], slot.trailing)]
    return [*slot.leading, *([slot.trailing] if slot.trailing else [])], lines


def _wrapped_flow(words: Sequence[str], indent: int, used: int) -> list[str]:
    """Return a list between brackets on several lines."""
    lines, line, room = [], "[", WIDTH - used
    for place, word in enumerate(words):
        piece = f"{word}," if place < len(words) - 1 else f"{word}]"
        gap = "" if line == "[" else " "
        if len(line) + len(gap) + len(piece) > room and line != "[":
            lines.append(line)
            line, gap, room = " " * indent, "", WIDTH
        line += gap + piece
    return [*lines, line]


def plain_text(scalar: Scalar) -> str:
    """Return the text of a scalar as the reader takes it: the line end of a block text is none of it."""
    return scalar.text.rstrip("\n") if scalar.style in ("literal", "folded") else scalar.text


def _stands_plain(role: Field | None, text: str) -> bool:
    """Whether a code, a number or a date stands without quotes."""
    if role is not None and (role.type in ("date", "integer", "number") or role.partial_date):
        return _FIGURES.fullmatch(text) is not None or (is_plain(text) and not is_retyped(text))
    if role is not None and role.type == "boolean" and text in ("true", "false"):
        return True
    return is_plain(text) and not is_retyped(text)


def _key(key: Scalar) -> str:
    plain = key.style == "plain" and not is_retyped(key.text)
    return key.text if plain else quoted(key.text)


def _taken_above(block: Block) -> list[str]:
    """Take the comments of the first entry of a block, and of what stands first in it."""
    if not block.slots:
        return []
    first = block.slots[0]
    taken, first.leading = first.leading, []
    inner = first.value
    return [*taken, *(_taken_above(inner) if block.is_list and isinstance(inner, Block) else [])]


def _comments(comments: Sequence[str], indent: int, *, first: bool) -> Iterator[str]:
    """Yield comments at the level of what they describe; at most one empty line, none at the start of a block."""
    kept = _spaced(comments)
    if comments and not comments[0] and not first:
        yield ""
    for line in kept:
        yield f"{' ' * indent}{line}" if line else ""
    if kept and not comments[-1]:
        yield ""


def _with_comment(line: str, comment: str) -> str:
    return f"{line}{_GAP}{comment}" if comment else line

"""Owns what changes a text when it is written again: each such change is a value that can be shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from site_builder.nouns.diagnostic import Diagnostic, Location
from site_builder.readers.yaml_tree import Scalar
from site_builder.writers.canonical.planting import Slot
from site_builder.writers.canonical.sources import typed

_SPACES = re.compile("(?<! )  +(?! )")
_NO_BREAK = "\u00a0"
_STRUCTURE = re.compile(r"[ \u00a0]*(?:- *)?\Z")
"""What stands before a value or a key where only spaces belong."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of what is read, at its place in the file as it was."""

    kind: str
    location: Location
    old: str
    new: str


Mend = Callable[[Slot, str], Iterator[tuple[str, int, str, str]]]
"""Yields what is to be changed in a text of an entry: kind, place in the text, old and new; places run upwards."""


def composed(_slot: Slot, text: str) -> Iterator[tuple[str, int, str, str]]:
    """Yield the words that are not in Unicode normal form NFC."""
    if not unicodedata.is_normalized("NFC", text):
        for match in re.finditer(r"\S+", text):
            new = unicodedata.normalize("NFC", match.group())
            if new != match.group():
                yield "composed", match.start(), match.group(), new


def single_spaced(_slot: Slot, text: str) -> Iterator[tuple[str, int, str, str]]:
    """Yield spaces at either end, and two in a row in a text of one line; between backticks they may have a meaning."""
    inner = text.strip()
    start = len(text) - len(text.lstrip())
    if inner and start:
        yield "spaces", 0, text[:start], ""
    if "\n" not in inner and "`" not in inner:
        for match in _SPACES.finditer(inner):
            yield "spaces", start + match.start(), match.group(), " "
    if inner and start + len(inner) < len(text):
        yield "spaces", start + len(inner), text[start + len(inner) :], ""


def mend_texts(slots: Sequence[Slot], mends: Sequence[Mend], file: str, lines: Sequence[str]) -> Iterator[Repair]:
    """Mend the texts that people write, never an id, a code or an address; yield each change."""
    for slot in slots:
        value = slot.value
        if not slot.is_text or not isinstance(value, Scalar):
            continue
        for mend in mends:
            changes = list(mend(slot, _content(value)))
            cursor = (value.line, 1)
            for kind, _, old, new in changes:
                cursor = _find(value, lines, old, cursor)
                yield Repair(kind, Location(file, *cursor), old, new)
                cursor = (cursor[0], cursor[1] + len(old))
            for _, at, old, new in reversed(changes):
                value.text = value.text[:at] + new + value.text[at + len(old) :]


def _content(value: Scalar) -> str:
    return value.text.rstrip("\n") if value.style in ("literal", "folded") else value.text


def _find(value: Scalar, lines: Sequence[str], old: str, after: tuple[int, int]) -> tuple[int, int]:
    """Return line and column of a piece of a text, at or behind a place; the beginning where it is spelt otherwise."""
    for number, start, part in typed(value, lines):
        begin = max(0, after[1] - start) if number == after[0] else 0
        if number >= after[0] and (at := part.find(old, begin)) >= 0:
            return number, start + at
    return (value.line, value.column) if after[1] == 1 else after


def replace_no_break_spaces(file: str, text: str, findings: Sequence[Diagnostic]) -> tuple[str, list[Repair]]:
    """Put normal spaces where findings point to no-break spaces between the parts of YAML, never within a text."""
    lines = text.split("\n")
    repairs = []
    for finding in findings:
        place = finding.location
        if finding.name != "no-break-space" or place.line > len(lines):
            continue
        line, at = lines[place.line - 1], place.column - 1
        if line[at : at + 1] != _NO_BREAK or not _is_structure(line, at):
            continue
        lines[place.line - 1] = f"{line[:at]} {line[at + 1 :]}"
        repairs.append(Repair("no_break_space", Location(file, place.line, place.column), _NO_BREAK, " "))
    return "\n".join(lines), repairs


def _is_structure(line: str, at: int) -> bool:
    """Whether only YAML stands around a place: an indentation, or the space beside the colon of a key."""
    before, after = line[:at], line[at + 1 :]
    return bool(
        _STRUCTURE.fullmatch(before)
        or re.fullmatch(r"[ \u00a0]*(?:- +)*[\w.-]+[ \u00a0]*:[ \u00a0]*", before)
        or (re.fullmatch(r"[ \u00a0]*(?:- +)*[\w.-]+[ \u00a0]*", before) and re.match(r"[ \u00a0]*:(?:\s|$)", after))
    )

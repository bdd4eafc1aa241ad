"""Owns what of a text only its spelling in the file tells: typed escapes, and where a character of it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from site_builder.readers.yaml_tree import Scalar

_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([^xuU]))", re.DOTALL)
_NAMED = {"_": "\u00a0", "N": "\u0085", "L": "\u2028", "P": "\u2029"}


def typed(scalar: Scalar, lines: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return the lines of a text as they were typed, each with its number and the column where it begins."""
    parts = []
    for number in range(scalar.line, min(scalar.end_line, len(lines)) + 1):
        start = scalar.column if number == scalar.line else 1
        end = scalar.end_column if number == scalar.end_line else None
        parts.append((number, start, lines[number - 1][start - 1 : end - 1 if end is not None else None]))
    return parts


def escaped_in(scalar: Scalar, lines: Sequence[str]) -> frozenset[str]:
    """Return the characters of a text that somebody typed by their number, on purpose: they stay so."""
    if scalar.style != "double":
        return frozenset()
    written = "\n".join(part for _, _, part in typed(scalar, lines))
    found = set()
    for match in _ESCAPE.finditer(written):
        number = match[1] or match[2] or match[3]
        char = chr(int(number, 16)) if number else _NAMED.get(match[4], "")
        if not char.isascii():
            found.add(char)
    return frozenset(found)


def broken_lines(scalar: Scalar, lines: Sequence[str]) -> list[str]:
    """Return the lines of a folded text as they were typed, without their indentation; none for any other text."""
    if scalar.style != "folded":
        return []
    written = [lines[number - 1].strip(" ") for number in range(scalar.line + 1, scalar.end_line)]
    while written and not written[-1]:
        written.pop()
    return written

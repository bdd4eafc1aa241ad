"""Owns how one text is written in YAML, so that every reader of YAML reads it as it was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

WIDTH = 100
"""Characters of a line of text that is wrapped here, as far as words allow."""
LONGEST = 110
"""Characters up to which a line stays that somebody else has broken: a corrected word then changes one line."""

_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
"""What an editor cannot see or YAML refuses: written by its number, between double quotes."""
_SINGLE_SPACE = re.compile("(?<! ) (?! )")
_NAMED = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_PLAIN = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_./:%?=&+~#@,;()-]*[A-Za-z0-9_/)])?")
"""An id, a code, an address or a number; it needs no quotes unless another reader sees something else in it."""
_IN_FLOW = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_./+~@-]*[A-Za-z0-9_])?")
"""The same between brackets, where more characters have a meaning."""
_WORDS = frozenset({"", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<"})
"""Words that YAML 1.1 or 1.2 reads as a truth value, as nothing or as an instruction, in any case."""
_FIGURES = re.compile(r"[-+.]?[0-9][0-9A-Fa-fxXoO_.,:eE+-]*(?:[tT ][0-9:. zZ+-]+)?|[-+]?\.(?:inf|nan)", re.IGNORECASE)
"""What some reader takes for a number, a time or a date: 0261556, 12:30, 1e3, 1_000, 1.10, 0x1F, 2019-08-01."""


def is_retyped(text: str) -> bool:
    """Whether some reader of YAML, of any version or language, makes of a plain text something else than a text."""
    return is_word_of_yaml(text) or _FIGURES.fullmatch(text) is not None


def is_word_of_yaml(text: str) -> bool:
    """Whether a text without quotes means yes, no or nothing to some reader."""
    return text.lower() in _WORDS


def is_plain(text: str, *, in_flow: bool = False) -> bool:
    """Whether a text may stand without quotes, as far as its characters go."""
    return (_IN_FLOW if in_flow else _PLAIN).fullmatch(text) is not None


def text_lines(
    text: str, indent: int, used: int, *, escaped: frozenset[str] = frozenset(), broken: Sequence[str] = ()
) -> list[str]:
    """Return a text: on the line of its key where it fits, folded where it is one paragraph, else line by line.

    `used` is what stands before it on the first line, `indent` where further lines begin. The characters in
    `escaped` are written by their number, as are all that cannot be seen. `broken` are the lines of a folded text
    as somebody typed them, with empty lines between paragraphs; they stay if they are short enough.
    """
    on_one_line = quoted(text, escaped=escaped)
    if "\n" not in text and len(broken) < 2 and len(on_one_line) + used <= (WIDTH if broken else LONGEST):
        return [on_one_line]
    lines = text.split("\n")
    if _needs_escape(text, escaped) or not lines[0] or not lines[-1] or any(line != line.strip() for line in lines):
        return [on_one_line]
    margin = " " * indent
    if len(lines) > 1 and not broken:
        return ["|-", *(f"{margin}{line}" if line else "" for line in lines)]
    if _unbroken(broken) != text or any(indent + len(line) > LONGEST for line in broken):
        broken = [line for place, one in enumerate(lines) for line in _paragraph(one, WIDTH - indent, first=not place)]
    return [">-", *(f"{margin}{line}" if line else "" for line in broken)]


def _unbroken(lines: Sequence[str]) -> str:
    """Return what is read of the lines of a folded text."""
    paragraphs = [""]
    for line in lines:
        if not line:
            paragraphs.append("")
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {line}" if paragraphs[-1] else line
    return "\n".join(paragraphs)


def _paragraph(text: str, width: int, *, first: bool) -> list[str]:
    return [*([] if first else [""]), *(line for line in _wrapped(text, width) if line)]


def _needs_escape(text: str, escaped: frozenset[str]) -> bool:
    return bool(_UNSEEN.search(text)) or any(char in escaped for char in text)


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a paragraph; it is broken at single spaces only, as folding gives back no others."""
    line = ""
    for word in _SINGLE_SPACE.split(text):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def quoted(text: str, *, escaped: frozenset[str] = frozenset()) -> str:
    """Return a text in straight double quotes, on one line."""
    return '"' + "".join(_escape(char, escaped) for char in text) + '"'


def _escape(char: str, escaped: frozenset[str]) -> str:
    if char in _NAMED:
        return _NAMED[char]
    if char not in escaped and not _UNSEEN.match(char):
        return char
    number = ord(char)
    return f"\\x{number:02X}" if number < 0x100 else f"\\u{number:04X}" if number < 0x10000 else f"\\U{number:08X}"

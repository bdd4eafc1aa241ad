"""Owns what other readers of YAML make of a text without quotes; ours takes it as it was typed.

YAML 1.1 and 1.2 read `no`, `0261556`, `12:30` and `1.10` as false, 90990, 750 and 1.1.
"""

from __future__ import annotations

import re

_SUSPECT = re.compile(r"[-+.]?[0-9]|(?:yes|no|on|off|true|false|null)\Z|[-+]?\.(?:inf|nan)\Z", re.IGNORECASE)
_TRUE = frozenset({"yes", "on", "true"})
_FALSE = frozenset({"no", "off", "false"})
_BASES = (("0b", 2), ("0o", 8), ("0x", 16))
_OLD_OCTAL = re.compile(r"0[0-7]+")
_SIXTIES = re.compile(r"[1-9][0-9]*(?::[0-5]?[0-9])+")
_WHOLE = re.compile(r"[0-9]+")
_REAL = re.compile(r"(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]{1,3})?")
LONGEST = 40
"""Characters of a text that is looked at: no number is longer."""


def as_word(text: str) -> str:
    """Return true, false or null where a reader takes a text for it, else nothing."""
    lower = text.lower()
    if lower in _TRUE:
        return "true"
    return "false" if lower in _FALSE else "null" if lower == "null" else ""


def as_number(text: str) -> str:
    """Return the number that a reader makes of a text, empty where it makes none or the very same figures."""
    if len(text) > LONGEST or not _SUSPECT.match(text):
        return ""
    sign, figures = ("-" if text[0] == "-" else ""), text.lstrip("+-").replace("_", "")
    if text[1:2] in ("+", "-"):
        return ""
    read = _read(figures)
    return f"{sign}{read}" if read and f"{sign}{read}" != text else ""


def is_suspect(text: str) -> bool:
    """Whether a text may be read as something else at all; most are not."""
    return _SUSPECT.match(text) is not None


def _read(figures: str) -> str:
    for start, base in _BASES:
        if figures.lower().startswith(start):
            try:
                return str(int(figures[2:], base))
            except ValueError:
                return ""
    if _OLD_OCTAL.fullmatch(figures):
        return str(int(figures, 8))
    if _WHOLE.fullmatch(figures):
        return str(int(figures))
    if _SIXTIES.fullmatch(figures):
        total = 0
        for part in figures.split(":"):
            total = total * 60 + int(part)
        return str(total)
    if _REAL.fullmatch(figures):
        number = float(figures)
        return str(int(number)) if number.is_integer() and "e" in figures.lower() and number < 1e15 else str(number)
    return ""

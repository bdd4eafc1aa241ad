"""Owns what is the same in every language of a text: its numbers, codes and links; knows no language."""

from __future__ import annotations

import re
from functools import lru_cache

_ADDRESS = re.compile(r"https?://[^\s)>\]]+")
_TARGET = re.compile(r"\]\(\s*<?([^)\s>]+)")
_RUN = re.compile(r"\d+(?:[ ,.’'\u00a0\u202f]\d+)*")
"""Numbers with what may stand between their groups: several where they follow each other."""
_GROUPS = re.compile(r"(?<!\d)\d{1,3}(?:([ ,.’'\u00a0\u202f])\d{3})(?:\1\d{3})*(?!\d)")
_MARK = re.compile(r"[A-Z]+[0-9][A-Z0-9]*")
"""A code of letters and digits, whatever ending a language hangs on it: MN0035, MN0035-ын."""
REMEMBERED = 8_000
"""Texts that are remembered: the next change leaves most of them as they are."""
_BEFORE = "/.-_"
"""What stands inside an address or a name of a file before such a code."""


@lru_cache(REMEMBERED)
def numbers_of(text: str) -> frozenset[str]:
    """Return the numbers of a text in one form: 1,200 and 1 200 are 1200, 07 is 7, 1,5 is 1.5."""
    text = _without_addresses(text)
    return frozenset(
        _plain(number)
        for run in _RUN.finditer(text)
        if not text[: run.start()][-1:].isalpha()
        for number in re.split(r"[^\d.,]|[.,](?!\d)", _GROUPS.sub(_joined, run[0]))
        if number
    )


def _joined(group: re.Match[str]) -> str:
    return re.sub(r"\D", "", group[0])


def _plain(number: str) -> str:
    whole, *rest = re.split(r"[.,]", number)
    return ".".join((whole.lstrip("0") or "0", *rest))


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub(" ", text) if "://" in text else text


@lru_cache(REMEMBERED)
def marks_of(text: str) -> frozenset[str]:
    """Return the codes of a text that are made of capital letters and digits."""
    text = _without_addresses(text)
    return frozenset(
        mark[0]
        for mark in _MARK.finditer(text)
        if not (before := text[mark.start() - 1 : mark.start()]).isalnum() and (not before or before not in _BEFORE)
    )


@lru_cache(REMEMBERED)
def links_of(text: str) -> frozenset[str]:
    """Return the addresses of a text and the targets of its links."""
    return frozenset(
        found.rstrip(".,;:") for found in (*_TARGET.findall(text), *_ADDRESS.findall(_TARGET.sub(" ", text)))
    )

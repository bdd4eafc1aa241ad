"""Owns the guess of what was meant among known names; refuses to guess without a good likeness."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from site_builder.readers.lookalikes import latin_lookalike

SHORT = 3
"""Letters of a name in which one other letter makes another name: `moh` and `mof`."""


def closest(written: str, known: Iterable[str]) -> str:
    """Return the known name that was most likely meant, empty where none is near."""
    names = sorted(set(known))
    latin = latin_lookalike(written)
    by_lower = {name.lower().replace("_", "-"): name for name in names}
    exact = by_lower.get(latin.strip().lower().replace("_", "-").replace(" ", "-"))
    if exact:
        return exact
    for plain in dict.fromkeys((latin.lower(), written.lower())):
        near = difflib.get_close_matches(plain, names, n=1, cutoff=0.6 if len(plain) > SHORT else 0.76)
        if near and not _misleads(plain, near[0]):
            return near[0]
    return ""


def _misleads(written: str, guess: str) -> bool:
    """Whether a guess is another thing: `not_done` for `done`, `ogp-mn0064` for `ogp-mn0044`."""
    parts = re.split(r"[-_]", guess)
    other_number = re.sub(r"\d", "0", written) == re.sub(r"\d", "0", guess)
    return other_number or (len(parts) > 1 and written in parts)


def has_lookalike(written: str, known: Iterable[str]) -> bool:
    """Whether the text is a known name but for Cyrillic letters that look like Latin ones."""
    return not written.isascii() and latin_lookalike(written) in set(known)

"""Owns what the name of a file was meant to be, where an id cannot be written like that; refuses to know any kind."""

from __future__ import annotations

import re
from itertools import takewhile

from site_builder.readers.lookalikes import latin_lookalike

_PARTS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def meant_path(path: str) -> str:
    """Return the path with names that can be ids in place of those that cannot: `MOF`, `c05 (1)`, `с05` in Cyrillic.

    Empty where nothing of a name is left, or only a number.
    """
    folder, *names = path.removesuffix(".yaml").split("/")
    meant = [_plain(name) for name in names]
    kept = all(new == old or re.search("[a-z]", new) for old, new in zip(names, meant, strict=True))
    better = "/".join([folder, *meant]) + ".yaml"
    return better if kept and better != path else ""


def _plain(name: str) -> str:
    """Return a name as an id has it, else what stands before the first word that no id can have."""
    small = re.sub(r"[\s_]+", "-", name.strip().lower())
    whole = latin_lookalike(small)
    return whole if _PARTS.fullmatch(whole) else "-".join(takewhile(_PARTS.fullmatch, small.split("-")))

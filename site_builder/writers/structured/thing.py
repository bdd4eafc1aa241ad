"""Owns what all things in the words of schema.org have in common: a shape without gaps, texts without markup."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

Thing = Mapping[str, Any]
"""What is said of one thing, by property."""


def without_gaps(thing: Thing) -> dict[str, Any]:
    """Return a thing without what is not known, nested things too."""
    filled = {key: _filled(value) for key, value in thing.items()}
    return {key: value for key, value in filled.items() if value not in (None, "", [], {})}


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return without_gaps(value)
    return [_filled(item) for item in value] if isinstance(value, list) else value


def plain(text: object) -> str:
    """Return a text without its markup."""
    return text.striptags() if isinstance(text, Markup) else str(text)

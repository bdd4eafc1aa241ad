"""Owns what the pages of rules share: which languages explain them, how code and messages are shown."""

from __future__ import annotations

from markupsafe import Markup, escape

from site_builder.nouns.record import Catalog


def speaking(catalog: Catalog) -> tuple[str, ...]:
    """Return the languages of the site in which the program explains its rules."""
    return tuple(code for code in catalog.codes if code in catalog.rulebook.languages)


def in_code(text: str) -> Markup:
    """Return a message with the words that it quotes from a file as code."""
    parts = str(escape(text)).split("`")
    return Markup("".join(f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts)))

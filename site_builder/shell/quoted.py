"""Owns how what others wrote stands in Markdown: every character is seen and none of it means anything there."""

from __future__ import annotations

import re
from html import escape

from site_builder.shell.reports import visible

_CODE = re.compile(r"`([^`\n]+)`")
_MARKS = re.compile(r"[\\`*_\[\]|~#@$^{}=]|:(?=//)|(?<=www)\.")
"""What Markdown could take for a command, a mention, the number of an issue or an address."""
_ENDS_A_NAME = frozenset("#@:.")
"""Marks after which a host looks for a name even where they were written as numbers."""


def quoted(text: str) -> str:
    """Return a text on one line in which only pairs of backticks mean something: what they hold is code."""
    parts = _CODE.split(visible(text))
    return "".join(f"<code>{_marked(part)}</code>" if place % 2 else _marked(part) for place, part in enumerate(parts))


def _marked(text: str) -> str:
    return _MARKS.sub(_numbered, escape(text, quote=False))


def _numbered(mark: re.Match[str]) -> str:
    return f"&#{ord(mark.group())};{'<!-- -->' if mark.group() in _ENDS_A_NAME else ''}"

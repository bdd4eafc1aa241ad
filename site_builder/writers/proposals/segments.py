"""Owns sentences as runs of words that were taken out, put in or stayed; refuses to know how these are marked."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from markupsafe import escape

from site_builder.nouns.text import brief

LONGEST = 400
"""Characters of a run that are shown."""
_TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")
_MARKS = {"del": "del", "s": "del", "ins": "ins", "code": "code"}


class Segment(NamedTuple):
    """A run of words."""

    mark: str
    """`del`: taken out; `ins`: put in; `code`: a name as it is typed; empty: said around them."""
    text: str


def segments(said: str) -> tuple[Segment, ...]:
    """Return the runs of what was said for a page; text that is no markup is one run."""
    found: list[Segment] = []
    open_: list[str] = []
    markup, at = str(escape(said)), 0
    for tag in _TAG.finditer(markup):
        _add(found, open_[-1] if open_ else "", markup[at : tag.start()])
        at = tag.end()
        if tag[2] in _MARKS and tag[1]:
            open_.pop()
        elif tag[2] in _MARKS:
            open_.append(_MARKS[tag[2]])
    _add(found, open_[-1] if open_ else "", markup[at:])
    return tuple(found)


def _add(found: list[Segment], mark: str, escaped: str) -> None:
    """Add a run; one that goes on with the same mark becomes longer, and white space is never marked."""
    text = unescape(escaped)
    words = brief(text, LONGEST)
    before, after = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
    if mark and words:
        _put(found, "", before)
        _put(found, mark, words)
        _put(found, "", after)
    else:
        _put(found, "", f"{before}{words}{after}" if words else before)


def _put(found: list[Segment], mark: str, text: str) -> None:
    if not text:
        return
    if found and found[-1].mark == mark:
        found[-1] = Segment(mark, found[-1].text + text)
    else:
        found.append(Segment(mark, text))

"""Owns Markdown: what may be used, which links it holds, how it becomes HTML; HTML in it stays text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PROSE = (
    MarkdownIt("commonmark", {"html": False, "linkify": False})
    .enable("table")
    .disable(["image", "html_block", "html_inline"])
)
_FIELD = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "html_block", "html_inline", "heading", "lheading", "hr", "code"]
)
_HEADING = re.compile(r"^#\s+(.+?)\s*$", re.MULTILINE)
_UNSAFE = re.compile(r"\]\([ \t]*(?:<[ \t]*)?([a-zA-Z][\w+.-]*:[^)>\s]*)")

_PLAIN = re.compile(r"(?![-+#>=\s]|\d+[.)])[^\\`*_\[\]<>&!~|\n\x00]+(?<!\s)")
"""One line in which nothing is marked up: most texts are, and need no parser."""

Resolve = Callable[[str], str]
"""Turns the target of a link into an address."""
Explain = Callable[[str], Iterable[tuple[int, int, str]]]
"""Tells which stretches of a text are explained elsewhere: start, end, address, in order."""


def _nothing(_text: str) -> Iterable[tuple[int, int, str]]:
    return ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a Markdown text: its target as written and the line in the text, from 0."""

    target: str
    line: int


def links(text: str, *, prose: bool = False) -> Iterator[Link]:
    """Yield the links of a text, those that the reader refuses (`javascript:`) included."""
    if "[" in text or "<" in text:
        yield from _links(text, prose=prose)


@lru_cache(maxsize=4_000)
def _links(text: str, *, prose: bool) -> tuple[Link, ...]:
    """Return the links of a text; the next change leaves most texts as they are."""
    return tuple(_found(text, prose=prose))


def _found(text: str, *, prose: bool) -> Iterator[Link]:
    kept = set()
    for token in (_PROSE if prose else _FIELD).parse(text):
        for child in token.children or ():
            if child.type == "link_open":
                target = str(child.attrs["href"])
                kept.add(target)
                yield Link(target, token.map[0] if token.map else 0)
    for number, line in enumerate(text.split("\n")):
        for match in _UNSAFE.finditer(line):
            if match.group(1) not in kept and not match.group(1).lower().startswith(("http:", "https:")):
                yield Link(match.group(1), number)


def title(text: str) -> str:
    """Return the first heading of a page of prose, empty where it has none."""
    match = _HEADING.search(text)
    return match.group(1) if match else ""


def render_prose(text: str, resolve: Resolve, *, explain: Explain = _nothing) -> str:
    """Return the HTML of a page of prose without its first heading."""
    return _render(_PROSE, _HEADING.sub("", text, count=1), resolve, explain)


def render_field(text: str, resolve: Resolve, *, explain: Explain = _nothing) -> str:
    """Return the HTML of a text field: paragraphs, lists, emphasis, links."""
    if _PLAIN.fullmatch(text):
        tokens = _explained([Token("text", "", 0, content=text)], explain)
        return "<p>" + str(_FIELD.renderer.render(tokens, _FIELD.options, {})) + "</p>"
    return _render(_FIELD, text, resolve, explain)


def plain_field(text: str) -> str:
    """Return the words of a text field on one line, without their Markdown."""
    if _PLAIN.fullmatch(text):
        return text
    lines = (token.children or () for token in _FIELD.parse(text) if token.type == "inline")
    spoken = ("".join(child.content or " " * child.type.endswith("break") for child in line) for line in lines)
    return " ".join(" ".join(spoken).split())


def _render(parser: MarkdownIt, text: str, resolve: Resolve, explain: Explain) -> str:
    tokens = parser.parse(text)
    in_heading = False
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            in_heading = token.type == "heading_open"
        elif token.children:
            _resolve(token.children, resolve)
            if not in_heading:
                token.children = _explained(token.children, explain)
    return str(parser.renderer.render(tokens, parser.options, {})).strip()


def _explained(tokens: list[Token], explain: Explain) -> list[Token]:
    """Return inline tokens with a link around each stretch of text that is explained elsewhere."""
    told: list[Token] = []
    inside = 0
    for token in tokens:
        inside += (token.type == "link_open") - (token.type == "link_close")
        told.extend(_linked(token, explain) if token.type == "text" and not inside else [token])
    return told


def _linked(token: Token, explain: Explain) -> Iterator[Token]:
    text, done = token.content, 0
    for start, end, address in explain(text):
        yield Token("text", "", 0, content=text[done:start])
        yield Token("link_open", "a", 1, attrs={"class": "term", "href": address})
        yield Token("text", "", 0, content=text[start:end])
        yield Token("link_close", "a", -1)
        done = end
    yield Token("text", "", 0, content=text[done:]) if done else token


def _resolve(tokens: list[Token], resolve: Resolve) -> None:
    for token in tokens:
        if token.type == "link_open":
            target = str(token.attrs["href"])
            token.attrs["href"] = resolve(target)
            if target.startswith(("http://", "https://")):
                token.attrs["rel"] = "external"

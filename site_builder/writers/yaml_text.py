"""Owns how a record is written as YAML: block mappings, texts in quotes or folded, as our reader reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Union

WIDTH = 100
"""Characters of a line of text, as far as words allow."""

_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_./:%?=&+~-]*[A-Za-z0-9_/])?")
_NOT_PLAIN = frozenset({"null", "Null", "NULL"})
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""What an editor cannot see or YAML refuses: written by its number, between double quotes."""
_NAMED = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


@dataclass(frozen=True, slots=True)
class Code:
    """An id, a code or an address: it stands without quotes where YAML lets it."""

    text: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A value with a comment on the lines above it."""

    value: Value
    comment: str


Value = Union[str, Code, int, bool, date, Decimal, Noted, Mapping[str, "Value"], Sequence["Value"]]  # noqa: UP007


def yaml_text(tree: Mapping[str, Value]) -> str:
    """Return a mapping as the text of a YAML file; nothing in it is left out but empty lists and mappings."""
    return "".join(f"{line}\n" for line in _mapping(tree, 0))


def _mapping(tree: Mapping[str, Value], indent: int) -> Iterator[str]:
    for key, value in tree.items():
        yield from _entry(key, value, indent)


def _entry(key: str, value: Value, indent: int) -> Iterator[str]:
    margin = " " * indent
    if isinstance(value, Noted):
        yield from (f"{margin}# {line}".rstrip() for line in value.comment.split("\n"))
        value = value.value
    name = key if _KEY.fullmatch(key) and key not in _NOT_PLAIN else _quoted(key)
    if isinstance(value, Mapping):
        if value:
            yield f"{margin}{name}:"
            yield from _mapping(value, indent + 2)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if value:
            yield from _list(name, value, indent)
    else:
        first, *more = _scalar(value, indent, used=indent + len(name) + 2)
        yield f"{margin}{name}: {first}"
        yield from more


def _list(name: str, items: Sequence[Value], indent: int) -> Iterator[str]:
    margin = " " * indent
    if all(isinstance(item, Code) for item in items):
        line = f"{margin}{name}: [{', '.join(_in_flow(item) for item in items)}]"
        if len(line) <= WIDTH:
            yield line
            return
    yield f"{margin}{name}:"
    for item in items:
        if isinstance(item, Mapping):
            first, *more = _mapping(item, indent + 4)
            yield f"{margin}  - {first.lstrip(' ')}"
            yield from more
        else:
            first, *more = _scalar(item, indent + 2, used=indent + 4)
            yield f"{margin}  - {first}"
            yield from more


def _in_flow(item: Value) -> str:
    """Return a code between brackets, where more characters have a meaning."""
    assert isinstance(item, Code)
    return (
        item.text
        if re.fullmatch(r"[A-Za-z][A-Za-z0-9_.-]*", item.text) and not _refused(item.text)
        else _quoted(item.text)
    )


def _refused(text: str) -> bool:
    return text in _NOT_PLAIN


def _scalar(value: Value, indent: int, *, used: int) -> list[str]:
    """Return the lines of a value that is no list and no mapping; the first one follows its key."""
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, date):
        return [value.isoformat()]
    if isinstance(value, Code):
        plain = _PLAIN.fullmatch(value.text) and not _refused(value.text)
        return [value.text] if plain else [_quoted(value.text)]
    if isinstance(value, (int, Decimal)):
        return [str(value)]
    assert isinstance(value, str), value
    return _text(value, indent + 2, used)


def _text(text: str, indent: int, used: int) -> list[str]:
    """Return a text: on the line of its key where it fits, folded where it is one paragraph, else line by line."""
    quoted = _quoted(text)
    if "\n" not in text and len(quoted) + used <= WIDTH:
        return [quoted]
    lines = text.split("\n")
    if _UNSEEN.search(text) or not lines[0] or not lines[-1] or any(line != line.strip() for line in lines):
        return [quoted]
    margin = " " * indent
    if len(lines) > 1:
        return ["|-", *(f"{margin}{line}" if line else "" for line in lines)]
    if "  " in text:
        return [quoted]
    return [">-", *(f"{margin}{line}" for line in _wrapped(text, WIDTH - indent))]


def _wrapped(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _quoted(text: str) -> str:
    """Return a text in straight double quotes, on one line."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in _NAMED:
        return _NAMED[char]
    if not _UNSEEN.match(char):
        return char
    number = ord(char)
    return f"\\x{number:02X}" if number < 0x100 else f"\\u{number:04X}"

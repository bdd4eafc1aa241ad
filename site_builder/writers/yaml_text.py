"""Owns how a record is written as YAML: block mappings, texts in quotes or folded, as our reader reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Union

from site_builder.writers.yaml_scalars import WIDTH, is_plain, is_word_of_yaml, quoted, text_lines

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_SHOWN = frozenset("\u00a0")
"""What looks like a space and is none is shown by its number in what nobody has typed."""


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
    name = key if _KEY.fullmatch(key) and not is_word_of_yaml(key) else quoted(key)
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
    plain = is_plain(item.text, in_flow=True) and not is_word_of_yaml(item.text) and not item.text[0].isdigit()
    return item.text if plain else quoted(item.text)


def _scalar(value: Value, indent: int, *, used: int) -> list[str]:
    """Return the lines of a value that is no list and no mapping; the first one follows its key."""
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, date):
        return [value.isoformat()]
    if isinstance(value, Code):
        plain = is_plain(value.text) and not is_word_of_yaml(value.text)
        return [value.text] if plain else [quoted(value.text)]
    if isinstance(value, (int, Decimal)):
        return [str(value)]
    assert isinstance(value, str), value
    return text_lines(value, indent + 2, used, escaped=_SHOWN)

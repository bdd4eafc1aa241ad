"""What the tests of the canonical form share: a style, and judges that know nothing of the writer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import yaml
from ruamel.yaml import YAML

from site_builder.nouns.schema import Field
from site_builder.readers.drafts import Draft, Grammar
from site_builder.readers.layout import file_kind
from site_builder.readers.records import read_file
from site_builder.readers.yaml_composer import parse_yaml
from site_builder.readers.yaml_tree import Scalar
from site_builder.writers.canonical import Formatted, Style, canonical
from site_builder.writers.canonical.planting import Block, Planter

QUOTED = frozenset({"unquoted-word", "unquoted-number"})
"""Findings that the canonical form mends."""
COMMITMENT = "plans/p1/commitments/c01.yaml"


def formatted(text: str | bytes, style: Style, path: str = COMMITMENT) -> Formatted:
    content = text.encode("utf-8") if isinstance(text, str) else text
    return canonical(path, content, style, shown_as=f"content/{path}")


def reading(path: str, content: bytes, grammar: Grammar) -> tuple[Any, Any]:
    """Return what our reader reads of a file, and the names of what it finds, without any place."""
    drafts, findings = read_file(path, content, grammar, shown_as=path)
    told = Counter(
        (finding.name, finding.record, finding.field, finding.suggestion)
        for finding in findings
        if finding.name not in QUOTED
    )
    return sorted((_draft(draft) for draft in drafts), key=repr), told


def _draft(draft: Draft) -> Any:
    cells = {column: cell.value for column, cell in draft.cells.items()}
    origins = [
        (
            [field.text for field in origin.fields],
            {column: cell.value for column, cell in origin.cells.items()},
            [source.value for source in origin.sources],
        )
        for origin in draft.origins.entries
    ]
    return draft.table.name, draft.id, sorted(cells.items()), origins, sorted(draft.lists), sorted(draft.spoiled)


def other_readers(text: str, *, with_ruamel: bool = True) -> Iterator[tuple[str, Any]]:
    """Yield what readers of YAML 1.1 and 1.2 make of a text."""
    yield "YAML 1.1", yaml.load(text, Loader=yaml.CSafeLoader)
    if with_ruamel:
        yield "YAML 1.2", YAML(typ="safe", pure=True).load(text)


def assert_read_alike(path: str, text: str, style: Style, *, with_ruamel: bool = True) -> None:
    """Every reader reads the same: texts as texts, and only what the schema calls a number or a date as such."""
    root, findings = parse_yaml(path, text.encode("utf-8"))
    kind = file_kind(path)
    assert root is not None and kind is not None and not findings
    tree = Planter(style.schemas, style.languages).plant(root, kind[0])
    for name, other in other_readers(text, with_ruamel=with_ruamel):
        _assert_same(tree, other, f"{path}, {name}")


def _assert_same(ours: Block, other: Any, where: str) -> None:
    if ours.is_list:
        assert isinstance(other, list) and len(other) == len(ours.slots), where
        pairs = list(zip(ours.slots, other, strict=True))
    else:
        names = [slot.key.text for slot in ours.slots if slot.key]
        assert isinstance(other, dict) and list(other) == names, where
        pairs = [(slot, other[slot.key.text]) for slot in ours.slots if slot.key]
    for slot, value in pairs:
        if isinstance(slot.value, Scalar):
            assert _is_same(slot.value.text, value, slot.role), (where, slot.value, value)
        else:
            _assert_same(slot.value, value, where)


def _is_same(text: str, value: Any, role: Field | None) -> bool:
    if isinstance(value, str):
        return value == text
    may = role is not None and (role.type != "string" or role.partial_date)
    if isinstance(value, bool):
        return may and text == str(value).lower()
    if isinstance(value, date):
        return may and value.isoformat() == text
    return may and Decimal(str(value)) == Decimal(text)

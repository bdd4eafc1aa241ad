"""What is written as YAML is read back as it was, whatever the text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.readers.yaml_composer import parse_yaml
from site_builder.readers.yaml_tree import Mapping, Node, Scalar
from site_builder.writers.yaml_scalars import WIDTH
from site_builder.writers.yaml_text import Code, Noted, Value, yaml_text

TEXTS = st.one_of(
    st.text(max_size=300),
    st.text(st.sampled_from("ab :#-\"'\\\n\t>|[]{}&*!%@`~\u00a0\u2028“”0"), max_size=300),
    st.lists(st.text(st.sampled_from("abcөү -#:"), min_size=1, max_size=14), max_size=60).map(" ".join),
)


def read_back(node: Node) -> Any:
    """Return what our reader makes of a tree: texts, lists, mappings."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: read_back(value) for key, value in node.entries}
    return [read_back(item) for item in node.items]


def reread(tree: dict[str, Value]) -> Any:
    root, findings = parse_yaml("x.yaml", yaml_text(tree).encode("utf-8"))
    assert not findings, (findings, yaml_text(tree))
    assert root is not None
    return read_back(root)


@settings(max_examples=250, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_is_read_back_as_it_was(one: str, two: str) -> None:
    tree: dict[str, Value] = {"title": {"en": one, "xx": two}, "items": [one, {"note": {"en": two}, "more": [two]}]}
    assert reread(tree) == tree


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab0~:/?#[]@!$&'()*+,;= nul"), max_size=30))
def test_any_code_or_address_is_read_back_as_it_was(text: str) -> None:
    assert reread({"url": Code(text), "codes": [Code(text), Code("a")]}) == {"url": text, "codes": [text, "a"]}


def test_it_looks_as_people_write_it() -> None:
    tree: dict[str, Value] = {
        "number": 1,
        "title": {"en": "Publish every tender: in one place"},
        "brief": {"en": "word " * 30 + "end"},
        "note": {"en": "One paragraph.\n\nAnother."},
        "start_date": date(2026, 1, 15),
        "values": [Code("transparency"), Code("participation")],
        "organisations": [{"organisation": Code("moh"), "role": Code("lead")}],
        "share": Noted(Decimal("1.5"), "as the plan has it"),
        "open": True,
        "links": [],
        "no": Code("no"),
    }
    assert yaml_text(tree) == (
        "number: 1\n"
        'title:\n  en: "Publish every tender: in one place"\n'
        "brief:\n  en: >-\n    " + "word " * 18 + "word\n    " + "word " * 11 + "end\n"
        "note:\n  en: |-\n    One paragraph.\n\n    Another.\n"
        "start_date: 2026-01-15\n"
        "values: [transparency, participation]\n"
        "organisations:\n  - organisation: moh\n    role: lead\n"
        "# as the plan has it\n"
        "share: 1.5\n"
        "open: true\n"
        '"no": "no"\n'
    )
    assert all(len(line) <= WIDTH for line in yaml_text(tree).split("\n"))

"""Owns the code lists that an import brings along: those of the program, in the languages of the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from site_builder.nouns.ogp_dataset import TAGS, tag_code
from site_builder.readers.yaml_composer import parse_yaml
from site_builder.readers.yaml_tree import Mapping as Node
from site_builder.readers.yaml_tree import Scalar
from site_builder.readers.yaml_tree import Sequence as List
from site_builder.writers.yaml_text import Code, Value, yaml_text

Files = Mapping[str, bytes]


def code_lists(shipped: Files, languages: Sequence[str], *, country: str) -> Iterator[tuple[str, bytes]]:
    """Yield the shipped lists with the texts of some languages, without the codes of other countries."""
    for path, content in shipped.items():
        items = []
        for item in _items(path, content):
            tree = _tree(item, languages)
            if tree.get("country") in (None, Code(country)):
                items.append(tree)
        yield path, yaml_text({"codes": items}).encode("utf-8")


def _items(path: str, content: bytes) -> Iterator[Node]:
    root, _ = parse_yaml(path, content)
    for key, node in root.entries if root else ():
        if key.text == "codes" and isinstance(node, List):
            yield from (item for item in node.items if isinstance(item, Node))


def _tree(item: Node, languages: Sequence[str]) -> dict[str, Value]:
    tree: dict[str, Value] = {}
    for key, node in item.entries:
        if isinstance(node, Node):
            tree[key.text] = {name.text: text.text for name, text in _texts(node) if name.text in languages}
        elif isinstance(node, Scalar):
            tree[key.text] = node.text if key.text == "ogp_tag" else Code(node.text)
    return tree


def _texts(node: Node) -> Iterator[tuple[Scalar, Scalar]]:
    return ((name, text) for name, text in node.entries if isinstance(text, Scalar))


def codes_by_tag(content: bytes) -> dict[str, str]:
    """Return the codes of policy areas by OGP's column, from the list that the content has."""
    codes = {}
    for item in _items("policy_areas.yaml", content):
        told = {key.text: node.text for key, node in item.entries if isinstance(node, Scalar)}
        if told.get("code"):
            codes[told.get("ogp_tag") or told["code"]] = told["code"]
    found = {tag: codes.get(tag) or codes.get(tag_code(tag)) for tag in TAGS}
    return {tag: code for tag, code in found.items() if code}

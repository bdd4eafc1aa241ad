"""Owns the way from the files of the rulebook to rules; they travel with the program, so a mistake in them is ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from site_builder.nouns.diagnostic import Severity
from site_builder.nouns.rule import Edit, Family, Rule, Rulebook
from site_builder.readers.yaml_composer import parse_yaml
from site_builder.readers.yaml_tree import Mapping as Tree
from site_builder.readers.yaml_tree import Node, Scalar

_RULE = frozenset({"catalogue", "severity", "why", "setup", "shown", "change", "proof"})
_EDIT = frozenset({"file", "right", "wrong"})


class RulebookBroken(Exception):
    """A file of the rulebook is not as it should be; the text says where and why."""


def read_rulebook(files: Mapping[str, bytes]) -> Rulebook:
    """Return the rules of all families, by the names of their files.

    Raises RulebookBroken for a key that means nothing, a part that is missing, and a rule that stands twice.
    """
    families = tuple(_family(path.removesuffix(".yaml"), files[path]) for path in sorted(files))
    book = Rulebook(families)
    if len(book.rules) != sum(len(family.rules) for family in families):
        raise RulebookBroken("a rule stands in two families")
    return book


def _family(name: str, content: bytes) -> Family:
    root, findings = parse_yaml(name, content)
    if root is None or findings:
        raise RulebookBroken(f"{name}: {findings}")
    tree = _plain(root)
    _allow(name, tree, {"title", "rules", "left_out"})
    rules = tuple(_rule(f"{name}: {rule}", name, rule, told) for rule, told in tree["rules"].items())
    return Family(name, tree["title"], rules, tree.get("left_out", {}))


def _rule(place: str, family: str, name: str, tree: dict[str, Any]) -> Rule:
    _allow(place, tree, _RULE)
    if ("shown" in tree) == ("proof" in tree):
        raise RulebookBroken(f"{place}: needs `shown` or the `proof` of a test, and not both")
    return Rule(
        name,
        family,
        Severity(tree["severity"]),
        tuple(tree.get("catalogue", ())),
        tree["why"],
        tuple(_edit(place, edit) for edit in tree.get("shown", ())),
        tuple(_edit(place, edit) for edit in tree.get("setup", ())),
        tree.get("change") == "true",
        tree.get("proof", ""),
    )


def _edit(place: str, tree: dict[str, Any]) -> Edit:
    _allow(place, tree, _EDIT)
    return Edit(tree["file"], tree.get("right"), tree.get("wrong"))


def _allow(place: str, tree: dict[str, Any], known: frozenset[str] | set[str]) -> None:
    if unknown := tree.keys() - known:
        raise RulebookBroken(f"{place}: {', '.join(sorted(unknown))} means nothing here")


def _plain(node: Node) -> Any:
    """Return a tree as dictionaries, lists and texts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Tree):
        return {key.text: _plain(value) for key, value in node.entries}
    return [_plain(item) for item in node.items]

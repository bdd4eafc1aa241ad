"""Owns the small file that tells what the columns and the words of another office mean here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.readers.suggest import closest
from site_builder.readers.usual_words import SERIES
from site_builder.readers.yaml_composer import parse_yaml
from site_builder.readers.yaml_tree import Mapping as Node
from site_builder.readers.yaml_tree import Node as Written
from site_builder.readers.yaml_tree import Scalar, Sequence
from site_builder.writers.yaml_text import Code, Value

SKIP = "skip"
"""Stands in the file for a column or a value that is left out on purpose."""
KEYS = ("columns", "years_across", "constants", "codes", "missing", "indicators")
INDICATOR, UNIT, MULTIPLIER = "indicator", "unit", "unit_multiplier"
FACTS = (UNIT, MULTIPLIER)
"""What a row may say of its indicator: the same in all rows of one."""


@dataclass(frozen=True)
class Mapped:
    """What a mapping file says, each entry with its place."""

    columns: Mapping[str, Scalar] = field(default_factory=dict)
    """Column of ours, or `skip`, by column of the file."""
    constants: Mapping[str, Scalar] = field(default_factory=dict)
    """Value by column of ours, for all rows."""
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Code, or `skip`, by column of ours and by text of the file."""
    missing: frozenset[str] = frozenset()
    """Texts that stand for a value that is not there."""
    indicators: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    """What is known of indicators that are made, by id."""
    names: Mapping[str, Scalar] = field(default_factory=dict)
    """Where each column of the file is named, by its name."""
    years_across: Scalar | None = None
    """Where the file says that each year has a column of its own; None where it does not."""
    file: str = ""


NOTHING = Mapped()


def read_mapping(file: str, content: bytes, targets: Iterable[str]) -> tuple[Mapped, list[Diagnostic]]:
    """Return what a mapping file says and what is wrong in it; `targets` are the columns of ours."""
    root, findings = parse_yaml(file, content)
    if root is None:
        return NOTHING, findings
    parts = {key.text: (key, node) for key, node in root.entries}
    for name, (key, _) in parts.items():
        if name not in KEYS:
            findings.append(_unknown(file, key, KEYS))
    known = sorted({*targets, INDICATOR, *FACTS})
    columns = dict(_pairs(file, parts, "columns", findings))
    constants = dict(_pairs(file, parts, "constants", findings))
    for target in columns.values():
        if target.text not in (*known, SKIP):
            findings.append(_unknown(file, target, (*known, SKIP)))
    constant_keys = [key for key, _ in _entries(parts, "constants")]
    findings += [_unknown(file, key, known) for key in constant_keys if key.text not in known]
    codes: dict[str, Mapping[str, str]] = {}
    for key, node in _entries(parts, "codes"):
        if key.text not in (*known, SERIES):
            findings.append(_unknown(file, key, (*known, SERIES)))
        elif isinstance(node, Node):
            codes[key.text] = {text.text: code.text for text, code in _scalars(file, node, findings)}
        else:
            findings.append(_expected(file, key.text, node, "mapping"))
    names = {key.text: key for key, _ in _entries(parts, "columns")}
    told = _indicators(file, parts, findings)
    missing = _missing(file, parts, findings)
    across = _years_across(file, parts, findings)
    return Mapped(columns, constants, codes, missing, told, names, across, file), findings


def _entries(parts: Mapping[str, tuple[Scalar, Written]], name: str) -> list[tuple[Scalar, Written]]:
    node = parts[name][1] if name in parts else None
    return node.entries if isinstance(node, Node) else []


def _pairs(
    file: str, parts: Mapping[str, tuple[Scalar, Written]], name: str, findings: list[Diagnostic]
) -> Iterator[tuple[str, Scalar]]:
    if name in parts and not isinstance(parts[name][1], Node):
        findings.append(_expected(file, name, parts[name][1], "mapping"))
    for key, node in _entries(parts, name):
        if isinstance(node, Scalar):
            yield key.text, node
        else:
            findings.append(_expected(file, key.text, node, "text"))


def _scalars(file: str, node: Node, findings: list[Diagnostic]) -> Iterator[tuple[Scalar, Scalar]]:
    for key, item in node.entries:
        if isinstance(item, Scalar):
            yield key, item
        else:
            findings.append(_expected(file, key.text, item, "text"))


def _missing(file: str, parts: Mapping[str, tuple[Scalar, Written]], findings: list[Diagnostic]) -> frozenset[str]:
    if "missing" not in parts:
        return frozenset()
    node = parts["missing"][1]
    if not isinstance(node, Sequence):
        findings.append(_expected(file, "missing", node, "list"))
        return frozenset()
    return frozenset(item.text for item in node.items if isinstance(item, Scalar))


def _years_across(file: str, parts: Mapping[str, tuple[Scalar, Written]], findings: list[Diagnostic]) -> Scalar | None:
    if "years_across" not in parts:
        return None
    key, node = parts["years_across"]
    if not isinstance(node, Scalar):
        findings.append(_expected(file, key.text, node, "boolean"))
        return None
    if node.text not in ("true", "false"):
        values = {"value": node.text}
        findings.append(found("boolean-form", place_of(file, node), values.items(), field=key.text))
    return key if node.text == "true" else None


def _indicators(
    file: str, parts: Mapping[str, tuple[Scalar, Written]], findings: list[Diagnostic]
) -> dict[str, Mapping[str, Value]]:
    told: dict[str, Mapping[str, Value]] = {}
    for key, node in _entries(parts, "indicators"):
        value = value_of(node)
        if isinstance(value, Mapping):
            told[key.text] = value
        else:
            findings.append(_expected(file, key.text, node, "mapping"))
    return told


def value_of(node: Written) -> Value:
    """Return what a node holds, as it is written: a quoted text stays a text, anything else stands plain."""
    if isinstance(node, Node):
        return {key.text: value_of(item) for key, item in node.entries}
    if isinstance(node, Sequence):
        return [value_of(item) for item in node.items]
    return Code(node.text) if node.style == "plain" else node.text


def place_of(file: str, node: Written) -> Location:
    """Return where a node stands."""
    return Location(file, node.line, node.column)


def _unknown(file: str, name: Scalar, known: Iterable[str]) -> Diagnostic:
    names = list(known)
    values = {"key": name.text, "known": ", ".join(names)}
    return found(
        "unknown-key",
        place_of(file, name),
        values.items(),
        field=name.text,
        suggestion=closest(name.text, names),
        length=len(name.text),
    )


def _expected(file: str, key: str, node: Written, wanted: str) -> Diagnostic:
    return found("series-mapping-form", place_of(file, node), key=key, form=wanted, field=key)

"""Owns what an import knows of one indicator, and the YAML file that is made where there is none yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from site_builder.interchange.making import Tree
from site_builder.interchange.series.mapping import MULTIPLIER, UNIT
from site_builder.interchange.series.rows import Keys, Row, Table, Terms
from site_builder.readers.blanks import Line, blank_of
from site_builder.readers.layout import TOTAL
from site_builder.writers.yaml_text import Code, Value, yaml_text

SHARED = ("source", "retrieved_on")
"""Columns that stand in the YAML file where all rows say the same."""


@dataclass
class Subject:
    """An indicator and the rows that are its own."""

    indicator: str
    table: Table
    rows: list[Row] = field(default_factory=list)
    tree: Tree = field(default_factory=dict)
    """What is told of it beyond its rows, as its YAML file says it."""
    series: str = ""
    unit_as_written: str = ""
    part: str = ""
    """Series and unit, where a table holds several: they belong to the name."""


@dataclass
class Made:
    """What became of an indicator."""

    indicator: str
    file: str
    is_new: bool
    rows: int
    revised: int
    left_to_do: list[str] = field(default_factory=list)
    """Keys without which the indicator cannot be published."""


def facts_of(subject: Subject) -> dict[str, str]:
    """Return unit and multiplier as its rows tell them."""
    facts: dict[str, str] = {}
    for row in subject.rows:
        for name, code in row.group.facts.items():
            facts.setdefault(name, code)
    return facts


def record(subject: Subject, rows: Sequence[tuple[Keys, Keys]], terms: Terms, given: Mapping[str, str]) -> Tree:
    """Return the tree of a new indicator; `given` has what all rows say of source and retrieval."""
    facts = facts_of(subject)
    tree: Tree = {}
    if UNIT in facts:
        tree[UNIT] = Code(facts[UNIT])
    if MULTIPLIER in facts:
        tree[MULTIPLIER] = Code(facts[MULTIPLIER])
    tree |= {name: Code(text) for name, text in given.items()}
    tree |= subject.tree
    tree |= terms.mapped.indicators.get(subject.indicator, {})
    broken = [
        name.upper() for place, name in enumerate(terms.dimensions) if any(codes[place] != TOTAL for codes, _ in rows)
    ]
    known = _listed(tree.get("disaggregations"))
    named = [name for name in broken if name not in known]
    if named or known:
        tree["disaggregations"] = [Code(name) for name in [*known, *named]]
    order = [*terms.grammar.schemas["indicators"].by_column_stem, "disaggregations", "availability", "targets"]
    place = {name: number for number, name in enumerate(order)}
    return dict(sorted(tree.items(), key=lambda item: place.get(item[0], len(place))))


def _listed(value: Value | None) -> list[str]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return []
    return [item.text for item in value if isinstance(item, Code)]


def missing_lines(tree: Tree, terms: Terms, *, has_source: bool) -> list[Line]:
    """Return the keys that a new indicator still lacks."""
    schemas, languages = terms.grammar.schemas, terms.grammar.languages
    lines = blank_of("indicators", schemas, languages).lines
    lacking = [line for line in lines if line.required and line.key not in tree]
    return lacking if has_source else [*lacking, next(line for line in lines if line.key == "source")]


def file_of(tree: Tree, comments: Iterable[str], prompts: Iterable[str]) -> bytes:
    """Return the YAML file of a new indicator under comments; prompts are comments already."""
    head = [*(f"# {line}" for line in comments), *prompts]
    return ("".join(line.rstrip() + "\n" for line in head) + yaml_text(tree)).encode("utf-8")

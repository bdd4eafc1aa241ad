"""Owns what an import knows of one indicator, and the YAML file that is made where there is none yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from site_builder.interchange.making import Tree
from site_builder.interchange.series.mapping import MULTIPLIER, UNIT
from site_builder.interchange.series.rows import Keys, Row, Table, Terms
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Field
from site_builder.readers.defaults import is_inherited, usual_values
from site_builder.readers.layout import TOTAL, filled
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


def missing_keys(tree: Tree, terms: Terms, *, has_source: bool) -> dict[str, Field]:
    """Return what a new indicator still lacks, by key."""
    table = terms.grammar.schemas["indicators"]
    usual = usual_values(table)
    lacking = {
        key: item
        for key, item in table.required.items()
        if key not in tree and key != "id" and key not in filled("indicators")
        if item.name not in usual and not is_inherited(table, item.name)
    }
    if not has_source:
        lacking["source"] = table.by_column_stem["source"]
    return lacking


def file_of(tree: Tree, comments: Iterable[str]) -> bytes:
    """Return the YAML file of a new indicator under comments."""
    head = "".join(f"# {line}".rstrip() + "\n" for line in comments)
    return (head + yaml_text(tree)).encode("utf-8")


def prompts(lacking: Mapping[str, Field], catalog: Catalog, language: str) -> Iterator[str]:
    """Yield the lines that tell what is lacking, ready to be filled in."""
    for key, item in lacking.items():
        yield item.descriptions.get(language) or item.labels.get(language) or key
        if item.localized:
            yield f"{key}:"
            yield from (f"  {code}:" for code in catalog.codes)
        else:
            codes = [str(code.get("code")) for code in catalog.codes_of.get(item.codelist, ())]
            yield f"{key}: {' | '.join(codes)}".rstrip()

"""Owns the way from Open SDG's metadata and configuration to the record of an indicator; what has no place is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from site_builder.interchange.making import Tree
from site_builder.interchange.prose import Taken, as_markdown, one_line, plain
from site_builder.interchange.series.header import usual_column
from site_builder.interchange.series.ledger import Ledger, Left, shown
from site_builder.interchange.series.mapping import UNIT
from site_builder.interchange.series.open_sdg_files import Papers, Said
from site_builder.interchange.series.open_sdg_words import (
    CONCEPTS,
    FIELDS,
    NAMES,
    NUMBERS,
    STATES,
    UNITS,
)
from site_builder.interchange.series.rows import Terms
from site_builder.nouns.record import Catalog
from site_builder.readers.yaml_tree import Mapping as Node
from site_builder.readers.yaml_tree import Scalar, Sequence
from site_builder.writers.yaml_text import Code, Value

_TRANSLATION_KEY = re.compile(r"[A-Za-z_]\w*(?:\.[\w-]+)+")
"""Stands for a text that is kept elsewhere: `my_translations.metric_tons`."""
MARKDOWN = frozenset({"definition"})


@dataclass
class Telling:
    """The making of one record."""

    papers: Papers
    terms: Terms
    catalog: Catalog
    ledger: Ledger
    taken: Taken
    tree: Tree = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    """What was taken over, by its identity."""

    def take(self, said: Said) -> None:
        self.used.add(id(said))

    def tell(self, said: Said, kind: str, value: str | None = None) -> None:
        """Note something that has no place; it counts as told."""
        self.take(said)
        self.ledger.add(Left(said.file, said.key, kind, shown(said.text if value is None else value)), said.line)

    def line(self, said: Said) -> str:
        return one_line(self.taken.out(plain(said.text)))

    def prose(self, said: Said) -> str:
        return as_markdown(self.taken.out(plain(said.text)))

    def words(self) -> Iterator[Said]:
        """Yield the texts that are no keys of translations and are not taken yet."""
        for said in self.papers.said:
            if id(said) not in self.used and said.text:
                yield said

    def fits(self, name: str, text: str, *, table_name: str = "indicators") -> bool:
        """Whether a text can stand in a field."""
        table = self.terms.grammar.schemas[table_name]
        return self.terms.grammar.reader(table, table.by_column_stem[name])(text)[1] is None


def tell_record(telling: Telling, *, has_rows: bool) -> None:
    """Fill the tree with what the papers say of the indicator itself."""
    for said in telling.words():
        if _TRANSLATION_KEY.fullmatch(said.text) and said.key not in NUMBERS and not said.text[0].isdigit():
            telling.tell(said, "translation_key")
    _name(telling)
    _number(telling)
    _unit(telling)
    _fields(telling)
    _concepts(telling)
    _availability(telling, has_rows=has_rows)
    _disaggregations(telling)


def _by_language(telling: Telling, keys: tuple[str, ...]) -> dict[str, Said]:
    """Return for each language the first of some keys that is there."""
    chosen: dict[str, Said] = {}
    for key in keys:
        for said in telling.words():
            if said.key == key:
                chosen.setdefault(said.language, said)
    return chosen


def _name(telling: Telling) -> None:
    chosen = _by_language(telling, NAMES)
    texts: dict[str, Value] = {}
    for language, said in chosen.items():
        telling.take(said)
        texts[language] = telling.line(said)
    if texts:
        telling.tree["name"] = texts
    for said in telling.words():
        if said.key in NAMES and telling.line(said) == texts.get(said.language):
            telling.take(said)


def _number(telling: Telling) -> None:
    for said in telling.words():
        if said.key not in NUMBERS:
            continue
        if telling.tree.get("external_code") == Code(said.text):
            telling.take(said)
        elif "external_code" not in telling.tree and telling.fits("external_code", said.text):
            telling.take(said)
            telling.tree["external_code"] = Code(said.text)
            world = [row for row in telling.catalog.rows("source_frameworks") if row.get("kind") == "global"]
            if len(world) == 1:
                telling.tree["source_framework"] = Code(world[0].id)


def _unit(telling: Telling) -> None:
    """Take the unit, unless the rows tell it."""
    for said in telling.words():
        if said.key not in UNITS:
            continue
        meaning = telling.terms.codes.meaning(UNIT, said.text)
        if meaning.code and telling.tree.get(UNIT, Code(meaning.code)) == Code(meaning.code):
            telling.take(said)
            telling.tree[UNIT] = Code(meaning.code)
        else:
            telling.tell(said, "no_unit")


def _fields(telling: Telling) -> None:
    for said in telling.words():
        name = FIELDS.get(said.key)
        if name is None:
            continue
        text = telling.prose(said) if name in MARKDOWN else plain(telling.taken.out(plain(said.text)))
        texts = telling.tree.setdefault(name, {})
        assert isinstance(texts, dict)
        if said.language not in texts:
            telling.take(said)
            texts[said.language] = text
        elif texts[said.language] == text:
            telling.take(said)


def _concepts(telling: Telling) -> None:
    """Take the texts about how the indicator is made, one entry a concept."""
    concepts: dict[str, dict[str, list[str]]] = {}
    for said in telling.words():
        concept = CONCEPTS.get(said.key)
        if concept is None:
            continue
        telling.take(said)
        paragraphs = concepts.setdefault(concept, {}).setdefault(said.language, [])
        text = telling.prose(said)
        if text and text not in paragraphs:
            paragraphs.append(text)
    entries: list[Value] = []
    for concept, texts in concepts.items():
        content: dict[str, Value] = {language: "\n\n".join(parts) for language, parts in texts.items() if parts}
        if content:
            entries.append({"concept": Code(concept), "content": content})
    if entries:
        telling.tree["metadata"] = entries


def _availability(telling: Telling, *, has_rows: bool) -> None:
    for said in telling.words():
        if said.key != "reporting_status":
            continue
        status = said.text.replace("-", "").replace("_", "").casefold()
        if status not in STATES:
            telling.tell(said, "no_code")
            continue
        telling.take(said)
        with_values, without, promises = STATES[status]
        telling.tree["availability"] = {"availability_state": Code(with_values if has_rows else without)}
        if promises not in (None, has_rows):
            telling.tell(said, "status_differs")


def _disaggregations(telling: Telling) -> None:
    """Take the expected breakdowns that are dimensions of ours."""
    for said in telling.papers.said:
        if said.key != "expected_disaggregations" or not isinstance(said.node, Sequence):
            continue
        telling.take(said)
        names = []
        for item in said.node.items:
            text = item.text if isinstance(item, Scalar) else ""
            name = dimension_of(telling.terms, text)
            if name:
                names.append(name.upper())
            else:
                telling.ledger.add(Left(said.file, said.key, "no_code", shown(text)), item.line)
        telling.tree["disaggregations"] = [Code(name) for name in dict.fromkeys(names)]


def dimension_of(terms: Terms, text: str) -> str:
    """Return the dimension that a column of Open SDG's tables is, empty where it is none."""
    from_mapping = terms.mapped.columns.get(text)
    name = from_mapping.text if from_mapping is not None else usual_column(text, terms)
    return name if name in terms.dimensions else ""


def tell_rest(telling: Telling) -> None:
    """Tell every value that nothing has taken."""
    for said in telling.papers.said:
        if id(said) not in telling.used:
            telling.tell(said, "no_key", said.text or outline(said.node))


def outline(node: object) -> str:
    """Return a list or a mapping in a few words."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return "; ".join(outline(item) for item in node.items)
    if isinstance(node, Node):
        return ", ".join(f"{key.text}: {outline(item)}" for key, item in node.entries)
    return ""

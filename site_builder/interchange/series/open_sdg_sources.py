"""Owns the sources that Open SDG's metadata names: the first becomes that of the indicator, the others are told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain, count

from site_builder.interchange.making import Tree
from site_builder.interchange.names import slug
from site_builder.interchange.prose import one_line, plain
from site_builder.interchange.series.ledger import Left, shown
from site_builder.interchange.series.open_sdg_files import Said
from site_builder.interchange.series.open_sdg_record import Telling, outline
from site_builder.interchange.series.open_sdg_words import SOURCE_KEYS
from site_builder.nouns.record import Catalog
from site_builder.readers.yaml_tree import Mapping as Node
from site_builder.readers.yaml_tree import Scalar, Sequence
from site_builder.writers.yaml_text import Code, Value

_SOURCE = re.compile(r"source_(?P<part>[a-z_]+?)_(?P<number>\d{1,2})")


def tell_sources(telling: Telling, made: dict[str, Tree], language: str) -> None:
    """Make the first source that of the indicator; the others stand in its metadata."""
    told = _named(telling)
    if not told:
        return
    rest = told
    if "source" not in telling.terms.mapped.constants:
        first, *rest = told
        telling.tree["source"] = Code(_source(first, telling.catalog, made, language))
    lines: Value = "\n\n".join(", ".join(source.values()) for source in rest)
    if rest:
        entries = telling.tree.setdefault("metadata", [])
        assert isinstance(entries, list)
        known = next((entry for entry in entries if entry.get("concept") == Code("data_sources")), None)
        if known is not None and language in known["content"]:
            known["content"][language] += f"\n\n{lines}"
        else:
            entries.append({"concept": Code("data_sources"), "content": {language: lines}})


def _source(told: Mapping[str, str], catalog: Catalog, made: dict[str, Tree], language: str) -> str:
    """Return the id of a source, made where neither the content nor this import has it."""
    title = told.get("url_text") or told.get("organisation") or told.get("url", "")
    tree: Tree = {"title": {language: title}}
    if "organisation" in told:
        tree["publisher"] = told["organisation"]
    if "url" in told:
        tree["url"] = Code(told["url"])
    base = slug(title) or "source"
    for name in chain([base], (f"{base}-{number}" for number in count(2))):
        known = catalog.find("sources", name)
        if known is None and made.setdefault(name, tree) == tree:
            return name
        if known is not None and known.get("url") == told.get("url") and known.get(f"title_{language}") == title:
            return name
    raise AssertionError("numbers do not end")


def _named(telling: Telling) -> list[dict[str, str]]:
    """Return the sources that the papers name, each with what is told of it; the rest of them is told."""
    numbered: dict[int, dict[str, Said]] = {}
    for said in telling.words():
        if match := _SOURCE.fullmatch(said.key):
            numbered.setdefault(int(match["number"]), {})[match["part"]] = said
    found = []
    for _, parts in sorted(numbered.items()):
        active = parts.pop("active", None)
        if active is not None:
            telling.take(active)
        if active is not None and active.text.casefold() == "false":
            for said in parts.values():
                telling.tell(said, "not_active")
            continue
        told = {name: telling.line(parts[name]) for name in SOURCE_KEYS if name in parts}
        for name in told:
            telling.take(parts[name])
        if "url" in told and not telling.fits("url", told["url"], table_name="sources"):
            telling.tell(parts["url"], "no_address")
            del told["url"]
        if told:
            found.append(told)
    return [*found, *_listed_sources(telling)]


def _listed_sources(telling: Telling) -> Iterator[dict[str, str]]:
    for said in telling.papers.said:
        if said.key != "sources" or not isinstance(said.node, Sequence):
            continue
        telling.take(said)
        for item in said.node.items:
            told = dict(_texts(item)) if isinstance(item, Node) else {}
            if not told:
                telling.ledger.add(Left(said.file, said.key, "no_key", shown(outline(item))), item.line)
            for name, text in told.items():
                if name not in SOURCE_KEYS:
                    telling.ledger.add(Left(said.file, f"sources.{name}", "no_key", shown(text)), item.line)
            kept = {name: told[name] for name in SOURCE_KEYS if told.get(name)}
            kept = {name: one_line(telling.taken.out(plain(text))) for name, text in kept.items()}
            if "url" in kept and not telling.fits("url", kept["url"], table_name="sources"):
                telling.ledger.add(Left(said.file, "sources.url", "no_address", shown(kept.pop("url"))), item.line)
            if kept:
                yield kept


def _texts(node: Node) -> Iterator[tuple[str, str]]:
    return ((key.text, item.text) for key, item in node.entries if isinstance(item, Scalar))

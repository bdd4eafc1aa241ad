"""Owns the reading of one version of a file, however old, into flat records; refuses to judge what it reads.

It is led by where things stand, and asks the schemas only for keys and names of columns: what an old schema
allowed and the present one does not know is carried under the key that was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from site_builder.nouns.file_kind import FileKind, Nested
from site_builder.nouns.past import Flat, Version
from site_builder.nouns.schema import Schemas, Table
from site_builder.readers.defaults import JOINTS, dimensions_of, series_slug
from site_builder.readers.layout import FILES, NESTED, TOTAL, file_kind, nested_in
from site_builder.readers.yaml_composer import parse_yaml
from site_builder.readers.yaml_tree import Mapping as Tree
from site_builder.readers.yaml_tree import Node, Scalar, Sequence

ORIGIN = "provenance."
"""Before the name of a column: where its value came from."""
_SCOPES = {
    **{kind.table: kind.key[1:].partition("}")[0] for kind in FILES if kind.key.endswith("}-{id}")},
    **{nested.table: "framework" for nested in NESTED if nested.key_from.startswith("{framework_id}-")},
}
"""Name in the path of the plan or framework with which the ids of a table begin."""
_HOLDERS = {nested.table: nested.parent for nested in NESTED if nested.key_from == "{parent}-{id}"}
"""Table of the record with whose id the ids of a table begin."""


@lru_cache(maxsize=8192)
def old_kind(path: str) -> tuple[FileKind, dict[str, str]] | None:
    """Return the kind of a file wherever it stood, None where it is no record.

    Folders above, between and another ending are tolerated, so that a tree that was put in order keeps its past.
    """
    known = file_kind(path)
    if known is not None:
        return known
    if not path.endswith((".yaml", ".yml")):
        return None
    parts = re.sub(r"\.yml\Z", ".yaml", path).split("/")
    return next(((kind, names) for kind in FILES if (names := _names(kind, parts)) is not None), None)


def _names(kind: FileKind, parts: list[str]) -> dict[str, str] | None:
    """Return the names in a path that has the folders of a kind in their order, None where it has not."""
    *folders, file = kind.path.split("/")
    at = 0
    found = dict[str, str]()
    for wanted in folders:
        if wanted.startswith("{"):
            place = at
        elif wanted in parts[at:-1]:
            place = parts.index(wanted, at)
        else:
            return None
        if place >= len(parts) - 1:
            return None
        if wanted.startswith("{"):
            found[wanted.strip("{}")] = parts[place]
        at = place + 1
    stem = parts[-1].removesuffix(".yaml")
    if not file.startswith("{"):
        return found if file == parts[-1] else None
    return {**found, file.removesuffix(".yaml").strip("{}"): stem}


def read_version(path: str, content: bytes, schemas: Schemas) -> Version | None:
    """Return the records of a version of a file, None where it is no YAML that can be read."""
    known = old_kind(path)
    root, _ = parse_yaml(path, content)
    if root is None or known is None:
        return None
    kind, names = known
    reading = _Reading(schemas, names, names.get("plan") or (names["id"] if kind.table == "plans" else ""))
    reading.file(root, kind, names)
    return tuple(reading.records)


@dataclass
class _Reading:
    """The reading of one version."""

    schemas: Schemas
    names: Mapping[str, str]
    """Names in the path."""
    plan: str
    records: list[Flat] = field(default_factory=list)
    wholes: dict[str, str] = field(default_factory=dict)
    """What ids that stand alone continue, by table: the record of the file, of a report its commitment."""

    def file(self, root: Tree, kind: FileKind, names: Mapping[str, str]) -> None:
        filled = {column: pattern.format(**names) for column, pattern in kind.fill}
        if not kind.table:
            nested = nested_in(kind.path)
            for key, node in root.entries:
                if key.text in nested:
                    self._children(None, filled, nested[key.text], node)
            return
        table = self.schemas[kind.table]
        values = {**self._values(table, root), **filled}
        own = table.key[0]
        if kind.key.strip("{}") != own:
            values[own] = kind.key.format(**names)
        self.wholes = {kind.table: values.get(own, ""), "commitments": filled.get("commitment_id", "")}
        if kind.table == "commitments":
            self.wholes[kind.table] = values[own]
        record = Flat(kind.table, values.get(own, kind.table), "", "", self.plan, values)
        self._add(record, root)

    def _add(self, record: Flat, tree: Tree) -> None:
        """Add a record and what stands in it."""
        self.records.append(record)
        nested = nested_in(record.table)
        for key, node in tree.entries:
            if key.text in nested:
                self._children(record, record.values, nested[key.text], node)

    def _children(self, parent: Flat | None, above: Mapping[str, str], nested: Nested, node: Node) -> None:
        items = node.items if isinstance(node, Sequence) else [node] if nested.single else []
        table = self.schemas[nested.table]
        inherited = (
            dict(above) if parent is None else {name: above[own] for name, own in nested.inherit if own in above}
        )
        for place, item in enumerate(items, 1):
            if isinstance(item, Tree):
                values = {**self._values(table, item), **inherited}
            elif isinstance(item, Scalar) and nested.code:
                values = {nested.code: self._full(table, nested.code, item.text), **inherited}
            else:
                continue
            own_id = self._id(table, nested, values, parent, place)
            if nested.key_from:
                values[table.key[0]] = own_id
            parent_table, parent_id = (parent.table, parent.id) if parent else ("", "")
            record = Flat(nested.table, own_id, parent_table, parent_id, self.plan, values)
            if isinstance(item, Tree):
                self._add(record, item)
            else:
                self.records.append(record)

    def _id(self, table: Table, nested: Nested, values: Mapping[str, str], parent: Flat | None, place: int) -> str:
        """Return the full id of a child; one that has none is known by its place."""
        above = parent.id if parent else ""
        if nested.key_from:
            own = values.get(table.key[0]) or _short_id(table, nested, values) or str(place)
            milestone = values.get("milestone_id", "").rsplit("-", 1)[-1] or "all"
            return nested.key_from.format_map(_Blank({**values, "parent": above, "id": own, "milestone_id": milestone}))
        parts = [values[column] for column in table.key if column in values]
        return "/".join(parts if len(parts) == len(table.key) else [*parts, str(place)])

    def _values(self, table: Table, tree: Tree) -> dict[str, str]:
        """Return the values of a record by column, without what is nested in it."""
        nested = nested_in(table.name)
        values: dict[str, str] = {}
        for key, node in tree.entries:
            if key.text == "provenance":
                values.update(_origins(node))
            elif key.text not in nested:
                item = table.by_column_stem.get(key.text)
                column = item.name if item else key.text
                for ending, text in _texts(node):
                    values[column + ending] = self._full(table, column, text)
        return values

    def _full(self, table: Table, column: str, text: str) -> str:
        """Return the id of what a record stands below in full; any other text stays as it was typed."""
        target = table.reference_of.get(column)
        if target is None or self.schemas[target].key != (column,):
            return text
        scope = self.names.get(_SCOPES.get(target, ""), "")
        whole = scope or self.wholes.get(_HOLDERS.get(target, ""), "")
        beginnings = (whole, self.plan, self.names.get("framework", ""))
        known = not whole or text.startswith(tuple(f"{name}-" for name in beginnings if name))
        return text if known else f"{whole}-{text}"


class _Blank(dict[str, str]):
    """Parts of an id, of which an old version may lack some."""

    def __missing__(self, name: str) -> str:
        return ""


def _short_id(table: Table, nested: Nested, values: Mapping[str, str]) -> str:
    """Return the short id of a record that is known by its values, empty where it is not."""
    if nested.id_from == ("dimensions",):
        return series_slug(values.get(item.name, TOTAL) for item in dimensions_of(table))
    if not nested.id_from or nested.id_from[0] not in values:
        return ""
    return "-".join(JOINTS[name] + values[name] for name in nested.id_from if name in values)


def _texts(node: Node) -> Iterator[tuple[str, str]]:
    """Yield the texts of a value with what each adds to the name of the column: its language, or its key."""
    if isinstance(node, Scalar):
        yield "", node.text.rstrip("\n")
    elif isinstance(node, Tree):
        for key, inner in node.entries:
            for ending, text in _texts(inner):
                yield f"_{key.text}{ending}", text
    else:
        yield "", ", ".join(sorted(_listed(node.items)))


def _listed(items: Iterable[Node]) -> Iterator[str]:
    for item in items:
        yield " ".join(text for _, text in sorted(_texts(item)))


def _origins(node: Node) -> Iterator[tuple[str, str]]:
    """Yield where values came from: by column the status and the sources, without the notes."""
    for entry in node.items if isinstance(node, Sequence) else ():
        told = {key.text: value for key, value in entry.entries} if isinstance(entry, Tree) else {}
        words = [text for key in ("status", "source", "sources") if key in told for _, text in _texts(told[key])]
        fields = told.get("fields")
        for name in fields.items if isinstance(fields, Sequence) else ():
            if isinstance(name, Scalar):
                yield ORIGIN + name.text.replace(".", "_"), " ".join(words)

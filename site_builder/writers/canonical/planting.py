"""Owns the tree of a file as it is written again: entries in order, each with what the schema says of its value."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence as AnySequence
from dataclasses import dataclass, field

from site_builder.nouns.file_kind import FileKind, Nested
from site_builder.nouns.schema import Field, Schemas, Table
from site_builder.readers.layout import nested_in
from site_builder.readers.yaml_tree import Mapping, Node, Scalar, Sequence

ORIGIN_KEYS = ("fields", "status", "source", "sources", "note")
"""Keys of an entry of provenance."""


@dataclass(eq=False, slots=True)
class Slot:
    """An entry of a mapping or an item of a list, with its comments."""

    value: Scalar | Block
    line: int
    column: int
    key: Scalar | None = None
    role: Field | None = None
    """What the schema says of a value that is no list and no mapping."""
    is_text: bool = False
    """The value is a text that people write."""
    language: str = ""
    """Language of the text, where it stands in one."""
    leading: list[str] = field(default_factory=list)
    """Comments on the lines above; an empty text is an empty line."""
    trailing: str = ""
    """Comment on the same line."""
    holder: Block | None = None
    """The block in which it stands."""


@dataclass(eq=False, slots=True)
class Block:
    """A mapping or a list."""

    is_list: bool
    line: int
    column: int
    flow: bool = False
    end: tuple[int, int] = (0, 0)
    slots: list[Slot] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    """Comments after the last entry, on lines of their own."""
    owner: Slot | None = None
    """The entry whose value it is; none: the whole file."""
    localized: bool = False
    """The mapping holds a text in each language."""


@dataclass(frozen=True)
class Planter:
    """Plants the tree of a file, led by the schemas."""

    schemas: Schemas
    languages: tuple[str, ...]

    def plant(self, root: Mapping, kind: FileKind) -> Block:
        """Return the tree of a file with its entries in the order of the schema."""
        if kind.table:
            return self._record(self.schemas[kind.table], root)
        lists = nested_in(kind.path)
        return self._mapping(root, kind.holds, lambda slot, node: self._nested(slot, node, lists.get(_name(slot))))

    def _record(self, table: Table, node: Mapping) -> Block:
        fields, lists = table.by_column_stem, nested_in(table.name)

        def grow(slot: Slot, value: Node) -> None:
            name = _name(slot)
            item = fields.get(name)
            if name in lists:
                self._nested(slot, value, lists[name])
            elif name == "provenance":
                self._items(slot, value, lambda inner, origin: self._either(inner, origin, self._origin))
            elif item is not None and item.localized:
                self._localized(slot, value)
            elif item is not None and isinstance(value, Scalar):
                slot.role, slot.is_text = item, item.is_plain_text and item.name not in table.reference_of
            else:
                self._unknown(slot, value)

        return self._mapping(node, (*fields, *lists, "provenance"), grow)

    def _nested(self, slot: Slot, node: Node, nested: Nested | None) -> None:
        """Grow a list of child records, a list of codes or a single child record."""
        if nested is None:
            self._unknown(slot, node)
            return
        table = self.schemas[nested.table]

        def grow(inner: Slot, item: Node) -> None:
            if nested.code:
                inner.role = table.by_name[nested.code]
            self._either(inner, item, lambda mapping: self._record(table, mapping))

        if nested.single:
            grow(slot, node)
        else:
            self._items(slot, node, grow)

    def _origin(self, node: Mapping) -> Block:
        described = self.schemas["provenance"].by_name

        def grow(slot: Slot, value: Node) -> None:
            name = _name(slot)
            if name == "note":
                self._localized(slot, value)
            elif isinstance(value, Scalar):
                slot.role = described.get("source_id" if name == "source" else name)
            else:
                self._unknown(slot, value)

        return self._mapping(node, ORIGIN_KEYS, grow)

    def _localized(self, slot: Slot, node: Node) -> None:
        def grow(inner: Slot, value: Node) -> None:
            inner.is_text, inner.language = isinstance(value, Scalar), _name(inner)
            self._unknown(inner, value)

        if isinstance(node, Mapping):
            block = self._mapping(node, self.languages, grow)
            block.localized = True
            _hold(slot, block)
        else:
            slot.is_text = isinstance(node, Scalar)
            self._unknown(slot, node)

    def _either(self, slot: Slot, node: Node, record: Callable[[Mapping], Block]) -> None:
        """Grow a record where there is a mapping; anything else is not what was expected and stays as it is."""
        if isinstance(node, Mapping):
            _hold(slot, record(node))
        else:
            self._unknown(slot, node)

    def _unknown(self, slot: Slot, node: Node) -> None:
        """Grow what the schema does not describe, in the order of the file."""
        if isinstance(node, Mapping):
            _hold(slot, self._mapping(node, (), self._unknown))
        elif isinstance(node, Sequence):
            self._items(slot, node, self._unknown)

    def _items(self, slot: Slot, node: Node, grow: Callable[[Slot, Node], None]) -> None:
        if not isinstance(node, Sequence):
            self._unknown(slot, node)
            return
        block = Block(is_list=True, line=node.line, column=node.column, flow=node.flow, end=node.end)
        for item in node.items:
            column = item.column if node.flow else node.column
            inner = Slot(_unfilled(item), item.line, column, holder=block)
            grow(inner, item)
            block.slots.append(inner)
        _hold(slot, block)

    def _mapping(self, node: Mapping, order: AnySequence[str], grow: Callable[[Slot, Node], None]) -> Block:
        block = Block(is_list=False, line=node.line, column=node.column, flow=node.flow, end=node.end)
        for key, value in node.entries:
            slot = Slot(_unfilled(value), key.line, key.column, key=key, holder=block)
            grow(slot, value)
            block.slots.append(slot)
        ranks = {name: rank for rank, name in enumerate(order)}
        block.slots = _in_order(block.slots, ranks)
        return block


def _name(slot: Slot) -> str:
    return slot.key.text if slot.key else ""


def _unfilled(node: Node) -> Scalar | Block:
    """Return a text, or a block that is filled when the entry grows."""
    if isinstance(node, Scalar):
        return node
    return Block(is_list=isinstance(node, Sequence), line=node.line, column=node.column, flow=node.flow, end=node.end)


def _hold(slot: Slot, block: Block) -> None:
    slot.value, block.owner = block, slot


def _in_order(slots: list[Slot], ranks: AnyMapping[str, int]) -> list[Slot]:
    """Return the entries by rank; one without a rank stays behind the one that it follows."""
    ranked: list[tuple[int, Slot]] = []
    rank = -1
    for slot in slots:
        rank = ranks.get(_name(slot), rank)
        ranked.append((rank, slot))
    return [slot for _, slot in sorted(ranked, key=lambda pair: pair[0])]


def in_file_order(block: Block) -> list[Slot]:
    """Return all entries below a block in the order of the file."""
    found = list(block.slots)
    for slot in block.slots:
        if isinstance(slot.value, Block):
            found += in_file_order(slot.value)
    return sorted(found, key=lambda slot: (slot.line, slot.column, _depth(slot)))


def _depth(slot: Slot) -> int:
    depth, holder = 0, slot.holder
    while holder is not None:
        depth, holder = depth + 1, holder.owner.holder if holder.owner else None
    return depth

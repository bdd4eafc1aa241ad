"""Owns the reading of `provenance:`: entries as they were written, not yet spread over values."""

from __future__ import annotations

from site_builder.nouns.diagnostic import found
from site_builder.nouns.record import Cell
from site_builder.readers.drafts import Draft, Origin
from site_builder.readers.values import Values
from site_builder.readers.yaml_tree import Mapping, Node, Scalar, Sequence, type_names

KEYS = ("fields", "status", "source", "sources", "note", "checked_on")
"""What an entry of `provenance:` may say."""


def read_origins(values: Values, draft: Draft, node: Node) -> None:
    """Read the entries of `provenance:`; their fields are checked with the catalog."""
    if not isinstance(node, Sequence):
        values.findings.append(
            found(
                "list-expected",
                values.at(node),
                key="provenance",
                given=type_names[type(node)],
                record=draft.shown_id,
                field="provenance",
            )
        )
        return
    for item in node.items:
        if isinstance(item, Mapping):
            _origin(values, draft, item)
        else:
            values.findings.append(
                found(
                    "mapping-expected",
                    values.at(item),
                    key="provenance",
                    record=draft.shown_id,
                    given=type_names[type(item)],
                    field="provenance",
                )
            )


def _origin(values: Values, draft: Draft, mapping: Mapping) -> None:
    if mapping.spoiled:
        draft.spoiled.add("provenance")  # of what it spoke is not known
    table = values.grammar.schemas["provenance"]
    scratch = Draft(table, values.at(mapping), id=draft.id, context=draft.context)
    fields: list[Scalar] = []
    sources: list[Cell] = []
    written = set()
    for key, node in mapping.entries:
        written.add(key.text)
        if key.text == "fields":
            fields = values.texts(key, node, draft.shown_id)
        elif key.text in ("source", "sources"):
            nodes = (
                [node] if isinstance(node, Scalar) and key.text == "source" else values.texts(key, node, draft.shown_id)
            )
            for text in nodes:
                if cell := values.cast(scratch, table.by_name["source_id"], "source_id", key.text, text):
                    sources.append(cell)
        elif key.text in ("status", "checked_on"):
            values.plain(scratch, table.by_name[key.text], key, node)
        elif key.text == "note":
            values.localized(scratch, table.by_name["note"], key, node)
        else:
            values.unknown_key(
                key, ("fields", "status", "source", "sources", "note", "checked_on"), record=draft.shown_id
            )
    for needed in ("fields", "status"):
        if needed not in written:
            values.findings.append(
                found(
                    "required-missing",
                    values.at(mapping),
                    key=needed,
                    record=draft.shown_id,
                    field=f"provenance.{needed}",
                )
            )
    scratch.cells.pop("source_id", None)
    draft.origins.entries.append(Origin(scratch.location, fields, scratch.cells, sources))

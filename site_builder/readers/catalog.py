"""Owns the joining of all drafts into one catalog: references made full, keys joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.record import Catalog, Cell, Prose, Record
from site_builder.nouns.schema import Schemas
from site_builder.readers.drafts import Draft
from site_builder.readers.illustrative import mark_illustrative
from site_builder.readers.layout import written_tables
from site_builder.readers.provenance import spread_provenance


def build_catalog(
    drafts: Iterable[Draft],
    schemas: Schemas,
    codes: tuple[str, ...],
    prose: Mapping[tuple[str, str], Prose],
    *,
    unread: Iterable[str] = (),
    observations: Iterable[Record] = (),
) -> tuple[Catalog, list[Diagnostic]]:
    """Return the catalog of all drafts and what is wrong between them. No step is quadratic.

    `codes` are those of the languages; the languages themselves are among the drafts. `unread` has the ids of
    records whose file could not be read. `observations` were read row by row: they refer to nothing but full ids.
    """
    drafts = list(drafts)
    findings: list[Diagnostic] = []
    ids: dict[str, set[str]] = {table.name: set() for table in schemas}
    for draft in drafts:
        if draft.id:
            ids[draft.table.name].add(draft.id)
    lost = frozenset(unread) | {draft.parent.id for draft in drafts if draft.parent and _lost_its_id(draft)}
    for draft in drafts:
        _resolve(draft, ids, lost)
    for draft in drafts:
        _join_key(draft)
    mark_illustrative(drafts)
    tables: dict[str, list[Record]] = {table.name: [] for table in schemas if table.name in written_tables()}
    children: dict[int, list[Draft]] = {}
    for draft in drafts:
        tables[draft.table.name].append(_record(draft))
        if draft.parent is not None:
            children.setdefault(id(draft.parent), []).append(draft)
    tables["observations"].extend(observations)
    tables["provenance"].extend(spread_provenance(drafts, children, codes, findings))
    ordered = {name: tuple(sorted(records, key=_by_parts)) for name, records in tables.items()}
    return Catalog(schemas, (), ordered, prose, lost), findings


def _by_parts(record: Record) -> str:
    """Return the key that sorts ids part by part: nothing comes before the end of a part."""
    return record.id.replace("/", "\0") if "/" in record.id else record.id


def _record(draft: Draft) -> Record:
    parent = draft.parent
    return Record(
        draft.table.name,
        draft.id,
        draft.cells,
        draft.location,
        parent.id if parent else "",
        parent.table.name if parent else "",
        frozenset(draft.spoiled),
        draft.context,
    )


def _lost_its_id(draft: Draft) -> bool:
    """Whether a nested record has an id of its own by its schema but none that could be read."""
    return not draft.id and len(draft.table.key) == 1 and draft.table.key[0] not in draft.table.reference_of


def _resolve(draft: Draft, ids: Mapping[str, set[str]], lost: frozenset[str]) -> None:
    """Make short references full: `m02` in a file of commitment nap3-c01 is nap3-c01-m02."""
    for column, target in draft.table.reference_of.items():
        cell = draft.cells.get(column)
        if cell is None or cell.value in ids[target]:
            continue
        for prefix in draft.context:
            full = f"{prefix}-{cell.value}"
            if full in ids[target] or prefix in lost or full in lost:
                draft.cells[column] = Cell(full, cell.location, cell.length)
                break


def _join_key(draft: Draft) -> None:
    """Join the parts of a composite key; a record without its own key keeps a place of its own."""
    if draft.id and len(draft.table.key) == 1:
        return
    parts = [str(draft.cells[column].value) for column in draft.table.key if column in draft.cells]
    draft.id = "/".join(parts) if len(parts) == len(draft.table.key) else f"{draft.location.file}:{draft.location.line}"

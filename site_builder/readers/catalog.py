"""Owns the joining of all drafts into one catalog: references made full, keys joined, provenance spread out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.record import Catalog, Cell, Prose, Record
from site_builder.nouns.schema import Schemas, Table
from site_builder.readers.layout import nested_in, written_tables
from site_builder.readers.records import Draft, Origin
from site_builder.readers.suggest import closest

ABSENT = ("missing", "none_stated")
"""Provenance statuses that speak of a value which is not there."""
QUESTIONS = ("lead",)
"""Names that provenance may use beside fields: questions that several rows answer together."""


def build_catalog(
    drafts: Iterable[Draft], schemas: Schemas, codes: tuple[str, ...], prose: Mapping[tuple[str, str], Prose]
) -> tuple[Catalog, list[Diagnostic]]:
    """Return the catalog of all drafts and what is wrong between them. No step is quadratic.

    `codes` are those of the languages; the languages themselves are among the drafts.
    """
    drafts = list(drafts)
    findings: list[Diagnostic] = []
    ids: dict[str, set[str]] = {table.name: set() for table in schemas}
    for draft in drafts:
        if draft.id:
            ids[draft.table.name].add(draft.id)
    for draft in drafts:
        _resolve(draft, ids)
    for draft in drafts:
        _join_key(draft)
    tables: dict[str, list[Record]] = {table.name: [] for table in schemas if table.name in written_tables()}
    children: dict[int, list[Draft]] = {}
    for draft in drafts:
        tables[draft.table.name].append(_record(draft))
        if draft.parent is not None:
            children.setdefault(id(draft.parent), []).append(draft)
    for draft in drafts:
        tables["provenance"].extend(_spread(draft, children, codes, findings))
    ordered = {name: tuple(sorted(records, key=lambda record: record.id)) for name, records in tables.items()}
    return Catalog(schemas, (), ordered, prose), findings


def _record(draft: Draft) -> Record:
    parent = draft.parent
    return Record(draft.table.name, draft.id, draft.cells, draft.location,
                  parent.id if parent else "", parent.table.name if parent else "")


def _resolve(draft: Draft, ids: Mapping[str, set[str]]) -> None:
    """Make short references full: `m02` in a file of commitment nap3-c01 is nap3-c01-m02."""
    for column, target in draft.table.reference_of.items():
        cell = draft.cells.get(column)
        if cell is None or cell.value in ids[target]:
            continue
        for prefix in draft.context:
            full = f"{prefix}-{cell.value}"
            if full in ids[target]:
                draft.cells[column] = Cell(full, cell.location, cell.length)
                break


def _join_key(draft: Draft) -> None:
    """Join the parts of a composite key; a record without its own key keeps a place of its own."""
    if draft.id and len(draft.table.key) == 1:
        return
    parts = [str(draft.cells[column].value) for column in draft.table.key if column in draft.cells]
    draft.id = "/".join(parts) if len(parts) == len(draft.table.key) else f"{draft.location.file}:{draft.location.line}"


def _spread(
    draft: Draft, children: Mapping[int, list[Draft]], languages: tuple[str, ...], findings: list[Diagnostic]
) -> Iterator[Record]:
    """Yield a row of provenance for each value, source and entry of a record."""
    if not draft.origins:
        return
    seen: dict[tuple[str, str, str, str], Location] = {}
    for origin in draft.origins:
        for written in origin.fields:
            place = Location(draft.location.file, written.line, written.column)
            targets = list(_targets(draft, written.text, origin, children, languages))
            if not targets and not _is_known(draft, written.text, languages):
                known = [*draft.table.by_column_stem, *draft.lists]
                findings.append(found("provenance-field", place, value=written.text, record=draft.id, field="provenance",
                                      suggestion=closest(written.text.split(".")[0], known), length=len(written.text)))
            elif not targets:
                findings.append(found("provenance-without-value", place, value=written.text, record=draft.id,
                                      field="provenance", length=len(written.text)))
            for table, record_id, column in targets:
                for source in origin.sources or [None]:
                    yield from _row(draft, origin, place, (table, record_id, column), source, seen, findings)


def _row(
    draft: Draft, origin: Origin, place: Location, target: tuple[str, str, str], source: Cell | None,
    seen: dict[tuple[str, str, str, str], Location], findings: list[Diagnostic],
) -> Iterator[Record]:
    key = (*target, str(source.value) if source else "")
    if key in seen:
        findings.append(found("provenance-twice", place, value=target[2], first_line=seen[key].line, record=draft.id,
                              field="provenance"))
        return
    seen[key] = place
    cells = {"table_name": Cell(target[0], place), "record_id": Cell(target[1], place), "field": Cell(target[2], place),
             **origin.cells}
    if source:
        cells["source_id"] = source
    yield Record("provenance", "/".join(key), cells, origin.location, draft.id, draft.table.name)


def _is_known(draft: Draft, name: str, languages: tuple[str, ...]) -> bool:
    stem, _, language = name.partition(".")
    if stem in QUESTIONS:
        return True
    item = draft.table.by_column_stem.get(stem)
    if item is not None:
        return not language or (item.localized and language in languages)
    return stem in _list_names(draft.table)


def _list_names(table: Table) -> frozenset[str]:
    return frozenset(nested_in(table.name))


def _targets(
    draft: Draft, name: str, origin: Origin, children: Mapping[int, list[Draft]], languages: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    """Yield table, record and column of every value that an entry speaks of.

    An entry about absence names columns without a value; any other names those that have one.
    """
    status = origin.cells.get("status")
    absent = status is not None and status.value in ABSENT
    stem, _, language = name.partition(".")
    item = draft.table.by_column_stem.get(stem)
    if stem in QUESTIONS:
        yield draft.table.name, draft.id, stem
    elif item is not None:
        columns = item.columns(languages) if item.localized else (item.name,)
        wanted = [column for column in columns if not language or column == f"{item.name}_{language}"]
        if absent and not language:
            if not any(column in draft.cells for column in wanted):
                yield draft.table.name, draft.id, item.name
        else:
            for column in wanted:
                if (column in draft.cells) != absent:
                    yield draft.table.name, draft.id, column
    elif stem in _list_names(draft.table):
        rows = [child for child in children.get(id(draft), ()) if stem in draft.lists
                and child.table.name == draft.lists[stem][0]]
        if absent and not rows:
            yield draft.table.name, draft.id, stem
        elif not absent:
            for child in rows:
                yield from _child_values(child, children, languages)


def _child_values(
    child: Draft, children: Mapping[int, list[Draft]], languages: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    """Yield every value of a nested record and of those nested in it, but for what it says of itself."""
    says_itself = {text.text.replace(".", "_") for origin in child.origins for text in origin.fields}
    given = {"position", *child.table.key, *(child.parent.table.key if child.parent else ())}
    told = False
    for stem, item in child.table.by_column_stem.items():
        if item.name in given or stem in says_itself:
            continue
        for column in item.columns(languages) if item.localized else (item.name,):
            if column in child.cells and column.replace(item.name, stem, 1) not in says_itself:
                told = True
                yield child.table.name, child.id, column
    if not told:
        yield child.table.name, child.id, child.table.key[-1]
    for grandchild in children.get(id(child), ()):
        yield from _child_values(grandchild, children, languages)

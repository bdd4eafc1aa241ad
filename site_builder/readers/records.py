"""Owns the way from the tree of one file to drafts of its records, led by the schemas; refuses to see other files."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from functools import cached_property

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.record import Cell
from site_builder.nouns.schema import Field, Schemas, Table
from site_builder.readers.casting import Problem, Reader, make_reader
from site_builder.readers.layout import FileKind, Nested, file_kind, filled, nested_in
from site_builder.readers.suggest import closest, has_lookalike
from site_builder.readers.yaml_tree import Mapping, Node, Scalar, Sequence, parse_yaml, type_names


@dataclass
class Draft:
    """A record as it stands in its file: references as typed, composite keys not joined yet."""

    table: Table
    location: Location
    cells: dict[str, Cell] = field(default_factory=dict)
    id: str = ""
    parent: Draft | None = None
    context: tuple[str, ...] = ()
    """Ids that a short reference may continue: the commitment, the plan."""
    lists: dict[str, tuple[str, Location]] = field(default_factory=dict)
    """Nested lists that were written: table and place by key."""
    origins: list[Origin] = field(default_factory=list)
    """Entries under `provenance:`."""
    spoiled: set[str] = field(default_factory=set)
    """Keys about which something was reported: nothing that follows from it is reported again."""


@dataclass
class Origin:
    """An entry of `provenance:` as it was written."""

    location: Location
    fields: list[Scalar]
    cells: dict[str, Cell]
    sources: list[Cell]


@dataclass(frozen=True)
class Grammar:
    """What reading needs to know: tables, languages, one reader a field."""

    schemas: Schemas
    languages: tuple[str, ...]

    @cached_property
    def _readers(self) -> dict[tuple[str, str], Reader]:
        return {}

    def reader(self, table: Table, item: Field) -> Reader:
        """Return the reader of a field, made once."""
        key = (table.name, item.name)
        if key not in self._readers:
            self._readers[key] = make_reader(item)
        return self._readers[key]


def read_file(path: str, content: bytes, grammar: Grammar, *, shown_as: str) -> tuple[list[Draft], list[Diagnostic]]:
    """Return the drafts of a content file and everything found in it; `shown_as` is its path in findings."""
    known = file_kind(path)
    if known is None:
        return [], [_unknown_file(path, shown_as)]
    root, findings = parse_yaml(shown_as, content)
    if root is None:
        return [], findings
    reading = _Reading(shown_as, grammar, findings)
    reading.file(root, *known)
    return reading.drafts, findings


def _unknown_file(path: str, shown_as: str) -> Diagnostic:
    suggestion = ""
    if path.endswith(".yml") and file_kind(path[:-3] + "yaml"):
        suggestion = path.rsplit("/", 1)[-1][:-3] + "yaml"
    return found("unknown-file", Location(shown_as), file=path, suggestion=suggestion)


@dataclass
class _Reading:
    """The reading of one file."""

    name: str
    grammar: Grammar
    findings: list[Diagnostic]
    drafts: list[Draft] = field(default_factory=list)

    def at(self, node: Node) -> Location:
        return Location(self.name, node.line, node.column)

    def file(self, root: Mapping, kind: FileKind, names: dict[str, str]) -> None:
        """Read a file: one record, or lists of records."""
        if not kind.table:
            self._lists(root, kind, names)
            return
        table = self.grammar.schemas[kind.table]
        start = Location(self.name)
        draft = Draft(table, start, context=_context(names))
        for column, pattern in kind.fill:
            self._fill(draft, column, pattern.format(**names))
        written_id = kind.key.strip("{}") == table.key[0]
        if not written_id:
            draft.id = kind.key.format(**names)
            self._fill(draft, table.key[0], draft.id, shown=names["id"])
        self._record(draft, root)
        if written_id:
            draft.id = str(draft.cells[table.key[0]].value) if table.key[0] in draft.cells else ""

    def _fill(self, draft: Draft, column: str, text: str, *, shown: str = "") -> None:
        """Set a column from the path; a part of the path that is no id is reported at the file."""
        value, problem = self.grammar.reader(draft.table, draft.table.by_name[column])(text)
        if problem is not None:
            self.findings.append(
                found(
                    "file-name",
                    draft.location,
                    value=shown or text,
                    pattern="a-z 0-9 -",
                    suggestion=problem.suggestion,
                )
            )
        draft.cells[column] = Cell(value if problem is None else text, draft.location)

    def _lists(self, root: Mapping, kind: FileKind, names: dict[str, str]) -> None:
        """Read a file that is no record but holds lists of records."""
        nested = nested_in(kind.path)
        for key, node in root.entries:
            if key.text not in nested:
                self._unknown_key(key, kind.holds, record="")
                continue
            holder = Draft(self.grammar.schemas[nested[key.text].table], Location(self.name))
            for column, pattern in kind.fill:
                self._fill(holder, column, pattern.format(**names))
            self._children(holder, nested[key.text], key, node, owned=False)

    def _record(self, draft: Draft, mapping: Mapping, nested: Nested | None = None) -> None:
        """Fill a draft from a mapping, then from its nested lists."""
        self.drafts.append(draft)
        table = draft.table
        nested_lists = nested_in(table.name)
        given = set(draft.cells)
        draft.spoiled |= mapping.spoiled
        later: list[tuple[Nested, Scalar, Node]] = []
        for key, node in mapping.entries:
            item = table.by_column_stem.get(key.text)
            if key.text in nested_lists:
                later.append((nested_lists[key.text], key, node))
            elif key.text == "provenance":
                self._provenance(draft, node)
            elif item is None:
                keys = [
                    *(
                        name
                        for name, known in table.by_column_stem.items()
                        if known.name not in given | filled(table.name)
                    ),
                    *nested_lists,
                    "provenance",
                ]
                draft.spoiled |= {key.text, self._unknown_key(key, keys, record=draft.id)}
            elif item.name in given or item.name in filled(table.name):
                self.findings.append(
                    found(
                        "filled-by-program",
                        self.at(key),
                        key=key.text,
                        record=draft.id,
                        field=key.text,
                        length=len(key.text),
                    )
                )
            elif item.localized:
                self._localized(draft, item, key, node)
            else:
                self._plain(draft, item, key, node)
        if nested is not None:
            self._join_id(draft, nested)
        self._required(draft, draft.spoiled | {key.text for key, _ in mapping.entries})
        for inner, key, node in later:
            draft.lists[key.text] = (inner.table, self.at(key))
            reported = len(self.findings)
            self._children(draft, inner, key, node)
            if len(self.findings) > reported:
                draft.spoiled.add(key.text)

    def _required(self, draft: Draft, written: set[str]) -> None:
        table = draft.table
        for stem, item in table.by_column_stem.items():
            if not item.required or stem in written or item.name in filled(table.name):
                continue
            if any(column in draft.cells for column in item.columns(self.grammar.languages)):
                continue
            self.findings.append(found("required-missing", draft.location, key=stem, record=draft.id, field=stem))

    def _unknown_key(self, key: Scalar, known: tuple[str, ...] | list[str], *, record: str) -> str:
        """Report a key that is no field here; return the one that was most likely meant."""
        suggestion = closest(key.text, known)
        name = "cyrillic-key" if has_lookalike(key.text, known) else "unknown-key"
        self.findings.append(
            found(
                name,
                self.at(key),
                key=key.text,
                known=", ".join(sorted(known)),
                record=record,
                field=key.text,
                suggestion=suggestion,
                length=len(key.text),
            )
        )
        return suggestion

    def _expected(self, wanted: str, key: Scalar, node: Node, record: str) -> None:
        """Report a value of the wrong shape: text, list or mapping."""
        self.findings.append(
            found(
                f"{wanted}-expected",
                self.at(node),
                key=key.text,
                given=type_names[type(node)],
                record=record,
                field=key.text,
            )
        )

    def _plain(self, draft: Draft, item: Field, key: Scalar, node: Node) -> None:
        if not isinstance(node, Scalar):
            draft.spoiled.add(key.text)
            self._expected("text", key, node, draft.id)
        elif self._cast(draft, item, item.name, key.text, node) is None:
            draft.spoiled.add(key.text)

    def _localized(self, draft: Draft, item: Field, key: Scalar, node: Node) -> None:
        reported = len(self.findings)
        self._languages(draft, item, key, node)
        if len(self.findings) > reported or (isinstance(node, Mapping) and node.spoiled):
            draft.spoiled.add(key.text)

    def _languages(self, draft: Draft, item: Field, key: Scalar, node: Node) -> None:
        """Read a text in every language."""
        languages = self.grammar.languages
        if not isinstance(node, Mapping):
            self.findings.append(
                found(
                    "languages-expected",
                    self.at(node),
                    key=key.text,
                    record=draft.id,
                    field=key.text,
                    languages=", ".join(languages),
                )
            )
            return
        if node.flow:
            self.findings.append(found("flow-mapping", self.at(node), key=key.text, record=draft.id, field=key.text))
            return
        for language, text in node.entries:
            if language.text not in languages:
                self.findings.append(
                    found(
                        "language-unknown",
                        self.at(language),
                        value=language.text,
                        known=", ".join(languages),
                        suggestion=closest(language.text, languages),
                        record=draft.id,
                        field=key.text,
                        length=len(language.text),
                    )
                )
            elif not isinstance(text, Scalar):
                self._expected("text", language, text, draft.id)
            else:
                self._cast(draft, item, f"{item.name}_{language.text}", f"{key.text}.{language.text}", text)

    def _cast(self, draft: Draft, item: Field, column: str, key: str, node: Scalar) -> Cell | None:
        """Cast a typed text into a column of a draft."""
        text = node.text.rstrip("\n") if node.style in ("literal", "folded") else node.text
        if node.comment_column and item.is_plain_text:
            place = Location(self.name, node.end_line, node.comment_column)
            self.findings.append(found("comment-truncates", place, kept=text, record=draft.id, field=key))
            return None
        value, problem = self.grammar.reader(draft.table, item)(text)
        if problem is not None:
            self._problem(problem, node, key, draft.id)
            return None
        length = len(node.text) if node.line == node.end_line else 1
        cell = Cell(value, self.at(node), length)
        draft.cells[column] = cell
        return cell

    def _problem(self, problem: Problem, node: Scalar, key: str, record: str) -> None:
        is_one_line = node.line == node.end_line
        column = node.column + (1 if is_one_line and node.style != "plain" else 0)
        length = len(node.text) if is_one_line else 1
        if is_one_line and problem.offset >= 0:
            column, length = column + problem.offset, 1
        self.findings.append(
            found(
                problem.name,
                Location(self.name, node.line, column),
                problem.arguments,
                record=record,
                field=key,
                suggestion=problem.suggestion,
                length=length,
                key=key,
            )
        )

    def _children(self, parent: Draft, nested: Nested, key: Scalar, node: Node, *, owned: bool = True) -> None:
        """Read a nested list (or a single mapping) of child records."""
        table = self.grammar.schemas[nested.table]
        if nested.single:
            items: list[Node] = [node] if isinstance(node, Mapping) else []
            if not items:
                self._expected("mapping", key, node, parent.id)
        elif isinstance(node, Sequence):
            items = node.items
        else:
            self._expected("list", key, node, parent.id)
            return
        for position, item in enumerate(items, 1):
            draft = Draft(table, self.at(item), parent=parent if owned else None, context=_below(parent))
            if not owned:
                draft.cells.update(parent.cells)
            for column, source in nested.inherit:
                if source in parent.cells:
                    draft.cells[column] = parent.cells[source]
            if nested.numbered:
                draft.cells["position"] = Cell(position, draft.location)
            if nested.code:
                self._code(draft, nested, key, item)
            elif isinstance(item, Mapping):
                self._record(draft, item, nested)
            else:
                self._expected("mapping", key, item, parent.id)

    def _code(self, draft: Draft, nested: Nested, key: Scalar, node: Node) -> None:
        """Read an item that is a plain code."""
        if not isinstance(node, Scalar):
            self._expected("text", key, node, draft.parent.id if draft.parent else "")
            return
        if self._cast(draft, draft.table.by_name[nested.code], nested.code, key.text, node):
            self.drafts.append(draft)

    def _join_id(self, draft: Draft, nested: Nested) -> None:
        """Join the full id of a child with an id of its own; composite keys are joined with the catalog."""
        if not nested.key_from:
            return
        own = draft.table.key[0]
        names = {
            "parent": draft.parent.id if draft.parent else "",
            "id": str(draft.cells[own].value) if own in draft.cells else "",
        }
        milestone = draft.cells.get("milestone_id")
        names["milestone_id"] = str(milestone.value).rsplit("-", 1)[-1] if milestone else "all"
        if "{id}" in nested.key_from and not names["id"]:
            return
        draft.id = nested.key_from.format(**names)
        place = draft.cells[own].location if own in draft.cells else draft.location
        draft.cells[own] = Cell(draft.id, place, len(names["id"]))

    def _provenance(self, draft: Draft, node: Node) -> None:
        """Read the entries of `provenance:`; their fields are checked with the catalog."""
        if not isinstance(node, Sequence):
            self.findings.append(
                found(
                    "list-expected",
                    self.at(node),
                    key="provenance",
                    given=type_names[type(node)],
                    record=draft.id,
                    field="provenance",
                )
            )
            return
        for item in node.items:
            if isinstance(item, Mapping):
                self._origin(draft, item)
            else:
                self.findings.append(
                    found(
                        "mapping-expected",
                        self.at(item),
                        key="provenance",
                        record=draft.id,
                        given=type_names[type(item)],
                        field="provenance",
                    )
                )

    def _origin(self, draft: Draft, mapping: Mapping) -> None:
        table = self.grammar.schemas["provenance"]
        scratch = Draft(table, self.at(mapping), id=draft.id, context=draft.context)
        fields: list[Scalar] = []
        sources: list[Cell] = []
        written = set()
        for key, node in mapping.entries:
            written.add(key.text)
            if key.text == "fields":
                fields = self._texts(key, node, draft.id)
            elif key.text in ("source", "sources"):
                nodes = (
                    [node] if isinstance(node, Scalar) and key.text == "source" else self._texts(key, node, draft.id)
                )
                for text in nodes:
                    if cell := self._cast(scratch, table.by_name["source_id"], "source_id", key.text, text):
                        sources.append(cell)
            elif key.text == "status":
                self._plain(scratch, table.by_name["status"], key, node)
            elif key.text == "note":
                self._localized(scratch, table.by_name["note"], key, node)
            else:
                self._unknown_key(key, ("fields", "status", "source", "sources", "note"), record=draft.id)
        for needed in ("fields", "status"):
            if needed not in written:
                self.findings.append(
                    found(
                        "required-missing",
                        self.at(mapping),
                        key=needed,
                        record=draft.id,
                        field=f"provenance.{needed}",
                    )
                )
        scratch.cells.pop("source_id", None)
        draft.origins.append(Origin(scratch.location, fields, scratch.cells, sources))

    def _texts(self, key: Scalar, node: Node, record: str) -> list[Scalar]:
        """Return a list of plain texts."""
        if not isinstance(node, Sequence):
            self._expected("list", key, node, record)
            return []
        for item in node.items:
            if not isinstance(item, Scalar):
                self._expected("text", key, item, record)
        return [item for item in node.items if isinstance(item, Scalar)]


def _context(names: AnyMapping[str, str]) -> tuple[str, ...]:
    """Return the ids that a short reference in a file may continue, the nearest first."""
    plan = names.get("plan", "")
    if not plan:
        return ()
    return (f"{plan}-{names['id']}", plan)


def _below(parent: Draft) -> tuple[str, ...]:
    return (*((parent.id,) if parent.id and parent.id not in parent.context else ()), *parent.context)

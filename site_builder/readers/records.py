"""Owns the way from the tree of one file to drafts of its records, led by the schemas; refuses to see other files."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from functools import lru_cache

from site_builder.nouns.diagnostic import Diagnostic, Location, Severity, found
from site_builder.nouns.file_kind import FileKind, Nested
from site_builder.nouns.record import Cell
from site_builder.readers.defaults import fill_defaults, is_inherited, short_id
from site_builder.readers.drafts import Draft, Grammar, copies
from site_builder.readers.layout import file_kind, filled, nested_in
from site_builder.readers.origins import read_origins
from site_builder.readers.values import Values
from site_builder.readers.yaml_composer import parse_yaml
from site_builder.readers.yaml_tree import Mapping, Node, Scalar, Sequence

SMALL, REMEMBERED = 50_000, 4_000
"""Bytes of a file that is remembered, and how many of them are."""


def read_file(
    path: str, content: bytes, grammar: Grammar, *, shown_as: str, again: bool = False
) -> tuple[list[Draft], list[Diagnostic]]:
    """Return the drafts of a content file and everything found in it; `shown_as` is its path in findings.

    With `again` the same file may be read once more: what was read of it is remembered as long as it stays as it is.
    """
    if not again or len(content) > SMALL:
        return _read(path, content, grammar, shown_as)
    drafts, findings = _remembered(path, content, grammar, shown_as)
    return copies(drafts), list(findings)


def _read(path: str, content: bytes, grammar: Grammar, shown_as: str) -> tuple[list[Draft], list[Diagnostic]]:
    known = file_kind(path)
    if known is None:
        return [], [_unknown_file(path, shown_as)]
    root, findings = parse_yaml(shown_as, content)
    if root is None:
        return [], findings
    reading = _Reading(Values(shown_as, grammar, findings))
    reading.file(root, *known)
    return reading.drafts, findings


_remembered = lru_cache(REMEMBERED)(_read)


def _unknown_file(path: str, shown_as: str) -> Diagnostic:
    suggestion = ""
    if path.endswith(".yml") and file_kind(path[:-3] + "yaml"):
        suggestion = path.rsplit("/", 1)[-1][:-3] + "yaml"
    return found("unknown-file", Location(shown_as), file=path, suggestion=suggestion)


@dataclass
class _Reading:
    """The reading of one file."""

    values: Values
    drafts: list[Draft] = field(default_factory=list)

    def file(self, root: Mapping, kind: FileKind, names: dict[str, str]) -> None:
        """Read a file: one record, or lists of records."""
        if not kind.table:
            self._lists(root, kind, names)
            return
        table = self.values.grammar.schemas[kind.table]
        start = Location(self.values.file)
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
        value, problem = self.values.grammar.reader(draft.table, draft.table.by_name[column])(text)
        if problem is not None:
            self.values.findings.append(
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
                self.values.unknown_key(key, kind.holds, record="")
                continue
            table = self.values.grammar.schemas[nested[key.text].table]
            holder = Draft(table, Location(self.values.file), context=_context(names))
            for column, pattern in kind.fill:
                self._fill(holder, column, pattern.format(**names))
            self._children(holder, nested[key.text], key, node, owned=False)

    def _record(self, draft: Draft, mapping: Mapping, nested: Nested | None = None) -> None:
        """Fill a draft from a mapping, then from its nested lists."""
        self.drafts.append(draft)
        table = draft.table
        nested_lists = nested_in(table.name)
        given = set(draft.cells)
        if nested is not None and nested.key_from and "{id}" not in nested.key_from:
            given.add(table.key[0])  # joined of other values: one that is written would be overwritten
        draft.spoiled |= mapping.spoiled
        later: list[tuple[Nested, Scalar, Node]] = []
        for key, node in mapping.entries:
            item = table.by_column_stem.get(key.text)
            if key.text in nested_lists:
                later.append((nested_lists[key.text], key, node))
            elif key.text == "provenance":
                read_origins(self.values, draft, node)
            elif item is None:
                draft.spoiled |= self._no_field(key, mapping, draft, given | filled(table.name))
            elif item.name in given or item.name in filled(table.name):
                self.values.findings.append(
                    found(
                        "filled-by-program",
                        self.values.at(key),
                        key=key.text,
                        record=draft.shown_id,
                        field=key.text,
                        length=len(key.text),
                    )
                )
            elif item.localized:
                self.values.localized(draft, item, key, node)
            else:
                self.values.plain(draft, item, key, node)
        fill_defaults(draft, nested.defaults if nested else ())
        if nested is not None:
            self._join_id(draft, nested)
        self._required(draft, draft.spoiled | {key.text for key, _ in mapping.entries}, nested)
        for inner, key, node in later:
            draft.lists[key.text] = (inner.table, self.values.at(key))
            reported = len(self.values.findings)
            self._children(draft, inner, key, node)
            if any(finding.severity is Severity.ERROR for finding in self.values.findings[reported:]):
                draft.spoiled.add(key.text)

    def _no_field(self, key: Scalar, mapping: Mapping, draft: Draft, taken: set[str]) -> set[str]:
        """Report a key that is no field of a record; return it with the one that was most likely meant."""
        if key.text in self.values.grammar.languages:
            return self._out_of_place(key, mapping, draft)
        stems = draft.table.by_column_stem.items()
        free = [stem for stem, item in stems if item.name not in taken]
        labels = {label.casefold(): stem for stem, item in stems for label in item.labels.values()}
        known = [*free, *nested_in(draft.table.name), "provenance"]
        return {key.text, self.values.unknown_key(key, known, record=draft.shown_id, labels=labels)}

    def _out_of_place(self, key: Scalar, mapping: Mapping, draft: Draft) -> set[str]:
        """Report a language that stands where fields stand; return the key of the text that it belongs to."""
        above = [other for other, node in mapping.entries if isinstance(node, Mapping) and other.line < key.line]
        text = above[-1].text if above else ""
        self.values.findings.append(
            found(
                "language-out-of-place",
                self.values.at(key),
                value=key.text,
                record=draft.shown_id,
                field=text or key.text,
                suggestion=f"{text}:" if text else "",
                length=len(key.text),
            )
        )
        return {key.text, text}

    def _required(self, draft: Draft, written: set[str], nested: Nested | None) -> None:
        table = draft.table
        free = {*filled(table.name), *(nested.defaults if nested else ())}
        if nested is not None:
            free.update(column for column, _ in nested.inherit)
        for stem, item in table.required.items():
            if stem in written or item.name in free or is_inherited(table, item.name):
                continue
            if any(column in draft.cells for column in item.columns(self.values.grammar.languages)):
                continue
            if item.name == table.key[0] and nested is not None and nested.id_from:
                continue  # made of other values: what is wrong is told of those
            self.values.findings.append(
                found("required-missing", draft.location, key=stem, record=draft.shown_id, field=stem)
            )

    def _children(self, parent: Draft, nested: Nested, key: Scalar, node: Node, *, owned: bool = True) -> None:
        """Read a nested list (or a single mapping) of child records."""
        table = self.values.grammar.schemas[nested.table]
        if nested.single:
            items: list[Node] = [node] if isinstance(node, Mapping) else []
            if not items:
                self.values.expected("mapping", key, node, parent.shown_id)
        elif isinstance(node, Sequence):
            items = node.items
        else:
            self.values.expected("list", key, node, parent.shown_id)
            return
        for position, item in enumerate(items, 1):
            draft = Draft(table, self.values.at(item), parent=parent if owned else None, context=_below(parent))
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
                self.values.expected("mapping", key, item, parent.shown_id)

    def _code(self, draft: Draft, nested: Nested, key: Scalar, node: Node) -> None:
        """Read an item that is a plain code."""
        if not isinstance(node, Scalar):
            self.values.expected("text", key, node, draft.parent.id if draft.parent else "")
            return
        if self.values.cast(draft, draft.table.by_name[nested.code], nested.code, key.text, node):
            self.drafts.append(draft)

    def _join_id(self, draft: Draft, nested: Nested) -> None:
        """Join the full id of a child with an id of its own; composite keys are joined with the catalog."""
        if not nested.key_from:
            return
        own = draft.table.key[0]
        names = {column: str(draft.cells[column].value) for column in nested.key_columns if column in draft.cells}
        names["parent"] = draft.parent.id if draft.parent else ""
        names["id"] = str(draft.cells[own].value) if own in draft.cells else short_id(draft, nested.id_from)
        milestone = draft.cells.get("milestone_id")
        names["milestone_id"] = str(milestone.value).rsplit("-", 1)[-1] if milestone else "all"
        if not all(names.get(column) for column in nested.key_columns if column != "parent"):
            return
        draft.id = nested.key_from.format(**names)
        place = draft.cells[own].location if own in draft.cells else draft.location
        draft.cells[own] = Cell(draft.id, place, len(names["id"]))


def _context(names: AnyMapping[str, str]) -> tuple[str, ...]:
    """Return the ids that a short reference in a file may continue, the nearest first."""
    whole = names.get("plan", "") or names.get("framework", "")
    if not whole:
        return ()
    return (f"{whole}-{names['id']}", whole) if "id" in names else (whole,)


def _below(parent: Draft) -> tuple[str, ...]:
    return (*((parent.id,) if parent.id and parent.id not in parent.context else ()), *parent.context)

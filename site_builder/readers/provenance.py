"""Owns the spreading of `provenance:` entries into a row for each value and source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.record import Cell, Record
from site_builder.nouns.schema import Field
from site_builder.readers.drafts import Draft, Origin, Shape, Spread
from site_builder.readers.layout import nested_in
from site_builder.readers.suggest import closest
from site_builder.readers.yaml_tree import Scalar

ABSENT = ("missing", "none_stated")
"""Statuses that speak of a value which is not there."""
QUESTIONS = ("lead",)
"""Names that an entry may use beside fields: questions that several rows answer together."""

SAY_IT_THEMSELVES = frozenset({"observations"})
"""Tables whose every row names its own source: an entry about the record in which they stand is not about them."""

Target = tuple[str, str, str]
"""Table, record and column of a value."""


def spread_provenance(
    drafts: Iterable[Draft],
    children: Mapping[int, list[Draft]],
    languages: tuple[str, ...],
    findings: list[Diagnostic],
) -> Iterator[Record]:
    """Yield a row of provenance for each value, source and entry; mistakes in entries go to `findings`.

    `children` has the nested drafts by the identity of their parent. A file that stayed as it was, with the same
    values, has the same rows as the last time.
    """
    for draft in drafts:
        if not draft.origins:
            continue
        shape, known = _shape(draft, children), draft.origins.spread
        if known is None or known.shape != shape:
            wrong: list[Diagnostic] = []
            rows = tuple(_Speaker(draft, children, languages, wrong).rows())
            known = draft.origins.spread = Spread(shape, rows, tuple(wrong))
        findings.extend(known.findings)
        yield from known.rows


def _shape(draft: Draft, children: Mapping[int, list[Draft]]) -> Shape:
    below = tuple([_shape(child, children) for child in children.get(id(draft), ())])
    return draft.id, tuple(draft.cells), below


@dataclass
class _Speaker:
    """A record that says where its values come from."""

    draft: Draft
    children: Mapping[int, list[Draft]]
    languages: tuple[str, ...]
    findings: list[Diagnostic]
    seen: dict[tuple[str, str, str, str], Location] = field(default_factory=dict)

    def rows(self) -> Iterator[Record]:
        """Yield the rows of all entries."""
        for origin in self.draft.origins.entries:
            for written in origin.fields:
                place = Location(self.draft.location.file, written.line, written.column)
                targets = list(self._targets(written.text, origin))
                if not targets:
                    self._report(written, place, origin)
                for target in targets:
                    yield from self._told(origin, place, target)

    def _speak_for_themselves(self, key: str, origin: Origin) -> bool:
        """Whether an entry covers a list whose every row says of all its values itself where they come from."""
        status = origin.cells.get("status")
        return bool(self._nested(key)) and not (status is not None and status.value in ABSENT)

    def _report(self, written: Scalar, place: Location, origin: Origin) -> None:
        """Report an entry that speaks of nothing: an unknown name, or a value that is not as the status says."""
        stem = written.text.split(".")[0]
        if stem in self.draft.spoiled or self._speak_for_themselves(stem, origin):
            return
        known, status = self._is_known(written.text), origin.cells.get("status")
        absent = status is not None and status.value in ABSENT
        if known and not absent and "" in self.draft.spoiled:
            return  # a key that is no field, whose name nobody could guess, may hold the value
        names = [*self.draft.table.by_column_stem, *self.draft.lists]
        self.findings.append(
            found(
                "provenance-field" if not known else "provenance-has-value" if absent else "provenance-without-value",
                place,
                value=written.text,
                record=self.draft.shown_id,
                field="provenance",
                suggestion="" if known else closest(stem, names),
                length=len(written.text),
            )
        )

    def _told(self, origin: Origin, place: Location, target: Target) -> Iterator[Record]:
        """Yield a row for each source of a value; the rows have their cells in common."""
        table, record_id, column = target
        for source in origin.sources or (None,):
            key = (table, record_id, column, str(source.value) if source else "")
            first = self.seen.setdefault(key, place)
            if first is place:
                cells = {
                    "table_name": Cell(table, place),
                    "record_id": Cell(record_id, place),
                    "field": Cell(column, place),
                    **origin.cells,
                }
                if source:
                    cells["source_id"] = source
                parent = self.draft
                yield Record("provenance", "/".join(key), cells, origin.location, parent.id, parent.table.name)
            else:
                self._report_twice(column, place, first)

    def _report_twice(self, column: str, place: Location, first: Location) -> None:
        self.findings.append(
            found(
                "provenance-twice",
                place,
                value=column,
                first_line=first.line,
                record=self.draft.shown_id,
                field="provenance",
            )
        )

    def _is_known(self, name: str) -> bool:
        """Whether a name is a field, a list or a question of the record."""
        stem, _, language = name.partition(".")
        if stem in QUESTIONS or stem in nested_in(self.draft.table.name):
            return True
        item = self.draft.table.by_column_stem.get(stem)
        return item is not None and (not language or (item.localized and language in self.languages))

    def _targets(self, name: str, origin: Origin) -> Iterator[Target]:
        """Yield every value that an entry speaks of.

        An entry about absence names columns without a value; any other names those that have one.
        """
        status = origin.cells.get("status")
        absent = status is not None and status.value in ABSENT
        stem, _, language = name.partition(".")
        item = self.draft.table.by_column_stem.get(stem)
        if stem in QUESTIONS:
            yield self._own(stem)
        elif item is not None:
            for column in self._columns(item, language, absent=absent):
                yield self._own(column)
        elif stem in nested_in(self.draft.table.name):
            rows = self._nested(stem)
            if absent and not rows:
                yield self._own(stem)
            elif not absent:
                for child in rows:
                    yield from self._values(child)

    def _own(self, column: str) -> Target:
        return self.draft.table.name, self.draft.id, column

    def _columns(self, item: Field, language: str, *, absent: bool) -> Iterator[str]:
        """Yield the columns of a field that are there, or are not; a text absent in all languages is one column."""
        columns = item.columns(self.languages) if item.localized else (item.name,)
        wanted = [column for column in columns if not language or column == f"{item.name}_{language}"]
        if absent and not language:
            if not any(column in self.draft.cells for column in wanted):
                yield item.name
            return
        yield from (column for column in wanted if (column in self.draft.cells) != absent)

    def _nested(self, key: str) -> list[Draft]:
        """Return the drafts written under a nested key of the record."""
        if key not in self.draft.lists:
            return []
        table = self.draft.lists[key][0]
        return [child for child in self.children.get(id(self.draft), ()) if child.table.name == table]

    def _values(self, child: Draft) -> Iterator[Target]:
        """Yield every value of a nested record and of those nested in it, but for what it says of itself."""
        if child.table.name in SAY_IT_THEMSELVES:
            return
        says_itself = {text.text.replace(".", "_") for origin in child.origins.entries for text in origin.fields}
        own_id = child.table.key if len(child.table.key) == 1 else ()
        given = {"position", *own_id, *(child.parent.table.key if child.parent else ())}
        for stem, item in child.table.by_column_stem.items():
            if item.name in given or stem in says_itself:
                continue
            for column in item.columns(self.languages) if item.localized else (item.name,):
                if column in child.cells and column.replace(item.name, stem, 1) not in says_itself:
                    yield child.table.name, child.id, column
        for grandchild in self.children.get(id(child), ()):
            yield from self._values(grandchild)

"""Owns answers to what a blank asks: each is judged by the program's own readers as soon as it is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.record import Catalog
from site_builder.readers.blanks import Line, Shape
from site_builder.readers.casting import Reader
from site_builder.readers.suggest import closest
from site_builder.writers.yaml_text import Code, Value

NESTED = frozenset({Shape.RECORD, Shape.RECORDS})


@dataclass
class Answers:
    """What has been answered: values by key, texts by language, records by their label."""

    catalog: Catalog
    context: tuple[str, ...] = ()
    """Ids that a short reference may continue: the commitment, the plan."""
    given: dict[str, Any] = field(default_factory=dict)

    def put(self, lines: Sequence[Line], path: str, text: str) -> Diagnostic | None:
        """Take an answer; return what is wrong with it, which then is not taken.

        The path names a key, then a language, or the label of a record and a key in it: `title.en`,
        `organisations.1.role`.
        """
        place = Location(path)
        place_in: dict[str, Any] = self.given
        rest = path.split(".")
        while True:
            name, *rest = rest
            line = next((item for item in lines if item.key == name), None)
            if line is None:
                return _unknown(name, [item.key for item in lines], place)
            if line.shape not in NESTED:
                return self._take(line, rest, text, (place, place_in))
            levels = [name, *rest[:1]] if line.shape is Shape.RECORDS else [name]
            rest = rest[1:] if line.shape is Shape.RECORDS else rest
            if not rest:
                return _unknown("", [item.key for item in line.lines], place)
            if wrong := self._mislabelled(line, levels[1:], place):
                return wrong
            for level in levels:
                place_in = place_in.setdefault(level, {})
            lines = line.lines

    def _mislabelled(self, line: Line, labels: Sequence[str], place: Location) -> Diagnostic | None:
        """Return what is wrong with the label of a record, where it is its id or its milestone."""
        named = [(inner, _named(line, label).get(inner.key)) for label in labels for inner in line.lines]
        return next((wrong for inner, text in named if text and (wrong := self.judged(inner, text, place))), None)

    def _take(
        self, line: Line, rest: Sequence[str], text: str, into: tuple[Location, dict[str, Any]]
    ) -> Diagnostic | None:
        place, place_in = into
        if line.shape is Shape.TEXTS:
            language = rest[0] if len(rest) == 1 else ""
            if language not in self.catalog.codes:
                return _unknown(language, self.catalog.codes, place)
        elif rest:
            return _unknown(rest[0], [], place)
        parts = [part.strip() for part in text.split(",")] if line.shape is Shape.CODES else [text]
        for part in parts:
            if wrong := self.judged(line, part, place):
                return wrong
        if line.shape is Shape.TEXTS:
            place_in.setdefault(line.key, {})[rest[0]] = text
        else:
            place_in[line.key] = parts if line.shape is Shape.CODES else text
        return None

    def judged(self, line: Line, text: str, place: Location) -> Diagnostic | None:
        """Return what the readers and checks say of a value."""
        item = line.item
        assert item is not None
        if line.names:
            return None if text in line.names else _unknown(text, line.names, place)
        _, problem = Reader(item)(text)
        if problem is not None:
            arguments = dict(problem.arguments)
            return found(
                problem.name, place, arguments.items(), field=line.key, suggestion=problem.suggestion, key=line.key
            )
        if item.codelist and self.catalog.code(item.codelist, text) is None:
            codes = [str(record.get("code")) for record in self.catalog.codes_of.get(item.codelist, ())]
            told = {"value": text, "list": item.codelist, "known": ", ".join(codes)}
            return found("code-unknown", place, told.items(), field=line.key, suggestion=closest(text, codes))
        if line.refers_to and not self._is_known(line.refers_to, text):
            known = self.catalog.by_id.get(line.refers_to, {})
            told = {"value": text, "table": line.refers_to}
            return found("reference-unknown", place, told.items(), field=line.key, suggestion=closest(text, known))
        return None

    def _is_known(self, table: str, text: str) -> bool:
        known = self.catalog.by_id.get(table, {})
        return text in known or any(f"{prefix}-{text}" in known for prefix in self.context)


def _unknown(name: str, known: Sequence[str], place: Location) -> Diagnostic:
    told = {"key": name, "known": ", ".join(known)}
    return found("unknown-key", place, told.items(), suggestion=closest(name, known))


def lacking(lines: Sequence[Line], given: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Line]]:
    """Yield the keys that must still be filled in, with their paths."""
    for line in lines:
        path = f"{above}{line.key}"
        if line.key not in given:
            if line.required and (not above or line.key != "id"):
                yield path, line
        elif line.shape is Shape.RECORD:
            yield from lacking(line.lines, given[line.key], f"{path}.")
        elif line.shape is Shape.RECORDS:
            for label, record in given[line.key].items():
                named = {**record, **_named(line, label)}
                yield from lacking(line.lines, named, f"{path}.{label}.")


def _named(line: Line, label: str) -> dict[str, str]:
    """Return what the label of a record says: its id, or the milestone of which an item of an update tells."""
    keys = [item.key for item in line.lines]
    if label.isdigit():
        return {}
    first = keys[0] if keys and keys[0] in ("id", "milestone") else ""
    return {first: label} if first else {}


def tree_of(lines: Sequence[Line], given: Mapping[str, Any]) -> dict[str, Value]:
    """Return what was answered as a tree to be written, in the order of the schema."""
    return {line.key: _value(line, given[line.key]) for line in lines if line.key in given}


def _value(line: Line, answer: Any) -> Value:
    if line.shape is Shape.RECORD:
        return tree_of(line.lines, answer)
    if line.shape is Shape.RECORDS:
        return [tree_of(line.lines, {**_named(line, label), **record}) for label, record in answer.items()]
    if line.shape is Shape.TEXTS:
        return dict(answer)
    if line.shape is Shape.CODES:
        return [Code(text) for text in answer]
    return _scalar(line, answer)


def _scalar(line: Line, text: str) -> Value:
    item = line.item
    assert item is not None
    if item.type == "boolean":
        return text == "true"
    if item.type in ("integer", "number"):
        return Decimal(text)
    if item.type == "date" or (item.partial_date and len(text) == len("2019-05-20")):
        return date.fromisoformat(text)
    if item.partial_date and text.isdigit():
        return Decimal(text)
    return text if item.is_plain_text and not line.refers_to else Code(text)

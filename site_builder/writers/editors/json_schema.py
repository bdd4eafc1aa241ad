"""Owns the JSON Schema (draft-07) of a kind of file, with which an editor completes, explains and checks while typing.

Its values are those of the core schema of YAML 1.2, in which a day is a text. Keywords beyond draft-07 are those that
VS Code reads: `markdownDescription`, `enumDescriptions`, `defaultSnippets`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Field
from site_builder.nouns.text import Text
from site_builder.readers.blanks import Blank, Line, Shape

Tree = dict[str, Any]
DIALECT = "http://json-schema.org/draft-07/schema#"
ID = "^[a-z0-9][a-z0-9]*(-[a-z0-9]+)*$"
"""What a reference looks like; which ids there are is known when the content is checked."""
DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
PARTIAL_DAY = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
FIRST_YEAR, LAST_YEAR = 1000, 9999
WEB = "^https?://"
CHOICE_LIMIT = 30
"""Codes that a snippet offers; completion offers them all."""


def json_schema(blank: Blank, catalog: Catalog) -> Tree:
    """Return the schema of a kind of file; descriptions are in all languages of the site."""
    drawing = _Drawing(catalog)
    root = drawing.record(blank.lines)
    named = drawing.named(blank.labels, blank.descriptions)
    return {
        "$schema": DIALECT,
        **named,
        **root,
        "defaultSnippets": [
            {"label": f"+ {blank.name}", "description": named["title"], "body": drawing.snippet(blank.lines)}
        ],
        "definitions": dict(sorted(drawing.definitions.items())),
    }


@dataclass
class _Drawing:
    """The drawing of one schema; what stands in it more than once is defined once."""

    catalog: Catalog
    definitions: dict[str, Tree] = field(default_factory=dict)

    def named(self, labels: Mapping[str, str], descriptions: Mapping[str, str]) -> Tree:
        """Return title and description in all languages."""
        codes = self.catalog.codes
        told = [(Text(labels), Text(descriptions), code) for code in codes]
        pairs = [
            (label.shown(code)[0], text.shown(code)[0])
            for label, text, code in told
            if code in label.by_language or code in text.by_language
        ]
        return {
            "title": " · ".join(dict.fromkeys(label for label, _ in pairs if label)),
            "description": "\n".join(dict.fromkeys(text for _, text in pairs if text)),
            "markdownDescription": "\n\n".join(f"**{label}**: {_markdown(text)}" for label, text in pairs),
        }

    def snippet(self, lines: Iterable[Line]) -> Tree:
        return _Snippet(self.catalog).body(lines)

    def record(self, lines: Iterable[Line]) -> Tree:
        """Return the schema of a mapping with these keys and no others."""
        lines = tuple(lines)
        tree: Tree = {
            "type": "object",
            "additionalProperties": False,
            "properties": {line.key: self.line(line) for line in lines},
        }
        if required := [line.key for line in lines if line.required]:
            tree["required"] = required
        return tree

    def line(self, line: Line) -> Tree:
        named = self.named(line.labels, line.descriptions)
        if line.shape is Shape.TEXTS:
            return {**named, **self._texts(line)}
        if line.shape is Shape.CODES:
            items = {"enum": list(line.names)} if line.names else self._value(line)
            return {**named, "type": "array", "minItems": 1, "uniqueItems": True, "items": items}
        if line.shape is Shape.RECORDS:
            snippet = {"label": f"+ {line.key}", "body": self.snippet(line.lines)}
            items = {**self.record(line.lines), "defaultSnippets": [snippet]}
            return {**named, "type": "array", "minItems": 1, "items": items}
        if line.shape is Shape.RECORD:
            return {**named, **self.record(line.lines)}
        return {**named, **self._value(line)}

    def _texts(self, line: Line) -> Tree:
        assert line.item is not None
        text = _text(line.item)
        languages = {
            language.code: {"title": language.name, "description": f"{language.name} ({language.code})", **text}
            for language in self.catalog.languages
        }
        return {"type": "object", "additionalProperties": False, "minProperties": 1, "properties": languages}

    def _value(self, line: Line) -> Tree:
        item = line.item
        assert item is not None
        if item.codelist:
            return self._codes(item.codelist)
        if line.refers_to:
            return {"type": "string", "pattern": ID}
        return value_schema(item)

    def _codes(self, codelist: str) -> Tree:
        records = self.catalog.codes_of.get(codelist, ())
        if not records:
            return {"type": "string"}
        self.definitions.setdefault(
            codelist,
            {
                "type": "string",
                "enum": [str(record.get("code")) for record in records],
                "enumDescriptions": [
                    " · ".join(dict.fromkeys(self.catalog.text(record, "label").by_language.values()))
                    for record in records
                ],
            },
        )
        # beside a reference draft-07 looks at nothing else
        return {"allOf": [{"$ref": f"#/definitions/{codelist}"}]}


def value_schema(item: Field) -> Tree:
    """Return the schema of a value as YAML 1.2 reads it."""
    limits = {key: item.constraints[key] for key in ("minimum", "maximum") if key in item.constraints}
    if item.type == "date":
        return {"type": "string", "format": "date", "pattern": DAY}
    if item.partial_date:
        return {"type": ["string", "integer"], "pattern": PARTIAL_DAY, "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    if item.type in ("integer", "number"):
        return {"type": item.type, **limits}
    if item.type == "boolean":
        return {"type": "boolean"}
    if item.format == "uri":
        return {"type": "string", "format": "uri", "pattern": WEB}
    return _text(item)


def _text(item: Field) -> Tree:
    names = ("minLength", "maxLength", "pattern", "enum")
    limits = {key: item.constraints[key] for key in names if key in item.constraints}
    return {"type": "string", "minLength": 1, **limits}


def _markdown(text: str) -> str:
    """Return a text in which nothing is taken for Markdown."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#" else char for char in text)


@dataclass
class _Snippet:
    """What an editor writes for a new record: the keys that must be there, with a place to stop at each value."""

    catalog: Catalog
    stops: int = 0

    def body(self, lines: Iterable[Line]) -> Tree:
        lines = tuple(lines)
        chosen = [line for line in lines if line.required] or lines[:1]
        return {line.key: self._value(line) for line in chosen}

    def _value(self, line: Line) -> Any:
        if line.shape is Shape.TEXTS:
            return {code: self._stop() for code in self.catalog.codes}
        if line.shape is Shape.RECORDS:
            return [self.body(line.lines)]
        if line.shape is Shape.CODES:
            return [self._stop()]
        codelist = line.item.codelist if line.item else ""
        return self._stop([str(record.get("code")) for record in self.catalog.codes_of.get(codelist, ())])

    def _stop(self, choice: Sequence[str] = ()) -> str:
        self.stops += 1
        if 0 < len(choice) <= CHOICE_LIMIT:
            return f"${{{self.stops}|{','.join(choice)}|}}"
        return f"${self.stops}"

"""Owns one field of a schema: its type, constraints and texts; refuses what does not fit together."""

from __future__ import annotations

import re
from typing import Any

from site_builder.nouns.schema import Field
from site_builder.readers.schema_file import SchemaFile, shortened
from site_builder.readers.suggest import closest

_FIELD_KEYS = frozenset({"name", "type", "format", "constraints", "title", "description", "example", "rdfType"})
_OWN_KEYS = frozenset({"labels", "descriptions", "localized", "markdown", "listed", "codelist", "partial_date"})
_CONSTRAINTS = frozenset({"required", "unique", "minimum", "maximum", "minLength", "maxLength", "pattern", "enum"})
_TYPES = frozenset({"string", "integer", "number", "boolean", "date"})
_FORMATS = frozenset({"default", "uri"})
_BOOLEANS = ("localized", "markdown", "listed", "partial_date")


def read_field(name: str, item: dict[str, Any], reading: SchemaFile) -> Field:
    """Return a field as its schema describes it; what cannot be used is reported and left out."""
    reading.refuse_unknown(item, _FIELD_KEYS | _OWN_KEYS, name)
    for key in _BOOLEANS:
        if not isinstance(item.get(key, False), bool):
            reading.report("schema-boolean", key, item=name)
    kind = _one_of(item, "type", "string", _TYPES, reading)
    codelist = item.get("codelist", "")
    if not isinstance(codelist, str):
        reading.report("schema-value", "codelist", item=name, value=shortened(codelist))
        codelist = ""
    return Field(
        name=name,
        type=kind,
        format=_one_of(item, "format", "default", _FORMATS, reading),
        constraints=_constraints(item, kind, reading),
        labels=reading.texts(item, "labels", name),
        descriptions=reading.texts(item, "descriptions", name),
        localized=item.get("localized") is True,
        markdown=item.get("markdown") is True,
        listed=item.get("listed", True) is True,
        codelist=codelist,
        partial_date=item.get("partial_date") is True,
    )


def _one_of(item: dict[str, Any], key: str, usual: str, known: frozenset[str], reading: SchemaFile) -> str:
    written = item.get(key, usual)
    if isinstance(written, str) and written in known:
        return written
    name = "schema-type" if key == "type" else "schema-value"
    shown = written if isinstance(written, str) else shortened(written)
    reading.report(name, key, item=item["name"], value=shown, suggestion=closest(shown, known))
    return usual


def _constraints(item: dict[str, Any], kind: str, reading: SchemaFile) -> dict[str, Any]:
    """Return the constraints that can be used with the type of the field."""
    written = item.get("constraints", {})
    if not isinstance(written, dict):
        reading.report("schema-value", "constraints", item=item["name"], value=shortened(written))
        return {}
    reading.refuse_unknown(written, _CONSTRAINTS, item["name"])
    kept = {}
    for key, value in written.items():
        if key not in _CONSTRAINTS:
            continue
        if _fits(key, value, kind):
            kept[key] = value
        else:
            reading.report("schema-value", key, item=item["name"], value=shortened(value))
    return kept


def _fits(key: str, value: object, kind: str) -> bool:
    if key in ("required", "unique"):
        return isinstance(value, bool)
    if key in ("minLength", "maxLength"):
        return type(value) is int and value >= 0 and kind == "string"
    if key in ("minimum", "maximum"):
        return type(value) in ((int, float) if kind == "number" else (int,)) and kind in ("integer", "number")
    if key == "enum":
        return isinstance(value, list) and bool(value) and all(isinstance(entry, str) for entry in value)
    return kind == "string" and isinstance(value, str) and _compiles(value)


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return True

"""Owns what a row of a published table is as JSON, by JSON Schema 2020-12; refuses to know where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from site_builder.nouns.edition import Edition
from site_builder.nouns.schema import Table
from site_builder.nouns.text import Text
from site_builder.writers.dictionary import Column, columns_of

_TYPES: Mapping[str, Mapping[str, Any]] = {
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "string": {"type": "string"},
}
_LIMITS = ("minimum", "maximum", "minLength", "maxLength", "pattern")
"""Constraints of Table Schema that JSON Schema calls by the same name."""
PARTIAL = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
"""A year, a month or a day."""


def row_schema(edition: Edition, table: Table, language: str) -> dict[str, Any]:
    """Return what a row is: every column is there, a missing value is null; titles in a language.

    Columns may be added later, so nothing forbids a property that is not named here.
    """
    columns = columns_of(edition, table)
    return {
        "type": "object",
        "title": Text(table.labels).shown(language)[0],
        "description": Text(table.descriptions).shown(language)[0],
        "required": [column.name for column in columns],
        "properties": {column.name: _property(edition, table, column, language) for column in columns},
    }


def _property(edition: Edition, table: Table, column: Column, language: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": Text(column.labels).shown(language)[0],
        "description": Text(column.descriptions).shown(language)[0],
        **_TYPES[column.type],
        **{key: column.constraints[key] for key in _LIMITS if key in column.constraints},
    }
    field = table.by_name.get(column.name)
    if column.format == "uri":
        told["format"] = "uri"
    if field is not None and field.partial_date:
        told["pattern"] = PARTIAL
    allowed = allowed_values(edition, column)
    if allowed:
        told["enum"] = allowed if column.required else [*allowed, None]
    if not column.required:
        told["type"] = [told["type"], "null"]
    return told


def allowed_values(edition: Edition, column: Column) -> list[str]:
    """Return the values that a column may have, where they are listed."""
    codes = [str(record.get("code")) for record in edition.catalog.codes_of.get(column.codelist, ())]
    return codes or [str(value) for value in column.constraints.get("enum", ())]

"""Owns the way from the schema files to tables; refuses any property that it does not know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.schema import Field, Reference, Schemas, Table
from site_builder.readers.suggest import closest

_FIELD_KEYS = frozenset({"name", "type", "format", "constraints", "title", "description", "example", "rdfType"})
_OWN_KEYS = frozenset({"labels", "descriptions", "localized", "markdown", "listed", "codelist", "partial_date"})
_TABLE_KEYS = frozenset(
    {
        "$schema",
        "fields",
        "primaryKey",
        "uniqueKeys",
        "foreignKeys",
        "missingValues",
        "labels",
        "descriptions",
    }
)
_CONSTRAINTS = frozenset({"required", "unique", "minimum", "maximum", "minLength", "maxLength", "pattern", "enum"})
_TYPES = frozenset({"string", "integer", "number", "boolean", "date"})
_BOOLEANS = ("localized", "markdown", "listed", "partial_date")


def read_schemas(files: Mapping[str, bytes], folder: str = "schemas") -> tuple[Schemas, list[Diagnostic]]:
    """Return the tables of `datapackage.json` and its Table Schemas, and what is wrong in them.

    `files` maps names below the schema folder to their bytes.
    """
    findings: list[Diagnostic] = []
    package = _load(files, "datapackage.json", folder, findings)
    tables: dict[str, Table] = {}
    for resource in package.get("resources", []) if isinstance(package, dict) else []:
        name, path = str(resource.get("name", "")), str(resource.get("schema", ""))
        descriptor = _load(files, path, folder, findings)
        if isinstance(descriptor, dict):
            tables[name] = _table(name, descriptor, f"{folder}/{path}", findings)
    for table in tables.values():
        _check_names(table, tables, folder, findings)
    return Schemas(tables, str(package.get("name", "")) if isinstance(package, dict) else ""), findings


def _load(files: Mapping[str, bytes], path: str, folder: str, findings: list[Diagnostic]) -> Any:
    if path not in files:
        findings.append(found("schema-file-missing", Location(f"{folder}/{path}"), file=path))
        return {}
    try:
        return json.loads(files[path].decode("utf-8"))
    except UnicodeDecodeError:
        findings.append(found("not-utf8", Location(f"{folder}/{path}"), byte="", guess="an older encoding"))
    except json.JSONDecodeError as error:
        findings.append(found("schema-syntax", Location(f"{folder}/{path}", error.lineno, error.colno)))
    return {}


def _table(name: str, descriptor: dict[str, Any], file: str, findings: list[Diagnostic]) -> Table:
    _refuse_unknown(descriptor, _TABLE_KEYS, file, name, findings)
    fields = []
    for item in descriptor.get("fields", []):
        where = f"{name}.{item.get('name', '')}"
        _refuse_unknown(item, _FIELD_KEYS | _OWN_KEYS, file, where, findings)
        _refuse_unknown(item.get("constraints", {}), _CONSTRAINTS, file, where, findings)
        fields.append(_field(item, file, where, findings))
    references = tuple(
        Reference(key["fields"][0], str(key["reference"]["resource"] or name))
        for key in descriptor.get("foreignKeys", ())
    )
    return Table(
        name,
        tuple(fields),
        tuple(descriptor.get("primaryKey", ())),
        tuple(tuple(key) for key in descriptor.get("uniqueKeys", ())),
        references,
        dict(descriptor.get("labels", {})),
        dict(descriptor.get("descriptions", {})),
    )


def _field(item: dict[str, Any], file: str, where: str, findings: list[Diagnostic]) -> Field:
    if item.get("type", "string") not in _TYPES:
        findings.append(
            found(
                "schema-type",
                Location(file),
                field=where,
                value=item.get("type"),
                suggestion=closest(str(item.get("type")), _TYPES),
            )
        )
    for key in _BOOLEANS:
        if not isinstance(item.get(key, False), bool):
            findings.append(found("schema-boolean", Location(file), field=where, key=key))
    for key in ("labels", "descriptions"):
        if not isinstance(item.get(key, {}), dict):
            findings.append(found("schema-mapping", Location(file), field=where, key=key))
    return Field(
        name=str(item.get("name", "")),
        type=str(item.get("type", "string")),
        format=str(item.get("format", "default")),
        constraints=dict(item.get("constraints", {})),
        labels=_mapping(item.get("labels")),
        descriptions=_mapping(item.get("descriptions")),
        localized=item.get("localized") is True,
        markdown=item.get("markdown") is True,
        listed=item.get("listed", True) is True,
        codelist=str(item.get("codelist", "")),
        partial_date=item.get("partial_date") is True,
    )


def _mapping(value: object) -> dict[str, str]:
    return {str(key): str(text) for key, text in value.items()} if isinstance(value, dict) else {}


def _refuse_unknown(
    descriptor: dict[str, Any], known: frozenset[str], file: str, where: str, findings: list[Diagnostic]
) -> None:
    for key in descriptor:
        if key not in known:
            findings.append(
                found("schema-property", Location(file), field=where, key=key, suggestion=closest(key, known))
            )


def _check_names(table: Table, tables: Mapping[str, Table], folder: str, findings: list[Diagnostic]) -> None:
    """Report a key, a unique key or a reference that names no field or table."""
    file = f"{folder}/{table.name}.json"
    named = [*table.key, *(name for key in table.unique_keys for name in key), *table.reference_of]
    for name in named:
        if name not in table.by_name:
            findings.append(
                found(
                    "schema-name",
                    Location(file),
                    field=table.name,
                    value=name,
                    suggestion=closest(name, table.by_name),
                )
            )
    for target in table.reference_of.values():
        if target not in tables:
            findings.append(
                found(
                    "schema-name",
                    Location(file),
                    field=table.name,
                    value=target,
                    suggestion=closest(target, tables),
                )
            )

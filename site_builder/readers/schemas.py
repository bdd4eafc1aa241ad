"""Owns the way from the schema files to tables; refuses any property and any shape that it does not know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.schema import Field, Reference, Schemas, Table
from site_builder.readers.layout import FILES, MARK, NESTED, filled, written_tables
from site_builder.readers.schema_field import read_field
from site_builder.readers.schema_file import SchemaFile, is_names, read_schema_file, shortened
from site_builder.readers.suggest import closest

_PACKAGE_KEYS = frozenset(
    {"$schema", "name", "resources", "title", "description", "version", "licenses", "keywords", "homepage"}
)
_RESOURCE_KEYS = frozenset({"name", "path", "schema", "title", "description"})
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
_OWN_COLUMNS = {
    "provenance": frozenset({"table_name", "record_id", "field", "status", "source_id", "note"}),
    "codelists": frozenset({"list", "code"}),
    "languages": frozenset({"language_code", "format_locale"}),
    "frameworks": frozenset({MARK}),
    "indicators": frozenset({"unit", "unit_multiplier", "source_id", "retrieved_on"}),
    "observations": frozenset({"observation_id", "value", "observation_status", "series_break"}),
}
"""Columns that mean something to the reader itself."""
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TAKEN = re.compile(r"about|data_dictionary|search(_\w+)?|(question|sqlite)_\w*")
"""Names of what stands beside the published tables in the database."""


def read_schemas(files: Mapping[str, bytes], folder: str = "schemas") -> tuple[Schemas, list[Diagnostic]]:
    """Return the tables of `datapackage.json` and its Table Schemas, and what is wrong in them.

    `files` maps names below the schema folder to their bytes. There are no tables where a file cannot be read or
    a key names nothing: then no content can be judged.
    """
    schemas, findings = _remembered(tuple(sorted(files.items())), folder)
    return schemas, list(findings)


@lru_cache(maxsize=4)
def _remembered(items: tuple[tuple[str, bytes], ...], folder: str) -> tuple[Schemas, list[Diagnostic]]:
    files = dict(items)
    findings: list[Diagnostic] = []
    package = read_schema_file(files, "datapackage.json", folder, findings)
    if package is None:
        return Schemas({}), findings
    resources = _resources(package)
    readings: dict[str, SchemaFile] = {}
    for name, path in resources.items():
        reading = read_schema_file(files, path, folder, findings)
        if reading is not None:
            readings[name] = reading
    tables = {name: _table(name, reading) for name, reading in readings.items()}
    is_whole = len(tables) == len(resources)
    if is_whole:
        _check_needed(tables, package)
        for name, reading in readings.items():
            _check_references(tables[name], tables, reading)
    for reading in (package, *readings.values()):
        findings.extend(reading.findings)
        is_whole = is_whole and not reading.is_broken
    return Schemas(tables if is_whole else {}, str(package.tree.get("name", ""))), findings


def _resources(package: SchemaFile) -> dict[str, str]:
    """Return name and schema file of every table, each once."""
    package.refuse_unknown(package.tree, _PACKAGE_KEYS)
    resources: dict[str, str] = {}
    for resource in package.entries(package.tree, "resources"):
        name, path = resource.get("name"), resource.get("schema")
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name in resources:
            package.report("schema-value", "name", value=shortened(name), is_broken=True)
        elif _TAKEN.fullmatch(name):
            package.report("schema-taken", "name", item=name, value=name, is_broken=True)
        elif not isinstance(path, str):
            package.report("schema-value", "schema", item=name, value=shortened(path), is_broken=True)
        else:
            package.refuse_unknown(resource, _RESOURCE_KEYS, name)
            resources[name] = path
    return resources


def _check_needed(tables: Mapping[str, Table], package: SchemaFile) -> None:
    """Report the tables that people write and that the descriptor does not name."""
    if not tables and not package.findings:
        package.report("schema-value", "resources", value="[]", is_broken=True)
    for name in sorted(written_tables() - set(tables)) if tables and not package.is_broken else ():
        package.report("schema-needed", "resources", value=name, is_broken=True)


def _table(name: str, reading: SchemaFile) -> Table:
    reading.table = name
    tree = reading.tree
    reading.refuse_unknown(tree, _TABLE_KEYS)
    fields: dict[str, Field] = {}
    for item in reading.entries(tree, "fields"):
        written = item.get("name")
        if not isinstance(written, str) or not _NAME.fullmatch(written) or written in fields:
            reading.report("schema-value", "name", value=shortened(written), is_broken=True)
        else:
            fields[written] = read_field(written, item, reading)
    if not fields and not reading.is_broken:
        reading.report("schema-value", "fields", value="[]", is_broken=True)
    return Table(
        name,
        tuple(fields.values()),
        reading.names(tree, "primaryKey"),
        _unique_keys(reading),
        tuple(_references(reading, name)),
        reading.texts(tree, "labels"),
        reading.texts(tree, "descriptions"),
        reading.file,
    )


def _unique_keys(reading: SchemaFile) -> tuple[tuple[str, ...], ...]:
    keys = reading.tree.get("uniqueKeys", [])
    if isinstance(keys, list) and all(is_names(key) for key in keys):
        return tuple(tuple(key) for key in keys)
    reading.report("schema-value", "uniqueKeys", value=shortened(keys), is_broken=True)
    return ()


def _references(reading: SchemaFile, name: str) -> Iterable[Reference]:
    for key in reading.entries(reading.tree, "foreignKeys"):
        columns, target = key.get("fields"), key.get("reference")
        columns = [columns] if isinstance(columns, str) else columns
        resource = target.get("resource") if isinstance(target, dict) else None
        if is_names(columns) and len(columns) == 1 and isinstance(resource, str):
            yield Reference(columns[0], resource or name)
        else:
            reading.report("schema-value", "foreignKeys", value=shortened(key), is_broken=True)


def _check_references(table: Table, tables: Mapping[str, Table], reading: SchemaFile) -> None:
    """Report a key, a unique key or a reference that names no field or no table."""
    for key, names in (("primaryKey", table.key), *(("uniqueKeys", names) for names in table.unique_keys)):
        for name in names:
            if name not in table.by_name:
                _unknown_name(reading, key, name, table.by_name)
    if not table.key and not reading.is_broken:
        reading.report("schema-value", "primaryKey", value="[]", is_broken=True)
    for column, target in table.reference_of.items():
        if column not in table.by_name:
            _unknown_name(reading, "foreignKeys", column, table.by_name)
        if target not in tables:
            _unknown_name(reading, "foreignKeys", target, tables)
    for name in sorted(_needed_columns(table.name) - set(table.by_name)):
        if not reading.is_broken:
            reading.report("schema-needed", "fields", value=name, is_broken=True)


def _needed_columns(table: str) -> frozenset[str]:
    """Return the columns of a table on which reading relies, whatever else it has."""
    columns = {column for kind in FILES if kind.table == table for column, _ in kind.fill}
    for nested in NESTED:
        if nested.table == table:
            columns |= {column for column, _ in nested.inherit} | ({nested.code} if nested.code else set())
            columns |= {*nested.defaults, *nested.id_from} - {"dimensions"}
    return frozenset(columns | filled(table) | _OWN_COLUMNS.get(table, frozenset()))


def _unknown_name(reading: SchemaFile, key: str, name: str, known: Iterable[str]) -> None:
    reading.report("schema-name", key, value=name, suggestion=closest(name, known), is_broken=True)

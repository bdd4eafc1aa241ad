"""CSV on the Web: what each cell of each CSV is, for those who read tables by the standard of the W3C.

Standard: https://www.w3.org/TR/tabular-metadata/. A key that may be empty is told as `dc:references` and not as a
foreign key, because by the standard every row has to find what a foreign key names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.nouns.text import Text
from site_builder.writers.dataset import Dataset, Sheet
from site_builder.writers.dictionary import Column, dictionary_header
from site_builder.writers.forms import File
from site_builder.writers.row_schema import PARTIAL, allowed_values

NAME = "csvw-metadata.json"
TYPES: Mapping[str, Mapping[str, Any]] = {
    "boolean": {"base": "boolean", "format": "true|false"},
    "date": {"base": "date", "format": "yyyy-MM-dd"},
    "integer": {"base": "integer"},
    "number": {"base": "decimal"},
    "string": {"base": "string"},
}
"""Datatype of a column by the type of its field."""
LIMITS = ("minimum", "maximum", "minLength", "maxLength")
"""Constraints that both standards know by the same name."""
_SPECIAL = re.compile(r"([.^$*+?()\[\]{}|\\])")
"""What means something in an expression; what does not must not be escaped, by ECMAScript."""
_ESCAPED = r"\\\1"


def plan_files(catalog: Catalog, schemas: Schemas) -> Iterable[str]:
    return [NAME]


def write(dataset: Dataset) -> Iterable[File]:
    catalog = dataset.edition.catalog
    site = catalog.site
    document = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": site.get("table_language")}],
        "dc:title": in_languages(catalog.text(site, "title")),
        "dc:description": in_languages(catalog.text(site, "description")),
        "dc:publisher": in_languages(catalog.text(site, "publisher")),
        "dc:license": {"@id": site.get("content_licence_url")},
        "dc:modified": {"@value": dataset.edition.derived.as_of.isoformat(), "@type": "xsd:date"},
        # a byte-order mark is no part of the text: who decodes UTF-8 by the standard takes it off
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
        "null": "",
        "tables": [*(_table(dataset, sheet) for sheet in dataset.sheets.values()), _dictionary(dataset)],
    }
    return [(NAME, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))]


def in_languages(text: Text) -> list[dict[str, str]]:
    """Return a text as values with their languages."""
    return [{"@value": words, "@language": language} for language, words in text.by_language.items()]


def _of_site(dataset: Dataset, texts: Mapping[str, str]) -> Text:
    """Return the texts of a schema in the languages of the site; a schema may have more."""
    return Text({code: texts[code] for code in dataset.edition.catalog.codes if code in texts})


def _table(dataset: Dataset, sheet: Sheet) -> dict[str, Any]:
    table = sheet.table
    required = {item.name for item in table.fields if item.required}
    return {
        "url": f"{sheet.name}.csv",
        "dc:title": in_languages(_of_site(dataset, table.labels)),
        "dc:description": in_languages(_of_site(dataset, table.descriptions)),
        "tableSchema": {
            "columns": [_column(dataset, sheet, column) for column in sheet.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "columnReference": [reference.field],
                    "reference": {
                        "resource": f"{reference.table}.csv",
                        "columnReference": list(dataset.sheets[reference.table].table.key),
                    },
                }
                for reference in table.references
                if reference.field in required
            ],
        },
    }


def _column(dataset: Dataset, sheet: Sheet, column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": column.name,
        # the header itself is a title in no language: by it a reader sees that file and description fit
        "titles": {"und": column.name, **_of_site(dataset, column.labels).by_language},
        "dc:description": in_languages(_of_site(dataset, column.descriptions)),
        "datatype": _datatype(dataset, sheet, column),
    }
    if column.required:
        told["required"] = True
    if column.language:
        told["lang"] = column.language
    if column.references and not column.required:
        told["dc:references"] = {"@id": f"{column.references}.csv"}
    return told


def _datatype(dataset: Dataset, sheet: Sheet, column: Column) -> dict[str, Any]:
    limits = {key: column.constraints[key] for key in LIMITS if key in column.constraints}
    datatype = {**TYPES[column.type], **limits}
    field = sheet.table.by_name.get(column.name)
    if column.format == "uri":
        datatype["base"] = "anyURI"
    elif pattern := _pattern(dataset, column):
        datatype["format"] = pattern
    elif field is not None and field.partial_date:
        datatype["format"] = PARTIAL
    return datatype


def _pattern(dataset: Dataset, column: Column) -> str:
    """Return the expression that a text has to match; the standard has no other way to list what is allowed."""
    allowed = allowed_values(dataset.edition, column)
    if allowed:
        return f"^({'|'.join(_SPECIAL.sub(_ESCAPED, value) for value in allowed)})$"
    return str(column.constraints.get("pattern", ""))


def _dictionary(dataset: Dataset) -> dict[str, Any]:
    """Return the table of all columns, which is no table of the package itself."""
    edition = dataset.edition
    words = {code: edition.theme.words[code] for code in edition.catalog.codes}
    types = {"position": "integer", "required": "boolean"}
    columns = [
        {"name": name, "titles": {"und": name}, "datatype": TYPES[types.get(name, "string")]}
        for name in dictionary_header(edition)
    ]
    return {
        "url": "data_dictionary.csv",
        "dc:title": in_languages(Text({code: say.say("dictionary.title") for code, say in words.items()})),
        "dc:description": in_languages(Text({code: say.say("dictionary.text") for code, say in words.items()})),
        "tableSchema": {"columns": columns, "primaryKey": ["table_name", "column_name"]},
    }

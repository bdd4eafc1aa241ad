"""Owns what each published column is: name, type, meaning in every language; the same on pages and in files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.nouns.edition import Edition
from site_builder.nouns.schema import Field, Table
from site_builder.nouns.words import Words

DICTIONARY = ("table_name", "position", "column_name", "type", "format", "required", "codelist", "refers_to")
"""Columns of the data dictionary before those of the languages."""


@dataclass(frozen=True)
class Column:
    """A published column."""

    name: str
    type: str
    format: str
    required: bool
    constraints: Mapping[str, Any]
    labels: Mapping[str, str]
    descriptions: Mapping[str, str]
    codelist: str = ""
    references: str = ""
    language: str = ""
    """Language of its texts, where it is one of a text in several."""


def columns_of(edition: Edition, table: Table) -> tuple[Column, ...]:
    """Return the columns of a table in the order of the file."""
    words = {code: edition.theme.words[code] for code in edition.catalog.codes}
    return tuple(column for item in table.fields for column in _columns(table, item, words))


def _columns(table: Table, item: Field, words: Mapping[str, Words]) -> Iterator[Column]:
    limits = {key: value for key, value in item.constraints.items() if key != "required"}
    reference = table.reference_of.get(item.name, "")
    if item.localized:
        for code in words:
            labels = {language: f"{label} ({code})" for language, label in item.labels.items()}
            yield Column(
                f"{item.name}_{code}",
                item.type,
                item.format,
                required=False,
                constraints=limits,
                labels=labels,
                descriptions=item.descriptions,
                language=code,
            )
        return
    yield Column(
        item.name,
        item.type,
        item.format,
        item.required,
        limits,
        item.labels,
        item.descriptions,
        item.codelist,
        reference,
    )
    if item.partial_date:
        yield Column(
            f"{item.name}_precision",
            "string",
            "default",
            required=False,
            constraints={"enum": ["year", "month", "day"]},
            labels={
                code: say.say("precision.label", label=item.labels[code])
                for code, say in words.items()
                if code in item.labels
            },
            descriptions={code: say.say("precision.text") for code, say in words.items()},
        )


def dictionary_header(edition: Edition) -> tuple[str, ...]:
    """Return the names of the columns of the data dictionary."""
    meanings = (f"{name}_{code}" for code in edition.catalog.codes for name in ("label", "description"))
    return (*DICTIONARY, *meanings)


def dictionary_rows(edition: Edition, tables: Iterable[Table] | None = None) -> list[tuple[Any, ...]]:
    """Return a row a column of some published tables, else of all, with its meaning in every language."""
    codes = edition.catalog.codes
    return [
        (
            table.name,
            place,
            column.name,
            column.type,
            column.format,
            column.required,
            column.codelist or None,
            column.references or None,
            *(text.get(code) for code in codes for text in (column.labels, column.descriptions)),
        )
        for table in (edition.schemas if tables is None else tables)
        for place, column in enumerate(columns_of(edition, table), 1)
    ]

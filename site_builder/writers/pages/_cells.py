"""Owns how rows of published tables and answers stand on a page: labels for codes, links for ids, texts cut short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from site_builder.nouns.schema import Schemas, Table
from site_builder.nouns.text import Text, brief
from site_builder.readers.layout import IDENTIFIED
from site_builder.writers.dictionary import Column, columns_of
from site_builder.writers.voice import Voice

TEXT_LENGTH = 80
"""Characters of a text that a cell shows."""
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
SPOKEN = "language_code"
"""The column that says in which language a row is."""
NUMERIC = frozenset({"integer", "number"})


@dataclass(frozen=True)
class Heading:
    """A column as it is shown: one for a text in several languages."""

    name: str
    label: str
    places: Mapping[str, int]
    """Where its values stand in a row, by language; of no language: under an empty code."""
    column: Column | None = None
    table: str = ""
    """Table of the thing that its values name."""
    plain: str = ""
    """The label without markup, where it is in the language of the page."""
    spoken: int | None = None
    """Where a row says which language it speaks of: then its texts are in that language."""

    @property
    def is_number(self) -> bool:
        return self.column is not None and self.column.type in NUMERIC and not self.table


def headings(voice: Voice, names: Sequence[str], tables: Iterable[Table]) -> list[Heading]:
    """Return the columns of an answer or a table; the first of `tables` that has a column says what it is."""
    known = _known(voice, tables)
    targets = _targets(voice.edition.schemas)
    spoken = names.index(SPOKEN) if SPOKEN in names else None
    found: dict[str, Heading] = {}
    for place, name in enumerate(names):
        column = known.get(name)
        language = column.language if column else _language_of(voice, name)
        stem = name.removesuffix(f"_{language}") if language else name
        if stem in found:
            found[stem] = _with(found[stem], language, place)
            continue
        label = _label(voice, column, stem)
        reference = (column.references if column else "") or targets.get(name, "")
        plain = "" if isinstance(label, Markup) else label
        found[stem] = Heading(stem, label, {language: place}, column, reference, plain, spoken)
    return list(found.values())


def _language_of(voice: Voice, name: str) -> str:
    """Return the language of a column that no table has: an answer has one of each, as tables do."""
    return next((code for code in voice.edition.catalog.codes if name.endswith(f"_{code}")), "")


def _known(voice: Voice, tables: Iterable[Table]) -> Mapping[str, Column]:
    """Return the columns of tables by name, those of the first table first; worked out once a language."""
    known: dict[str, Column] = {}
    for table in tables:
        key = ("columns", table.name)
        if key not in voice.memory:
            voice.memory[key] = columns_of(voice.edition, table)
        columns = voice.memory[key]
        assert isinstance(columns, tuple), "nothing else is remembered under this key"
        for column in columns:
            known.setdefault(column.name, column)
    return known


def _targets(schemas: Schemas) -> Mapping[str, str]:
    """Return the table of a thing by the name of its key: `commitment_id` is one of commitments."""
    whole = [table for table in schemas if len(table.key) == 1 and table.key[0] not in table.reference_of]
    return {table.key[0]: table.name for table in whole}


def _with(heading: Heading, language: str, place: int) -> Heading:
    places = {**heading.places, language: place}
    return replace(heading, places=places)


def _label(voice: Voice, column: Column | None, name: str) -> str:
    if column is None:
        key = f"answer.column.{name}"
        return voice.say(key) if voice.words.has(key) else name
    if column.language:
        labels = {code: text.removesuffix(f" ({column.language})") for code, text in column.labels.items()}
        return voice.shown(Text(labels))
    return voice.shown(Text(column.labels))


def cell(voice: Voice, heading: Heading, row: Sequence[Any]) -> str:
    """Return a value as it is shown, empty where it is missing."""
    value, language = _value(voice, heading, row)
    if value is None or value == "":
        return ""
    if language and language != voice.code:
        return Markup('<span lang="{}">{}</span>').format(language, brief(str(value), TEXT_LENGTH))
    column = heading.column
    if heading.spoken is not None and heading.name != SPOKEN and isinstance(value, str):
        return Markup('<span lang="{}" translate="no">{}</span>').format(row[heading.spoken], value)
    if column and column.codelist:
        return voice.label(column.codelist, str(value))
    if column and column.type == "boolean":
        return voice.say("yes" if value else "no")
    if heading.table:
        return _linked(voice, heading.table, str(value))
    if isinstance(value, (int, float, Decimal)):
        return voice.formats.number(_whole(value))
    return _written(voice, column, value, is_words=bool(language))


def _value(voice: Voice, heading: Heading, row: Sequence[Any]) -> tuple[Any, str]:
    """Return a value and its language: that of the page if it is there, else the first that is."""
    for code in (voice.code, *heading.places):
        if code in heading.places and row[heading.places[code]] is not None:
            return row[heading.places[code]], code
    return None, ""


def _whole(value: float | Decimal) -> float | Decimal | int:
    """Return a number without the point that a database puts behind a whole one."""
    return int(value) if value == int(value) else value


def _written(voice: Voice, column: Column | None, value: Any, *, is_words: bool) -> str:
    text = str(value)
    if day := _day(text):
        return voice.short_day(day)
    if column and column.format == "uri" and _is_elsewhere(voice, text):
        return Markup('<a href="{}" rel="external" translate="no">{}</a>').format(text, brief(text, 60))
    return brief(text, TEXT_LENGTH) if is_words else _as_it_is(brief(text, TEXT_LENGTH))


def _is_elsewhere(voice: Voice, address: str) -> bool:
    """Whether an address leads to another site: links within this one are relative."""
    site = voice.edition.catalog.site
    own = tuple(str(base) for base in (voice.edition.base_url, site.get("base_url"), site.get("base_uri")) if base)
    return address.startswith(("https://", "http://")) and not (own and address.startswith(own))


def _day(text: str) -> date | None:
    """Return the day that a text is, None where it is none."""
    try:
        return date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else None
    except ValueError:
        return None


def _as_it_is(text: str) -> Markup:
    """Return what no translation may change."""
    return Markup('<span translate="no">{}</span>').format(text)


def _linked(voice: Voice, table: str, value: str) -> Markup:
    """Return the id of a thing, linked to where it stands on a page."""
    href = _place(voice, table, value)
    return Markup('<a href="{}" translate="no">{}</a>').format(href, value) if href else _as_it_is(value)


def _place(voice: Voice, table: str, value: str) -> str:
    if table == "milestones":
        milestone = voice.edition.catalog.find("milestones", value)
        commitment = milestone.get("commitment_id") if milestone else ""
        href = voice.link("commitment", commitment) if commitment else ""
        return f"{href}#{value.removeprefix(f'{commitment}-')}" if href else ""
    kind = IDENTIFIED.get(table, "")
    return voice.link(kind, value) if kind else ""

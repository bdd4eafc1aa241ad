"""Owns the promise that no personal mailbox, mobile number or secret is published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from site_builder.nouns.diagnostic import Diagnostic, Location, Severity, found
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Field

_FREE_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@"
    r"(?:gmail|yahoo|hotmail|outlook|live|icloud|mail|yandex|magicnet|mol)\.[a-z.]+",
    re.I,
)
_MOBILE = re.compile(r"(?<![\w./-])(?:\+?976[ -]?)?(?:[89]\d{3}[ -]?\d{4})(?![\w/-])")
_REGISTER = re.compile(r"(?<!\w)[А-ЯӨҮЁ]{2}\d{8}(?!\w)")
_SECRET = re.compile(r"[?&](?:access_token|token|api_?key|password|sig|signature)=[^&\s]+", re.I)

_SUSPECT = re.compile(r"@|\d{4}|[?&]\w+=")
"""What any of them needs: most texts have none of it and are passed over at once."""

_NEVER = (_REGISTER, _SECRET, _FREE_MAIL, _MOBILE)
TAKEN_OUT = "[…]"
"""What stands in place of personal data in a text of the past."""


def without_personal_data(text: str) -> str:
    """Return a text without what must not be published, also where it was published once."""
    if _SUSPECT.search(text):
        for pattern in _NEVER:
            text = pattern.sub(TAKEN_OUT, text)
    return text


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield texts that hold personal data or a secret, records and prose alike."""
    for table in catalog.written_tables():
        if table.name == "provenance":
            continue
        fields = [item for item in table.fields if _holds_words(item) and item.name not in table.reference_of]
        columns = [column for item in fields for column in item.columns(catalog.codes)]
        for record in catalog.rows(table.name):
            for column in columns:
                value = record.get(column)
                if value is not None:
                    for finding in _text(str(value), record.where(column), record.id, column):
                        yield replace(finding, location=record.where(column), length=record.cells[column].length)
    for page in catalog.prose.values():
        for number, line in enumerate(page.markdown.split("\n"), 1):
            yield from _text(line, Location(page.location.file, number), page.slug, "")


def _holds_words(item: Field) -> bool:
    """Whether somebody can write what they like there: no code, no id, no date."""
    is_id = str(item.constraints.get("pattern", "")).startswith("^[a-z][a-z0-9]*(-")
    return item.type == "string" and not (item.codelist or item.partial_date or is_id)


def _text(text: str, place: Location, record: str, column: str) -> Iterator[Diagnostic]:
    if not _SUSPECT.search(text):
        return
    for name, pattern, severity in (
        ("registration-number", _REGISTER, Severity.ERROR),
        ("secret-in-link", _SECRET, Severity.ERROR),
        ("personal-mailbox", _FREE_MAIL, Severity.WARNING),
        ("mobile-number", _MOBILE, Severity.WARNING),
    ):
        if match := pattern.search(text):
            yield found(
                name,
                replace(place, column=place.column + match.start()),
                severity=severity,
                record=record,
                field=column,
                length=len(match.group()),
                value=match.group(),
            )

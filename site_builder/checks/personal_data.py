"""Owns the promise that no personal mailbox, mobile number, account, name or secret is published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from site_builder.checks._about import about
from site_builder.checks._account_numbers import account_numbers
from site_builder.nouns.diagnostic import Diagnostic, Location, Severity, found
from site_builder.nouns.record import Catalog, Record

_FREE_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@"
    r"(?:gmail|yahoo|hotmail|outlook|live|icloud|mail|yandex|magicnet|mol)\.[a-z.]+",
    re.I,
)
_SECRET = re.compile(r"[?&](?:access_token|token|api_?key|password|sig|signature)=[^&\s]+", re.I)

_NAME = re.compile(r"(?<![\w.])([^\W\d_])\. ?([^\W\d_]{2,})")
"""An initial and a name, as officials sign."""
CONTACT = "contact_"
"""Beginning of the columns that name an office to turn to."""

PERSONAL = (("secret", _SECRET), ("mail", _FREE_MAIL))
"""What is personal or secret in every country."""
_SIGNS = {"#": r"\d", "?": r"[^\W\d_]", "-": "[ -]?"}

_SUSPECT = re.compile(r"@|\d{4}|[?&]\w+=")
"""What any of them needs: most texts have none of it and are passed over at once."""

TAKEN_OUT = "[…]"
"""What stands in place of personal data in a text of the past, or of others."""

Rule = tuple[str, re.Pattern[str], Severity]


def shaped(shapes: str) -> re.Pattern[str] | None:
    """Return what finds the numbers of a country by their shapes, None where the site names no shape.

    In a shape `#` is a digit, `?` a letter and `-` a space, a hyphen or nothing: `9###-####`.
    """
    if not shapes.split():
        return None
    told = "|".join("".join(_SIGNS.get(sign, re.escape(sign)) for sign in shape) for shape in shapes.split())
    return re.compile(rf"(?<![\w./-])(?:\+\d{{1,3}}[ -]?)?(?:{told})(?![\w/-])")


def _rules(catalog: Catalog) -> list[Rule]:
    """Return what is looked for: what is personal everywhere, and the numbers of the country."""
    site = next(iter(catalog.rows("site")), None)
    numbers = (
        ("registration-number", "personal_number_shapes", Severity.ERROR),
        ("mobile-number", "mobile_number_shapes", Severity.WARNING),
    )
    shapes = ((name, shaped(str(site.get(column) or "") if site else ""), level) for name, column, level in numbers)
    return [
        *((name, pattern, level) for name, pattern, level in shapes if pattern is not None),
        ("secret-in-link", _SECRET, Severity.ERROR),
        ("personal-mailbox", _FREE_MAIL, Severity.WARNING),
    ]


def personal_patterns(catalog: Catalog) -> tuple[re.Pattern[str], ...]:
    """Return what finds all that must not be published."""
    return tuple(pattern for _, pattern, _ in _rules(catalog))


def without_personal_data(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """Return a text without what must not be published, also where it was published once."""
    if _SUSPECT.search(text):
        for pattern in patterns:
            text = pattern.sub(TAKEN_OUT, text)
        for match in account_numbers(text):
            text = text.replace(match.group(), TAKEN_OUT)
    return text


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield texts that hold personal data or a secret, records and prose alike."""
    rules = _rules(catalog)
    for table in catalog.written_tables():
        if table.name == "provenance":
            continue
        columns = catalog.columns(table.name)
        for column in table.columns_of_words(catalog.codes):
            for record, value in columns.given(column):
                for finding in _field(str(value), record, column, rules):
                    yield replace(finding, location=record.where(column), length=record.cells[column].length)
    for page in catalog.prose.values():
        for number, line in enumerate(page.markdown.split("\n"), 1):
            yield from _text(line, Location(page.location.file, number), page.slug, "", rules)


def _field(text: str, record: Record, column: str, rules: list[Rule]) -> Iterator[Diagnostic]:
    if _is_suspect(text):
        yield from _text(text, record.where(column), record.id, column, rules)
    if column.startswith(CONTACT):
        for match in _NAME.finditer(text):
            if match[1].isupper() and match[2].istitle():
                yield about("person-in-contact", record, column, severity=Severity.WARNING, value=match.group())
                return


@lru_cache(maxsize=20_000)
def _is_suspect(text: str) -> bool:
    """Whether a text may hold anything of it; the next change leaves most texts as they are."""
    return _SUSPECT.search(text) is not None


def _text(text: str, place: Location, record: str, column: str, rules: list[Rule]) -> Iterator[Diagnostic]:
    if not _SUSPECT.search(text):
        return
    matches = [(name, pattern.search(text), severity) for name, pattern, severity in rules]
    matches.append(("account-number", next(account_numbers(text), None), Severity.WARNING))
    for name, match, severity in matches:
        if match:
            yield found(
                name,
                place._replace(column=place.column + match.start()),
                severity=severity,
                record=record,
                field=column,
                length=len(match.group()),
                value=match.group(),
            )

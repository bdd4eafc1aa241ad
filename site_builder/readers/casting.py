"""Owns the cast of typed text to a value: our strict lexical check first, then Frictionless decides.

Frictionless lets pass what an editor must not write (`2019-2-3`, `1_000`, Arabic digits, ` 5`, boolean `1`);
it stays the authority on types and constraints. This is the only module that imports it in a build.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from site_builder.nouns.schema import Field
from site_builder.readers.date_forms import DateSlip, read_day, read_partial
from site_builder.readers.lookalikes import latin_lookalike
from site_builder.readers.number_forms import INTEGER, NUMBER, YEAR, refuse_number, without_mark

_WEB = re.compile(
    r"https?://(?:[^\s/?#<>\"\[\]\\@]+\.[^\s/?#<>\"\[\]\\@]+|localhost(?::[0-9]+)?)(?:[/?#][^\s<>\"\\]*)?"
)
"""A name with a point in it or localhost, then anything; a password or another name before an @ is refused."""
_WORKED_OUT = re.compile(r"([12][0-9]{3})\.0*")
"""A year as a program for statistics writes it: 2015.0."""
_LIKE_DIGITS = str.maketrans("IlOoОо", "110000")
"""Letters, Latin and Cyrillic, that stand where a digit was meant: `20I5`."""
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Control characters, marks of direction and of no width; the signs of the Mongolian script are not among them."""
LONGEST_ID = 80
LONGEST_NUMBER = 20
REMEMBERED = 20_000
"""Values of a field that are kept, so that a long series does not fill the memory."""
LONGEST = 100
"""Characters of a date or number that are looked at to tell what was meant."""
_YES = frozenset({"yes", "y", "on", "1", "тийм"})
_NO = frozenset({"no", "n", "off", "0", "үгүй"})


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text is no value of its field."""

    name: str
    arguments: tuple[tuple[str, str], ...] = ()
    suggestion: str = ""
    offset: int = -1
    """Place of the one character that is wrong, from 0; -1: the whole text is."""

    @property
    def is_clear(self) -> bool:
        """Whether what was meant is one value, or one of two."""
        return bool(self.suggestion) or self.name == "comma-ambiguous"


Cast = tuple[Any, Problem | None]


class Reader:
    """The reader of a field: typed text in, value or problem out. Make it once a field, use it often."""

    def __init__(self, field: Field) -> None:
        lexical = _LEXICAL.get(field.type, _text)
        if field.partial_date:
            lexical = _partial_date
        elif field.format == "uri":
            lexical = _address
        descriptor = {
            "name": field.name,
            "type": field.type,
            "format": field.format,
            "constraints": {key: value for key, value in field.constraints.items() if key != "required"},
        }
        self._field = field
        self._lexical = lexical
        self._contract = _contract(json.dumps(descriptor))
        self._longest = _longest(field)
        self.known: dict[str, Any] = {}
        """Values of short texts that were read before: a long table looks here first."""

    def __call__(self, text: str) -> Cast:
        if (value := self.known.get(text)) is not None:
            return value, None
        problem = self._lexical(text)
        if problem is None and len(text) > self._longest:
            limits = (("length", str(len(text))), ("limit", str(self._longest)), ("value", text))
            problem = Problem("too-long", limits)
        if problem is not None:
            return None, problem
        value, notes = self._contract(text)
        if notes:
            return None, _explain(self._field, text, notes)
        if len(text) <= 40 and len(self.known) < REMEMBERED:
            self.known[text] = value
        return value, None


@lru_cache(maxsize=4096)
def _contract(descriptor: str) -> Any:
    """Return the reader of a field that Frictionless makes of its descriptor, as JSON."""
    # It takes as long to load as most commands take in all, and many never read a value.
    from frictionless import Field as ContractField  # noqa: PLC0415

    return ContractField.from_descriptor(json.loads(descriptor)).create_cell_reader()


def _longest(field: Field) -> float:
    """Return how long a text may be: an id is a part of file names, a number must fit every program."""
    if field.type in ("integer", "number"):
        return LONGEST_NUMBER
    return LONGEST_ID if str(field.constraints.get("pattern", "")).startswith("^[a-z") else float("inf")


def _explain(field: Field, text: str, notes: dict[str, str]) -> Problem:
    """Return the problem for what Frictionless noted, in words made from the field and not from its sentence."""
    for kind in ("type", "pattern", "maxLength", "minLength", "minimum", "maximum", "enum"):
        if kind not in notes:
            continue
        if kind == "type":
            return Problem("wrong-type", (("type", field.type), ("value", text)))
        limit = str(field.constraints[kind])
        if kind == "pattern":
            latin = latin_lookalike(text)
            if latin != text and re.fullmatch(limit, latin):
                return Problem("cyrillic-letter", (*odd_letter(text), ("value", text)), latin)
            lower = re.sub(r"[\s_]+", "-", text.strip().lower())
            guesses = (guess for guess in (lower, text.upper()) if re.fullmatch(limit, guess))
            name = "id-form" if limit.startswith("^[a-z") else "wrong-form"
            return Problem(name, (("value", text), ("pattern", limit)), next(guesses, ""))
        names = {
            "maxLength": "too-long",
            "minLength": "too-short",
            "minimum": "too-small",
            "maximum": "too-large",
            "enum": "wrong-form",
        }
        return Problem(names[kind], (("length", str(len(text))), ("limit", limit), ("value", text)))
    note = ", ".join(sorted(notes))
    return Problem("wrong-form", (("pattern", note), ("value", text)))


def odd_letter(text: str) -> tuple[tuple[str, str], ...]:
    """Return the first Cyrillic letter of a text, its code and its place, as a message tells them."""
    for place, char in enumerate(text, 1):
        if "\u0400" <= char <= "\u04ff":
            return (("letter", char), ("code", f"U+{ord(char):04X}"), ("place", str(place)))
    return (("letter", ""), ("code", ""), ("place", "1"))


def _text(text: str) -> Problem | None:
    if text != text.strip():
        return Problem("outer-space", suggestion='"' + text.strip() + '"')
    if not text:
        return Problem("empty-text")
    if match := _INVISIBLE.search(text):
        return Problem("invisible-character", (("code", f"U+{ord(match.group()):04X}"),), offset=match.start())
    return None


def _ascii_digits(text: str) -> Problem | None:
    if any(char.isdecimal() and char > "\x7f" for char in text):  # a raised ² is a mark
        plain = "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in text)
        return Problem("foreign-digits", (("value", text),), plain)
    return None


def _slip(slip: DateSlip, text: str, read: Callable[[str], object]) -> Problem:
    arguments = (("value", text), ("first", slip.first), ("second", slip.second), ("days", str(slip.days)))
    name = "date-nonexistent-month" if slip.name == "date-nonexistent" and not slip.days else slip.name
    plain = text.strip()
    guesses = (plain, plain.translate(_LIKE_DIGITS), _WORKED_OUT.sub(r"\1", plain))
    meant = next((guess for guess in guesses if guess != text and not isinstance(read(guess), DateSlip)), "")
    return Problem(name, arguments, slip.suggestion or meant)


def _date(text: str) -> Problem | None:
    if problem := _ascii_digits(text):
        return problem
    checked = read_day(text)
    return _slip(checked, text, read_day) if isinstance(checked, DateSlip) else None


def _partial_date(text: str) -> Problem | None:
    if problem := _ascii_digits(text):
        return problem
    if YEAR.fullmatch(year := without_mark(text[:LONGEST])):
        return Problem("number-with-mark", (("value", text),), year)
    checked = read_partial(text)
    return _slip(checked, text, read_partial) if isinstance(checked, DateSlip) else None


def _numeric(form: re.Pattern[str], name: str) -> Callable[[str], Problem | None]:
    def check(text: str) -> Problem | None:
        if form.fullmatch(text):
            return None
        if problem := _ascii_digits(text):
            return problem
        if len(text) > LONGEST:
            return Problem(name, (("value", text),))
        slip = refuse_number(text, form)
        told = (("value", text), *((("first", slip.first), ("second", slip.second)) if slip.first else ()))
        return Problem(slip.name or name, told, slip.suggestion)

    return check


def _boolean(text: str) -> Problem | None:
    if text in ("true", "false"):
        return None
    lower = text.lower()
    suggestion = "true" if lower in _YES or lower == "true" else "false" if lower in _NO or lower == "false" else ""
    return Problem("boolean-form", (("value", text),), suggestion)


def _address(text: str) -> Problem | None:
    if problem := _text(text):
        return problem
    if _WEB.fullmatch(text):
        return None
    guess = f"https://{text}" if re.fullmatch(r"www\.[\w.-]+\S*", text) else ""
    return Problem("address-form", (("value", text),), guess)


_LEXICAL: dict[str, Callable[[str], Problem | None]] = {
    "string": _text,
    "date": _date,
    "integer": _numeric(INTEGER, "integer-form"),
    "number": _numeric(NUMBER, "number-form"),
    "boolean": _boolean,
}

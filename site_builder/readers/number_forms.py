"""Owns the many ways in which offices write a number, and what each of them means; refuses to guess between two."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
"""The two forms that are accepted."""
YEAR = re.compile(r"[12][0-9]{3}")
NO_NUMBER = frozenset({"..", "...", "…", ":", "-", "–", "—", "na", "n/a", "n.a.", "nan", "null", "none", "#n/a"})
"""What offices write where there is no number, in small letters."""

_SPACES = "\u0020\u00a0\u202f"
_PADDED = re.compile(r"[+0]*([0-9]+)(?:\.0+)?")
_HALF_WRITTEN = re.compile(r"(-?)([0-9]*)\.([0-9]*)")
"""A number with nothing on one side of its point: `.5`, `5.`."""
_PER_CENT = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*%")
"""A figure with the sign that its column has already."""
_SEPARATED = re.compile(rf"-?\d{{1,3}}(?:[{_SPACES},_'’]\d{{3}})+(?:[.,]\d+)?|-?\d+,\d+|-?\d{{1,3}}(?:\.\d{{3}})+,\d+")
_EITHER = re.compile(r"(-?[1-9]\d{0,2}),(\d{3})")
"""A comma that stands before decimals in one country and between thousands in another: `7,125`."""
_MARKED = re.compile(
    rf"(-?\d[\d.,{_SPACES}]*?)\s*(?:[*†‡§#¹²³⁰⁴-⁹]+|\([\w*]{{1,3}}\)|\[[\w*]{{1,3}}\]|[bcdefinprsuxz])", re.IGNORECASE
)
"""A number with the mark of a footnote or of its status: `12.3*`, `12.3(e)`, `12.3 p`, `12.3¹`."""
_BOUND = re.compile(r"[<>≤≥]\s*=?\s*-?\d.*")
"""What says that a number is not told: `<5`."""


@dataclass(frozen=True, slots=True)
class NumberSlip:
    """Why a text is no number, and the number it means where that is certain."""

    name: str
    """Name of the rule; empty where only the form is wrong."""
    suggestion: str = ""
    first: str = ""
    """One reading of an ambiguous number."""
    second: str = ""
    """The other reading."""


def refuse_number(text: str, form: re.Pattern[str]) -> NumberSlip:
    """Return what is wrong with a text that has not the accepted form."""
    written = text.strip().replace("\u2212", "-")
    if written.lower() in NO_NUMBER:
        return NumberSlip("mark-for-missing")
    if _BOUND.fullmatch(written):
        return NumberSlip("bound-for-number")
    if bare := without_mark(written):
        return NumberSlip("number-with-mark", bare if form.fullmatch(bare) else "")
    if form is NUMBER and (either := _EITHER.fullmatch(written)):
        return NumberSlip("comma-ambiguous", first=".".join(either.groups()), second="".join(either.groups()))
    return NumberSlip("", next((meant for meant in _readings(written) if form.fullmatch(meant)), ""))


def without_mark(written: str) -> str:
    """Return what stands before the mark of a footnote or of a status; empty where there is no mark."""
    match = _MARKED.fullmatch(written)
    return match.group(1) if match else ""


def _readings(written: str) -> Iterator[str]:
    """Return what a text means by each form that it has."""
    return (read(match) for form, read in _FORMS if (match := form.fullmatch(written)))


def _without_separators(written: str) -> str:
    """Return a number without what separates its thousands, with a point before its decimals.

    A comma behind other separators, or one that groups no thousands, stands before decimals.
    """
    plain = re.sub(rf"[{_SPACES}_'’]", "", written)
    whole, comma, rest = plain.rpartition(",")
    if "." in whole:
        return f"{whole.replace('.', '')}.{rest}"
    groups_nothing = len(rest) != 3 or plain != written or whole.lstrip("-") == "0"
    if comma and "," not in whole and "." not in rest and groups_nothing:
        return f"{whole}.{rest}"
    return plain.replace(",", "")


def _completed(match: re.Match[str]) -> str:
    sign, whole, decimals = match.groups()
    return f"{sign}{whole or '0'}" + (f".{decimals}" if decimals else "")


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (NUMBER, lambda match: match[0]),
    (_PER_CENT, lambda match: match[1].replace(",", ".")),
    (_SEPARATED, lambda match: _without_separators(match[0])),
    (_PADDED, lambda match: match[1]),
    (_HALF_WRITTEN, _completed),
)
"""Forms of a number that are refused, with what they mean."""

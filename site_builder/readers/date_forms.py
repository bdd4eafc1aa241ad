"""Owns the one accepted form of a date and the many refused ones; refuses to guess an ambiguous one."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
ISO_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
KEPT = 4096
"""Dates of which the days are remembered: the same ones come again and again."""
LONGEST = 60
"""Characters that are looked at to tell which date was meant; no form is longer."""
PRECISIONS = ("year", "month", "day")

_MONTHS = {
    name.lower(): number
    for number in range(1, 13)
    for name in (calendar.month_name[number], calendar.month_abbr[number])
} | {"sept": 9}
_RUSSIAN = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
"""As spreadsheets in Russian, which many offices use, show a month."""
_MONTHS |= {name: number for number, name in enumerate(_RUSSIAN, 1)}
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-./ ]\s*(\d{1,2})\s*[-./ ]\s*(\d{1,2})\.?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-./ ]\s*(\d{1,2})\s*[-./ ]\s*(\d{4})\.?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_TIMESTAMP = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T ]\d{2}:\d{2}.*")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([^\W\d_]+)\.?,?[\s-]+(\d{4})")
_MONTH_DAY = re.compile(r"([A-Za-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTH_YEAR = re.compile(r"([^\W\d_]+)\.?(?:,?\s+|-)(\d{4})")
_MONTH_SHORT = re.compile(r"([^\W\d_]+)[\s.'’-]+(\d{2})")
"""Dec-19: how spreadsheets show the month of a year."""
_SHORT_MONTH = re.compile(r"(\d{1,2})[\s.-]+([^\W\d_]+)\.?")
"""19-Dec: the same, or how they show a day without its year."""
_ALL_SHORT = re.compile(r"(\d{1,2})[\s.-]+([^\W\d_]+)\.?[\s.-]+(\d{2})")
_THIS_CENTURY, _LAST_CENTURY = range(30), range(50, 100)
"""Years of two digits that can be one only: spreadsheets read 30 to 49 as 19xx, and people who plan as 20xx."""
LETTERS = 3
"""Letters from which on something is a word."""
_WORD = re.compile(r"[^\W\d_]{3}")
_YEAR_NAMED = re.compile(r"(\d{4})\s*(?:оны?|г|год)\.?", re.I)
_YEAR_MONTH = re.compile(r"(\d{4})[./](\d{1,2})")
_MONTH_FIRST = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{4})")
_COUNTED_DAYS = re.compile(r"[2-5]\d{4}")
"""A day as spreadsheets count it, shown as a number: 43831 is 1 January 2020."""
FIRST_COUNTED = date(1899, 12, 30)
_YEARS = re.compile(r"(\d{4})\s*([/–-])\s*(\d{4}|\d{2})")
_QUARTER = re.compile(r"(\d{4})[\s-]*(?:Q\s?([1-4])|(I{1,3}|IV)\s*улирал)|Q\s?([1-4])[\s/-]*(\d{4})", re.I)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_MONGOLIAN = re.compile(
    r"(\d{4})\s*оны?\s*(\d{1,2})\s*(?:-?р|дугаар|дүгээр)?\s*сарын\s*(\d{1,2})(?:-?н[ыий]*)?(?:\s*өдөр)?"
)


@dataclass(frozen=True, slots=True)
class DateSlip:
    """Why a text is no date, and the date it means where that is certain."""

    name: str
    """Name of the rule."""
    suggestion: str = ""
    first: str = ""
    """One reading of an ambiguous date."""
    second: str = ""
    """The other reading."""
    days: int = 0
    """Days that the month has, where the day does not exist."""


def read_day(text: str) -> date | DateSlip:
    """Return the day of an ISO date, or why it is none."""
    match = ISO_DAY.fullmatch(text)
    if match is None or not text.isascii():
        return refuse_date(text)
    return _day(*(int(part) for part in match.groups()))


def read_partial(text: str) -> str | DateSlip:
    """Return a year, month or day in ISO form, or why it is none."""
    match = ISO_PARTIAL.fullmatch(text)
    if match is None or not text.isascii():
        return refuse_date(text, partial=True)
    year, month, day = match.groups()
    if month is not None:
        checked = _day(int(year), int(month), int(day or 1))
        if isinstance(checked, DateSlip):
            return checked
    return text


def span(text: str) -> tuple[str, str] | None:
    """Return the first and the last year, or month, of a stretch of time: 2019/20, 2019–2021, 2020Q1."""
    plain = text.strip()
    if years := _YEARS.fullmatch(plain):
        first, joint, last = years.groups()
        end = first[: 4 - len(last)] + last
        is_month = joint == "-" and len(last) == 2 and int(last) <= 12
        return None if is_month or end <= first else (first, end)
    if quarter := _QUARTER.fullmatch(plain):
        before, number, roman, other, after = quarter.groups()
        last_month = 3 * int(number or other or _QUARTERS[roman.upper()])
        return f"{before or after}-{last_month - 2:02d}", f"{before or after}-{last_month:02d}"
    return None


def is_prose(text: str) -> bool:
    """Whether words stand where a year belongs, and no month is among them: `Total`, `Source: yearbook`."""
    words = re.findall(r"[^\W\d_]+", text[:LONGEST])
    return any(len(word) >= LETTERS for word in words) and not any(word.lower() in _MONTHS for word in words)


def precision(text: str) -> str:
    """Return year, month or day for a partial date."""
    return PRECISIONS[text.count("-")]


@lru_cache(KEPT)
def first_day(text: str) -> date:
    """Return the first day that a partial date covers."""
    return date.fromisoformat(text + "-01" * (2 - text.count("-")))


@lru_cache(KEPT)
def last_day(text: str) -> date:
    """Return the last day that a partial date covers; overdue counts from it."""
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> date | DateSlip:
    if not 1 <= month <= 12 or year < 1:
        return DateSlip("date-nonexistent")
    days = calendar.monthrange(year, month)[1]
    return date(year, month, day) if 1 <= day <= days else DateSlip("date-nonexistent", days=days)


def refuse_date(text: str, *, partial: bool = False) -> DateSlip:
    """Return what is wrong with a text that is not in the accepted form, with the date it means if only one."""
    plain = text.strip()[:LONGEST]
    for pattern, order in (
        (_YEAR_FIRST, (0, 1, 2)),
        (_COMPACT, (0, 1, 2)),
        (_TIMESTAMP, (0, 1, 2)),
        (_MONGOLIAN, (0, 1, 2)),
    ):
        if match := pattern.fullmatch(plain):
            groups = match.groups()
            return _corrected(*(int(groups[place]) for place in order))
    if match := _YEAR_LAST.fullmatch(plain):
        first, second, year = (int(part) for part in match.groups())
        return _day_and_month(first, second, year)
    for pattern, day_place, month_place in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        match = pattern.fullmatch(plain)
        if match and (month := _MONTHS.get(match.group(month_place).lower())):
            return _corrected(int(match.group(3)), month, int(match.group(day_place)))
    if all_short := _ALL_SHORT.fullmatch(plain):
        return _of_two_digits(*all_short.groups(), partial=partial)
    if partial and (short := _SHORT_MONTH.fullmatch(plain)):
        return _day_or_year(*short.groups())
    if partial and (meant := _month_or_year(plain)):
        return DateSlip("partial-date-form", suggestion=meant)
    if _COUNTED_DAYS.fullmatch(plain):
        day = FIRST_COUNTED + timedelta(days=int(plain))
        return DateSlip("partial-date-form" if partial else "date-form", suggestion=day.isoformat())
    if not partial and _WORD.search(plain):
        return DateSlip("date-in-words")
    return DateSlip("partial-date-form" if partial else "date-form")


def _month_or_year(plain: str) -> str:
    """Return the month or year that another form of it means, empty where it is none."""
    if (match := _MONTH_YEAR.fullmatch(plain)) and (month := _MONTHS.get(match.group(1).lower())):
        return f"{match.group(2)}-{month:02d}"
    if match := _MONTH_SHORT.fullmatch(plain):
        short, year = _MONTHS.get(match.group(1).lower()), _full_year(match.group(2))
        return f"{year}-{short:02d}" if short and year else ""
    if match := _YEAR_MONTH.fullmatch(plain) or _MONTH_FIRST.fullmatch(plain):
        parts = match.groups() if match.re is _YEAR_MONTH else match.groups()[::-1]
        return f"{parts[0]}-{int(parts[1]):02d}" if 1 <= int(parts[1]) <= 12 else ""
    named = _YEAR_NAMED.fullmatch(plain)
    return named.group(1) if named else ""


def _full_year(digits: str) -> int:
    """Return the year of two digits, 0 where it can be of either century."""
    number = int(digits) if len(digits) == 2 else -1
    return 2000 + number if number in _THIS_CENTURY else 1900 + number if number in _LAST_CENTURY else 0


def _day_or_year(digits: str, name: str) -> DateSlip:
    """Read `19-Dec`: the month of a year, or a day of which the year was lost; which, only the source can tell."""
    month, year, day = _MONTHS.get(name.lower()), _full_year(digits), int(digits)
    if month is None:
        return DateSlip("partial-date-form")
    can_be_day = 1 <= day <= 31
    if year and can_be_day:
        return DateSlip("date-ambiguous", first=f"{year}-{month:02d}", second=f"YYYY-{month:02d}-{day:02d}")
    return DateSlip("partial-date-form", suggestion=f"{year}-{month:02d}" if year else "")


def _of_two_digits(first: str, name: str, last: str, *, partial: bool) -> DateSlip:
    """Read `05-Dec-19`, in which either number can be the day where both can be a year."""
    month = _MONTHS.get(name.lower())
    pairs = [(_full_year(year), int(day)) for day, year in ((first, last), (last, first))]
    days = [_day(year, month, day) for year, day in pairs if year and month]
    found = sorted({day.isoformat() for day in days if isinstance(day, date)})
    if len(found) > 1:
        return DateSlip("date-ambiguous", first=found[0], second=found[1])
    if found:
        return DateSlip("date-form", suggestion=found[0])
    return DateSlip("partial-date-form" if partial else "date-in-words")


def _corrected(year: int, month: int, day: int) -> DateSlip:
    checked = _day(year, month, day)
    return checked if isinstance(checked, DateSlip) else DateSlip("date-form", suggestion=checked.isoformat())


def _day_and_month(first: int, second: int, year: int) -> DateSlip:
    """Read two numbers before a year: certain only where one of them cannot be a month."""
    if first <= 12 and second <= 12 and first != second:
        return DateSlip(
            "date-ambiguous",
            first=date(year, second, first).isoformat(),
            second=date(year, first, second).isoformat(),
        )
    return _corrected(year, second, first) if second <= 12 else _corrected(year, first, second)

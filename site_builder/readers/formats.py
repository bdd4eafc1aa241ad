"""Owns how days, numbers and words are written in a language, by CLDR; refuses to know what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from site_builder.nouns.record import Language
from site_builder.readers.date_forms import first_day, precision

KEPT = 4096
"""Counts of which the plural form is remembered."""


def is_locale(name: str) -> bool:
    """Whether CLDR knows how things are written in a locale, such as `mn_MN`."""
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def described_language(code: str) -> tuple[str, str, str]:
    """Return a language's own name, its locale and the direction of its letters; no locale where CLDR has none."""
    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return code, "", "ltr"
    name = str(locale.get_display_name(locale) or code)
    return name[:1].title() + name[1:], str(locale), str(locale.text_direction)


def script_of(code: str) -> str:
    """Return the script in which a language is usually written, by ISO 15924; empty where CLDR does not know it."""
    asked = code.replace("-", "_")
    likely = get_global("likely_subtags")
    subtags = re.findall(r"(?<=_)[A-Z][a-z]{3}(?=_|$)", asked) or re.findall(
        r"_([A-Z][a-z]{3})_", likely.get(asked) or likely.get(asked.partition("_")[0]) or ""
    )
    return str(subtags[0]) if subtags else ""


def country_name(code: str, language: Language) -> str:
    """Return the name of a country by its ISO 3166-1 alpha-3 code, empty where CLDR does not know it."""
    two = get_global("territory_aliases").get(code, [""])[0]
    return str(Locale.parse(language.format_locale).territories.get(two, ""))


@lru_cache(maxsize=256)
def language_name(named: Language, language: Language) -> str:
    """Return what a language is called in another, as in the middle of a sentence; its own name where CLDR has none."""
    try:
        name = Locale.parse(named.code, sep="-").get_display_name(language.format_locale)
    except (UnknownLocaleError, ValueError):
        name = None
    return str(name or named.name)


class _Numbers(dict[Decimal | int | float, str]):
    """Numbers as they are written, each worked out when it is first asked for."""

    def __init__(self, write: Callable[[Decimal | int | float], str]) -> None:
        self._write = write

    def __missing__(self, value: Decimal | int | float) -> str:
        written = self[value] = self._write(value)
        return written


@dataclass(frozen=True)
class Formats:
    """The formats of one language."""

    language: Language
    _days: dict[str, str] = field(default_factory=dict)

    @cached_property
    def locale(self) -> Locale:
        return Locale.parse(self.language.format_locale)

    def day(self, value: date | str) -> str:
        """Return a day, a month or a year in words: `20 May 2019`, `2019 оны тавдугаар сарын 20`."""
        key = str(value)
        if key not in self._days:
            self._days[key] = self._written(key)
        return self._days[key]

    def _written(self, iso: str) -> str:
        kind = precision(iso)
        if kind == "year":
            return iso
        if kind == "month":
            return str(format_skeleton("yMMMM", first_day(iso), locale=self.locale))
        return str(format_date(date.fromisoformat(iso), format="long", locale=self.locale))

    def short_day(self, value: date) -> str:
        """Return a day in the medium form, for tables: `20 May 2019`, `2019.05.20`."""
        key = f"short {value}"
        if key not in self._days:
            self._days[key] = str(format_date(value, format="medium", locale=self.locale))
        return self._days[key]

    def month(self, value: date) -> str:
        """Return the short name of a day's month, as it stands over a column: `Sept`, `9-р сар`."""
        return _unbroken(format_date(value, format="LLL", locale=self.locale))

    def month_of_year(self, value: date) -> str:
        """Return a day's month with its year, short: `Sept 2019`, `2019 оны 9-р сар`."""
        return _unbroken(format_skeleton("yMMM", value, locale=self.locale))

    def day_of_month(self, value: date) -> str:
        """Return a day without its year: `15 Jan`, `1-р сарын 15`."""
        return str(format_skeleton("MMMd", value, locale=self.locale))

    def number(self, value: Decimal | int | float) -> str:
        """Return a number with all its digits: `1,234.5`."""
        return self.numbers[value]

    @cached_property
    def numbers(self) -> Mapping[Decimal | int | float, str]:
        """Numbers with all their digits, as `number` returns them one by one."""
        return _Numbers(self._number)

    def _number(self, value: Decimal | int | float) -> str:
        # 0 and -0 are one number: which of them is asked for first must not tell how both are written
        return self._of_usual_form(value or 0) or str(
            format_decimal(value or 0, locale=self.locale, decimal_quantization=False)
        )

    def _of_usual_form(self, value: Decimal | int | float) -> str:
        """Return a number as its language writes it, empty where that is more than thousands apart and a point.

        It says the same as Babel, which takes ten times as long; a site can have hundreds of thousands of numbers.
        """
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        if self._marks is None or not exact.is_finite():
            return ""
        text = f"{exact:,f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text).translate(self._marks)

    @cached_property
    def _marks(self) -> dict[int, str] | None:
        """The marks between thousands and before decimals; None where a number is more than digits and these."""
        pattern = self.locale.decimal_formats[None]
        if (pattern.grouping, pattern.prefix, pattern.suffix) != ((3, 3), ("", "-"), ("", "")):
            return None
        return {ord(","): get_group_symbol(self.locale), ord("."): get_decimal_symbol(self.locale)}

    @property
    def number_style(self) -> str:
        """The same for two languages that write every number alike."""
        return "".join(self._marks.values()) if self._marks else str(self.locale)

    def country(self, code: str) -> str:
        """Return the name of a country by the three letters of ISO 3166-1, empty where nobody has them."""
        twin = next(iter(get_global("territory_aliases").get(code, ())), "")
        return str(self.locale.territories.get(twin, ""))

    def plural(self) -> Callable[[float], str]:
        """Return the rule that gives the plural form of a count; the same counts come again and again."""
        return lru_cache(KEPT)(self.locale.plural_form)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {letter: place for place, letter in enumerate(self.language.alphabet)}

    def alphabetical(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the key that sorts by the alphabet of the language; other characters by code point."""
        places = self._places
        return tuple(
            (1, places[char]) if char in places else (0 if char < "а" else 2, ord(char))
            for char in text.casefold().strip("“”„«»\"'")
        )


def _unbroken(text: str) -> str:
    """Return the text with hyphens at which no line ends: `9-р` is one word."""
    return text.replace("-", "\N{NON-BREAKING HYPHEN}")


def capital(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def rest_days(locale: str) -> frozenset[int]:
    """Return the days of the week on which offices are closed, Monday is 0; none where CLDR has no such locale."""
    if not is_locale(locale):
        return frozenset()
    known = Locale.parse(locale)
    first, last = known.weekend_start, known.weekend_end
    return frozenset((first + day) % 7 for day in range((last - first) % 7 + 1))

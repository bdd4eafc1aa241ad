"""What is written a thousand times a page is written faster than the libraries do it, and exactly as they do it."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from site_builder.nouns.record import Language
from site_builder.readers.formats import Formats
from site_builder.writers.markup import escaped

CHOICE = random.Random("numbers")
NUMBERS = (
    *(0, 7, -1, 999, 1000, -1_234_567, 10**18 + 1, 0.5, 27.1, 1e-9),
    *(Decimal(text) for text in ("1.50", "1E+5", "1200", "12345.600", "-0.000001")),
    *(Decimal(CHOICE.randrange(-(10**9), 10**9)).scaleb(-CHOICE.randrange(0, 12)) for _ in range(20)),
)


@pytest.mark.parametrize("locale", ["en_GB", "mn_MN", "de_DE", "fr_FR", "de_CH", "es_ES", "hi_IN", "ar_EG", "fa_IR"])
def test_numbers_are_written_as_cldr_says(locale: str) -> None:
    formats = Formats(Language("x", "", locale))
    for number in NUMBERS:
        assert formats.number(number) == format_decimal(number, locale=locale, decimal_quantization=False)
    assert {Formats(formats.language).number(zero) for zero in (0, -0.0, Decimal("-0.00"))} == {formats.number(0)}


@pytest.mark.parametrize("value", [*"&<>'\"", "a<b>", "Яам & Co", "27.1", "", Markup("<b>&amp;</b>"), 15, None, 0.5])
def test_what_is_put_into_markup_is_escaped_as_markupsafe_does_it(value: object) -> None:
    assert str(escaped(value)) == str(escape(value))
    assert isinstance(escaped(Markup("<b>")), Markup)

"""What is written a thousand times a page is written faster than the libraries do it, and exactly as they do it."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from site_builder.nouns.edition import Theme
from site_builder.nouns.record import Language
from site_builder.nouns.words import Words
from site_builder.readers.formats import Formats
from site_builder.writers.markup import escaped
from site_builder.writers.templates import TemplateBroken, templates_of

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


PHRASES = ("' + 1/0 + '", '"""', "\\", "a\\n{b}\r\n\N{LINE SEPARATOR}\0", "{{ 1/0 }}", "<b>Яам")


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_is_shown_as_it_is_whatever_stands_in_it(phrase: str) -> None:
    template = '<p title="{{ say("key") }}">{% for x in rows %}{{ say("key") }}{{ x }}{% endfor %}</p>'
    both = {code: Words(code, {"key": text}) for code, text in (("en", phrase), ("mn", "үг"))}
    for code, text in (("en", str(escape(phrase))), ("mn", "үг")):
        templates = templates_of(Theme({"page.html": template}, both, {}), code)
        shown = templates.filled("page.html", {"rows": [1, "&"]}, page="x")
        assert shown == f'<p title="{text}">{text}1{text}&amp;</p>'


def test_a_template_that_asks_for_a_phrase_that_there_is_not_is_named() -> None:
    theme = Theme({"page.html": '{{ say("kee") }}'}, {"en": Words("en", {"key": "word"})}, {})
    with pytest.raises(TemplateBroken, match=r"page\.html: no phrase 'kee'"):
        templates_of(theme, "en").filled("page.html", {}, page="x")


def test_languages_share_written_numbers_only_where_they_write_them_alike() -> None:
    numbers = [Decimal(text) for text in ("0", "-7", "1234567.89", "0.001", "12345")]
    known = [Formats(Language("x", "", locale)) for locale in ("en_GB", "mn_MN", "de_DE", "fr_FR", "hi_IN", "ar_EG")]
    for one in known:
        for other in known:
            if one.number_style == other.number_style:
                assert [*map(one.number, numbers)] == [*map(other.number, numbers)]
    assert known[0].number_style == known[1].number_style

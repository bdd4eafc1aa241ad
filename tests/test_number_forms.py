"""A number in another form is understood only where it can mean one thing."""

from __future__ import annotations

import pytest

from site_builder.readers.number_forms import INTEGER, NUMBER, NumberSlip, refuse_number


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("7,2", "7.2"),
        ("0,317", "0.317"),
        ("-0,317", "-0.317"),
        ("12,3456", "12.3456"),
        ("1,234,567", "1234567"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1.234.567,25", "1234567.25"),
        ("1 234,567", "1234.567"),
        ("1\u202f234", "1234"),
        ("1'234.5", "1234.5"),
        ("7,2%", "7.2"),
        (".5", "0.5"),
        ("~7", ""),
        ("3k", ""),
        ("7 per cent", ""),
    ],
)
def test_a_number_that_can_mean_one_thing_is_understood(written: str, meant: str) -> None:
    assert refuse_number(written, NUMBER) == NumberSlip("", meant)


def test_a_comma_before_three_digits_is_not_guessed_where_decimals_can_be() -> None:
    assert refuse_number("7,125", NUMBER) == NumberSlip("comma-ambiguous", first="7.125", second="7125")
    assert refuse_number("7,125", INTEGER) == NumberSlip("", "7125")


@pytest.mark.parametrize("mark", ["*", "**", " *", "¹", "(e)", " (p)", "[1]", " p", "e", "†"])
def test_the_mark_of_a_footnote_is_no_part_of_a_number(mark: str) -> None:
    assert refuse_number(f"12.3{mark}", NUMBER) == NumberSlip("number-with-mark", "12.3")


@pytest.mark.parametrize("written", ["<5", "> 95", "≤0.5", ">=30"])
def test_a_bound_is_no_number(written: str) -> None:
    assert refuse_number(written, NUMBER) == NumberSlip("bound-for-number")

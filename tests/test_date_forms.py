"""A date in another form is understood where it can mean one thing only; else both readings are told."""

from __future__ import annotations

import pytest

from site_builder.readers.date_forms import DateSlip, is_prose, read_day, read_partial


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Dec-19", "2019-12"),
        ("дек-19", "2019-12"),
        ("дек.19", "2019-12"),
        ("Sept 98", "1998-09"),
        ("дек 2019", "2019-12"),
        ("12.2019", "2019-12"),
        ("98-Dec", "1998-12"),
        ("Dec-35", ""),
        ("Foo-19", ""),
        ("19-Foo", ""),
    ],
)
def test_the_short_form_of_a_month_is_understood_where_its_century_is_certain(written: str, meant: str) -> None:
    slip = read_partial(written)
    assert isinstance(slip, DateSlip) and (slip.name, slip.suggestion) == ("partial-date-form", meant)


@pytest.mark.parametrize("written", ["19-Dec", "19-дек", "19 Dec.", "19.дек"])
def test_a_day_that_lost_its_year_is_not_taken_for_the_month_of_a_year(written: str) -> None:
    slip = read_partial(written)
    assert isinstance(slip, DateSlip) and slip.name == "date-ambiguous"
    assert (slip.first, slip.second, slip.suggestion) == ("2019-12", "YYYY-12-19", "")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("19-Dec-2019", "2019-12-19"),
        ("19 дек 2019", "2019-12-19"),
        ("31-Dec-98", "1998-12-31"),
        ("19-Dec-19", "2019-12-19"),
        ("5-Dec-19", "2019-12-05"),
    ],
)
def test_a_day_with_the_name_of_its_month_is_understood(written: str, meant: str) -> None:
    for slip in (read_day(written), read_partial(written)):
        assert isinstance(slip, DateSlip) and (slip.name, slip.suggestion) == ("date-form", meant)


def test_two_numbers_that_can_both_be_the_year_are_asked_about() -> None:
    slip = read_day("05-Dec-19")
    assert isinstance(slip, DateSlip)
    assert (slip.name, slip.first, slip.second) == ("date-ambiguous", "2005-12-19", "2019-12-05")


def test_a_month_is_no_prose() -> None:
    assert not is_prose("дек-19") and is_prose("Нийт дүн")

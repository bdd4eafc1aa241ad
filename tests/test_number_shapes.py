"""The shapes of a country's numbers stand in the settings of the site: the program knows no country."""

from __future__ import annotations

import pytest

from site_builder.checks.personal_data import shaped


@pytest.mark.parametrize(
    ("shapes", "text", "found"),
    [
        ("9###-####", "Call 9911 0477.", "9911 0477"),
        ("9###-####", "Call +999 99110477", "+999 99110477"),
        ("07##-###-###", "or 0712-345678 at night", "0712-345678"),
        ("8### ?#", "Ж7", "Ж7"),
        ("9###-####", "The account is 991104771234.", None),
        ("9###-####", "1999-2004 and 2019", None),
    ],
)
def test_a_number_is_known_by_its_shape(shapes: str, text: str, found: str | None) -> None:
    pattern = shaped(shapes)
    assert pattern is not None
    match = pattern.search(text)
    assert (match.group() if match else None) == found


def test_without_shapes_no_number_is_suspect() -> None:
    assert shaped("") is None

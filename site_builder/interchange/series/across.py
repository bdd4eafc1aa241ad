"""Owns tables whose years stand across the columns: which columns are years, and which lines below are no rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from site_builder.interchange.series.codes import Codes
from site_builder.readers.date_forms import is_prose, read_partial, span

_YEAR = re.compile(r"((?:1[89]|20)[0-9]{2})(?:\.0|\s?[^\W\d_]{1,4}\.?)?")
"""2019, and how programs and offices write it: 2019.0, 2019 он. A year with a mark (`2020 (p)`) says more than that."""
_PERIOD = re.compile(r"(?:1[89]|20)[0-9]{2}\b.*|Q.*", re.I)


def period_of(name: str, codes: Mapping[str, Mapping[str, str]]) -> str:
    """Return the period after which a column is named, empty where it is named after none; `codes` may say which."""
    text = codes.get("period", {}).get(name, name)
    if year := _YEAR.fullmatch(text):
        return year.group(1)
    is_period = _PERIOD.fullmatch(text) and (span(text) or isinstance(read_partial(text), str))
    return text if is_period else ""


def is_line_below(cells: Sequence[str], years: Mapping[int, str], grouped: Mapping[str, int], codes: Codes) -> bool:
    """Whether a line is a note or a source: one cell of words that mean nothing in its column, and no value."""
    filled = [place for place, cell in enumerate(cells) if cell]
    if len(filled) != 1 or filled[0] in years or not is_prose(cells[filled[0]]):
        return False
    columns = [name for name, place in grouped.items() if place == filled[0]]
    return not any(_is_known(codes, name, cells[filled[0]]) for name in columns)


def _is_known(codes: Codes, name: str, text: str) -> bool:
    if name not in codes.known:  # the column of ids: words with spaces are none, but for those that are explained
        return " " not in text or text in codes.mapped.codes.get(name, {})
    meaning = codes.meaning(name, text)
    return bool(meaning.code or meaning.is_left_out)


def is_number_in_two(line: str, cells: Sequence[str], years: Mapping[int, str]) -> bool:
    """Whether a decimal comma cut every number of a line in two: as many cells too many as there are years."""
    start = min(years)
    halves = [cell for cell in cells[start:] if cell]
    is_rest_years = max(years) - start + 1 == len(years)
    return '"' not in line and is_rest_years and len(halves) == 2 * len(years) and all(map(str.isdecimal, halves))

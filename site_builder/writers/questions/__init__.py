"""Questions that the data answers. A question is a file here, found by being here; its name is that of the file.

A question has `NUMBER`, its place on the page; `SQL`, one select statement on the published tables as they stand in
the database, in which a line with `{lang}` is written once for each language of the site; and `NEEDS`, the names of
the tables that it reads. `TELLS`, which most can do without, names the columns that hold the answer where the others
only say what is asked about; `ASIDE` names those at the end that the page leaves to programs. The day of the data
stands in the table `about`. Its words stand in the theme, under its name.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Mapping
from typing import Protocol, cast

_NAME = re.compile(r"(\w+)_\{lang\}")
"""A column with a text, of which there is one a language."""


class Question(Protocol):
    """What a file in this folder offers."""

    NUMBER: int
    """Its place among the questions."""
    SQL: str
    """A select statement without a semicolon at its end."""
    NEEDS: tuple[str, ...]
    """Tables without which it cannot be asked."""


def questions() -> Mapping[str, Question]:
    """Return every question by name, in the order of their numbers."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    found = {name: cast(Question, importlib.import_module(f"{__name__}.{name}")) for name in names}
    return dict(sorted(found.items(), key=lambda entry: entry[1].NUMBER))


def statement(question: Question, languages: Iterable[str]) -> str:
    """Return the statement of a question for a site in some languages."""
    codes = tuple(languages)
    lines = question.SQL.strip().splitlines()
    written = [[_in(code, line) for code in codes] if "{lang}" in line else [line] for line in lines]
    return "\n".join(line for group in written for line in group)


def _in(code: str, line: str) -> str:
    """Return a line for a language; a name that SQL would take apart at a hyphen is quoted."""
    return _NAME.sub(lambda name: f"{name[1]}_{code}" if code.isidentifier() else f'"{name[1]}_{code}"', line)

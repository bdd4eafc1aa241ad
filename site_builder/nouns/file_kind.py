"""Owns the two ways in which people write records: as files of a kind, and as lists inside another record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class FileKind:
    """A kind of file: one record a file, or only lists of records."""

    path: str
    """Path below the content folder with `{names}`; `{id}` is the short id of the record."""
    table: str = ""
    """Table of the record that the file is; empty where the file only holds lists."""
    key: str = "{id}"
    """How the full id is joined from the names in the path."""
    fill: tuple[tuple[str, str], ...] = ()
    """Columns filled from the path."""
    holds: tuple[str, ...] = ()
    """Nested keys allowed at the top of a file that is no record."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the path and names its parts."""
        return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(self.path)) + r"\Z")


@dataclass(frozen=True)
class Nested:
    """A list (or one mapping) of child records under a key of the parent."""

    parent: str
    """Table of the parent, or the path of the file kind that is no record."""
    key: str
    table: str
    key_from: str = ""
    """How the full id is joined; `{parent}` and `{id}`, or names of columns; empty: the parts of the key."""
    single: bool = False
    """One mapping instead of a list."""
    code: str = ""
    """The items are plain codes for this column."""
    inherit: tuple[tuple[str, str], ...] = ()
    """Columns of the child filled from columns of the parent."""
    numbered: bool = False
    """The column `position` is the place in the list."""
    id_from: tuple[str, ...] = ()
    """Columns that make the short id where nobody wrote one; `dimensions`: those in which a series is broken down."""
    defaults: tuple[str, ...] = ()
    """Columns that the child takes from its parent unless it has its own."""

    @cached_property
    def key_columns(self) -> tuple[str, ...]:
        """Names in `key_from`."""
        return tuple(re.findall(r"{(\w+)}", self.key_from))

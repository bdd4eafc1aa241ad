"""Owns what a release is: a dated set of files that never changes, and how it differs from the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from site_builder.nouns.output import Weight

INDEX = "index.json"
"""The list of all releases, in their folder."""
MANIFEST = "release.json"
"""What a release says of itself, in the folder of its day."""
ADDRESS = "data/releases/"
"""Folder of the releases below the site."""


class Kind(StrEnum):
    """Why a release was made."""

    REGULAR = "regular"
    CORRECTION = "correction"


class Step(StrEnum):
    """By how much a version differs from the one before: the three numbers of a version, and the first of all."""

    FIRST = "first"
    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"


class Difference(StrEnum):
    """What differs between two releases."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    COLUMN_ADDED = "column_added"
    COLUMN_REMOVED = "column_removed"
    TABLE_ADDED = "table_added"
    TABLE_REMOVED = "table_removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; a row of `changes.csv`."""

    table: str
    kind: Difference
    record: str = ""
    """Key of the row, its parts joined by a slash; empty where a whole table or column came or went."""
    column: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a version took its step: what was done to which table, column or record."""

    rule: str
    table: str = ""
    name: str = ""
    """The column or record, where it is one."""


@dataclass(frozen=True)
class Wish:
    """What an editor says of a release that is to be made."""

    kind: Kind = Kind.REGULAR
    notes: Mapping[str, str] = field(default_factory=dict)
    """By language."""
    reason: Mapping[str, str] = field(default_factory=dict)
    """Of a correction, by language."""


@dataclass(frozen=True)
class ReleaseFolder:
    """A folder of releases as it was found: nothing in it is believed yet."""

    name: str
    """How findings call it: a folder, or the address of a site."""
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Release:
    """A release that was read and found whole."""

    day: date
    version: str
    kind: str
    notes: Mapping[str, str]
    reason: Mapping[str, str]
    schema_version: str
    commit: str
    previous: str
    """Day of the release before; empty for the first."""
    step: str
    causes: tuple[Cause, ...]
    counts: Mapping[str, Mapping[str, int]]
    """How many differences of each kind there are, by table."""
    weights: Mapping[str, Weight]
    """What each file weighs, by its path in the folder of the day; without the manifest, which says so."""
    files: Mapping[str, bytes]
    """Every file by its path in the folder of the day, the manifest too."""
    place: str
    """Where it was read, as findings name it."""

    @property
    def name(self) -> str:
        """The day as it stands in addresses."""
        return self.day.isoformat()

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(weight.bytes for weight in self.weights.values())

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many differences of each kind there are."""
        return totals(self.counts)

    def path(self, name: str) -> str:
        """Return where a file of the release stands on the site."""
        return f"{ADDRESS}{self.name}/{name}"


def totals(counts: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Return how many differences of each kind there are in all tables, in the order of the kinds."""
    return {
        str(kind): count for kind in Difference if (count := sum(of_table.get(kind, 0) for of_table in counts.values()))
    }

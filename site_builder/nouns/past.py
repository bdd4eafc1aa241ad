"""Owns what was published earlier: commits without their authors, the files that each changed, what stood there."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from site_builder.nouns.derived import Row


class Flat(NamedTuple):
    """A record as it stood in one version of a file: every value as the text that was typed."""

    table: str
    id: str
    parent_table: str
    """Table of the record in which it stood; empty: at the top of its file."""
    parent: str
    plan: str
    """Plan to which it belongs, if any."""
    values: Mapping[str, str]
    """By column (`title_en`); what the schemas do not know, by its key as it was written."""


Version = tuple[Flat, ...]


@dataclass(frozen=True)
class Publication:
    """A commit of the published line of history, with what it changed in the content."""

    commit: str
    day: date
    """Day of the commit in the time zone of the site."""
    files: tuple[tuple[str, str], ...]
    """Path below the content folder and name of the new bytes, empty where the file was removed."""
    pull_request: int | None = None
    correction: str = ""
    """Why it corrects what was published, where its message says so."""


@dataclass(frozen=True)
class Past:
    """All publications of a content, the oldest first, or why they are not known."""

    publications: tuple[Publication, ...] = ()
    versions: Mapping[tuple[str, str], Version | None] = field(default_factory=dict)
    """What stood in a file, by path and name of the bytes; None where it could not be read."""
    cut_off: date | None = None
    """Day at which the copy of the history ends, where it is no whole copy: nothing is told then."""

    @cached_property
    def told(self) -> dict[Hashable, tuple[Row, ...]]:
        """The events as they were told the last time, by what the columns and codes meant."""
        return {}

    @property
    def is_known(self) -> bool:
        """Whether events can be told."""
        return bool(self.publications) and self.cut_off is None


NO_PAST = Past()

"""Owns what a proposed change does to the content, before it is said in any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.nouns.derived import Row


@dataclass(frozen=True)
class Limits:
    """From how much on a change is too large to be read line by line."""

    deleted: int = 10
    """Records that may be deleted without a tombstone."""
    files: int = 40
    """Files that may change while more than so many organisations are concerned."""
    organisations: int = 3


@dataclass(frozen=True)
class Bulk:
    """How large a change is."""

    deleted: int
    """Records that are gone, those that stood in another, too."""
    unexplained: int
    """Those of them of which no tombstone says that they were withdrawn."""
    files: int
    organisations: tuple[str, ...]
    """Ids of the organisations that lead what changed, or that changed themselves."""
    limits: Limits

    @property
    def deletes_many(self) -> bool:
        return self.unexplained > self.limits.deleted

    @property
    def changes_many(self) -> bool:
        return self.files > self.limits.files and len(self.organisations) > self.limits.organisations


@dataclass(frozen=True, slots=True)
class Effect:
    """A count that is another after the change."""

    plan: str
    column: str
    """Column of table plan_summary."""
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class OtherFile:
    """A changed file that holds no records: prose, a sheet of values."""

    path: str
    before: str | None
    """Its text; None where there was no such file, empty where it is no text."""
    after: str | None


@dataclass(frozen=True)
class ChangeSet:
    """What differs between two contents."""

    events: tuple[Row, ...] = ()
    """As in table events, sorted by what they concern."""
    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Languages in which a text stayed while the adopted one changed, by id of the event."""
    effects: tuple[Effect, ...] | None = None
    """None where nobody can count, since one of the contents has errors."""
    bulk: Bulk = Bulk(0, 0, 0, (), Limits())
    unreadable: tuple[str, ...] = ()
    """Paths of changed files that cannot be read now."""
    unread_before: tuple[str, ...] = ()
    """Paths of changed files that could not be read before: all that stands in them seems new."""
    other_files: tuple[OtherFile, ...] = ()
    in_form_only: int = 0
    """Changed files of which no record is another: comments, order, white space."""

    @property
    def is_empty(self) -> bool:
        """Whether the two contents are the same to the byte."""
        return not self.bulk.files

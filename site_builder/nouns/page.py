"""Owns what a page is before it is rendered: its kind, its subject, its language, its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site; the same subject has one page a language."""

    kind: str
    subject: str
    """Id of what it shows; empty for a page of which there is one."""
    language: str
    """Language code; empty for a page in no language."""
    path: str
    """Path below the output folder; always names a file."""


@dataclass(frozen=True)
class SitePlan:
    """Every address of the site, decided before anything is rendered."""

    pages: tuple[Page, ...]
    files: frozenset[str] = frozenset()
    """Paths of the outputs that are no pages: data, assets."""

    @cached_property
    def _addresses(self) -> Mapping[tuple[str, str, str], str]:
        return {(page.kind, page.subject, page.language): page.path for page in self.pages}

    def address(self, kind: str, subject: str, language: str) -> str | None:
        """Return the path of a page, None where it is not on the plan."""
        return self._addresses.get((kind, subject, language))


def relative(target: str, page: str) -> str:
    """Return the link from the file `page` to the file `target`, both below the output folder."""
    here, there = page.split("/")[:-1], target.split("/")
    shared = 0
    while shared < len(here) and shared < len(there) - 1 and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:])

"""Owns what a page is before it is rendered: its kind, its subject, its language, its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

MOVED = "moved"
"""Kind of the pages at old addresses."""


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


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address at which something stood, and where it stands now."""

    source: str
    """Path below the site without a slash at its end."""
    target: str
    """Path of a file below the site, or a full https:// address."""

    @property
    def address(self) -> str:
        """The address below the site as hosts compare it: a folder ends with a slash."""
        return self.source if "." in self.source.rpartition("/")[2] else f"{self.source}/"

    @property
    def is_elsewhere(self) -> bool:
        return self.target.startswith("https://")


@dataclass(frozen=True)
class SitePlan:
    """Every address of the site, decided before anything is rendered."""

    pages: tuple[Page, ...]
    files: frozenset[str] = frozenset()
    """Paths of the outputs that are no pages: data, assets."""
    redirects: tuple[Redirect, ...] = ()
    """What moved, sorted by where it stood."""

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every path of the site but those of pages that only tell where something went."""
        return self.files | {page.path for page in self.pages if page.kind != MOVED}

    @cached_property
    def _addresses(self) -> Mapping[tuple[str, str, str], str]:
        return {(page.kind, page.subject, page.language): page.path for page in self.pages}

    @cached_property
    def _moved(self) -> Mapping[str, Redirect]:
        return {redirect.source: redirect for redirect in self.redirects}

    def moved(self, source: str) -> Redirect | None:
        """Return where what stood at an address went."""
        return self._moved.get(source)

    def address(self, kind: str, subject: str, language: str) -> str | None:
        """Return the path of a page, None where it is not on the plan."""
        return self._addresses.get((kind, subject, language))


def relative(target: str, page: str) -> str:
    """Return the link from the file `page` to the file `target`, both below the output folder."""
    for folder, up in _folders_of(page):
        if target.startswith(folder):
            return up + target[len(folder) :]
    return "../" * page.count("/") + target


@lru_cache(1)
def _folders_of(page: str) -> tuple[tuple[str, str], ...]:
    """Return the folders that hold a page, the innermost first, each with the way up to it; a page has many links."""
    steps = page.split("/")[:-1]
    ways = ((steps[: len(steps) - ups], "../" * ups) for ups in range(len(steps)))
    return tuple(("/".join(folders) + "/", up) for folders, up in ways)

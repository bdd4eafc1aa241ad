"""Owns all that writers need of one build: the picture of the content, what is derived from it, the addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.nouns.derived import Derived
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.page import SitePlan
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.nouns.words import Words


@dataclass(frozen=True)
class Theme:
    """Templates, words and static files of a theme, by path below it."""

    templates: Mapping[str, str]
    words: Mapping[str, Words]
    """Interface words by language."""
    static: Mapping[str, bytes]


@dataclass(frozen=True)
class Edition:
    """One build of the site: everything is decided, nothing is rendered."""

    catalog: Catalog
    """The content as it is seen on the as-of day."""
    schemas: Schemas
    derived: Derived
    plan: SitePlan
    theme: Theme
    base_url: str = ""
    """Where the site is hosted, with a slash at its end; empty: not known."""
    findings: tuple[Diagnostic, ...] = ()
    """Findings that did not stop the build."""
    waived: tuple[Diagnostic, ...] = ()

    @property
    def stylesheet(self) -> str:
        """Path of the one stylesheet."""
        return "static/site.css"

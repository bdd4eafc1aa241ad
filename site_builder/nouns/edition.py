"""Owns all that writers need of one build: the picture of the content, what is derived from it, the addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from site_builder.nouns.derived import Derived
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.page import SitePlan
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.nouns.words import Words


@dataclass(frozen=True)
class Theme:
    """Templates, words and static files of a theme, by path below it."""

    templates: Mapping[str, str]
    words: Mapping[str, Words]
    """Interface words by language."""
    static: Mapping[str, bytes]
    shown_as: Mapping[str, str] = field(default_factory=dict)
    """How findings name the file of a template."""

    @cached_property
    def assets(self) -> Mapping[str, str]:
        """Path of each static file below the output folder, by its name in the theme.

        The path holds a hash of the bytes, so that a browser may keep the file for ever.
        """
        return {name: _hashed(name, content) for name, content in sorted(self.static.items())}


def _hashed(name: str, content: bytes) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"static/{stem}.{sha256(content).hexdigest()[:10]}{dot}{ending}"


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

    @cached_property
    def commitments_of(self) -> Mapping[str, tuple[Record, ...]]:
        """Commitments by plan, in the order of their numbers."""
        groups: dict[str, list[Record]] = {}
        for record in sorted(self.catalog.rows("commitments"), key=lambda item: item.get("number")):
            groups.setdefault(record.get("plan_id"), []).append(record)
        return {plan: tuple(records) for plan, records in groups.items()}

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        """Place of a commitment among those of its plan, from 0."""
        return {record.id: place for group in self.commitments_of.values() for place, record in enumerate(group)}

    @cached_property
    def main_plan(self) -> Record | None:
        """The plan that the first page shows: the one that the site names, else the newest."""
        named = self.catalog.find("plans", self.catalog.site.get("plan_id") or "")
        return named or max(self.catalog.rows("plans"), key=lambda plan: plan.get("number"), default=None)

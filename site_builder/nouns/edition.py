"""Owns all that writers need of one build: the picture of the content, what is derived from it, the addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256

from site_builder.nouns.answer import Answer
from site_builder.nouns.derived import Derived
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.output import Weight
from site_builder.nouns.page import SitePlan
from site_builder.nouns.past import NO_PAST, Past
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.release import Release
from site_builder.nouns.schema import Schemas
from site_builder.nouns.wording import NO_WORDING, Wording
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
        return {name: _hashed(name, content) for name, content in sorted(self.published.items())}

    @cached_property
    def published(self) -> Mapping[str, bytes]:
        """Bytes of each static file as it is published, by its name in the theme.

        The script of every page stands at the beginning of each other one, so that no page has to load two.
        """
        first = self.static.get(EVERYWHERE, b"")
        return {
            name: first + content if name.endswith(".js") and name != EVERYWHERE else content
            for name, content in self.static.items()
        }


EVERYWHERE = "site.js"
"""The script of every page."""
AT_ROOT = frozenset({"favicon.ico"})
"""Files that browsers look for by name at the root."""


def _hashed(name: str, content: bytes) -> str:
    if name in AT_ROOT:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"static/{stem}.{sha256(content).hexdigest()[:10]}{dot}{ending}"


@dataclass(frozen=True)
class History:
    """What the shell knows of the content's past; outside version control nothing."""

    commit: str = ""
    """The commit that the content is exactly as in."""
    changed_on: Mapping[str, date] = field(default_factory=dict)
    """Day on which each file was last changed, by its name as in findings."""
    past: Past = NO_PAST
    """Every version of the content that was published before."""


NO_HISTORY = History()


GROUND = ("ground", "")
"""Under which name it is remembered what was known of indicators on the as-of day."""


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
    schema_version: str = ""
    """Short hash of all schemas: it changes with them."""
    wording: Wording = NO_WORDING
    """What the program says of findings and rules."""
    history: History = NO_HISTORY
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """What the data answers to each question, by the question's name."""
    weights: Mapping[str, Weight] = field(default_factory=dict)
    """What each file of the newest data weighs, by path; they are made before the pages that tell of them."""
    memory: dict[tuple[str, str], object] = field(default_factory=dict)
    """What is the same in every language and worked out once, by what it is and of what."""

    @property
    def releases(self) -> tuple[Release, ...]:
        """Earlier releases, the oldest first."""
        return self.catalog.releases

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

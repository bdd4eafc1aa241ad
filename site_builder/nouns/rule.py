"""Owns what is known of a rule beside its words: why it is there, what is wrong, what is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from site_builder.nouns.diagnostic import Severity

Texts = Mapping[str, str]
"""A text by language of the program."""


@dataclass(frozen=True)
class Edit:
    """A change of one file: `wrong` stands where `right` should; a file that should not be there has no `right`."""

    file: str
    """Path from the project's root."""
    right: str | None
    wrong: str | None
    """None: the file is missing, and `right` is its whole text."""


def aligned(text: str) -> str:
    """Return a piece of a file as it is shown: its further lines begin where the first one does, or below it."""
    first, *further = text.split("\n")
    margins = [len(line) - len(line.lstrip()) for line in further if line.strip()]
    nested = 2 if first.endswith(":") or first.startswith("- ") else 0
    surplus = max(0, min(margins, default=0) - nested) if not first.startswith(" ") else 0
    return "\n".join([first, *(line[surplus:] for line in further)])


@dataclass(frozen=True)
class Rule:
    """A rule as it is explained; an example is applied to the smallest valid content."""

    name: str
    family: str
    severity: Severity
    catalogue: tuple[str, ...]
    """Ids of the catalogue of rules that it fulfils."""
    why: Texts
    shown: tuple[Edit, ...] = ()
    """What is wrong and right; empty where no small example can show it."""
    setup: tuple[Edit, ...] = ()
    """What has to stand in the content first, both right and wrong."""
    is_change: bool = False
    """Whether what is right had been published before: the change is what is wrong."""
    proof: str = ""
    """The test that shows the rule where it has no example."""


@dataclass(frozen=True)
class Family:
    """Rules that belong together."""

    name: str
    title: Texts
    rules: tuple[Rule, ...]
    left_out: Mapping[str, Texts]
    """Ids of the catalogue that no rule of the program fulfils, each with the reason."""


@dataclass(frozen=True)
class Rulebook:
    """Every rule with its explanation."""

    families: tuple[Family, ...] = ()

    @cached_property
    def languages(self) -> frozenset[str]:
        """Languages in which every rule is explained."""
        spoken = [frozenset(rule.why) for rule in self.rules.values()]
        return frozenset.intersection(*spoken) if spoken else frozenset()

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Rules by name, in the order of the families."""
        return {rule.name: rule for family in self.families for rule in family.rules}

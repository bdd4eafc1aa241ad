"""Report formats: one emitter a file, found by being here; each has `emit(report)`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.shell.wording import Wording

LONGEST = 1000
"""Characters of a sentence that are shown."""
UNSEEN = "▯"
"""What is shown for a character that cannot be seen."""
SPACES = {"\t": " ", "\u00a0": "·", "\u202f": "·"}


@dataclass(frozen=True)
class Report:
    """The findings of a run with what it takes to show them."""

    findings: tuple[Diagnostic, ...]
    wording: Wording
    language: str
    lines: Mapping[str, list[str]]
    """Lines of the files that findings point to, by the name of the file."""
    waived: int = 0
    """Number of findings that waivers took out."""
    pages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Addresses of the pages that explain rules, by rule and language; empty where it is not known where they are."""

    @property
    def to_mend(self) -> tuple[Diagnostic, ...]:
        """The findings that the change brought, else all; what stops it comes first, as people read from the top."""
        fresh = (finding for finding in self.findings if finding.introduced is not False)
        return tuple(sorted(fresh, key=lambda finding: list(Severity).index(finding.severity)))

    def message(self, finding: Diagnostic) -> str:
        """Return what is wrong, in the language of the report, every character seen."""
        return visible(self.wording.message(finding, self.language))

    def severity(self, finding: Diagnostic, language: str = "") -> str:
        """Return how much a finding weighs and, where it is an old debt, that it is one."""
        spoken = language or self.language
        word = self.wording.say(f"severity.{finding.severity}", spoken)
        return self.wording.say("severity.before", spoken, severity=word) if finding.introduced is False else word

    def remedy(self, finding: Diagnostic) -> str:
        """Return how to mend it, said so, in the language of the report, every character seen."""
        return visible(self.wording.say("fix", self.language) + self.wording.hint(finding, self.language))


def visible(text: str) -> str:
    """Return a text in which every character is seen: none can command a terminal or turn the writing round.

    What is far too long to read loses its middle.
    """
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else SPACES.get(char, UNSEEN) for char in text)


Emit = Callable[[Report], str]


def formats() -> dict[str, Emit]:
    """Return every format by name; `text` comes first."""
    names = sorted((module.name for module in pkgutil.iter_modules(__path__)), key=lambda name: (name != "text", name))
    return {name: importlib.import_module(f"{__name__}.{name}").emit for name in names}

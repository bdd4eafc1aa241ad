"""Owns what an import of series did not take over as it stood: what, where first, how often."""

from __future__ import annotations

from dataclasses import dataclass, field

LONGEST = 120
"""Characters of a value that are shown."""
MOST = 20_000
"""Entries that are kept; what is more is counted."""

Arguments = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, order=True)
class Left:
    """Something without a place, or read in a way that must be told; its words are `import_series.left.<kind>`."""

    file: str
    column: str
    """Column of the file or key of the record, as written there."""
    kind: str
    value: str = ""
    arguments: Arguments = ()


@dataclass(slots=True)
class Tally:
    """How often something was met, and in which line first."""

    count: int
    line: int


@dataclass
class Ledger:
    """All that is told, each thing once."""

    entries: dict[Left, Tally] = field(default_factory=dict)
    more: int = 0
    """Met after the list was full."""

    def add(self, left: Left, line: int = 0, *, count: int = 1) -> None:
        """Note something, or count it where it was noted before."""
        known = self.entries.get(left)
        if known is not None:
            known.count += count
        elif len(self.entries) < MOST:
            self.entries[left] = Tally(count, line)
        else:
            self.more += count

    def counts(self) -> dict[str, int]:
        """Return how often each kind was met."""
        found: dict[str, int] = {}
        for left, tally in self.entries.items():
            found[left.kind] = found.get(left.kind, 0) + tally.count
        return dict(sorted(found.items()))


def shown(text: str) -> str:
    """Return a value so that it fits a table."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"

"""Owns the promise that the wording of what was adopted never changes."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from site_builder.checks._about import about
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.record import Catalog, Record

WORDING = {
    "plans": ("title",),
    "commitments": ("title", "theme", "problem", "objective", "ambition"),
    "milestones": ("title", "due_as_adopted"),
}
"""Texts that stand in an adopted plan, by table."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield texts that were published as the words of a source, and read otherwise now."""
    before = catalog.published
    if before is None:
        return
    for table, fields in WORDING.items():
        for record in catalog.rows(table):
            old = before.find(table, record.id)
            if old is None:
                continue
            read = (field for field in fields if field not in record.spoiled)
            for column in (f"{field}_{code}" for field in read for code in catalog.codes):
                was, text = old.get(column), record.get(column)
                if was and _plain(was) != _plain(text or "") and _is_sourced(before, old, column):
                    yield about("adopted-text-changed", record, column, key=column, value=_shortened(str(was)))


def _plain(text: str) -> str:
    """Return a text without what formatting may change: the form of its characters, its white space."""
    return " ".join(normalize("NFC", text).split())


def _is_sourced(catalog: Catalog, record: Record, column: str) -> bool:
    """Whether a text is that of a source; what else is said of it makes it ours."""
    statuses = {row.get("status") for row in catalog.told_of(record).get(column, ())}
    return statuses == {"sourced"}


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59].rstrip()}…"

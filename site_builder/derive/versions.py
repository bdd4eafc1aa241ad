"""Owns the version of a release: which of its three numbers steps up, and why.

New or changed rows are a patch. A new table, a new column at the end of a table and anything that allows more than
before (a new code) are minor. Whatever can break a program that reads the data is major: a table, column or code that
is gone or renamed (gone and new), a column in another place or of another type, a constraint that allows less, another
key, a record that was withdrawn. The first release is 1.0.0.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from site_builder.nouns.release import Cause, Change, Difference, Step
from site_builder.readers.published import Published, PublishedTable

_STEPS: Mapping[str, Step] = {
    "table_removed": Step.MAJOR,
    "column_removed": Step.MAJOR,
    "column_moved": Step.MAJOR,
    "type_changed": Step.MAJOR,
    "constraint_tightened": Step.MAJOR,
    "key_changed": Step.MAJOR,
    "record_withdrawn": Step.MAJOR,
    "table_added": Step.MINOR,
    "column_added": Step.MINOR,
    "constraint_loosened": Step.MINOR,
    "rows_changed": Step.PATCH,
    "nothing_changed": Step.PATCH,
}
"""Step of each cause."""
_ORDER = (Step.MAJOR, Step.MINOR, Step.PATCH)
_UPPER = frozenset({"maximum", "maxLength", "exclusiveMaximum"})
"""Constraints that allow less when they are smaller."""
_LOWER = frozenset({"minimum", "minLength", "exclusiveMinimum"})
"""Constraints that allow less when they are greater."""
FIRST = "1.0.0"


def step_of(
    old: Published, new: Published, changes: Iterable[Change], *, things: Collection[str]
) -> tuple[Step, tuple[Cause, ...]]:
    """Return the step from one data set to the next and all that calls for it.

    `things` are the tables whose ids are for ever: that a row of another one is gone is an ordinary change.
    """
    causes = sorted(_causes(old, new, tuple(changes), things), key=lambda cause: (cause.rule, cause.table, cause.name))
    step = next(step for step in _ORDER if any(_STEPS[cause.rule] is step for cause in causes))
    return step, tuple(cause for cause in causes if _STEPS[cause.rule] is step)


def stepped(version: str, step: Step) -> str:
    """Return the version that follows another by a step."""
    major, minor, patch = (int(part) for part in version.split("."))
    if step is Step.MAJOR:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if step is Step.MINOR else f"{major}.{minor}.{patch + 1}"


def _causes(old: Published, new: Published, changes: tuple[Change, ...], things: Collection[str]) -> Iterator[Cause]:
    yield from (Cause("table_removed", name) for name in old if name not in new)
    yield from (Cause("table_added", name) for name in new if name not in old)
    for name in new:
        if name in old:
            yield from _in_table(old[name], new[name])
    rows = [change for change in changes if change.record]
    for change in rows:
        if change.kind is Difference.REMOVED and change.table in things:
            yield Cause("record_withdrawn", change.table, change.record)
    yield Cause("rows_changed" if rows else "nothing_changed")


def _in_table(old: PublishedTable, new: PublishedTable) -> Iterator[Cause]:
    name = new.name
    kept = [column for column in old.fields if column in new.fields]
    yield from (Cause("column_removed", name, column) for column in old.fields if column not in new.fields)
    yield from (Cause("column_added", name, column) for column in new.fields if column not in old.fields)
    moved = next((was for was, now in zip(kept, new.fields, strict=False) if was != now), None)
    if moved is not None:
        yield Cause("column_moved", name, moved)
    for column in kept:
        yield from (Cause(rule, name, column) for rule in sorted(_in_field(old.fields[column], new.fields[column])))
    if old.key != new.key:
        yield Cause("key_changed", name)
    for part in ("uniqueKeys", "foreignKeys"):
        before, after = ([str(key) for key in table.schema.get(part, ())] for table in (old, new))
        if set(after) - set(before):
            yield Cause("constraint_tightened", name)
        if set(before) - set(after):
            yield Cause("constraint_loosened", name)


def _in_field(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    rules = set()
    if any(old.get(part) != new.get(part) for part in ("type", "format")):
        rules.add("type_changed")
    before, after = old.get("constraints", {}), new.get("constraints", {})
    for name in {*before, *after}:
        rules |= _in_constraint(name, before.get(name), after.get(name))
    return rules


def _in_constraint(name: str, old: Any, new: Any) -> set[str]:
    """Return whether a constraint allows less, more or both; None or False is one that is not there."""
    tightened, loosened = {"constraint_tightened"}, {"constraint_loosened"}
    if old == new:
        return set()
    if any(limit is None or limit is False for limit in (old, new)):
        return loosened if new is None or new is False else tightened
    if name == "enum":
        return (tightened if set(old) - set(new) else set()) | (loosened if set(new) - set(old) else set())
    if name in _UPPER or name in _LOWER:
        return tightened if (new < old) == (name in _UPPER) else loosened
    return tightened

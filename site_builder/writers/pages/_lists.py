"""Owns a long list of commitments: in groups by plan, the main plan first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.nouns.record import Record
from site_builder.writers.pages._commitments import Item, by_plan, item, period
from site_builder.writers.voice import Voice


@dataclass(frozen=True, slots=True)
class Group:
    """The commitments of a plan that stand in a list."""

    plan_id: str
    name: str
    href: str
    period: str
    entries: tuple[Item, ...]


def groups(voice: Voice, commitments: Iterable[Record] | None = None) -> list[Group]:
    """Return commitments, by default all, by plan; plans without any are left out."""
    wanted = None if commitments is None else {record.id for record in commitments}
    found = []
    for plan, records in by_plan(voice):
        kept = tuple(item(voice, record) for record in records if wanted is None or record.id in wanted)
        if kept:
            name = voice.text(plan, "short_title") or voice.text(plan, "title")
            found.append(Group(plan.id, name, voice.link("plan", plan.id), period(voice, plan), kept))
    return found

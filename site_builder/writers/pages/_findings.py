"""Owns how what an assessment found stands on a page: its heading, who found it, the facts, a note."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.nouns.record import Record
from site_builder.writers.facts import Fact
from site_builder.writers.happenings import assessment_anchor
from site_builder.writers.voice import Voice


@dataclass(frozen=True)
class Findings:
    """What one assessment found of a plan or of a commitment."""

    anchor: str
    """Place on the page."""
    heading: str
    by: str
    published: str
    refs: tuple[int, ...]
    facts: list[Fact]
    note: str
    order: str
    """By which groups are sorted: when it was published."""


def findings_of(voice: Voice, assessment: Record, *, facts: list[Fact], note: str) -> Findings:
    """Return what an assessment found, under its own heading."""
    return Findings(
        anchor=assessment_anchor(assessment.id),
        heading=voice.title_label("assessment_kinds", assessment.get("kind")),
        by=voice.text(assessment, "assessor"),
        published=voice.partial(assessment, "published_on"),
        refs=voice.refs(assessment.get("source_id")),
        facts=facts,
        note=note,
        order=str(assessment.get("published_on") or ""),
    )


def newest_first(groups: list[Findings]) -> list[Findings]:
    """Return the groups with the newest first; what has no date stands last."""
    return sorted(groups, key=lambda group: group.order, reverse=True)

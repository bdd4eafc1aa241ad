"""Owns what is odd about the deadlines of a plan: before it was handed in, all on one day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from site_builder.checks._about import about
from site_builder.checks._told import commitments_of, milestones_of
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record

FEWEST = 5
"""Milestones from which on one day for nearly all of them says something."""
SHARE = 0.8
"""Part of the milestones that share one day."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield deadlines before the plan was submitted, and plans of which nearly everything is due on one day."""
    for plan in catalog.rows("plans"):
        milestones = [
            milestone
            for commitment in commitments_of(catalog, plan)
            for milestone in milestones_of(catalog, commitment)
            if milestone.get("due_baseline")
        ]
        yield from _early(plan, milestones)
        yield from _one_day(plan, milestones)


def _early(plan: Record, milestones: list[Record]) -> Iterator[Diagnostic]:
    submitted = plan.get("submitted_on")
    for milestone in milestones if submitted else ():
        if milestone.get("due_baseline") < submitted:
            yield about(
                "due-before-submission",
                milestone,
                "due_baseline",
                severity=Severity.WARNING,
                value=milestone.get("due_baseline"),
                other=submitted,
            )


def _one_day(plan: Record, milestones: list[Record]) -> Iterator[Diagnostic]:
    if len(milestones) < FEWEST:
        return
    day, count = Counter(milestone.get("due_baseline") for milestone in milestones).most_common(1)[0]
    if count >= SHARE * len(milestones):
        yield about(
            "all-due-on-one-day",
            plan,
            "period_end",
            severity=Severity.WARNING,
            count=count,
            total=len(milestones),
            day=day,
        )

"""Owns the promise that a milestone, once published, does not vanish from a plan without a word."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.nouns.diagnostic import Diagnostic, found
from site_builder.nouns.record import Catalog


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield the milestones that a change takes out of a commitment, unless it says that they were withdrawn.

    A milestone has no page of its own, so that no address is lost with it; what has one is told with its address.
    """
    before = catalog.published
    if before is None:
        return
    withdrawn = {row.get("thing_id") for row in catalog.rows("tombstones")}
    for milestone in before.rows("milestones"):
        commitment = catalog.find("commitments", milestone.parent)
        if commitment is None or catalog.find("milestones", milestone.id) or milestone.id in withdrawn:
            continue  # a commitment that is gone has a page, and takes its milestones with it
        if "milestones" not in commitment.spoiled and not catalog.is_unread(milestone.id):
            yield found("milestone-gone", commitment.location, value=milestone.id, record=milestone.id)

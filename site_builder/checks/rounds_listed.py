"""Owns the doubt about a report in a round that its plan does not list."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.nouns.diagnostic import Diagnostic, Severity, found
from site_builder.nouns.record import Catalog
from site_builder.readers.suggest import closest


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield each folder of reports that is none of the rounds of its plan, once, where the plan lists any."""
    listed: dict[str, set[str]] = {}
    for row in catalog.rows("rounds"):
        listed.setdefault(row.get("plan_id"), set()).add(row.get("round"))
    told: set[tuple[str, str]] = set()
    for update in catalog.rows("updates"):
        commitment = catalog.find("commitments", update.get("commitment_id"))
        plan, name = commitment.get("plan_id") if commitment else "", update.get("round")
        if plan not in listed or name in listed[plan] or (plan, name) in told:
            continue
        told.add((plan, name))
        yield found(
            "round-unlisted",
            update.location,
            severity=Severity.WARNING,
            record=update.id,
            field="round",
            value=name,
            plan=plan,
            known=", ".join(sorted(listed[plan])),
            suggestion=closest(name, listed[plan]),
        )

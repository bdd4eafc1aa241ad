"""Owns what a commitment should have beside its text: a number, OGP's id, milestones, a partner outside government."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from site_builder.checks._about import about
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record

PARTNER = "partner"
"""What the role of somebody outside government means."""
UNKNOWN = frozenset({"missing", "none_stated"})
"""With these somebody has said already that there is nothing to write."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield gaps in the numbers, ids of OGP that are missing or stand twice, and commitments without their parts."""
    for plan in catalog.rows("plans"):
        commitments = catalog.referring("commitments", "plan_id", plan.id)
        withdrawn = [row for row in catalog.rows("tombstones") if str(row.get("thing_id")).startswith(f"{plan.id}-")]
        if not any(name.startswith(f"{plan.id}-") for name in catalog.unread):  # the missing one may be among them
            yield from _gaps(commitments, excused=sum(row.get("thing_table") == "commitments" for row in withdrawn))
        if any(commitment.get("ogp_id") for commitment in commitments):
            yield from _without_ogp_id(catalog, commitments)
    yield from _ogp_ids_twice(catalog)
    for commitment in catalog.rows("commitments"):
        if not commitment.spoiled:  # first what is mistyped in it
            yield from _parts(catalog, commitment)


def _gaps(commitments: tuple[Record, ...], *, excused: int) -> Iterator[Diagnostic]:
    """Yield the commitment after each gap; a number is excused where a commitment was withdrawn."""
    numbered = sorted(
        (record for record in commitments if record.get("number") is not None), key=lambda record: record.get("number")
    )
    for before, record in pairwise(numbered):
        missing = record.get("number") - before.get("number") - 1
        if missing > excused:
            yield about(
                "number-gap",
                record,
                "number",
                severity=Severity.WARNING,
                value=record.get("number"),
                other=before.get("number"),
            )


def _is_said(catalog: Catalog, record: Record, field: str) -> bool:
    """Whether the provenance of a record says that a field or list of it is unknown, or that there is none."""
    return any(row.get("status") in UNKNOWN for row in catalog.told_of(record).get(field, ()))


def _without_ogp_id(catalog: Catalog, commitments: tuple[Record, ...]) -> Iterator[Diagnostic]:
    for commitment in commitments:
        is_open = commitment.get("ogp_id") is None and not commitment.spoiled
        if is_open and not _is_said(catalog, commitment, "ogp_id"):
            yield about("ogp-id-missing", commitment, "ogp_id", severity=Severity.WARNING)


def _ogp_ids_twice(catalog: Catalog) -> Iterator[Diagnostic]:
    first: dict[str, Record] = {}
    for commitment in catalog.rows("commitments"):
        ogp_id = commitment.get("ogp_id")
        known = first.setdefault(ogp_id, commitment) if ogp_id else commitment
        if known is not commitment:
            yield about("ogp-id-twice", commitment, "ogp_id", value=ogp_id, other=known.id)


def _parts(catalog: Catalog, commitment: Record) -> Iterator[Diagnostic]:
    """Yield that a commitment has no milestone, or no partner; silent where no role means a partner."""
    partners = {row.get("code") for row in catalog.codes_of.get("roles", ()) if row.get("means") == PARTNER}
    roles = {row.get("role") for row in catalog.children(commitment, "commitment_organisations")}
    lacks = {
        "milestones": not catalog.children(commitment, "milestones"),
        "organisations": bool(partners) and not partners & roles,
    }
    for key, name in (("milestones", "commitment-without-milestone"), ("organisations", "commitment-without-partner")):
        if lacks[key] and not _is_said(catalog, commitment, key):
            yield about(name, commitment, key, severity=Severity.WARNING)

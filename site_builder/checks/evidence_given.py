"""Owns the promise that what is reported as begun or done is shown by evidence, and that the evidence can be that."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks._about import about
from site_builder.checks._told import Told, commitments_of, milestones_of, told_of
from site_builder.nouns.diagnostic import Diagnostic, Severity, found
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.date_forms import last_day

MOST = 5
"""Promises that one address may prove."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield statuses without evidence, and evidence that is too old, proves too much or nobody keeps."""
    reported = told_of(catalog)
    for before, told in (turn for reports in reported.values() for turn in _turns(reports)):
        yield from _missing(catalog, before, told)
    for reports in reported.values():
        for told in reports:
            for piece in catalog.children(told.item, "evidence"):
                yield from _old(catalog, told, piece)
    yield from _one_address(catalog)
    pieces = {told.item.id: catalog.children(told.item, "evidence") for many in reported.values() for told in many}
    for plan in catalog.rows("plans"):
        kept = []
        for commitment in commitments_of(catalog, plan):
            things = (commitment.id, *(part.id for part in milestones_of(catalog, commitment)))
            given = [piece for name in things for told in reported.get(name, ()) for piece in pieces[told.item.id]]
            kept += given
            yield from _from_inside(commitment, given)
        yield from _not_kept(plan, kept)


def _turns(reports: tuple[Told, ...]) -> Iterator[tuple[str, Told]]:
    """Yield what a status meant before, and the report in which it means something else."""
    before = ""
    for told in reports:
        if told.means and told.means != before:
            yield before, told
            before = told.means


def _missing(catalog: Catalog, before: str, told: Told) -> Iterator[Diagnostic]:
    if catalog.children(told.item, "evidence") or "evidence" in told.item.spoiled:
        return
    value = told.item.get("status")
    if _shown_by_parts(catalog, told):
        return
    if told.means == "done":
        yield about("done-without-evidence", told.item, "status", value=value)
    elif told.means == "open" and before in ("", "waiting"):
        yield about("begun-without-evidence", told.item, "status", severity=Severity.WARNING, value=value)


def _shown_by_parts(catalog: Catalog, told: Told) -> bool:
    """Whether a commitment as a whole has evidence where its milestones have some."""
    if told.item.get("milestone_id"):
        return False
    parts = {part.id for part in catalog.referring("milestones", "commitment_id", told.thing)}
    items = (item for part in parts for item in catalog.referring("update_items", "milestone_id", part))
    return any(catalog.children(item, "evidence") for item in items)


def _old(catalog: Catalog, told: Told, piece: Record) -> Iterator[Diagnostic]:
    """Yield a piece that is older than the work that it is to prove."""
    table = "milestones" if told.item.get("milestone_id") else "commitments"
    thing, dated = catalog.find(table, told.thing), piece.get("dated_on")
    start = thing.get("start_date") if thing else None
    if dated and start and last_day(dated) < start:
        yield about("evidence-before-start", piece, "dated_on", value=dated, start=start)


def _one_address(catalog: Catalog) -> Iterator[Diagnostic]:
    proves: dict[str, set[str]] = {}
    for piece in catalog.rows("evidence"):
        item = catalog.find("update_items", piece.get("update_item_id") or "")
        update = catalog.find("updates", item.get("update_id") or "") if item else None
        if item is None or update is None or not piece.get("url"):
            continue
        things = proves.setdefault(piece.get("url"), set())
        new = (item.get("milestone_id") or update.get("commitment_id")) not in things
        things.add(item.get("milestone_id") or update.get("commitment_id"))
        if new and len(things) == MOST + 1:
            yield about("evidence-proves-many", piece, "url", severity=Severity.WARNING, count=MOST)


def _from_inside(commitment: Record, pieces: list[Record]) -> Iterator[Diagnostic]:
    """Yield that all evidence of a commitment is said to come from those in charge."""
    if pieces and all(piece.get("independent") is False for piece in pieces):
        yield found(
            "evidence-self-reported",
            pieces[0].where("independent"),
            severity=Severity.WARNING,
            record=commitment.id,
            field="independent",
            target=commitment.id,
            count=len(pieces),
        )


def _not_kept(plan: Record, pieces: list[Record]) -> Iterator[Diagnostic]:
    """Yield how much evidence of a plan is lost when its address dies."""
    lost = [piece for piece in pieces if piece.get("url") and not piece.get("archived_url") and not piece.get("sha256")]
    if lost:
        yield about(
            "evidence-not-kept",
            plan,
            "period_end",
            severity=Severity.WARNING,
            count=len(lost),
            total=len(pieces),
            named=lost[0].id,
        )

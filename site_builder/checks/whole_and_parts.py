"""Owns the promise that what is said of a commitment agrees with its milestones, and with what reviewers found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from site_builder.checks._about import about
from site_builder.checks._told import OPEN, Reported, Told, milestones_of, newest_status, told_of
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.date_forms import last_day

FAR = 10
"""Points of a hundred by which an estimate may differ from the mean of the milestones."""
NOT_DONE = frozenset({"not_started", "limited"})
"""Levels of OGP's scale of completion at which no reviewer would call a commitment completed."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield commitments whose newest status or per cent contradicts that of their parts, or an independent review."""
    if catalog.as_of is None:
        return
    reported = told_of(catalog, catalog.as_of)
    for commitment in catalog.rows("commitments"):
        parts = milestones_of(catalog, commitment)
        whole = newest_status(reported.get(commitment.id, ()))
        if whole is not None and parts:
            yield from _parts(whole, parts, reported)
        yield from _share(commitment, parts, reported)
        if _is_done(whole, parts, reported):
            yield from _review(catalog, commitment, reported, catalog.as_of)


def _means(part: Record, reported: Reported) -> str:
    told = newest_status(reported.get(part.id, ()))
    return told.means if told else ""


def _parts(whole: Told, parts: tuple[Record, ...], reported: Reported) -> Iterator[Diagnostic]:
    kept = {part.id: means for part in parts if (means := _means(part, reported)) not in ("dropped", "continued")}
    not_done = [name for name, means in kept.items() if means != "done"]
    value = whole.item.get("status")
    if whole.means == "done" and not_done:
        yield about("done-parts-open", whole.item, "status", value=value, count=len(not_done), named=not_done[0])
    elif whole.means in OPEN and kept and not not_done:
        yield about("parts-done-whole-open", whole.item, "status", severity=Severity.WARNING, value=value)


def _share(commitment: Record, parts: tuple[Record, ...], reported: Reported) -> Iterator[Diagnostic]:
    """Yield that the per cent of a commitment is an estimate; only where every milestone has one of its own."""
    own = _newest_share(reported.get(commitment.id, ()))
    kept = [part for part in parts if _means(part, reported) != "dropped"]
    told = [_newest_share(reported.get(part.id, ())) for part in kept]
    shares = [item.get("progress_pct") for item in told if item is not None]
    if own is None or not kept or len(shares) != len(kept):
        return
    mean = round(sum(shares) / len(shares))
    if abs(own.get("progress_pct") - mean) > FAR:
        value = own.get("progress_pct")
        yield about("progress-own-estimate", own, "progress_pct", severity=Severity.NOTICE, value=value, mean=mean)


def _newest_share(reports: tuple[Told, ...]) -> Record | None:
    return next((told.item for told in reversed(reports) if told.item.get("progress_pct") is not None), None)


def _is_done(whole: Told | None, parts: tuple[Record, ...], reported: Reported) -> bool:
    """Whether the government says that a commitment is completed, or that all its milestones are."""
    if whole is not None:
        return whole.means == "done"
    words = [means for part in parts if (means := _means(part, reported)) != "dropped"]
    return bool(words) and all(word == "done" for word in words)


def _review(catalog: Catalog, commitment: Record, reported: Reported, as_of: date) -> Iterator[Diagnostic]:
    """Yield that independent reviewers see it otherwise, and that the government has not answered since."""
    published, finding = _newest_review(catalog, commitment, as_of)
    if finding is None or finding.get("completion") not in NOT_DONE:
        return
    answers = (told for told in reported.get(commitment.id, ()) if told.says("note") or told.says("reason"))
    if not any(told.day >= published for told in answers):
        yield about(
            "review-disagrees",
            finding,
            "completion",
            severity=Severity.WARNING,
            value=finding.get("completion"),
            target=commitment.id,
        )


def _newest_review(catalog: Catalog, commitment: Record, as_of: date) -> tuple[date, Record | None]:
    """Return the newest independent finding on completion, with the day by which it was published."""
    newest: tuple[date, Record | None] = (date.min, None)
    for finding in catalog.referring("assessment_findings", "commitment_id", commitment.id):
        assessment = catalog.find("assessments", finding.get("assessment_id") or "")
        if assessment is None or assessment.get("kind") == "self" or not finding.get("completion"):
            continue
        published = last_day(assessment.get("published_on")) if assessment.get("published_on") else date.min
        if newest[0] <= published <= as_of:
            newest = (published, finding)
    return newest

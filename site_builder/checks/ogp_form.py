"""Owns what OGP asks of a plan beside its words: answers to its form, a fair number of commitments, meetings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from site_builder.checks._about import about
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.date_forms import last_day

ASKED = ("values", "policy_areas", "continuity", "problem")
"""Questions of the form that a commitment answers or says to be unanswered, where most of its plan answer them."""
LISTS = {"values": "commitment_values", "policy_areas": "commitment_policy_areas"}
TEXTS = frozenset({"problem"})
SAID = 80
"""Letters of a statement of the problem that can say who has it and since when."""
FEWEST, MOST = 5, 15
"""Commitments that OGP advises for a plan (OGP National Handbook, 2022: no more than 15)."""
SILENT = timedelta(days=183)
"""How long a forum that keeps minutes may not have met: OGP asks for two meetings a year."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield questions of the form that are neither answered nor said to be open, and what OGP advises otherwise."""
    for plan in catalog.rows("plans"):
        yield from _answers(catalog, catalog.referring("commitments", "plan_id", plan.id))
        if not plan.spoiled and _is_running(catalog, plan):
            yield from _problems(catalog, plan)
            yield from _number(catalog, plan)
            yield from _meetings(catalog, plan)


def _answers(catalog: Catalog, commitments: tuple[Record, ...]) -> Iterator[Diagnostic]:
    """Yield the questions that most commitments of a plan answer and one leaves open without saying so."""
    asked = [
        name for name in ASKED if 2 * sum(_is_answered(catalog, one, name) for one in commitments) > len(commitments)
    ]
    for commitment in commitments if asked else ():
        told = catalog.told_of(commitment)
        silent = [name for name in asked if name not in told and not _is_answered(catalog, commitment, name)]
        if silent and not commitment.spoiled:  # first what is mistyped in it
            listed = ", ".join(f"`{name}`" for name in silent)
            yield about("form-answer-missing", commitment, "number", severity=Severity.WARNING, listed=listed)


def _is_answered(catalog: Catalog, commitment: Record, name: str) -> bool:
    if name in LISTS:
        return bool(catalog.children(commitment, LISTS[name]))
    if name in TEXTS:
        return bool(catalog.text(commitment, name))
    return commitment.get(name) is not None


def _problems(catalog: Catalog, plan: Record) -> Iterator[Diagnostic]:
    """Yield statements of the problem that are too short to say anything, while the plan is still being written."""
    for commitment in catalog.referring("commitments", "plan_id", plan.id) if plan.get("adopted_on") is None else ():
        columns = [column for code in catalog.codes if commitment.get(column := f"problem_{code}")]
        length = max((len(str(commitment.get(column))) for column in columns), default=SAID)
        told = catalog.told_of(commitment)
        is_adopted = any(row.get("status") == "sourced" for column in columns for row in told.get(column, ()))
        if length < SAID and not is_adopted:
            values = {"length": length, "limit": SAID}
            yield about("problem-short", commitment, columns[0], severity=Severity.WARNING, **values)


def _is_running(catalog: Catalog, plan: Record) -> bool:
    """Whether advice on a plan comes in time: it has not ended on the day of the picture."""
    end = plan.get("period_end")
    return catalog.as_of is not None and bool(end) and last_day(end) >= catalog.as_of


def _number(catalog: Catalog, plan: Record) -> Iterator[Diagnostic]:
    """Yield a plan with too many commitments, and one that says itself that it has too few."""
    stated = plan.get("commitment_count")
    count = max(stated or 0, len(catalog.referring("commitments", "plan_id", plan.id)))
    if count > MOST or (stated is not None and count < FEWEST):
        values = {"count": count, "least": FEWEST, "most": MOST}
        yield about("commitments-number", plan, "number", severity=Severity.WARNING, **values)


def _meetings(catalog: Catalog, plan: Record) -> Iterator[Diagnostic]:
    """Yield a plan whose meetings are recorded, the newest long ago; one without any record is told on its page."""
    as_of = catalog.as_of
    meetings = catalog.referring("meetings", "plan_id", plan.id)
    held = [day for row in meetings if as_of and (day := row.get("held_on")) and day <= as_of]
    if held and as_of and as_of - max(held) > SILENT:
        values = {"day": max(held), "count": (as_of - max(held)).days}
        yield about("meetings-silent", plan, "number", severity=Severity.WARNING, **values)

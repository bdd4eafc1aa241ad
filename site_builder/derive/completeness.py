"""Owns how many of the facts that a commitment form asks for are stated in the sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Catalog, Record

FORM_FIELDS = (
    "ogp_id",
    "title",
    "title_ogp",
    "grand_challenge",
    "theme",
    "start_date",
    "end_date",
    "continuity",
    "problem",
    "objective",
    "ambition",
)
"""Fields of the commitment itself: OGP's form, its id and its title on OGP's site."""
FORM_LISTS = (
    ("values", "commitment_values"),
    ("policy_areas", "commitment_policy_areas"),
    ("milestones", "milestones"),
)
"""Lists of the form, with the table that holds them."""
QUESTIONS = (*FORM_FIELDS, "lead", "organisations", *(key for key, _ in FORM_LISTS), "milestone_dates")
"""Everything the form asks for; milestone_dates counts when every recorded milestone has a deadline."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a question of the form is answered: stated, none or missing."""

    question: str
    state: str


def answers(catalog: Catalog, commitment: Record) -> tuple[Answer, ...]:
    """Return an answer for each question of the form, in its order."""
    stated = set(_stated(catalog, commitment))
    return tuple(
        Answer(question, "stated" if question in stated else _unstated(catalog, commitment, question))
        for question in QUESTIONS
    )


def answer_counts(catalog: Catalog, as_of: date) -> Iterator[Row]:
    """Yield a row a plan and question with the number of commitments in which it is answered, by state."""
    states: dict[str, dict[str, Counter[str]]] = {}
    for commitment in catalog.rows("commitments"):
        of_plan = states.setdefault(commitment.get("plan_id"), {})
        for answer in answers(catalog, commitment):
            of_plan.setdefault(answer.question, Counter())[answer.state] += 1
    for plan, questions in sorted(states.items()):
        for question, counts in sorted(questions.items()):
            yield {
                "plan_id": plan,
                "question": question,
                "as_of": as_of,
                "commitment_count": sum(counts.values()),
                "stated_count": counts["stated"],
                "none_count": counts["none"],
                "missing_count": counts["missing"],
            }


def _unstated(catalog: Catalog, commitment: Record, question: str) -> str:
    """Return none where a source says that there is none, else missing."""
    rows = catalog.told_of(commitment).get(question, ())
    return "none" if any(row.get("status") == "none_stated" for row in rows) else "missing"


def _has_source(catalog: Catalog, commitment: Record, name: str) -> bool:
    """Whether a source stands behind a field; words of ours alone do not make it stated."""
    columns = (name, *(f"{name}_{code}" for code in catalog.codes))
    told = catalog.told_of(commitment)
    rows = [row for column in columns for row in told.get(column, ())]
    return not rows or any(row.get("source_id") or row.get("status") in ("sourced", "inferred") for row in rows)


def _stated(catalog: Catalog, commitment: Record) -> list[str]:
    given = [
        name
        for name in FORM_FIELDS
        if (commitment.get(name) is not None or catalog.text(commitment, name))
        and _has_source(catalog, commitment, name)
    ]
    roles = [row.get("role") for row in catalog.children(commitment, "commitment_organisations")]
    if "lead" in roles:
        given.append("lead")
    if any(role != "lead" for role in roles):
        given.append("organisations")
    given.extend(key for key, table in FORM_LISTS if catalog.children(commitment, table))
    milestones = catalog.children(commitment, "milestones")
    if milestones and all(row.get("due_baseline") for row in milestones):
        given.append("milestone_dates")
    return given

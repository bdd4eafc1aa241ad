"""Owns what the working sessions achieved, session by session and in all: the hand-out of the last one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from site_builder.derive.framework_reports._ground import Ground, is_illustrative
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record

Found = Mapping[str, Sequence[Record]]
"""Records that count, by table."""
TABLES = ("outcomes", "issues", "coverage", "inclusions", "outcome_indicators", "session_points")
DECISIONS = ("adopted", "additional", "new_outcome", "remaining_adopted", "remaining_open", "rejected")
POINTS = ("next_step", "challenge", "opportunity")


def session_rows(ground: Ground) -> Iterator[Row]:
    """Yield a row a session: what names it as the session in which it was agreed or proposed."""
    for session in ground.catalog.rows("sessions"):
        found = {table: ground.catalog.referring(table, "session_id", session.id) for table in TABLES}
        yield {
            "session_id": session.id,
            "framework_id": session.get("framework_id"),
            "as_of": ground.as_of,
            "number": session.get("number"),
            "session_state": session.get("session_state"),
            **_counts(ground, found),
            "illustrative": is_illustrative((session, *_all(found))),
        }


def framework_rows(ground: Ground) -> Iterator[Row]:
    """Yield a row a framework: all that was achieved, whether or not its session is told."""
    catalog = ground.catalog
    for framework in catalog.rows("frameworks"):
        areas = catalog.referring("areas", "framework_id", framework.id)
        sessions = catalog.referring("sessions", "framework_id", framework.id)
        outcomes, issues = (_below(ground, areas, table, "area_id") for table in ("outcomes", "issues"))
        found = {
            "outcomes": outcomes,
            "issues": issues,
            "coverage": _below(ground, issues, "coverage", "issue_id"),
            "inclusions": _below(ground, outcomes, "inclusions", "outcome_id"),
            "outcome_indicators": _below(ground, outcomes, "outcome_indicators", "outcome_id"),
            "session_points": _below(ground, sessions, "session_points", "session_id"),
        }
        yield {
            "framework_id": framework.id,
            "as_of": ground.as_of,
            "area_count": len(areas),
            "session_count": len(sessions),
            "concept_count": len(catalog.referring("core_concepts", "framework_id", framework.id)),
            **_counts(ground, found),
            "data_action_count": len(catalog.referring("data_plan", "framework_id", framework.id)),
            "illustrative": is_illustrative((framework, *_all(found))),
        }


def _below(ground: Ground, parents: Iterable[Record], table: str, column: str) -> list[Record]:
    return [row for parent in parents for row in ground.catalog.referring(table, column, parent.id)]


def _all(found: Found) -> Iterator[Record]:
    return (record for records in found.values() for record in records)


def _counts(ground: Ground, found: Found) -> dict[str, Any]:
    """Return what both tables count; populations and indicators once each, however many outcomes name them."""
    origins = Counter(row.get("origin") for row in found["outcomes"])
    kinds = Counter(row.get("kind") for row in found["session_points"])
    return {
        "outcome_original_count": origins["original"],
        "outcome_new_count": origins["new"],
        "issue_count": len(found["issues"]),
        "reviewed_pair_count": len(found["coverage"]),
        "reference_count": len(_populations(ground, found, "reference")),
        "target_count": len(_populations(ground, found, "target")),
        **{f"indicator_{code}_count": len(_indicators(found, code)) for code in DECISIONS},
        **{f"{code}_count": kinds[code] for code in POINTS},
    }


def _populations(ground: Ground, found: Found, role: str) -> set[str]:
    rows = found["inclusions"]
    return {
        row.get("population_id") for row in rows if ground.catalog.means("inclusion_roles", row.get("role")) == role
    }


def _indicators(found: Found, decision: str) -> set[str]:
    return {row.get("indicator_id") for row in found["outcome_indicators"] if row.get("decision") == decision}

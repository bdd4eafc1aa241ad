"""Owns the one wide table for those who open a single file: a row a milestone, names instead of codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.nouns.derived import Derived, Row
from site_builder.nouns.record import Catalog, Record

TITLES = ("title", "title_ogp")
"""Fields of which the heading of a commitment is made, the first that is recorded."""


def heading_of(catalog: Catalog, commitment: Record, language: str) -> str:
    """Return the heading in a language: the adopted title, else OGP's, empty where neither exists in it."""
    for name in TITLES:
        if text := catalog.text(commitment, name):
            return text.by_language.get(language, "")
    return ""


def overview_rows(catalog: Catalog, derived: Derived) -> Iterator[Row]:
    """Yield a row a milestone, and one for each commitment of which no milestone is recorded."""
    for commitment in catalog.rows("commitments"):
        shared = _shared(catalog, derived, commitment)
        milestones = sorted(catalog.children(commitment, "milestones"), key=lambda record: record.get("number"))
        if not milestones:
            status = derived.row("commitment_summary", commitment.id)["schedule_status"]
            yield {
                **shared,
                "milestone_number": 0,
                **_sourced(catalog, commitment),
                **{f"schedule_{code}": _label(catalog, "schedule_statuses", status, code) for code in catalog.codes},
            }
        for record in milestones:
            row = derived.row("milestone_schedule", record.id)
            yield {
                **shared,
                "milestone_number": record.get("number"),
                **_sourced(catalog, record, commitment),
                **{f"milestone_{code}": record.get(f"title_{code}") for code in catalog.codes},
                "start_date": record.get("start_date"),
                "due_baseline": row["due_baseline"],
                "due_current": row["due_current"],
                **{
                    f"government_report_{code}": _label(catalog, "statuses", row["official_status"], code)
                    for code in catalog.codes
                },
                **{
                    f"schedule_{code}": _label(catalog, "schedule_statuses", row["schedule_status"], code)
                    for code in catalog.codes
                },
            }


def _shared(catalog: Catalog, derived: Derived, commitment: Record) -> Mapping[str, object]:
    plan = catalog.find("plans", commitment.get("plan_id"))
    assert plan is not None, "references are checked before anything is derived"
    leads = [
        catalog.find("organisations", row.get("organisation_id"))
        for row in catalog.children(commitment, "commitment_organisations")
        if row.get("role") == "lead"
    ]
    completion = derived.row("commitment_summary", commitment.id)["irm_completion"]
    row: dict[str, object] = {
        "commitment_id": commitment.id,
        "as_of": derived.as_of,
        "commitment_number": commitment.get("number"),
    }
    for code in catalog.codes:
        row[f"plan_{code}"] = plan.get(f"short_title_{code}")
        row[f"commitment_{code}"] = heading_of(catalog, commitment, code) or None
        names = [str(lead.get(f"name_{code}")) for lead in leads if lead and lead.get(f"name_{code}")]
        row[f"lead_{code}"] = ", ".join(names) or None
        row[f"irm_completion_{code}"] = _label(catalog, "completions", completion, code)
    return row


def _sourced(catalog: Catalog, *records: Record) -> Mapping[str, str | None]:
    """Return the first source that stands behind the title of one of the records, the first record first."""
    source = next((found for record in records for found in _sources(catalog, record)), None)
    row = {f"source_title_{code}": source.get(f"title_{code}") if source else None for code in catalog.codes}
    return {**row, "source_url": source.get("url") if source else None}


def _sources(catalog: Catalog, record: Record) -> Iterator[Record]:
    """Yield the sources of the titles of a record, then those of its other values, as they are written."""
    told = catalog.told_of(record)
    titles = [f"{name}_{code}" for name in TITLES for code in catalog.codes]
    for column in (*titles, *(column for column in told if column not in titles)):
        for row in told.get(column, ()):
            if source := catalog.find("sources", row.get("source_id") or ""):
                yield source


def _label(catalog: Catalog, codelist: str, code: str | None, language: str) -> str | None:
    record = catalog.code(codelist, code) if code else None
    return record.get(f"label_{language}") if record else None

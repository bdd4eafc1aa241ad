"""Owns where each table is written: which files, which nested lists; refuses to know any field's type."""

from __future__ import annotations

from functools import cache

from site_builder.nouns.file_kind import FileKind, Nested
from site_builder.nouns.schema import Schemas

SHEET = FileKind("indicators/{id}.csv", "observations")
"""The one kind of file that is no YAML: the values of the indicator beside which it stands."""
IN_FRAMEWORK = (("framework_id", "{framework}"),)
FILES = (
    FileKind("site.yaml", "site", key="{site_id}"),
    FileKind("codelists/{list}.yaml", fill=(("list", "{list}"),), holds=("codes",)),
    FileKind("glossary.yaml", holds=("terms",)),
    FileKind("waivers.yaml", holds=("waivers",)),
    FileKind("redirects.yaml", holds=("redirects",)),
    FileKind("tombstones.yaml", holds=("tombstones",)),
    FileKind("organisations/{id}.yaml", "organisations"),
    FileKind("sources/{id}.yaml", "sources"),
    FileKind("plans/{id}/plan.yaml", "plans"),
    FileKind("plans/{plan}/commitments/{id}.yaml", "commitments", key="{plan}-{id}", fill=(("plan_id", "{plan}"),)),
    FileKind(
        "plans/{plan}/updates/{round}/{id}.yaml",
        "updates",
        key="{plan}-{round}-{id}",
        fill=(("commitment_id", "{plan}-{id}"), ("round", "{round}")),
    ),
    *(
        FileKind(f"plans/{{plan}}/{table}/{{id}}.yaml", table, key="{plan}-{id}", fill=(("plan_id", "{plan}"),))
        for table in ("assessments", "documents", "meetings", "responses", "amendments")
    ),
    FileKind("frameworks/{id}/framework.yaml", "frameworks"),
    FileKind("frameworks/{framework}/areas/{id}.yaml", "areas", key="{framework}-{id}", fill=IN_FRAMEWORK),
    FileKind("frameworks/{framework}/concepts.yaml", fill=IN_FRAMEWORK, holds=("dimensions", "core_concepts")),
    FileKind("frameworks/{framework}/populations.yaml", fill=IN_FRAMEWORK, holds=("populations",)),
    FileKind("frameworks/{framework}/data_plan.yaml", fill=IN_FRAMEWORK, holds=("actions",)),
    FileKind("source_frameworks/{id}.yaml", "source_frameworks"),
    FileKind("indicators/{id}.yaml", "indicators"),
)
"""Every kind of file below content/, beside the prose in pages/."""

OF_INDICATOR = (("indicator_id", "indicator_id"),)
NESTED = (
    Nested("site", "languages", "languages", key_from="{id}", numbered=True),
    Nested("codelists/{list}.yaml", "codes", "codelists", numbered=True),
    Nested("glossary.yaml", "terms", "glossary", key_from="{id}"),
    Nested("waivers.yaml", "waivers", "waivers"),
    Nested("redirects.yaml", "redirects", "redirects"),
    Nested("tombstones.yaml", "tombstones", "tombstones"),
    Nested("plans", "organisations", "plan_organisations", inherit=(("plan_id", "plan_id"),)),
    Nested("plans", "events", "plan_events", key_from="{parent}-{id}", inherit=(("plan_id", "plan_id"),)),
    Nested("plans", "rounds", "rounds", key_from="{parent}-{round}", inherit=(("plan_id", "plan_id"),)),
    Nested(
        "commitments",
        "values",
        "commitment_values",
        code="value_code",
        inherit=(("commitment_id", "commitment_id"),),
    ),
    Nested(
        "commitments",
        "policy_areas",
        "commitment_policy_areas",
        code="policy_area_code",
        inherit=(("commitment_id", "commitment_id"),),
    ),
    Nested(
        "commitments",
        "organisations",
        "commitment_organisations",
        inherit=(("commitment_id", "commitment_id"),),
    ),
    Nested(
        "commitments",
        "milestones",
        "milestones",
        key_from="{parent}-{id}",
        inherit=(("commitment_id", "commitment_id"),),
    ),
    Nested(
        "commitments",
        "measures",
        "measures",
        key_from="{parent}-{id}",
        inherit=(("commitment_id", "commitment_id"),),
    ),
    Nested("commitments", "links", "commitment_links", inherit=(("commitment_id", "commitment_id"),)),
    Nested(
        "updates",
        "items",
        "update_items",
        key_from="{parent}-{milestone_id}",
        inherit=(("update_id", "update_id"),),
    ),
    Nested(
        "update_items",
        "evidence",
        "evidence",
        key_from="{parent}-{id}",
        inherit=(("update_item_id", "update_item_id"),),
    ),
    Nested(
        "update_items",
        "date_change",
        "date_changes",
        single=True,
        inherit=(("update_id", "update_id"), ("milestone_id", "milestone_id")),
    ),
    Nested("assessments", "findings", "assessment_findings", inherit=(("assessment_id", "assessment_id"),)),
    Nested(
        "assessment_findings",
        "ogp_values",
        "finding_values",
        code="value_code",
        inherit=(("assessment_id", "assessment_id"), ("commitment_id", "commitment_id")),
    ),
    Nested("assessments", "plan_findings", "plan_findings", inherit=(("assessment_id", "assessment_id"),)),
    *(
        Nested("frameworks", table, table, key_from="{parent}-{id}", inherit=(("framework_id", "framework_id"),))
        for table in ("working_groups", "sessions")
    ),
    Nested("sessions", "points", "session_points", key_from="{parent}-{id}", inherit=(("session_id", "session_id"),)),
    *(
        Nested(f"frameworks/{{framework}}/{file}.yaml", key, table, key_from="{framework_id}-{id}")
        for file, key, table in (
            ("concepts", "dimensions", "dimensions"),
            ("concepts", "core_concepts", "core_concepts"),
            ("populations", "populations", "populations"),
            ("data_plan", "actions", "data_plan"),
        )
    ),
    *(
        Nested("areas", table, table, key_from="{parent}-{id}", inherit=(("area_id", "area_id"),))
        for table in ("outcomes", "issues")
    ),
    Nested("outcomes", "populations", "inclusions", inherit=(("outcome_id", "outcome_id"),)),
    Nested("issues", "outcomes", "outcome_issues", code="outcome_id", inherit=(("issue_id", "issue_id"),)),
    Nested("issues", "coverage", "coverage", inherit=(("issue_id", "issue_id"),)),
    Nested("indicators", "disaggregations", "disaggregations", code="sdmx_dimension", inherit=OF_INDICATOR),
    Nested("indicators", "outcomes", "outcome_indicators", inherit=OF_INDICATOR),
    Nested(
        "outcome_indicators",
        "required_disaggregations",
        "required_disaggregations",
        inherit=(*OF_INDICATOR, ("outcome_id", "outcome_id")),
    ),
    Nested("indicators", "measures", "indicator_measures", code="measure_id", inherit=OF_INDICATOR),
    Nested("indicators", "availability", "availability", single=True, inherit=OF_INDICATOR),
    Nested(
        "indicators",
        "series",
        "series",
        key_from="{parent}-{id}",
        inherit=OF_INDICATOR,
        id_from=("dimensions",),
        defaults=("unit", "unit_multiplier", "source_id", "retrieved_on"),
    ),
    Nested(
        "series",
        "observations",
        "observations",
        key_from="{parent}-{id}",
        inherit=(("series_id", "series_id"),),
        id_from=("period", "period_end", "vintage"),
        defaults=("source_id", "retrieved_on"),
    ),
    Nested("indicators", "targets", "targets", key_from="{parent}-{id}", inherit=OF_INDICATOR),
    Nested("indicators", "metadata", "indicator_metadata", inherit=OF_INDICATOR),
)
"""Every nested list, by the table (or file) in which it stands, in the order in which a record has them."""

IDENTIFIED = {
    "plans": "plan",
    "organisations": "organisation",
    "commitments": "commitment",
    "indicators": "indicator",
    "frameworks": "framework",
    "areas": "area",
}
"""Tables whose rows have a permanent identifier in column `url`, with the singular word of its address."""

MARK = "illustrative"
"""Column that a record takes from what it rests on, unless it says so itself; a framework must say it."""
DIMENSIONS = "sdmx_"
"""Beginning of the code lists of the columns in which a series is broken down."""
TOTAL = "_T"
"""Code of what is not broken down."""


@cache
def filled(table: str) -> frozenset[str]:
    """Return the columns of a table that the program fills; nobody writes them."""
    numbered = any(nested.numbered and nested.table == table for nested in NESTED)
    return frozenset((["position"] if numbered else []) + (["url"] if table in IDENTIFIED else []))


def file_kind(path: str) -> tuple[FileKind, dict[str, str]] | None:
    """Return the kind of a file and the names in its path, None where no kind fits."""
    for kind in FILES:
        if match := kind.pattern.match(path):
            return kind, match.groupdict()
    return None


@cache
def nested_in(parent: str) -> dict[str, Nested]:
    """Return the nested lists of a table or of a file that is no record, by key."""
    return {nested.key: nested for nested in NESTED if nested.parent == parent}


def unread_ids(path: str) -> set[str]:
    """Return the id that the record of a file would have, or `codelists/<list>`, when the file cannot be read."""
    known = file_kind(path)
    if known is None or known[0].key == "{site_id}":
        return set()
    kind, names = known
    if not kind.table:
        return {names.get("framework", path.removesuffix(".yaml"))}
    return {kind.key.format(**names)}


def written_tables() -> frozenset[str]:
    """Return the tables that people write."""
    return frozenset(
        {kind.table for kind in FILES if kind.table} | {nested.table for nested in NESTED} | {"provenance"}
    )


def thing_tables(schemas: Schemas) -> tuple[str, ...]:
    """Return the tables that people write whose rows have an id of their own: these ids are for ever."""
    return tuple(
        table.name
        for table in schemas
        if table.name in written_tables()
        and len(table.key) == 1
        and table.key[0].endswith("_id")
        and table.key[0] not in table.reference_of
    )


@cache
def holders(table: str) -> tuple[str, ...]:
    """Return the tables in whose records a table is written with ids that continue theirs, the nearest first."""
    above = next(
        (nested for nested in NESTED if nested.table == table and nested.key_from.startswith("{parent}-")), None
    )
    return (above.parent, *holders(above.parent)) if above else ()

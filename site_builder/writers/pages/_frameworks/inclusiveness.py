"""The report on inclusiveness: whom each outcome is about, whom it must not leave behind, which groups are named."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.nouns.record import Record
from site_builder.writers.pages._frameworks.naming import aligned, area_named, below, marked, missing, placed, share
from site_builder.writers.pages._frameworks.parts import Column, Grid, Part, columns_of, files_of, joined
from site_builder.writers.voice import Voice

ROLES = ("reference", "target")


def inclusiveness_parts(voice: Voice, framework: Record) -> Iterator[Part]:
    yield _outcomes(voice, framework)
    yield _groups(voice, framework)


def named_groups(voice: Voice, outcome: Record, role: str) -> str:
    """Return the populations that an outcome names in a role; empty where it names none."""
    catalog = voice.edition.catalog
    return joined(
        marked(voice, voice.text(population, "name"), population)
        for row in catalog.referring("inclusions", "outcome_id", outcome.id)
        if catalog.means("inclusion_roles", row.get("role")) == role
        and (population := catalog.find("populations", row.get("population_id")))
    )


def _outcomes(voice: Voice, framework: Record) -> Part:
    counted = aligned(voice, framework)
    told = voice.say(
        "framework.inclusiveness.told",
        total=counted["with_reference"]["total"],
        reference=counted["with_reference"]["count"],
        target=counted["with_target_group"]["count"],
        both=counted["with_both_groups"]["count"],
    )
    rows = []
    for outcome in below(voice, framework, "outcomes"):
        (row,) = voice.edition.derived.referring("inclusiveness", "outcome_id", outcome.id)
        area = voice.edition.catalog.by_id["areas"][outcome.get("area_id")]
        groups = (named_groups(voice, outcome, role) or missing(voice) for role in ROLES)
        both = voice.say("yes" if row["has_both"] else "no")
        rows.append(
            (marked(voice, placed(voice, outcome, with_mark=False), row), area_named(voice, area), *groups, both)
        )
    heads = columns_of(
        voice,
        ("inclusiveness", "outcome_id"),
        ("inclusiveness", "area_id"),
        ("inclusiveness", "reference_count"),
        ("inclusiveness", "target_count"),
        ("inclusiveness", "has_both"),
    )
    return Part(
        "outcomes",
        voice.say("framework.inclusiveness.outcomes"),
        (told,),
        voice.say("framework.inclusiveness.rule"),
        files_of(voice, "inclusiveness", "alignment", "inclusions"),
        bool(framework.get("illustrative")),
        grids=(Grid(voice.say("framework.inclusiveness.caption"), tuple(_as_words(heads)), tuple(rows)),),
    )


def _as_words(heads: Iterator[Column]) -> Iterator[Column]:
    """Yield columns that hold names and no counts, whatever their schema counts."""
    yield from (Column(head.label) for head in heads)


def _groups(voice: Voice, framework: Record) -> Part:
    catalog, derived = voice.edition.catalog, voice.edition.derived
    counted = sorted(
        derived.referring("population_summary", "framework_id", framework.id),
        key=lambda row: (-row["outcome_count"], row["population_id"]),
    )
    rows = []
    for row in counted:
        population = catalog.by_id["populations"][row["population_id"]]
        rows.append(
            (
                marked(voice, voice.text(population, "name"), row),
                voice.label("population_kinds", population.get("kind")),
                voice.formats.number(row["reference_outcome_count"]),
                voice.formats.number(row["target_outcome_count"]),
                share(voice, row["outcome_count"], row["total"]),
            )
        )
    heads = columns_of(
        voice,
        ("population_summary", "population_id"),
        ("populations", "kind"),
        ("population_summary", "reference_outcome_count"),
        ("population_summary", "target_outcome_count"),
        ("population_summary", "outcome_count"),
    )
    never = sum(row["target_outcome_count"] == 0 for row in counted)
    return Part(
        "groups",
        voice.say("framework.inclusiveness.groups"),
        (voice.say("framework.inclusiveness.groups_told", count=never, total=len(counted)),) if counted else (),
        voice.say("framework.inclusiveness.groups_rule"),
        files_of(voice, "population_summary", "populations"),
        bool(framework.get("illustrative")),
        grids=(Grid(voice.say("framework.inclusiveness.groups"), tuple(heads), tuple(rows)),) if rows else (),
    )

"""The report on data: what is said of the data of each indicator, the values that are here and how old they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.writers.pages._frameworks.gaps import considered_in
from site_builder.writers.pages._frameworks.naming import marked, missing, organisation_named
from site_builder.writers.pages._frameworks.parts import Column, Grid, Part, columns_of, files_of
from site_builder.writers.voice import Voice

TABLE = "data_availability"


def availability_parts(voice: Voice, framework: Record) -> Iterator[Part]:
    considered = considered_in(voice, framework)
    rows = [row for row in voice.edition.derived.tables[TABLE] if row["indicator_id"] in considered]
    told = (
        voice.say("framework.availability.told", count=sum(row["is_available"] for row in rows), total=len(rows)),
        voice.say("framework.availability.points", count=sum(row["has_two_points"] for row in rows), total=len(rows)),
    )
    yield Part(
        "states",
        voice.say("framework.availability"),
        told,
        voice.say("framework.availability.rule"),
        files_of(voice, TABLE, "availability"),
        bool(framework.get("illustrative")),
        grids=(_states(voice, rows), _each(voice, rows)) if rows else (),
        is_wide=True,
    )


def _states(voice: Voice, rows: list[Row]) -> Grid:
    """Return how many indicators are in each state; what nobody has said stands apart."""
    counts = Counter(row["availability_state"] for row in rows)
    told = [
        (
            voice.title_label("availability_states", code.get("code")),
            voice.text(code, "definition"),
            counts[code.get("code")],
        )
        for code in voice.edition.catalog.codes_of.get("availability_states", ())
        if counts[code.get("code")]
    ]
    if counts[None]:
        told.append((missing(voice), voice.say("framework.availability.unsaid"), counts[None]))
    heads = (
        *columns_of(voice, (TABLE, "availability_state")),
        Column(voice.say("framework.meaning")),
        Column(voice.say("indicators"), is_number=True),
    )
    shown = tuple((name, meaning, voice.formats.number(count)) for name, meaning, count in told)
    return Grid(voice.say("framework.availability.states"), heads, shown)


def _each(voice: Voice, rows: list[Row]) -> Grid:
    heads = (
        *columns_of(voice, (TABLE, "indicator_id"), (TABLE, "availability_state")),
        Column(voice.say("framework.availability.years")),
        *columns_of(voice, (TABLE, "year_count"), (TABLE, "years_old")),
        *columns_of(voice, (TABLE, "has_two_points"), (TABLE, "producer_id")),
    )
    ordered = sorted(rows, key=lambda row: (row["is_available"], -(row["years_old"] or 0), row["indicator_id"]))
    return Grid(voice.say("framework.availability.each"), heads, tuple(_row(voice, row) for row in ordered))


def _row(voice: Voice, row: Row) -> tuple[str, ...]:
    indicator = voice.edition.catalog.by_id["indicators"][row["indicator_id"]]
    state = row["availability_state"]
    shape = "full" if row["is_available"] else "hollow"
    said = voice.title_label("availability_states", state) if state else missing(voice)
    years = "–".join(str(year) for year in dict.fromkeys((row["first_year"], row["last_year"])) if year)
    return (
        marked(voice, voice.named("indicator", indicator), row),
        Markup('<span class="mark {}"></span>{}').format(shape, said),
        years or Markup('<span class="missing">{}</span>').format(voice.say("indicator.no_values")),
        voice.formats.number(row["year_count"]),
        "" if row["years_old"] is None else voice.formats.number(row["years_old"]),
        voice.say("yes" if row["has_two_points"] else "no"),
        organisation_named(voice, row["producer_id"]),
    )

"""Owns the matrix of milestones and periods, and where the file of a time band stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import cast

from markupsafe import Markup

from site_builder.derive.milestone_state import month_ends, quarter_ends
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.readers.date_forms import first_day, last_day
from site_builder.writers.pages._commitments import heading, milestones_of
from site_builder.writers.shapes import PERIOD
from site_builder.writers.voice import Voice

MOST_PERIODS = 12
"""Columns of the matrix: of more quarters half-years are shown, of more half-years years."""


@dataclass(frozen=True, slots=True)
class Period:
    """A column of the matrix."""

    last_day: date
    label: str
    full_label: str
    """With its year, for where the column has no heading."""


@dataclass(frozen=True, slots=True)
class State:
    """A cell: how a milestone stood at the end of a period."""

    shape: str
    said: str
    label: str


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of a commitment."""

    href: str
    heading: str
    rows: tuple[tuple[str, str, str, tuple[State, ...]], ...]
    """Id, address and name of each milestone, and its cells."""


@dataclass(frozen=True)
class Matrix:
    """Milestones by commitment, against periods by year."""

    years: tuple[tuple[int, int], ...]
    """Each year with the number of its columns."""
    periods: tuple[Period, ...]
    has_now: bool
    """Whether a last column shows the as-of day, where no period ends on it."""
    groups: tuple[Group, ...]
    key: tuple[tuple[str, str], ...]
    """Each shape that stands in it with the words that it stands for."""


def timeline_file(record: Record, language: str) -> str:
    """Return the path of the file that holds the time band of a plan or commitment."""
    return f"{language}/{record.table}/{record.id}/timeline.svg"


def matrix(voice: Voice, plan: Record, commitments: tuple[Record, ...]) -> Matrix:
    """Return the matrix of a plan for these of its commitments."""
    as_of = voice.edition.derived.as_of
    ends = quarter_ends(month_ends(first_day(plan.get("period_start")), last_day(plan.get("period_end"))), MOST_PERIODS)
    periods = tuple(_period(voice, day) for day in ends if day <= as_of)
    has_now = not periods or periods[-1].last_day != as_of
    used: dict[str, None] = {}
    groups = tuple(_group(voice, commitment, periods, used, has_now=has_now) for commitment in commitments)
    years = tuple((year, len(list(days))) for year, days in groupby(periods, lambda period: period.last_day.year))
    return Matrix(years, periods, has_now, groups, tuple(_key(voice, used)))


def _period(voice: Voice, day: date) -> Period:
    ends_month = (day + timedelta(days=1)).day == 1
    label = voice.formats.month(day) if ends_month else voice.formats.day_of_month(day)
    full = voice.formats.month_of_year(day) if ends_month else voice.formats.short_day(day)
    return Period(day, label, full)


def _group(
    voice: Voice, commitment: Record, periods: tuple[Period, ...], used: dict[str, None], *, has_now: bool
) -> Group:
    href = voice.link("commitment", commitment.id)
    rows = []
    for milestone in milestones_of(voice, commitment):
        states = _states(voice)[milestone.id]
        found = [(states[period.last_day]["schedule_status"], period.full_label) for period in periods]
        if has_now:
            now = voice.edition.derived.row("milestone_schedule", milestone.id)
            found.append((now["schedule_status"], voice.say("timeline.now")))
        used.update(dict.fromkeys(status for status, _ in found))
        cells = tuple(
            State(PERIOD[status], voice.title_label("schedule_statuses", status), label) for status, label in found
        )
        name = f"{milestone.get('number')}. "
        anchor = f"{href}#{milestone.id.rsplit('-', 1)[-1]}"
        rows.append((anchor, name, voice.text(milestone, "title"), cells))
    title = Markup("{}. {}").format(commitment.get("number"), heading(voice, commitment)[0])
    return Group(href, title, tuple(rows))


def _states(voice: Voice) -> Mapping[str, Mapping[date, Row]]:
    """Return the rows of milestone_state by milestone and day, gathered once a language."""
    key = ("milestone states", "")
    if key not in voice.memory:
        states: dict[str, dict[date, Row]] = {
            row["milestone_id"]: {} for row in voice.edition.derived.tables["milestone_schedule"]
        }
        for row in voice.edition.derived.tables["milestone_state"]:
            states[row["milestone_id"]][row["period_end"]] = row
        voice.memory[key] = states
    return cast(Mapping[str, Mapping[date, Row]], voice.memory[key])


def _key(voice: Voice, used: dict[str, None]) -> list[tuple[str, str]]:
    """Return each shape with the schedule statuses that it stands for, in the order of the code list."""
    words: dict[str, list[str]] = {}
    for record in voice.edition.catalog.codes_of.get("schedule_statuses", ()):
        if record.get("code") in used:
            words.setdefault(PERIOD[record.get("code")], []).append(voice.bare(record, "label"))
    return [(shape, Markup(", ").join(labels)) for shape, labels in words.items()]

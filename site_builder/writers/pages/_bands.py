"""Owns what the time band of a plan or a commitment shows, and the words that explain it."""

from __future__ import annotations

from markupsafe import Markup

from site_builder.nouns.record import Record
from site_builder.readers.date_forms import first_day, last_day
from site_builder.writers.charts.band import Band, Tick, draw_band
from site_builder.writers.shapes import SCHEDULE, TICK
from site_builder.writers.voice import Voice


def band(voice: Voice, plan: Record, milestones: tuple[Record, ...], *, id_: str, small: bool = False) -> Markup:
    """Return the drawing of the time band."""
    return Markup(draw_band(band_of(voice, plan, milestones, id_=id_, small=small)))


def band_of(voice: Voice, plan: Record, milestones: tuple[Record, ...], *, id_: str, small: bool = False) -> Band:
    """Return the time band of a plan with a tick for each dated milestone."""
    rows = [(record, voice.edition.derived.row("milestone_schedule", record.id)) for record in milestones]
    numbered = len({record.parent for record in milestones}) == 1
    ticks = tuple(
        Tick(row["due_current"], TICK[SCHEDULE[row["schedule_status"]]], str(record.get("number")) if numbered else "")
        for record, row in rows
        if row["due_current"]
    )
    first, last = first_day(plan.get("period_start")), last_day(plan.get("period_end"))
    as_of = voice.edition.derived.as_of
    dated, count = len(ticks), len(milestones)
    if small:
        description = voice.say("answer.dated", dated=dated, count=count) if count else voice.say("milestones.none")
    else:
        description = voice.say(
            "band.description" if count else "band.description_bare",
            first=voice.formats.day(first),
            last=voice.formats.day(last),
            as_of=voice.formats.day(as_of),
            dated=dated,
            count=count,
        )
    return Band(
        id=id_,
        first_day=first,
        last_day=last,
        as_of=as_of,
        ticks=ticks,
        title=voice.say("band.title"),
        description=description,
        small=small,
    )


def band_key(voice: Voice, milestones: tuple[Record, ...]) -> str:
    """Return the sentence that explains the band."""
    if not milestones:
        return voice.say("milestones.none")
    dated = sum(
        bool(voice.edition.derived.row("milestone_schedule", record.id)["due_current"]) for record in milestones
    )
    return voice.say("band.key", dated=dated, count=len(milestones))

"""Owns what several pages say of a plan: its counts, how it stands in a sentence, what our sources hold of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from site_builder.derive.schedule import SOON_DAYS
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.readers.date_forms import last_day
from site_builder.writers.pages._commitments import period
from site_builder.writers.pages._completion import completion_sentence
from site_builder.writers.voice import Voice


@dataclass(frozen=True, slots=True)
class Count:
    """A figure, the sentence that gives its denominator, and the list that shows what is counted."""

    number: str
    sentence: str
    href: str = ""


def all_plans(voice: Voice) -> list[Record]:
    """Return the plans, the newest first."""
    return sorted(voice.edition.catalog.rows("plans"), key=lambda plan: (-plan.get("number"), plan.id))


def summary(voice: Voice, plan: Record) -> Row:
    """Return the counts of a plan."""
    return voice.edition.derived.row("plan_summary", plan.id)


def commitment_total(voice: Voice, plan: Record) -> int:
    """Return how many commitments a plan has: as stated, or as recorded where that is more; 0: not known."""
    recorded: int = summary(voice, plan)["commitment_count"]
    return max(plan.get("commitment_count") or 0, recorded)


def counts(voice: Voice, plan: Record) -> list[Count]:
    """Return the figures of a plan; of what our sources do not hold there is no figure."""
    row = summary(voice, plan)
    return [*_of_commitments(voice, plan, row), *_of_milestones(voice, plan, row), *_of_facts(voice, row)]


def _of_commitments(voice: Voice, plan: Record, row: Row) -> list[Count]:
    total, whole = row["commitment_count"], commitment_total(voice, plan)
    told = []
    if total != whole:
        told.append(_count(voice, total, voice.say("count.recorded", total=whole)))
    if total:
        told.append(_count(voice, row["commitment_reported_count"], voice.say("count.reported", total=total)))
        told.append(_count(voice, row["commitment_completion_count"], voice.say("count.completion", total=total)))
    return told


def _of_milestones(voice: Voice, plan: Record, row: Row) -> list[Count]:
    """Return the figures of milestones, each with the part of the list of deadlines that shows them."""
    if not row["milestone_count"]:
        return []
    told = []
    for name, anchor, of in _parts(row):
        total, number = row[of], row[f"milestone_{name}_count"]
        href = voice.link("deadlines", plan.id) if anchor and number else ""
        sentence = voice.say(f"count.{name}", total=total, **({"days": SOON_DAYS} if name == "soon" else {}))
        told.append(_count(voice, number, sentence, f"{href}#{anchor}" if href else ""))
    return told


def _parts(row: Row) -> Iterator[tuple[str, str, str]]:
    """Yield what is counted, the part of the list of deadlines that shows it, and of what it is a part."""
    every, datable = "milestone_count", "milestone_assessed_count"
    yield from (("dated", "", every), ("done", "", every))
    if row["ended"]:
        yield "unfinished", "unfinished", every
    elif row[datable]:
        yield from (("overdue", "overdue", datable), ("soon", "soon", datable))
    if row["commitment_reported_count"]:
        yield "moved", "moved", every
    yield from (("without_report", "silent", every), ("without_evidence", "", every))


def _of_facts(voice: Voice, row: Row) -> list[Count]:
    total, missing = row["fact_count"], row["fact_missing_count"]
    if not total:
        return []
    return [_count(voice, row["fact_stated_count"], voice.say("count.facts", total=total, missing=missing))]


def _count(voice: Voice, number: int, sentence: str, href: str = "") -> Count:
    return Count(voice.formats.number(number), sentence, href)


def standing(voice: Voice, plan: Record) -> Markup:
    """Return how a plan stands: its time, what the government reported, what independent reviewers found."""
    row = summary(voice, plan)
    end = last_day(plan.get("period_end"))
    time = Markup(voice.say("lede.plan_ended" if row["ended"] else "lede.plan_runs", day="{}")).format(voice.day(end))
    return Markup(" ").join(part for part in (time, reported(voice, row), completion_sentence(voice, plan)) if part)


def outcome(voice: Voice, plan: Record) -> Markup:
    """Return what became of a plan's promises: what independent reviewers found, what the government reported."""
    parts = (completion_sentence(voice, plan), reported(voice, summary(voice, plan)))
    return Markup(" ").join(part for part in parts if part)


def reported(voice: Voice, row: Row) -> str:
    """Return on how many of the recorded commitments the government has reported; empty where none is recorded."""
    total, told = row["commitment_count"], row["commitment_reported_count"]
    if not total:
        return ""
    return voice.say("lede.plan_reported" if told else "lede.plan_unreported", reported=told, total=total)


def held(voice: Voice, plan: Record) -> str:
    """Return how many commitments a plan has, and how many of them our sources hold."""
    recorded, whole = summary(voice, plan)["commitment_count"], commitment_total(voice, plan)
    if not whole:
        return voice.say("plans.size_unknown")
    if recorded == whole:
        return voice.say("plans.size", count=whole)
    return voice.say("plans.size_partly", count=whole, recorded=recorded)


def gaps(voice: Voice, plan: Record) -> list[str]:
    """Return in plain words what our sources do not hold of a plan."""
    row, whole = summary(voice, plan), commitment_total(voice, plan)
    if not row["commitment_count"]:
        return [voice.say("plan.no_commitments", count=whole) if whole else voice.say("plan.nothing")]
    told = []
    if row["commitment_count"] != whole:
        told.append(voice.say("plan.some_commitments", count=whole, recorded=row["commitment_count"]))
    if not row["milestone_count"]:
        told.append(voice.say("plan.no_milestones"))
    return told


def meta(voice: Voice, plan: Record) -> str:
    """Return the years of a plan, its status and its size, as they stand below its name."""
    parts = (period(voice, plan), voice.label("plan_statuses", plan.get("status")), held(voice, plan))
    return Markup(" · ").join(part for part in parts if part)

"""Owns how the completion of plans is said: in a sentence, as lines of a comparison, as a chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from markupsafe import Markup, escape

from site_builder.derive.completion import LEVELS, NOT_KNOWN
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.writers.charts.stacked import Bar, Part, Stacked
from site_builder.writers.pages._commitments import period
from site_builder.writers.voice import Voice

TOGETHER = "substantial_or_complete"
APART = ("complete", "substantial")
BASES = {"stated": "plans.bar_stated", "counted": "plans.bar_counted"}
"""Bases in the order in which they are shown, with the phrase above their bar; they are never merged."""


@dataclass(frozen=True)
class Line:
    """What is known of the completion of a plan on one basis."""

    plan: Record
    basis: str
    total: int
    counts: Mapping[str, int]
    """Commitments by level; a level that is not here is not known."""
    assessments: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether no finding is known."""
        return set(self.counts) <= {NOT_KNOWN}

    @property
    def is_joint(self) -> bool:
        """Whether the two upper levels are known together only."""
        return TOGETHER in self.counts and not set(APART) <= set(self.counts)

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels known, from complete down to not known; none twice."""
        upper = (TOGETHER,) if self.is_joint else APART
        return tuple(level for level in (*upper, *LEVELS[2:], NOT_KNOWN) if level in self.counts)


def lines(voice: Voice, plan: Record) -> list[Line]:
    """Return what is known of a plan: as stated for it as a whole, and as counted from its commitments."""
    rows = _by_plan(voice).get(plan.id, [])
    found = []
    for basis in BASES:
        told = [row for row in rows if row["basis"] == basis]
        if told:
            counts = {row["completion"]: row["count"] for row in told}
            makers = _makers(voice, plan) if basis == "counted" else [row["assessment_id"] for row in told]
            named = tuple(sorted({maker for maker in makers if maker}))
            found.append(Line(plan, basis, max(row["total"] for row in told), counts, named))
    return found


def _by_plan(voice: Voice) -> Mapping[str, list[Row]]:
    key = ("plan_completion", "")
    if key not in voice.memory:
        groups: dict[str, list[Row]] = {}
        for row in voice.edition.derived.tables["plan_completion"]:
            groups.setdefault(row["plan_id"], []).append(row)
        voice.memory[key] = groups
    return cast(Mapping[str, list[Row]], voice.memory[key])


def _makers(voice: Voice, plan: Record) -> list[str]:
    """Return the assessments whose codings are counted."""
    commitments = voice.edition.commitments_of.get(plan.id, ())
    rows = (voice.edition.derived.row("commitment_summary", record.id) for record in commitments)
    return [row["irm_assessment_id"] for row in rows]


def completion_sentence(voice: Voice, plan: Record) -> Markup:
    """Return in one sentence what independent reviewers found; that they found nothing known is said, too."""
    known = [line for line in lines(voice, plan) if not line.is_blank]
    if not known:
        return escape(voice.say("lede.plan_not_found"))
    line = known[0]
    if line.is_joint:
        said = voice.say("lede.plan_found", count=line.counts[TOGETHER], total=line.total)
        gap = line.counts.get(NOT_KNOWN, 0)
        return escape(f"{said} {voice.say('lede.plan_gap', count=gap)}" if gap else said)
    return Markup(voice.say("lede.plan_levels", total=line.total, levels="{}")).format(_levels(voice, line))


def _levels(voice: Voice, line: Line) -> Markup:
    """Return the levels with their figures; the name of one in another language is marked with it."""
    return Markup(", ").join(
        Markup(voice.say("plans.level", count=line.counts[level], level="{}")).format(voice.bare(record, "label"))
        for level in line.levels
        if line.counts[level] and (record := voice.edition.catalog.code("completion_levels", level))
    )


def level_name(voice: Voice, level: str) -> str:
    """Return the name of a level without markup, for attributes and for the key of a drawing."""
    record = voice.edition.catalog.code("completion_levels", level)
    return voice.plain(record, "label") if record else level


def _own_name(voice: Voice, level: str) -> str:
    """Return the name of a level in the page's language, empty where it is not translated: a drawing marks none."""
    record = voice.edition.catalog.code("completion_levels", level)
    return voice.edition.catalog.text(record, "label").by_language.get(voice.code, "") if record else ""


def chart(voice: Voice, shown: list[Line]) -> Stacked:
    """Return the bars of the lines, their title and what they show in words."""
    bars = tuple(
        Bar(
            bar_label(voice, line),
            max(line.total, sum(line.counts[level] for level in line.levels)),
            tuple(
                Part(
                    level,
                    line.counts[level],
                    voice.formats.number(line.counts[level]),
                    _own_name(voice, level),
                )
                for level in line.levels
                if line.counts[level]
            ),
        )
        for line in shown
    )
    # the first and the last bar in words; the table beside the chart has them all
    told = dict.fromkeys(told_line for line in (*shown[:1], *shown[-1:]) if (told_line := _told(voice, line)))
    return Stacked("completion", bars, voice.say("plans.compared"), " … ".join(told) or voice.say("plans.compared_how"))


def _told(voice: Voice, line: Line) -> str:
    """Return a bar in words, empty where a level of it has no name in the page's language."""
    shown = [level for level in line.levels if line.counts[level]]
    if not all(_own_name(voice, level) for level in shown):
        return ""
    levels = [voice.say("plans.level", count=line.counts[level], level=_own_name(voice, level)) for level in shown]
    return f"{bar_label(voice, line)}: {', '.join(levels)}."


def bar_label(voice: Voice, line: Line) -> str:
    """Return the letters above a bar."""
    key = "plans.bar" if line.is_blank else BASES[line.basis]
    return voice.say(key, number=line.plan.get("number"), period=period(voice, line.plan), total=line.total)

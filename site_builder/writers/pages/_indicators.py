"""Owns how indicators, their values, targets and progress are said on pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple, cast

from site_builder.derive.framework_reports import Ground
from site_builder.nouns.derived import Row
from site_builder.nouns.edition import GROUND
from site_builder.nouns.record import Record
from site_builder.readers.formats import capital
from site_builder.readers.layout import TOTAL
from site_builder.writers.voice import Voice

ASSUMED = "assumed"
"""Meaning of the origin of a target that nobody set."""


class Columns(NamedTuple):
    """What charts, tables and lists of sources show of the values of a series, in columns as the table has them."""

    period: Sequence[str]
    period_end: Sequence[str | None]
    value: Sequence[Decimal]
    series_break: Sequence[bool | None]
    lower_bound: Sequence[Decimal | None]
    upper_bound: Sequence[Decimal | None]
    source_id: Sequence[str | None]

    def part(self, places: slice) -> Columns:
        """Return some of the values."""
        return Columns._make(column[places] for column in self)


def ground_of(voice: Voice) -> Ground:
    """Return what was known on the as-of day; worked out once."""
    memory = voice.edition.memory
    if GROUND not in memory:
        memory[GROUND] = Ground(voice.edition.catalog, voice.edition.derived.as_of)
    return cast(Ground, memory[GROUND])


def columns_of(voice: Voice, series: Record) -> Columns:
    """Return the values of a series column by column; worked out once."""
    key = ("columns", series.id)
    if key not in voice.shared:
        voice.shared[key] = Columns(*ground_of(voice).columns(series, *Columns._fields))
    return cast(Columns, voice.shared[key])


def unit_of(voice: Voice, record: Record) -> str:
    """Return the unit of an indicator or a series, with the factor by which its values are divided."""
    unit, power = voice.label("units", record.get("unit")), record.get("unit_multiplier")
    return voice.say("indicator.multiplied", factor=10**power, unit=unit) if power else unit


def number(voice: Voice, value: Decimal | int | float) -> str:
    return voice.formats.number(value)


def in_unit(voice: Voice, value: Decimal | int | float, record: Record) -> str:
    """Return a value with its unit: `27.1 per cent`."""
    return with_unit(voice, number(voice, value), record)


def with_unit(voice: Voice, value: str, record: Record) -> str:
    """Return a written value with its unit, apart where the unit itself begins with a number."""
    unit = unit_of(voice, record)
    key = "indicator.with_unit_apart" if unit[:1].isdigit() else "measure.with_unit"
    return voice.say(key, value=value, unit=unit)


def period(voice: Voice, row: Record) -> str:
    """Return the time of an observation, a spell as its first and last."""
    return spell(voice, row.get("period"), row.get("period_end"))


def spell(voice: Voice, first: str, last: str | None) -> str:
    """Return a time from its first to its last day, month or year, where it has a last."""
    return voice.say("indicator.spell", first=voice.day(first), last=voice.day(last)) if last else voice.day(first)


def groups_of(voice: Voice, series: Iterable[Record]) -> dict[str, str]:
    """Return what tells series apart, by id: the groups in which they differ; the whole is named as such."""
    series = tuple(series)
    key = ("groups", voice.code, *(row.id for row in series))
    if key not in voice.shared:
        voice.shared[key] = _groups_of(voice, series)
    return cast("dict[str, str]", voice.shared[key])


def _groups_of(voice: Voice, series: Iterable[Record]) -> dict[str, str]:
    ground = ground_of(voice)
    groups = {row.id: ground.codes(row) for row in series}
    dimensions = [(place, f"sdmx_{name}") for place, name in enumerate(ground.dimensions)]
    differ = [len(set(codes)) > 1 for codes in zip(*groups.values(), strict=True)]
    apart = dimensions if not any(differ) else [it for it in dimensions if differ[it[0]]]
    named = {}
    for name, codes in groups.items():
        labels = [voice.label(codelist, codes[place]) for place, codelist in apart if codes[place] != TOTAL]
        named[name] = ", ".join(labels) or voice.say("indicator.total")
    return named


def target_said(voice: Voice, target: Record, unit: Record) -> str:
    """Return a target with its year and who set it."""
    value = number(voice, target.get("target_value"))
    if target.get("target_value_to") is not None:
        value = voice.say("measure.range", low=value, high=number(voice, target.get("target_value_to")))
    return voice.say(
        "indicator.target_said",
        value=with_unit(voice, value, unit),
        year=str(target.get("target_year")),
        origin=voice.label("target_origins", target.get("origin")),
    )


def is_assumed(voice: Voice, target: Record) -> bool:
    return voice.edition.catalog.means("target_origins", target.get("origin")) == ASSUMED


def verdict(voice: Voice, row: Row) -> str:
    """Return what a method says, or why it says nothing."""
    status = voice.title_label("progress_statuses", row["status"])
    reason = row["reason"]
    return (
        voice.say("indicator.because", status=status, reason=voice.label("progress_reasons", reason))
        if reason
        else status
    )


def _marked(voice: Voice, row: Row) -> str:
    """Return what a method says, marked where it rests on an illustration."""
    said = verdict(voice, row)
    return f"{said} ({voice.say('indicator.illustrative_word')})" if row["illustrative"] else said


def progress_said(voice: Voice, indicator: Record) -> list[str]:
    """Return what the chosen method says of an indicator, once a target; where none was chosen, how many can say."""
    rows = voice.edition.derived.referring("progress", "indicator_id", indicator.id)
    main = ground_of(voice).main_series(indicator.id)
    names = groups_of(voice, main) if len(main) > 1 else {}
    said = [(names.get(row["series_id"] or ""), _marked(voice, row)) for row in rows if row["is_chosen"]]
    chosen = list(dict.fromkeys(f"{capital(name)}: {words}" if name else words for name, words in said))
    if chosen or not rows:
        return chosen
    methods = {row["method"] for row in rows}
    able = {row["method"] for row in rows if not row["reason"]}
    return [voice.say("indicator.not_chosen", able=len(able), total=len(methods))]


def whole_of(voice: Voice, indicator: Record) -> Record | None:
    """Return the one series that stands for the whole, None where several do or none has values."""
    main = ground_of(voice).main_series(indicator.id)
    return main[0] if len(main) == 1 else None


def latest_of(voice: Voice, indicator: Record) -> tuple[Record, Record] | None:
    """Return the series that stands for the whole and its latest observation, None where there is none."""
    ground, series = ground_of(voice), whole_of(voice, indicator)
    return (series, ground.values(series)[-1]) if series else None


def group_of(voice: Voice, series: Record) -> str:
    """Return the group that a series is about where it is broken down, else nothing."""
    is_whole = all(code == TOTAL for code in ground_of(voice).codes(series))
    return "" if is_whole else capital(groups_of(voice, [series])[series.id])


def _used(voice: Voice, indicator: Record) -> tuple[str, ...]:
    """Return the ids of the sources of the values of an indicator; worked out once."""
    key = ("sources", indicator.id)
    if key not in voice.shared:
        names = (columns_of(voice, series).source_id for series in ground_of(voice).series_of(indicator.id))
        voice.shared[key] = tuple(dict.fromkeys(name or "" for name in chain.from_iterable(names)))
    return cast("tuple[str, ...]", voice.shared[key])


def sources_of(voice: Voice, indicator: Record) -> list[str]:
    """Return the sources of the values of an indicator, each with its licence."""
    catalog = voice.edition.catalog
    found = (catalog.find("sources", name) for name in _used(voice, indicator))
    return [
        ", ".join(part for part in (voice.plain(record, "title"), record.get("licence")) if part)
        for record in found
        if record
    ]


def availability(voice: Voice, indicator: Record) -> dict[str, Any]:
    """Return the state of the data of an indicator with its years; what nobody stated is missing."""
    rows = voice.edition.catalog.referring("availability", "indicator_id", indicator.id)
    if not rows:
        return {"state": "", "years": ""}
    first, last = rows[0].get("first_year"), rows[0].get("last_year")
    years = "–".join(str(year) for year in dict.fromkeys((first, last)) if year)
    return {"state": voice.title_label("availability_states", rows[0].get("availability_state")), "years": years}

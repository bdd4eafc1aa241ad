"""The report on progress: what every method says of each adopted indicator, side by side, or why it says nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.readers.formats import capital
from site_builder.writers.pages._frameworks.naming import marked, share
from site_builder.writers.pages._frameworks.parts import Column, Grid, Part, files_of
from site_builder.writers.pages._indicators import ground_of, groups_of, target_said
from site_builder.writers.voice import Voice


def progress_parts(voice: Voice, framework: Record) -> Iterator[Part]:
    ground = ground_of(voice)
    indicators = [
        record for record in voice.edition.catalog.rows("indicators") if framework in ground.frameworks_of(record.id)
    ]
    rows = [
        row for record in indicators for row in voice.edition.derived.referring("progress", "indicator_id", record.id)
    ]
    chosen = voice.label("progress_methods", framework.get("progress_method"))
    told = [voice.say("indicator.progress_note")]
    if chosen:
        told.append(voice.say("framework.progress.chosen", method=chosen))
    yield Part(
        "methods",
        voice.say("framework.progress"),
        tuple(told),
        voice.say("framework.progress.rule", count=len(indicators)),
        files_of(voice, "progress", "targets"),
        any(row["illustrative"] for row in rows) or bool(framework.get("illustrative")),
        grids=(_methods(voice, rows), _each(voice, rows)) if rows else (),
        is_wide=True,
    )


def _codes(voice: Voice) -> list[Record]:
    return list(voice.edition.catalog.codes_of.get("progress_methods", ()))


def _methods(voice: Voice, rows: list[Row]) -> Grid:
    """Return how often each method could say something, and what."""
    told = []
    for code in _codes(voice):
        own = [row for row in rows if row["method"] == code.get("code")]
        able = [row for row in own if not row["reason"]]
        verdicts = Counter(row["status"] for row in able)
        said = Markup(", ").join(
            voice.say("framework.progress.times", status=voice.label("progress_statuses", status), times=times)
            for status, times in sorted(verdicts.items(), key=lambda item: (-item[1], item[0]))
        )
        name = Markup('{} <small class="prov">{}</small>').format(
            voice.text(code, "label"), voice.text(code, "definition")
        )
        told.append((name, share(voice, len(able), len(own)), said))
    heads = (
        Column(voice.say("indicator.method")),
        Column(voice.say("framework.progress.assessed")),
        Column(voice.say("framework.progress.verdicts")),
    )
    return Grid(voice.say("framework.progress.methods"), heads, tuple(told))


def _each(voice: Voice, rows: list[Row]) -> Grid:
    """Return a row for each series and target, with a column for each method."""
    asked: dict[tuple[str, str, str], dict[str, Row]] = {}
    for row in rows:
        key = (row["indicator_id"], row["series_id"] or "", row["target_id"] or "")
        asked.setdefault(key, {})[row["method"]] = row
    codes = _codes(voice)
    heads = (Column(voice.say("indicator")), *(Column(voice.text(code, "label")) for code in codes))
    shown = tuple(
        (
            marked(voice, _question(voice, key), *told.values()),
            *(_verdict(voice, told.get(code.get("code"))) for code in codes),
        )
        for key, told in asked.items()
    )
    return Grid(voice.say("framework.progress.each"), heads, shown)


def _question(voice: Voice, key: tuple[str, str, str]) -> str:
    """Return the indicator, with the group and the target of which methods speak."""
    catalog, (name, series, target) = voice.edition.catalog, key
    indicator = catalog.by_id["indicators"][name]
    every = groups_of(voice, catalog.referring("series", "indicator_id", name))
    goal = catalog.find("targets", target)
    unit = catalog.find("series", series) or indicator
    said = [
        capital(every[series]) if series in every and len(every) > 1 else "",
        voice.say("indicator.progress_target", target=target_said(voice, goal, unit)) if goal else "",
    ]
    more = Markup(". ").join(part for part in said if part)
    name = voice.named("indicator", indicator)
    return Markup('{} <small class="prov">{}</small>').format(name, more) if more else name


def _verdict(voice: Voice, row: Row | None) -> str:
    """Return what a method says of a series with the years it looked at; else why it says nothing."""
    if row is None:
        return ""
    if row["reason"]:
        reason = voice.label("progress_reasons", row["reason"])
        status = voice.title_label("progress_statuses", row["status"])
        return Markup('<span class="missing">{}: {}</span>').format(status, reason)
    years = voice.say("indicator.spell", first=str(row["base_year"]), last=str(row["current_year"]))
    status = voice.title_label("progress_statuses", row["status"])
    return Markup('{} <small class="prov">{}</small>').format(status, years)

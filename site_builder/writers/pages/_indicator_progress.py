"""Owns what every method says of an indicator, with what it looked at or why it says nothing."""

from __future__ import annotations

from typing import Any

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.readers.formats import capital
from site_builder.writers.facts import Fact
from site_builder.writers.pages._indicators import (
    groups_of,
    number,
    target_said,
    verdict,
)
from site_builder.writers.voice import Voice


def progress_tables(voice: Voice, indicator: Record) -> list[dict[str, Any]]:
    """Return what every method says, a table for each series and target."""
    asked: dict[tuple[str, str], list[Row]] = {}
    for row in voice.edition.derived.referring("progress", "indicator_id", indicator.id):
        asked.setdefault((row["series_id"] or "", row["target_id"] or ""), []).append(row)
    every = groups_of(voice, voice.edition.catalog.referring("series", "indicator_id", indicator.id))
    return [_question(voice, rows, every.get(series, "")) for (series, _), rows in asked.items()]


def progress_together(voice: Voice, indicator: Record) -> list[tuple[str, bool]]:
    """Return what several series and targets come to together, and whether it rests on an illustration."""
    return [
        (
            voice.say(
                "indicator.progress_together",
                count=row["assessed_count"],
                total=row["question_count"],
                method=voice.label("progress_methods", row["method"]),
                score=number(voice, round(row["score"], 4)),
                status=voice.label("progress_statuses", row["status"]),
            ),
            row["illustrative"],
        )
        for row in voice.edition.derived.referring("progress_summary", "indicator_id", indicator.id)
        if row["question_count"] > 1 and row["assessed_count"]
    ]


def _question(voice: Voice, rows: list[Row], group: str) -> dict[str, Any]:
    first, known = rows[0], dict[tuple[Any, ...], str]()
    target = voice.edition.catalog.find("targets", first["target_id"] or "")
    unit = (
        voice.edition.catalog.find("series", first["series_id"] or "")
        or voice.edition.catalog.by_id["indicators"][first["indicator_id"]]
    )
    goal = target_said(voice, target, unit) if target else voice.say("indicator.no_target")
    if first["series_id"]:
        caption = voice.say("indicator.progress_caption", group=capital(group), target=goal)
    else:
        caption = voice.say("indicator.progress_target", target=goal)
    return {
        "caption": caption,
        "inputs": [told for row in rows if (told := _inputs(voice, row, known))],
        "rows": [
            {
                "method": voice.label("progress_methods", row["method"]),
                "chosen": row["is_chosen"],
                "base": _input(voice, row, "base"),
                "current": _input(voice, row, "current"),
                "value": number(voice, round(row["value"], 4)) if row["value"] is not None else "",
                "score": number(voice, round(row["score"], 4)) if row["score"] is not None else "",
                "said": verdict(voice, row),
                "illustrative": row["illustrative"],
            }
            for row in rows
        ],
    }


def _inputs(voice: Voice, row: Row, known: dict[tuple[Any, ...], str]) -> Fact | None:
    """Return every number that a method used or worked out, as the table of inputs has them; None where it has none.

    Most methods use the same numbers: what was said of one is `known`.
    """
    said = []
    for item in voice.edition.derived.referring("progress_inputs", "progress_id", row["progress_id"]):
        told = (item["input_kind"], item["value"], item["period"])
        if told not in known:
            known[told] = _input_said(voice, *told)
        said.append(known[told])
    return Fact(voice.label("progress_methods", row["method"]), entries=tuple(said)) if said else None


def _input_said(voice: Voice, kind: str, value: float | None, year: int | None) -> str:
    """Return a number that a method used or worked out, with the year to which it belongs."""
    said = voice.say("indicator.beyond") if value is None else number(voice, round(value, 4))
    if year is not None:
        said = voice.say("indicator.in_year", value=said, year=str(year))
    return voice.say("indicator.input", name=voice.title_label("progress_input_kinds", kind), value=said)


def _input(voice: Voice, row: Row, which: str) -> str:
    """Return a value that a method looked at, with its year and, if it was not observed, where it is from."""
    value, basis = row[f"{which}_value"], row[f"{which}_basis"]
    if value is None:
        return ""
    shown = round(value, 4) if basis == "predicted" else value
    said = voice.say("indicator.in_year", value=number(voice, shown), year=str(row[f"{which}_year"]))
    return said if basis == "observed" else f"{said}, {voice.label('progress_value_bases', basis)}"

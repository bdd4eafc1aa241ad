"""Owns how a number of a commitment is said: comparison, value, unit, the indicators it belongs to."""

from __future__ import annotations

from typing import Any

from site_builder.nouns.record import Record
from site_builder.writers.voice import Voice


def measured(voice: Voice, record: Record) -> dict[str, Any]:
    """Return a measure as a row of a table, with the indicators that show it among other values."""
    catalog = voice.edition.catalog
    return {
        "name": voice.text(record, "name"),
        "origin": voice.origin(record, "name"),
        "note": voice.text(record, "note"),
        "kind": voice.title_label("measure_kinds", record.get("kind")),
        "value": said_value(voice, record),
        "period": voice.partial(record, "period"),
        "refs": voice.refs(record.get("source_id")),
        "indicators": [
            voice.named("indicator", indicator)
            for link in catalog.referring("indicator_measures", "measure_id", record.id)
            if (indicator := catalog.find("indicators", link.get("indicator_id")))
        ],
    }


def said_value(voice: Voice, record: Record) -> str:
    """Return the value with its comparison and unit in words: `at least 30 %`."""
    if record.get("value") is None:
        return voice.text(record, "value_text")
    number = voice.formats.number(record.get("value"))
    comparison = record.get("comparison")
    if comparison == "range" and record.get("value_to") is not None:
        number = voice.say("measure.range", low=number, high=voice.formats.number(record.get("value_to")))
    elif comparison not in ("equal", "range"):
        number = voice.say(f"measure.{comparison}", value=number)
    return voice.say("measure.with_unit", value=number, unit=voice.label("units", record.get("unit")))

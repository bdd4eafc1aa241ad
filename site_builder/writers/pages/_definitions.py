"""Owns what the method page defines beside its prose: thresholds and every column that is computed."""

from __future__ import annotations

from typing import Any

from site_builder.derive.freshness import FRESH_DAYS
from site_builder.derive.schedule import SOON_DAYS
from site_builder.nouns.text import Text
from site_builder.writers.voice import Voice

SHARED = frozenset({"as_of", "plan_id", "commitment_id", "milestone_id", "organisation_id"})
"""Columns of nearly every computed table that say of what and of when a row speaks."""


def thresholds(voice: Voice) -> list[tuple[str, str]]:
    """Return each number of days on which a status depends, with what depends on it."""
    return [
        (voice.formats.number(SOON_DAYS), voice.say("method.soon")),
        (voice.formats.number(FRESH_DAYS), voice.say("method.fresh")),
    ]


def figures(voice: Voice) -> list[dict[str, Any]]:
    """Return the computed tables with the meaning of each column, as their schemas tell it."""
    return [
        {
            "name": table.name,
            "label": voice.field_label_of_table(table.name),
            "href": voice.link("table", table.name),
            "text": voice.shown(Text(table.descriptions)),
            "columns": [
                (voice.field_label(item), voice.shown(Text(item.descriptions)))
                for item in table.fields
                if item.name not in SHARED
            ],
        }
        for table in voice.edition.schemas
        if table.name in voice.edition.derived.tables
    ]

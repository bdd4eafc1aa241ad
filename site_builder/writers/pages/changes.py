"""The page of what changed on the whole site: the newest first, by month, old and new side by side."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from site_builder.nouns.derived import Row
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.follow import all_of
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._changes import feeds, groups, limits, ways
from site_builder.writers.voice import Voice

TEMPLATE = "changes.html"
NEWEST = 200
"""Happenings on the page, so that it stays light on a phone; the table has them all."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("changes", "", "changes", catalog)


def view(voice: Voice) -> dict[str, Any]:
    rows = all_of(voice.edition, "home", "")
    shown = rows[:NEWEST]
    return {
        "title": voice.say("changes"),
        "description": voice.say("changes.description"),
        "crumbs": [Crumb(voice.link("home"), voice.say("home"))],
        "here": voice.say("changes"),
        "lede": voice.say("changes.lede"),
        "note": voice.say("changes.latest", shown=len(shown), count=len(rows)) if rows else "",
        "limits": limits(voice),
        "ways": ways(voice, "home", ""),
        "periods": [
            (voice.day(period), groups(voice, list(members), named=True))
            for period, members in groupby(sorted(shown, key=_period, reverse=True), key=_period)
        ],
        "feeds": feeds(voice, "home", ""),
    }


def _period(row: Row) -> str:
    """Return the month of a happening; the year, after its months, where the month is not known."""
    return str(row["happened_on"])[:7]

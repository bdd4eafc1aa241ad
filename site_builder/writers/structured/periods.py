"""Owns the time that a thing covers, as ISO 8601 writes it."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.nouns.record import Record
from site_builder.readers.date_forms import last_day


def period(records: Iterable[Record], start: str, end: str) -> str:
    """Return the time that records cover, as ISO 8601 writes it: from the first begin to the last end."""
    records = tuple(records)
    begins = [str(record.get(start)) for record in records if record.get(start)]
    ends = [str(record.get(end)) for record in records if record.get(end)]
    return between(min(begins, default=""), max(ends, key=last_day, default=""))


def between(begin: str, end: str) -> str:
    """Return the time from a begin to an end, which may be open; nothing where the begin is not known."""
    return f"{begin}/{end or '..'}" if begin else ""

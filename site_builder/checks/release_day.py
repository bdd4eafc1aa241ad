"""Owns when a release can be made: once a day, after all others, a correction only of something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.record import Catalog
from site_builder.nouns.release import INDEX, MANIFEST, Kind, Wish
from site_builder.readers.published import PackageUnreadable
from site_builder.readers.published import newest as read_newest


def check_wish(catalog: Catalog, wish: Wish, *, as_of: date, folder: str) -> Iterator[Diagnostic]:
    """Yield why a release cannot be made on a day; `folder` is the name of the folder of releases."""
    newest = catalog.releases[-1] if catalog.releases else None
    if newest is None:
        if wish.kind is Kind.CORRECTION:
            yield found("release-corrects-nothing", Location(f"{folder}/{INDEX}"))
    elif newest.day == as_of:
        yield found("release-same-day", Location(f"{newest.place}/{MANIFEST}"), day=newest.name)
    elif newest.day > as_of:
        yield found("release-not-newest", Location(f"{newest.place}/{MANIFEST}"), day=as_of, newest=newest.name)
    else:
        yield from _unreadable(catalog, newest.place)


def _unreadable(catalog: Catalog, place: str) -> Iterator[Diagnostic]:
    """Yield that the newest release cannot be compared with, though every byte of it is as it was."""
    try:
        for table in read_newest(catalog).values():
            table.rows  # noqa: B018 - reading is what is tried
    except PackageUnreadable as error:
        yield found("release-unreadable", Location(f"{place}/{error}"))

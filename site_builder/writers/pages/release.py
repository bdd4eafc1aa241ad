"""The page of one release: its notes, its version, how it differs from the one before, its files and checksums."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.release import MANIFEST, Release
from site_builder.nouns.schema import Schemas
from site_builder.nouns.text import Text, brief
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.release_words import (
    by_table,
    citation,
    counted,
    heading,
    kind_of,
    size_of,
    table_name,
    version_reason,
)
from site_builder.writers.releases import CHANGES_CSV, CHANGES_JSON, changes_name
from site_builder.writers.voice import Voice

TEMPLATE = "release.html"
SHOWN = 100
"""Differences on the page; the file has them all."""
LONGEST = 140
"""Characters of a value on the page."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for release in catalog.releases:
        yield from in_languages("release", release.name, f"data/releases/{release.name}", catalog)


def view(voice: Voice) -> dict[str, Any]:
    release = next(release for release in voice.edition.releases if release.name == voice.page.subject)
    rows = list(islice(_rows(release), SHOWN))
    total = sum(release.kinds.values())
    return {
        "title": heading(voice, release),
        "description": f"{heading(voice, release)}. {version_reason(voice, release)}",
        "crumbs": [
            Crumb(voice.link("home"), voice.say("home")),
            Crumb(voice.link("data"), voice.say("data")),
            Crumb(voice.link("releases"), voice.say("releases")),
        ],
        "here": heading(voice, release),
        "kind": kind_of(voice, release),
        "reason": _paragraphs(voice, release.reason),
        "noted": _paragraphs(voice, release.notes),
        "version": version_reason(voice, release),
        "cite": citation(voice, release),
        "since": voice.say("release.since", day=voice.formats.day(release.previous)) if release.previous else "",
        "groups": [
            (voice.say(key), [_counts(voice, *table) for table in by_table(release, written=written)])
            for key, written in (("release.written", True), ("release.computed", False))
        ],
        "change_files": [
            (name, voice.to(release.path(name)))
            for name in (CHANGES_CSV, CHANGES_JSON, changes_name(voice.edition, voice.code))
        ],
        "shown": voice.say("release.shown", shown=len(rows), count=total) if total > len(rows) else "",
        "changes": [_change(voice, row) for row in rows],
        "files": _files(voice, release),
        "manifest": voice.to(release.path(MANIFEST)),
        "size": voice.say("release.files_count", count=len(release.weights), size=size_of(voice, release.size)),
    }


def _paragraphs(voice: Voice, told: Mapping[str, str]) -> dict[str, Any]:
    """Return a note by paragraphs, with its language where it is another one than that of the page."""
    text, language = Text(told).shown(voice.code)
    return {
        "paragraphs": [part.strip() for part in text.split("\n\n") if part.strip()],
        "language": language if language != voice.code else "",
    }


def _rows(release: Release) -> Iterable[Mapping[str, str]]:
    text = release.files[CHANGES_CSV].decode("utf-8-sig")
    return csv.DictReader(io.StringIO(text, newline=""))


def _counts(voice: Voice, table: str, kinds: Mapping[str, int]) -> dict[str, str]:
    return {"name": table_name(voice, table), "table": table, "counts": counted(voice, kinds)}


def _change(voice: Voice, row: Mapping[str, str]) -> dict[str, Any]:
    is_value = row["kind"] == "changed"
    return {
        "table": table_name(voice, row["table_name"]),
        "record": row["record_id"],
        "column": row["column_name"],
        "what": voice.say(f"release.change.{row['kind']}"),
        "old": brief(row["old_value"], LONGEST) if is_value else None,
        "new": brief(row["new_value"], LONGEST) if is_value else None,
    }


def _files(voice: Voice, release: Release) -> list[dict[str, Any]]:
    """Return the files with their checksums, those in folders of their own as one line a folder."""
    rows, folders = [], dict[str, list[int]]()
    for path, weight in release.weights.items():
        folder, slash, _ = path.partition("/")
        if slash:
            folders.setdefault(folder + slash, []).append(weight.bytes)
        else:
            size = voice.formats.number(weight.bytes)
            rows.append({"name": path, "href": voice.to(release.path(path)), "size": size, "hash": weight.sha256})
    for folder, sizes in folders.items():
        told = voice.say("release.files_count", count=len(sizes), size=size_of(voice, sum(sizes)))
        rows.append({"name": folder, "href": "", "size": told, "hash": ""})
    return rows

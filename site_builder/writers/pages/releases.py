"""The page of all releases: what was published when, as which version, how it differs, how it is cited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.release import ADDRESS, INDEX, Release
from site_builder.nouns.schema import Schemas
from site_builder.nouns.text import Text
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._changes import FEED
from site_builder.writers.release_words import counted, feed_path, kind_of, size_of
from site_builder.writers.releases import CHANGES_CSV
from site_builder.writers.voice import Voice

TEMPLATE = "releases.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("releases", "", "data/releases", catalog)


def view(voice: Voice) -> dict[str, Any]:
    edition, site = voice.edition, voice.edition.catalog.site
    feed = voice.to(feed_path(voice.code))
    return {
        "title": voice.say("releases"),
        "description": voice.say("release.lede"),
        "crumbs": [Crumb(voice.link("home"), voice.say("home")), Crumb(voice.link("data"), voice.say("data"))],
        "here": voice.say("releases"),
        "lede": voice.say("release.lede"),
        "feed": feed,
        "index": voice.to(ADDRESS + INDEX),
        "releases": [_row(voice, release) for release in reversed(edition.releases)],
        "cite": voice.say(
            "data.cite",
            publisher=voice.plain(site, "publisher"),
            title=voice.plain(site, "title"),
            day=voice.formats.day(edition.derived.as_of),
            licence=site.get("content_licence"),
        ),
        "feeds": [{"type": FEED, "title": voice.say("release.feed"), "href": feed}],
    }


def _row(voice: Voice, release: Release) -> dict[str, Any]:
    return {
        "href": voice.link("release", release.name),
        "day": voice.short_day(release.day),
        "version": release.version,
        "kind": kind_of(voice, release),
        "is_correction": bool(release.reason),
        "notes": [voice.shown(Text(told)) for told in (release.reason, release.notes) if told],
        "changes": counted(voice, release.kinds) if release.previous else voice.say("release.first"),
        "changes_href": voice.to(release.path(CHANGES_CSV)) if release.previous else "",
        "size": voice.say("release.files_count", count=len(release.weights), size=size_of(voice, release.size)),
    }

"""The Atom feed of releases (RFC 4287) in each language: an entry a release, the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.release import Release
from site_builder.nouns.schema import Schemas
from site_builder.nouns.text import Text
from site_builder.plan.identity import part_identifier, site_identifier
from site_builder.readers.formats import Formats
from site_builder.writers.atom import add, feed_bytes, link, moment, new_feed
from site_builder.writers.pages._changes import FEED
from site_builder.writers.release_words import counted, feed_path, heading, kind_of, version_reason
from site_builder.writers.voice import Voice


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return [feed_path(code) for code in catalog.codes]


def write(edition: Edition) -> Iterable[Output]:
    for language in edition.catalog.languages:
        path = feed_path(language.code)
        voice = Voice(edition, Page("feed", "", language.code, path), Formats(language))
        yield Output(path, feed_bytes(_feed(voice)))


def _feed(voice: Voice) -> Element:
    edition, site = voice.edition, voice.edition.catalog.site
    newest = edition.releases[-1].name if edition.releases else edition.derived.as_of.isoformat()
    feed = new_feed(voice.code)
    add(feed, "id", part_identifier(site_identifier(edition.catalog), f"releases-{voice.code}"))
    add(feed, "title", voice.say("release.feed_title", title=voice.plain(site, "title")))
    add(feed, "updated", moment(newest))
    SubElement(add(feed, "author"), "name").text = voice.plain(site, "publisher")
    link(feed, "self", FEED, edition.base_url + voice.page.path if edition.base_url else "feed.xml")
    link(feed, "alternate", "text/html", _address(voice, "releases", ""))
    for release in reversed(edition.releases):
        feed.append(_entry(voice, release))
    return feed


def _entry(voice: Voice, release: Release) -> Element:
    entry = Element("entry")
    entry.tail = "\n"
    whole = part_identifier(site_identifier(voice.edition.catalog), f"release-{release.name}-{voice.code}")
    SubElement(entry, "id").text = whole
    SubElement(entry, "title").text = f"{heading(voice, release)} ({kind_of(voice, release)})"
    SubElement(entry, "published").text = moment(release.name)
    SubElement(entry, "updated").text = moment(release.name)
    href = _address(voice, "release", release.name)
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "hreflang": voice.code, "href": href})
    SubElement(entry, "category", {"term": release.kind, "label": kind_of(voice, release)})
    told = [Text(release.reason).shown(voice.code)[0], Text(release.notes).shown(voice.code)[0]]
    told += [version_reason(voice, release), counted(voice, release.kinds) if release.previous else ""]
    SubElement(entry, "summary").text = "\n".join(text for text in told if text)
    return entry


def _address(voice: Voice, kind: str, subject: str) -> str:
    """Return the address of a page, in full where it is known, else the link from the feed to it."""
    path = voice.edition.plan.address(kind, subject, voice.code)
    assert path is not None, "every release has a page"
    return voice.edition.base_url + path.removesuffix("index.html") if voice.edition.base_url else voice.to(path)

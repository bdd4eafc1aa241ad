"""The Atom feeds (RFC 4287): what happened to the site, a plan, a commitment, an organisation, in each language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast
from xml.etree.ElementTree import Element, SubElement

from site_builder.nouns.derived import Row
from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.plan.identity import identifier, part_identifier, site_identifier
from site_builder.readers.formats import Formats
from site_builder.writers.atom import add, feed_bytes, link, moment, new_feed
from site_builder.writers.edits import told
from site_builder.writers.follow import TABLES, all_of, feed_path, followed
from site_builder.writers.happenings import plain, text_of, title_of
from site_builder.writers.pages._changes import FEED, feed_title
from site_builder.writers.voice import Voice

NEWEST = 50
"""Entries of a feed: readers keep what they have seen."""


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return [feed_path(kind, subject, code) for code in catalog.codes for kind, subject in followed(catalog)]


def write(edition: Edition) -> Iterable[Output]:
    for language in edition.catalog.languages:
        formats = Formats(language)
        memory: dict[tuple[str, str], object] = {}
        for kind, subject in followed(edition.catalog):
            path = feed_path(kind, subject, language.code)
            page = Page("feed", subject, language.code, path)
            feed = _feed(Voice(edition, page, formats, memory=memory), kind, subject)
            yield Output(path, feed_bytes(feed))


def _feed(voice: Voice, kind: str, subject: str) -> Element:
    catalog, as_of = voice.edition.catalog, voice.edition.derived.as_of
    rows = all_of(voice.edition, kind, subject)[:NEWEST]
    whole = identifier(catalog, TABLES[kind], subject) if subject else site_identifier(catalog)
    feed = new_feed(voice.code)
    add(feed, "id", part_identifier(whole, f"feed-{voice.code}"))
    add(feed, "title", feed_title(voice, kind, subject))
    add(feed, "subtitle", voice.say("feed.subtitle", day=voice.formats.day(as_of)))
    # a feed in which nothing stands yet was right on the day of the build
    add(feed, "updated", moment(rows[0]["happened_on"] if rows else as_of.isoformat()))
    author = add(feed, "author")
    SubElement(author, "name").text = voice.plain(catalog.site, "publisher")
    link(feed, "self", FEED, voice.edition.base_url + voice.page.path if voice.edition.base_url else "feed.xml")
    link(feed, "alternate", "text/html", _address(voice, kind, subject))
    for row in rows:
        feed.append(_entry(voice, row))
    return feed


def _entry(voice: Voice, row: Row) -> Element:
    """Return an entry; its id is the same in every feed of the language, in which it has the same words.

    What is dated with a month or a year only counts as updated on its first day, and says so; `published`, which
    would pretend to a day, is left out.
    """
    happening = told(voice, row)
    entry = Element("entry")
    entry.tail = "\n"
    whole = _whole(voice.edition.catalog, row)
    SubElement(entry, "id").text = part_identifier(whole, f"{row['happening_id']}-{voice.code}")
    title, text = _words(voice, row)
    SubElement(entry, "title").text = title
    if row["happened_on_precision"] == "day":
        SubElement(entry, "published").text = moment(row["happened_on"])
    SubElement(entry, "updated").text = moment(row["happened_on"])
    address = _address(voice, happening.kind, happening.subject)
    href = f"{address}#{happening.anchor}" if happening.anchor else address
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "hreflang": voice.code, "href": href})
    SubElement(entry, "category", {"term": row["kind"], "label": plain(happening.label)})
    SubElement(entry, "summary").text = text
    return entry


def _words(voice: Voice, row: Row) -> tuple[str, str]:
    """Return title and text of an entry, worked out once a language."""
    key = ("entry", row["happening_id"])
    if key not in voice.memory:
        happening = told(voice, row)
        voice.memory[key] = (title_of(voice, happening), text_of(voice, happening))
    return cast(tuple[str, str], voice.memory[key])


def _whole(catalog: Catalog, row: Row) -> str:
    """Return the identifier of the commitment, the plan or the organisation to which something happened.

    What was edited in several plans or organisations at once happened to the site.
    """
    if row.get("commitment_id"):
        return identifier(catalog, "commitments", row["commitment_id"])
    if row["plan_id"]:
        return identifier(catalog, "plans", row["plan_id"])
    organisation = row.get("organisation_id")
    return identifier(catalog, "organisations", organisation) if organisation else site_identifier(catalog)


def _address(voice: Voice, kind: str, subject: str) -> str:
    """Return the address of a page, as it calls itself where it is known, else the link from the feed to it."""
    path = voice.edition.plan.address(kind, subject, voice.code)
    assert path is not None, "what has a feed has a page"
    return voice.edition.base_url + path.removesuffix("index.html") if voice.edition.base_url else voice.to(path)

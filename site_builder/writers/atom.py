"""Owns how an Atom feed is written (RFC 4287); refuses to know what it tells of."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from site_builder.readers.date_forms import first_day

ATOM = "http://www.w3.org/2005/Atom"
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
"""Written here, because the library would name the encoding of the machine."""


def new_feed(language: str) -> Element:
    """Return an empty feed in a language."""
    return Element("feed", {"xmlns": ATOM, "xml:lang": language})


def feed_bytes(feed: Element) -> bytes:
    """Return a feed as a file."""
    return f"{DECLARATION}{tostring(feed, encoding='unicode')}\n".encode()


def moment(day: str) -> str:
    """Return the beginning of a day, or of the first day of a month or year, as Atom writes a moment."""
    return f"{first_day(day).isoformat()}T00:00:00Z"


def add(feed: Element, name: str, text: str | None = None) -> Element:
    """Add a part to a feed on a line of its own."""
    element = SubElement(feed, name)
    element.text, element.tail = text, "\n"
    return element


def link(feed: Element, relation: str, media_type: str, href: str) -> None:
    """Add a link to a feed on a line of its own."""
    SubElement(feed, "link", {"rel": relation, "type": media_type, "href": href}).tail = "\n"

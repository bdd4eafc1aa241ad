"""Owns what is said of organisations: who publishes, who is responsible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.nouns.record import Record
from site_builder.plan.identity import identifier
from site_builder.writers.structured.thing import Thing
from site_builder.writers.voice import Voice

GOVERNMENT = "government"
"""Meaning of the kinds of organisation that belong to the state."""


def publisher(voice: Voice) -> Thing:
    """Return who publishes the site."""
    site = voice.edition.catalog.site
    return {"@type": "Organization", "name": voice.plain(site, "publisher"), "url": site.get("contact_url")}


def describe_organisation(voice: Voice, view: Mapping[str, Any]) -> Iterable[Thing]:
    """Yield the organisation of a page, with the one that it belongs to."""
    catalog = voice.edition.catalog
    record = catalog.by_id["organisations"][voice.page.subject]
    parent = catalog.find("organisations", record.get("parent_id") or "")
    yield {
        **named(voice, record),
        "alternateName": voice.plain(record, "abbreviation"),
        "url": record.get("website"),
        "parentOrganization": named(voice, parent) if parent else None,
    }


def named(voice: Voice, record: Record) -> Thing:
    """Return an organisation by its identifier and name."""
    state = voice.edition.catalog.means("organisation_kinds", record.get("kind")) == GOVERNMENT
    return {
        "@type": "GovernmentOrganization" if state else "Organization",
        "@id": identifier(voice.edition.catalog, "organisations", record.id),
        "name": voice.plain(record, "name"),
    }

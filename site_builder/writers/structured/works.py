"""Owns what is said of texts that somebody adopted or drafted: plans, commitments, frameworks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.nouns.record import Record
from site_builder.plan.identity import identifier
from site_builder.writers.head import NAMES, full_address
from site_builder.writers.structured.organisations import named
from site_builder.writers.structured.periods import period
from site_builder.writers.structured.thing import Thing
from site_builder.writers.voice import Voice


def describe_plan(voice: Voice, view: Mapping[str, Any]) -> Iterable[Thing]:
    """Yield the plan of a page."""
    record = voice.edition.catalog.by_id["plans"][voice.page.subject]
    yield {
        **_work(voice, record),
        "url": full_address(voice.edition, voice.page.path),
        "description": view["description"],
        "temporalCoverage": period((record,), "period_start", "period_end"),
    }


def describe_framework(voice: Voice, view: Mapping[str, Any]) -> Iterable[Thing]:
    """Yield the framework of a page, with its areas."""
    record = voice.edition.catalog.by_id["frameworks"][voice.page.subject]
    areas = voice.edition.catalog.referring("areas", "framework_id", record.id)
    yield {
        "@type": "CreativeWork",
        "@id": identifier(voice.edition.catalog, "frameworks", record.id),
        # the title says whether it is an illustration: nothing may look as if somebody had adopted it
        "name": view["title"],
        "url": full_address(voice.edition, voice.page.path),
        "description": view["description"],
        "temporalCoverage": period((record,), "period_start", "period_end"),
        "about": [voice.plain(area, "title") for area in areas],
    }


def describe_commitment(voice: Voice, view: Mapping[str, Any]) -> Iterable[Thing]:
    """Yield the commitment of a page, with its plan and who leads it."""
    catalog = voice.edition.catalog
    record = catalog.by_id["commitments"][voice.page.subject]
    plan = catalog.find("plans", record.get("plan_id") or "")
    areas = catalog.children(record, "commitment_policy_areas")
    leads = (
        catalog.find("organisations", link.get("organisation_id"))
        for link in catalog.children(record, "commitment_organisations")
        if link.get("role") == "lead"
    )
    yield {
        **_work(voice, record),
        "name": view["title"],
        "url": full_address(voice.edition, voice.page.path),
        "position": record.get("number"),
        "description": voice.plain(record, "brief"),
        "identifier": record.get("ogp_id"),
        "temporalCoverage": period((record,), "start_date", "end_date"),
        "about": [voice.label("policy_areas", area.get("policy_area_code")) for area in areas],
        "mentions": [named(voice, lead) for lead in leads if lead and lead.get("kind") != "group"],
        "isPartOf": _work(voice, plan) if plan else None,
    }


def _work(voice: Voice, record: Record) -> Thing:
    """Return a plan or commitment by its identifier and name: a text that somebody adopted, and no more is claimed."""
    fields = (voice.plain(record, name) for name in NAMES[record.table])
    return {
        "@type": "CreativeWork",
        "@id": identifier(voice.edition.catalog, record.table, record.id),
        "name": next(filter(None, fields), record.id),
    }

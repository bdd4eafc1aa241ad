"""A report on an indicator framework, or two that are read together: sentences, tables, what is counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.pages import in_languages
from site_builder.writers.pages._frameworks import REPORTS
from site_builder.writers.pages._frameworks.naming import head_of
from site_builder.writers.pages.framework import report_link
from site_builder.writers.voice import Voice

TEMPLATE = "framework_report.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for record in catalog.rows("frameworks"):
        for name in REPORTS:
            subject = f"{record.id}/{name}"
            yield from in_languages("framework-report", subject, f"frameworks/{subject}", catalog)


def view(voice: Voice) -> dict[str, Any]:
    framework_id, _, name = voice.page.subject.partition("/")
    framework = voice.edition.catalog.by_id["frameworks"][framework_id]
    about = voice.say(f"framework.about.{name}")
    return {
        **head_of(voice, framework, voice.say(f"framework.{name}")),
        "description": about,
        "lede": about,
        "parts": list(REPORTS[name](voice, framework)),
        "others": [
            (report_link(voice, framework, other), voice.say(f"framework.{other}"))
            for other in REPORTS
            if other != name
        ],
        "hand_out": voice.link("framework-sessions", framework.id),
    }

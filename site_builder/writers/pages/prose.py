"""Pages of prose from Markdown: about, method, corrections, accessibility; the method page lists the code lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.plan.site_plan import GLOSSARY_PAGE
from site_builder.readers.markdown import title
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._definitions import figures, thresholds
from site_builder.writers.shapes import BY_MEANING, COMPLETION, SCHEDULE
from site_builder.writers.voice import Voice

TEMPLATE = "prose.html"
DEFINED = (
    "schedule_statuses",
    "statuses",
    "status_bases",
    "completions",
    "open_government_results",
    "potential_impacts",
    "ambitions",
    "provenance_statuses",
    "evidence_states",
    "self_assessment_levels",
    "repository_results",
)
"""Code lists that the method page defines, the statuses first."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for slug in sorted({slug for slug, _ in catalog.prose}):
        yield from in_languages("prose", slug, slug, catalog)


def view(voice: Voice) -> dict[str, Any]:
    catalog = voice.edition.catalog
    slug = voice.page.subject
    page = catalog.prose.get((slug, voice.code))
    if page is None:
        page = next(catalog.prose[slug, code] for code in catalog.codes if (slug, code) in catalog.prose)
    heading = title(page.markdown)
    return {
        "title": heading,
        "description": heading,
        "body": voice.prose(page.markdown),
        "body_language": "" if page.language == voice.code else page.language,
        "crumbs": [Crumb(voice.link("home"), voice.say("home"))],
        "here": Markup('<span lang="{}">{}</span>').format(page.language, heading)
        if page.language != voice.code
        else heading,
        "lists": [_list(voice, name) for name in DEFINED if name in catalog.codes_of] if slug == GLOSSARY_PAGE else [],
        "thresholds": thresholds(voice) if slug == GLOSSARY_PAGE else [],
        "figures": figures(voice) if slug == GLOSSARY_PAGE else [],
        "glossary": sorted(
            (
                (voice.text(record, "term"), voice.text(record, "definition"), record.id)
                for record in catalog.rows("glossary")
            ),
            key=lambda entry: voice.formats.alphabetical(str(entry[0])),
        )
        if slug == GLOSSARY_PAGE
        else [],
    }


def _list(voice: Voice, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "label": voice.say(f"codelist.{name}"),
        "codes": [
            {
                "code": record.get("code"),
                "label": voice.title_label(name, record.get("code")),
                "definition": voice.text(record, "definition"),
                "level": _level(voice, record.get("level")),
                "shape": _shape(name, record.get("code"), record.get("means")),
            }
            for record in voice.edition.catalog.codes_of[name]
        ],
    }


def _level(voice: Voice, level: int | None) -> str:
    """Return the place of a code on the scale on which the government and the reviewers are compared."""
    return "" if level is None else voice.say("method.level", level=level)


def _shape(name: str, code: str, means: str | None) -> str:
    if name == "statuses":
        return BY_MEANING.get(means or "", "")
    return {"schedule_statuses": SCHEDULE, "completions": COMPLETION}.get(name, {}).get(code, "")

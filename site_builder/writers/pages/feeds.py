"""The page that lists every feed and calendar and says in plain words how they are used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.follow import calendar_path, feed_path, rounds_path
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._changes import feeds, name_of
from site_builder.writers.pages._commitments import by_plan
from site_builder.writers.release_words import feed_path as release_feed
from site_builder.writers.voice import Voice

TEMPLATE = "feeds.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("feeds", "", "feeds", catalog)


def view(voice: Voice) -> dict[str, Any]:
    catalog = voice.edition.catalog
    plans = by_plan(voice)
    organisations = sorted(
        (record for record in catalog.rows("organisations") if record.get("kind") != "group"),
        key=lambda record: voice.formats.alphabetical(voice.plain(record, "name")),
    )
    parts = [
        (voice.say("feeds.whole"), [_entry(voice, "home", ""), _releases(voice)]),
        (voice.say("feeds.plans"), [entry for plan, _ in plans for entry in _of_plan(voice, plan)]),
        (voice.say("organisations"), [_entry(voice, "organisation", record.id) for record in organisations]),
    ]
    for plan, commitments in plans:
        entries = [_entry(voice, "commitment", record.id) for record in commitments]
        name = Markup(voice.say("feeds.commitments", plan="{}")).format(voice.text(plan, "short_title"))
        parts.append((name, entries))
    return {
        "title": voice.say("feeds"),
        "description": voice.say("feeds.lede"),
        "crumbs": [Crumb(voice.link("home"), voice.say("home"))],
        "here": voice.say("feeds"),
        "lede": voice.say("feeds.lede"),
        "hints": [voice.say("feeds.how_feed"), voice.say("feeds.how_calendar"), voice.say("feeds.private")],
        "parts": [(name, entries, any(entry[-1] for entry in entries)) for name, entries in parts if entries],
        "feeds": feeds(voice, "home", ""),
    }


def _entry(voice: Voice, kind: str, subject: str) -> tuple[str, str, str, str]:
    """Return the name of a thing and the links to its page, its feed and its calendar, empty where there is none."""
    calendar = calendar_path(kind, subject, voice.code)
    return (
        name_of(voice, kind, subject),
        voice.link(kind, subject),
        voice.to(feed_path(kind, subject, voice.code)),
        voice.to(calendar) if calendar in voice.edition.plan.files else "",
    )


def _of_plan(voice: Voice, plan: Record) -> Iterable[tuple[str, str, str, str]]:
    """Yield the entry of a plan, and that of its rounds of reports where it has any."""
    yield _entry(voice, "plan", plan.id)
    if href := voice.link("rounds", plan.id):
        name = Markup(voice.say("rounds.title", plan="{}")).format(voice.text(plan, "short_title"))
        yield name, href, "", voice.to(rounds_path(plan.id, voice.code))


def _releases(voice: Voice) -> tuple[str, str, str, str]:
    """Return the same for the releases of the data."""
    return voice.say("release.data"), voice.link("releases"), voice.to(release_feed(voice.code)), ""

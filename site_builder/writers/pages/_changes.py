"""Owns how pages show what happened: grouped by day and thing, old and new marked, with the ways to follow it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from site_builder.nouns.derived import Row
from site_builder.writers.edits import commit_address, told
from site_builder.writers.follow import calendar_path, edits_of, feed_path, happenings_of
from site_builder.writers.happenings import Told, plain
from site_builder.writers.pages._commitments import heading
from site_builder.writers.voice import Voice

LATEST = 8
"""Happenings on the page of the thing to which they happened."""
FEED, TABLE, EDITS = "application/atom+xml", "happenings", "events"


@dataclass(frozen=True, slots=True)
class Line:
    """One happening on a page."""

    href: str
    """Where it is told; empty: on this very page, nowhere in particular."""
    label: str
    """The milestone that it concerns, if any, and what kind of thing happened."""
    said: str
    commit: str = ""
    """Address of the commit that made an edit, where the site names its repository."""
    commit_name: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What happened on one day (or in a month or year) to one thing."""

    day: Markup
    href: str
    about: str
    """The commitment or plan; empty where the page is about it."""
    plan: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to follow something: a feed, a calendar, a table, a page."""

    href: str
    name: str


def what_changed(voice: Voice, kind: str, subject: str) -> dict[str, Any]:
    """Return the part "what changed" of a page, and its feed for those that read the head of the page."""
    rows = happenings_of(voice.edition, kind, subject)
    latest = groups(voice, rows[:LATEST], named=kind != "commitment")
    edits = edits_of(voice.edition, kind, subject)
    return {
        "changes": {
            "groups": latest,
            "note": voice.say("changes.latest", shown=min(LATEST, len(rows)), count=len(rows)) if rows else "",
            "edits": groups(voice, edits[:LATEST], named=kind != "commitment"),
            "edits_note": voice.say("changes.edits_latest", shown=min(LATEST, len(edits)), count=len(edits)),
            "limits": "" if voice.edition.history.past.is_known else limits(voice),
            "ways": ways(voice, kind, subject),
        },
        "feeds": feeds(voice, kind, subject),
    }


def groups(voice: Voice, rows: Iterable[Row], *, named: bool) -> list[Group]:
    """Return happenings, newest first, by day and thing; `named` says whether each group names its thing."""
    return [_group(voice, list(members), named=named) for _, members in groupby(rows, key=_day_and_thing)]


def limits(voice: Voice) -> str:
    """Return what is told of edits and what is not, or why nothing is."""
    past = voice.edition.history.past
    if past.cut_off is not None:
        return voice.say("changes.limits_cut_off", day=voice.day(past.cut_off))
    if not past.is_known:
        return voice.say("changes.limits_unknown")
    return voice.say("changes.limits", day=voice.day(past.publications[0].day))


def _day_and_thing(row: Row) -> tuple[str, str, str, str]:
    thing = "" if row["plan_id"] else row.get("organisation_id") or ""
    return row["happened_on"], row["plan_id"] or "", row.get("commitment_id") or "", thing


def _group(voice: Voice, rows: list[Row], *, named: bool) -> Group:
    catalog, first = voice.edition.catalog, rows[0]
    lines = tuple(_line(voice, told(voice, row)) for row in rows)
    day = voice.day(first["happened_on"])
    is_about_page = voice.page.kind == "plan" and not first.get("commitment_id")
    if not named or is_about_page:
        return Group(day, "", "", "", lines)
    plan = catalog.find("plans", first["plan_id"] or "")
    if plan is None:
        organisation = catalog.find("organisations", first.get("organisation_id") or "")
        if organisation is None or voice.page.subject == organisation.id:
            return Group(day, "", "", "", lines)
        return Group(day, voice.link("organisation", organisation.id), voice.text(organisation, "name"), "", lines)
    name = voice.text(plan, "short_title")
    commitment = catalog.find("commitments", first.get("commitment_id") or "")
    if commitment is None:
        return Group(day, voice.link("plan", plan.id), name, "", lines)
    about = name_of(voice, "commitment", commitment.id)
    return Group(day, voice.link("commitment", commitment.id), about, name, lines)


def _line(voice: Voice, happening: Told) -> Line:
    event = happening.row.get("event")
    label = voice.title_label("event_kinds" if event else "happening_kinds", happening.row["kind"])
    if happening.milestone is not None:
        of_milestone = Markup(voice.say("happening.of_milestone", number=happening.milestone, label="{}"))
        label = of_milestone.format(happening.label)
    href = voice.link(happening.kind, happening.subject)
    if (happening.kind, happening.subject) == (voice.page.kind, voice.page.subject):
        href = ""
    return Line(
        f"{href}#{happening.anchor}" if happening.anchor else href,
        label,
        happening.said,
        commit_address(voice.edition.catalog, event["commit_id"]) if event else "",
        event["commit_id"][:7] if event else "",
    )


def feeds(voice: Voice, kind: str, subject: str) -> list[dict[str, str]]:
    """Return the feed of a thing as the head of its page announces it."""
    path = feed_path(kind, subject, voice.code)
    if path not in voice.edition.plan.files:
        return []
    return [{"type": FEED, "title": feed_title(voice, kind, subject), "href": voice.to(path)}]


def feed_title(voice: Voice, kind: str, subject: str) -> str:
    """Return the title of a feed, without markup."""
    return voice.say("feed.title", name=plain(name_of(voice, kind, subject)))


def name_of(voice: Voice, kind: str, subject: str) -> str:
    """Return the name of what can be followed; one in another language is marked with it."""
    catalog = voice.edition.catalog
    if kind == "home":
        return voice.text(catalog.site, "title")
    if kind == "plan":
        return voice.text(catalog.by_id["plans"][subject], "title")
    if kind == "organisation":
        return voice.text(catalog.by_id["organisations"][subject], "name")
    commitment = catalog.by_id["commitments"][subject]
    name = Markup(voice.say("commitment.page_title", number=commitment.get("number"), title="{}"))
    return name.format(heading(voice, commitment)[0])


def ways(voice: Voice, kind: str, subject: str) -> list[Way]:
    """Return the ways to follow a thing that there are."""
    files = voice.edition.plan.files
    found = []
    for path, key in (
        (feed_path(kind, subject, voice.code), "changes.feed"),
        (calendar_path(kind, subject, voice.code), "changes.calendar"),
    ):
        if path in files:
            found.append(Way(voice.to(path), voice.say(key)))
    pages = (
        ("feeds", "", "changes.how"),
        ("changes", "", "changes.all"),
        ("table", TABLE, "changes.table"),
        ("table", EDITS, "changes.edits_table"),
    )
    for page_kind, page_subject, key in pages:
        href = voice.link(page_kind, page_subject)
        if href and page_kind != voice.page.kind:
            found.append(Way(href, voice.say(key)))
    return found

"""Owns what can be followed: which feeds and calendars there are, where they stand, which happenings they tell."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.derive.events.telling import in_short, with_happenings
from site_builder.derive.happenings import newest_first
from site_builder.nouns.derived import Row
from site_builder.nouns.edition import Edition
from site_builder.nouns.record import Catalog, Record

FOLDERS = {
    "home": "",
    "plan": "plans/{}/",
    "commitment": "commitments/{}/",
    "organisation": "organisations/{}/",
}
"""Folder of what can be followed, below that of the language, by kind of page; home stands for the whole site."""
TABLES = {"plan": "plans", "commitment": "commitments", "organisation": "organisations"}


def followed(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield kind and subject of everything that has a feed: whatever has a page, also before anything happens.

    One who waits for the first report on a commitment can only wait with a feed that is there already.
    """
    yield "home", ""
    for kind, table in TABLES.items():
        yield from ((kind, record.id) for record in catalog.rows(table) if record.get("kind") != "group")


def with_deadlines(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield kind and subject of everything that has a calendar: plans and organisations with a dated milestone."""
    for kind, subject in followed(catalog):
        if kind in ("plan", "organisation") and dated_milestones(catalog, kind, subject):
            yield kind, subject


def feed_path(kind: str, subject: str, language: str) -> str:
    """Return the path of a feed below the output folder."""
    return f"{language}/{FOLDERS[kind].format(subject)}feed.xml"


def calendar_path(kind: str, subject: str, language: str) -> str:
    """Return the path of a calendar below the output folder."""
    return f"{language}/{FOLDERS[kind].format(subject)}deadlines.ics"


def rounds_path(plan: str, language: str) -> str:
    """Return the path of the calendar of a plan's rounds of reports below the output folder."""
    return f"{language}/{FOLDERS['plan'].format(plan)}rounds.ics"


def with_rounds(catalog: Catalog) -> list[str]:
    """Return the ids of the plans that have rounds of reports."""
    return [plan.id for plan in catalog.rows("plans") if catalog.children(plan, "rounds")]


def round_anchor(record: Record) -> str:
    """Return the name of a round on the page of the rounds of its plan."""
    return f"round-{record.get('round')}"


def happenings_of(edition: Edition, kind: str, subject: str) -> list[Row]:
    """Return what happened to a thing, the newest first.

    To an organisation belongs what it reported, and all that happened to the commitments that it leads.
    """
    derived = edition.derived
    if kind == "home":
        return newest_first(derived.tables["happenings"])
    if kind != "organisation":
        return newest_first(derived.referring("happenings", f"{kind}_id", subject))
    rows = [*derived.referring("happenings", "organisation_id", subject)]
    for commitment in led_by(edition.catalog, subject):
        rows += derived.referring("happenings", "commitment_id", commitment.id)
    return newest_first({row["happening_id"]: row for row in rows}.values())


def edits_of(edition: Edition, kind: str, subject: str) -> list[Row]:
    """Return what was edited of a thing, the newest first; many alike of one commit are one.

    To an organisation belongs what was edited of itself and of the commitments that it leads.
    """
    derived = edition.derived
    if kind == "home":
        rows: tuple[Row, ...] = derived.tables.get("edits", ())
    else:
        rows = derived.referring("edits", f"{kind}_id", subject)
    if kind == "organisation":
        led = led_by(edition.catalog, subject)
        rows += tuple(row for commitment in led for row in derived.referring("edits", "commitment_id", commitment.id))
    return in_short(rows, f"{kind}/{subject}")


def all_of(edition: Edition, kind: str, subject: str) -> list[Row]:
    """Return what happened to a thing and what was edited of it, the newest first."""
    return with_happenings(happenings_of(edition, kind, subject), edits_of(edition, kind, subject))


def led_by(catalog: Catalog, organisation: str) -> list[Record]:
    """Return the commitments that an organisation leads, each once, by id."""
    links = catalog.referring("commitment_organisations", "organisation_id", organisation)
    ids = sorted({link.get("commitment_id") for link in links if link.get("role") == "lead"})
    return [record for record in map(catalog.by_id["commitments"].get, ids) if record is not None]


def dated_milestones(catalog: Catalog, kind: str, subject: str) -> list[Record]:
    """Return the milestones with a deadline, of a plan or of the commitments that an organisation leads."""
    commitments = catalog.referring("commitments", "plan_id", subject) if kind == "plan" else led_by(catalog, subject)
    return [
        record
        for commitment in commitments
        for record in catalog.children(commitment, "milestones")
        if record.get("due_current") or record.get("due_baseline")
    ]

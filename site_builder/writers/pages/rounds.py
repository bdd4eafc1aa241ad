"""The rounds of reports of a plan: until when who is to report on what, and who has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from site_builder.derive.rounds import Debt, debts_of, round_of
from site_builder.nouns.derived import Row
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.writers.follow import round_anchor, rounds_path, with_rounds
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._commitments import heading
from site_builder.writers.shapes import ROUND
from site_builder.writers.voice import Voice

TEMPLATE = "rounds.html"
SHOWN = 20
"""Commitments without a report that are named in a cell; of more the number is told."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for plan in with_rounds(catalog):
        yield from in_languages("rounds", plan, f"plans/{plan}/rounds", catalog)


def view(voice: Voice) -> dict[str, Any]:
    catalog = voice.edition.catalog
    plan = catalog.by_id["plans"][voice.page.subject]
    rounds = sorted(catalog.children(plan, "rounds"), key=lambda record: (record.get("due_on"), record.id))
    name = voice.plain(plan, "short_title")
    return {
        "title": voice.say("rounds.title", plan=name),
        "heading": voice.say("rounds"),
        "description": voice.say("rounds.description", plan=name),
        "crumbs": [
            Crumb(voice.link("home"), voice.say("home")),
            Crumb(voice.link("plan", plan.id), voice.text(plan, "short_title")),
        ],
        "here": voice.say("rounds"),
        "kicker": voice.named("plan", plan, "short_title"),
        "lede": _with_day(voice, "rounds.lede", voice.edition.derived.as_of),
        # the next one first, those that are long gone last
        "rounds": [_round(voice, record) for record in reversed(rounds)],
        "deadlines": voice.link("deadlines", plan.id),
        "calendar": voice.to(rounds_path(plan.id, voice.code)),
        "table": voice.link("table", "round_summary"),
        "csv": voice.to("data/latest/round_summary.csv"),
        "json": voice.to("data/latest/round_summary.json"),
    }


def _round(voice: Voice, record: Record) -> dict[str, Any]:
    rows = voice.edition.derived.referring("round_summary", "round_id", record.id)
    debts = {debt.organisation: debt for debt in debts_of(voice.edition.catalog, round_of(record))}
    # of a round that is over nobody asks any more when it began
    opens = record.get("opens_on") if record.get("due_on") >= voice.edition.derived.as_of else None
    return {
        "id": round_anchor(record),
        "heading": voice.say("rounds.round", round=record.get("round")),
        "due": _due(voice, record, rows),
        "opens": _with_day(voice, "rounds.opens", opens) if opens else "",
        "note": voice.text(record, "note"),
        "caption": voice.say("rounds.caption", round=record.get("round")),
        "rows": [_row(voice, row, debts[row["organisation_id"]]) for row in rows],
    }


def _due(voice: Voice, record: Record, rows: tuple[Row, ...]) -> Markup:
    """Return the last day of a round and, while it lies ahead, how many days are left."""
    if record.get("due_on") < voice.edition.derived.as_of:
        return _with_day(voice, "rounds.due_past", record.get("due_on"))
    if not rows:
        return _with_day(voice, "rounds.due", record.get("due_on"))
    return _with_day(voice, "rounds.due_left", record.get("due_on"), count=rows[0]["days_to_due"])


def _row(voice: Voice, row: Row, debt: Debt) -> dict[str, Any]:
    catalog, number = voice.edition.catalog, voice.formats.number
    organisation = catalog.by_id["organisations"][row["organisation_id"]]
    missing = [catalog.by_id["commitments"][name] for name in debt.missing]
    late = row["days_overdue"]
    return {
        "organisation": voice.named("organisation", organisation),
        "owed": number(row["owed"]),
        "reported": number(row["reported"]),
        "unchanged": number(row["unchanged"]),
        "missing": number(row["missing"]),
        "commitments": [
            (voice.link("commitment", item.id), item.get("number"), heading(voice, item)[0]) for item in missing[:SHOWN]
        ],
        "more": voice.say("rounds.more", count=len(missing) - SHOWN) if len(missing) > SHOWN else "",
        "shape": ROUND[row["state"]],
        "state": voice.say("rounds.late", count=late) if late else voice.title_label("round_states", row["state"]),
        "is_late": bool(late),
    }


def _with_day(voice: Voice, key: str, day: Any, **values: int) -> Markup:
    return Markup(voice.say(key, day="{}", **values)).format(voice.day(day))

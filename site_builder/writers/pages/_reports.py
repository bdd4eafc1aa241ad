"""Owns what a commitment page says of the government's reports: dated, with evidence, obstacles and moved dates."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from site_builder.nouns.record import Record
from site_builder.writers.facts import facts_of
from site_builder.writers.happenings import report_anchor
from site_builder.writers.voice import Voice


def log(voice: Voice, commitment: Record) -> list[dict[str, Any]]:
    """Return the updates of a commitment, newest first."""
    catalog = voice.edition.catalog
    updates = sorted(
        catalog.referring("updates", "commitment_id", commitment.id),
        key=lambda record: (record.get("reported_on"), record.id),
        reverse=True,
    )
    entries = []
    for update in updates:
        organisation = catalog.find("organisations", update.get("organisation_id") or "")
        entries.append(
            {
                "anchor": report_anchor(update),
                "day": voice.day(update.get("reported_on")),
                "round": update.get("round"),
                "by": voice.named("organisation", organisation) if organisation else "",
                "no_change": bool(update.get("no_change")),
                "entries": [_item(voice, item) for item in catalog.children(update, "update_items")],
            }
        )
    return entries


def _item(voice: Voice, item: Record) -> dict[str, Any]:
    catalog = voice.edition.catalog
    fields = catalog.schemas["update_items"].by_name
    milestone = catalog.find("milestones", item.get("milestone_id") or "")
    title: Any = voice.say("report.whole")
    if milestone:
        title = Markup('<a href="#{}">{}</a>').format(
            milestone.id.rsplit("-", 1)[-1], voice.say("report.milestone", number=milestone.get("number"))
        )
    moves = [
        {
            "old": voice.day(row.get("old_due")),
            "new": voice.day(row.get("new_due")),
            "days": voice.say("milestone.slippage", count=(row.get("new_due") - row.get("old_due")).days),
            "reason": voice.rich(row, catalog.schemas["date_changes"].by_name["reason"]),
            "decision": voice.text(row, "decision"),
        }
        for row in catalog.children(item, "date_changes")
    ]
    return {
        "title": title,
        "status": voice.label("statuses", item.get("status")) if item.get("status") else "",
        "note": voice.rich(item, fields["note"]),
        "facts": facts_of(voice, item, besides=frozenset({"milestone_id", "status", "note"})),
        "moves": moves,
        "evidence": [_evidence(voice, row) for row in catalog.children(item, "evidence")],
    }


def _evidence(voice: Voice, row: Record) -> dict[str, Any]:
    return {
        "title": voice.text(row, "title"),
        "href": row.get("url") or "",
        "archived": row.get("archived_url") or "",
        "kind": voice.title_label("evidence_kinds", row.get("kind")),
        "dated": voice.partial(row, "dated_on"),
        "independent": voice.say("report.independent" if row.get("independent") else "report.self_reported")
        if row.get("independent") is not None
        else "",
    }

"""For programs: one JSON object with every event, nothing cut off, sentences in each language."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from site_builder.nouns.derived import Row
from site_builder.shell.reports.json import finding_row
from site_builder.writers.proposals.segments import Segment
from site_builder.writers.proposals.telling import Proposal, Telling, telling

COLUMNS = (
    *("kind", "table_name", "record_id", "field", "old_value", "new_value", "days", "reason", "decision"),
    *("commitment_id", "milestone_id"),
)
"""Columns of table events that a change has; those of a commit it has not yet."""


def emit(proposal: Proposal, languages: tuple[str, ...]) -> str:
    """Return what changed, by thing, with the sentences of the other forms."""
    told = {language: telling(proposal, language) for language in languages}
    changes, bulk = proposal.changes, proposal.changes.bulk
    tree = {
        "verdict": "passed" if proposal.passes else "not_yet",
        "as_of": proposal.as_of,
        "told": {language: one.verdict for language, one in told.items()},
        "summary": {language: one.summary for language, one in told.items()},
        "mistakes": [finding_row(finding, proposal.wording, languages) for finding in proposal.introduced],
        "bulk": {
            "deleted_records": bulk.deleted,
            "deleted_without_tombstone": bulk.unexplained,
            "changed_files": bulk.files,
            "organisations": list(bulk.organisations),
            "limits": {
                "deleted_records": bulk.limits.deleted,
                "changed_files": bulk.limits.files,
                "organisations": bulk.limits.organisations,
            },
            "deletes_many": bulk.deletes_many,
            "changes_many": bulk.changes_many,
            "allowed": proposal.allows_bulk,
        },
        "unreadable": list(changes.unreadable),
        "unreadable_before": list(changes.unread_before),
        "things": list(_things(told, changes.stale)),
        "counts": None if changes.effects is None else _counts(proposal, told),
        "other_files": [
            {"path": file.path, "told": {language: _text(one.files[place]) for language, one in told.items()}}
            for place, file in enumerate(changes.other_files)
        ],
        "files_that_differ_in_form_only": changes.in_form_only,
    }
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def _things(told: dict[str, Telling], stale: Any) -> Iterable[dict[str, Any]]:
    first = next(iter(told.values()))
    for place, section in enumerate(first.sections):
        same = {language: one.sections[place] for language, one in told.items()}
        yield {
            "kind": section.kind,
            "id": section.subject,
            "title": {language: one.title for language, one in same.items()},
            "url": {language: one.href for language, one in same.items() if one.href},
            "changes": [
                {
                    **_values(line.event),
                    "stale": list(stale.get(line.event["event_id"], ())),
                    "told": {language: _text(one.lines[number].segments) for language, one in same.items()},
                }
                for number, line in enumerate(section.lines)
            ],
        }


def _values(event: Row) -> dict[str, Any]:
    return {name.removesuffix("_name"): event[name] for name in COLUMNS}


def _counts(proposal: Proposal, told: dict[str, Telling]) -> list[dict[str, Any]]:
    return [
        {
            "plan_id": effect.plan,
            "count": effect.column,
            "before": effect.before,
            "after": effect.after,
            "told": {language: one.effects[place] for language, one in told.items() if one.effects},
        }
        for place, effect in enumerate(proposal.changes.effects or ())
    ]


def _text(segments: Iterable[Segment]) -> str:
    """Return a sentence in which what was taken out and put in is marked as at a terminal."""
    forms = {"": "{}", "del": "[-{}-]", "ins": "{{+{}+}}", "code": "{}"}
    return "".join(forms[mark].format(text) for mark, text in segments)

"""Owns which shape stands before which status, so that no status depends on colour."""

from __future__ import annotations

BY_MEANING = {
    "": "unknown",
    "waiting": "hollow",
    "open": "half",
    "done": "full",
    "ended": "most",
    "continued": "most",
    "dropped": "crossed",
}
"""Shape of a reported status by its fixed word."""
COMPLETION = {
    "no_evidence": "unknown",
    "not_started": "hollow",
    "limited": "quarter",
    "substantial": "most",
    "complete": "full",
}
"""Shape of OGP's completion scale."""
SCHEDULE = {
    "done_on_time": "full",
    "done_late": "full",
    "done_undated": "full",
    "due_later": "hollow",
    "due_soon": "hollow",
    "overdue": "half",
    "no_date": "unknown",
    "closed_unfinished": "most",
    "continued": "most",
    "unfinished_at_end": "half",
    "not_reported": "hollow",
    "withdrawn": "crossed",
}
"""Shape of a schedule status."""
ROUND = {"complete": "full", "open": "hollow", "not_open": "hollow", "late": "half"}
"""Shape of how an organisation stands with a round of reports."""
PERIOD = {
    **SCHEDULE,
    "no_date": "dash",
    "closed_unfinished": "barred",
    "continued": "onward",
    "not_reported": "unknown",
}
"""Shape of a schedule status where no word stands beside it: what differs looks different."""
TICK = {
    "unknown": "hollow",
    "hollow": "hollow",
    "quarter": "half",
    "half": "half",
    "most": "half",
    "full": "full",
    "crossed": "crossed",
}
"""Shape on the time band, which has four."""
RESULT = {"met": "full", "partly": "half", "not_met": "hollow", "not_testable": "unknown"}
"""Shape of the result of a test of the repository."""
COVERAGE = {"covered": "full", "implicit": "half", "untouched": "hollow", "irrelevant": "dash", "": "unknown"}
"""Shape of the mark of an issue seen through a concept, by its fixed word."""

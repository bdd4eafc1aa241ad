"""Who owes a report: the rows, the page that shows them, the calendar of the last days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from conftest import FICTIONAL_DAY, Files
from icalendar import Calendar
from test_pages import parsed, words_of

from site_builder.composition import Checked
from site_builder.derive.picture import as_seen_on
from site_builder.derive.rounds import Round, debts_of, round_rows, state_of
from site_builder.nouns.edition import Edition
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.row_cells import Cell

LANGUAGES = ("en", "mn")


def rows_of(edition: Edition, round_id: str) -> dict[str, tuple[Any, ...]]:
    rows = edition.derived.referring("round_summary", "round_id", round_id)
    names = ("owed", "reported", "unchanged", "missing", "state", "days_to_due", "days_overdue")
    return {row["organisation_id"]: tuple(row[name] for name in names) for row in rows}


def test_what_each_lead_organisation_owes_was_worked_out_by_hand(fictional_edition: Edition) -> None:
    # c05 has no lead among the organisations, so that nobody owes its report; the others have one each
    assert rows_of(fictional_edition, "fic1-2026-h1") == {
        "atlas-agency": (1, 0, 0, 1, "late", None, 5),
        "lighthouse-agency": (3, 3, 0, 0, "complete", None, None),
        "ministry-of-examples": (1, 1, 0, 0, "complete", None, None),
    }
    # the update of 2026-08-01 is not known yet
    assert rows_of(fictional_edition, "fic1-2026-h2") == {
        "atlas-agency": (1, 0, 0, 1, "not_open", 199, None),
        "lighthouse-agency": (3, 0, 0, 3, "not_open", 199, None),
        "ministry-of-examples": (1, 0, 0, 1, "not_open", 199, None),
    }


@pytest.mark.parametrize(
    ("day", "missing", "state"),
    [
        (date(2026, 6, 30), 1, "not_open"),
        (date(2026, 7, 1), 1, "open"),
        (date(2027, 1, 15), 1, "open"),
        (date(2027, 1, 16), 1, "late"),
        (date(2027, 1, 16), 0, "complete"),
        (date(2026, 6, 30), 0, "complete"),
    ],
)
def test_a_report_is_late_from_the_day_after_the_last(day: date, missing: int, state: str) -> None:
    assert state_of(Round("fic1", "2026-h2", date(2026, 7, 1), date(2027, 1, 15)), missing, day) == state


def changed(catalog: Catalog, table: str, record_id: str, column: str, *, value: object) -> Catalog:
    def one(record: Record) -> Record:
        if record.id != record_id:
            return record
        return record._replace(cells={**record.cells, column: Cell(value, record.location, 1)})

    return replace(catalog, tables={**catalog.tables, table: tuple(map(one, catalog.rows(table)))})


def test_what_earlier_reports_closed_is_not_asked_for_again_but_counts_when_reported(fictional: Checked) -> None:
    asked = Round("fic1", "2027-h1", date(2027, 1, 20), date(2027, 2, 1))
    catalog = as_seen_on(fictional.catalog, date(2027, 1, 31))

    def owed(content: Catalog, wanted: Round) -> tuple[str, ...]:
        return next(debt.owed for debt in debts_of(content, wanted) if debt.organisation == "lighthouse-agency")

    assert owed(catalog, asked) == ("fic1-c01", "fic1-c03", "fic1-c04")
    closed = changed(catalog, "update_items", "fic1-2026-h1-c03-all", "status", value="withdrawn")
    assert owed(closed, asked) == ("fic1-c01", "fic1-c04")
    # of a round that ended before, it was owed
    assert "fic1-c03" in owed(closed, Round("fic1", "2026-h1", None, date(2026, 6, 25)))


def test_a_report_that_nothing_changed_is_a_report(fictional: Checked) -> None:
    catalog = as_seen_on(fictional.catalog, FICTIONAL_DAY)
    told = changed(catalog, "updates", "fic1-2026-h1-c03", "no_change", value=True)
    (row,) = (
        row
        for row in round_rows(told, FICTIONAL_DAY)
        if (row["round_id"], row["organisation_id"]) == ("fic1-2026-h1", "lighthouse-agency")
    )
    assert (row["owed"], row["reported"], row["unchanged"], row["missing"]) == (3, 3, 1, 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_each_round_with_its_rows_the_next_one_first(
    language: str, fictional_edition: Edition, fictional_outputs: Files
) -> None:
    path = f"{language}/plans/fic1/rounds/index.html"
    page = parsed(path, fictional_outputs[path])
    sections = [node for node in page.every("section") if (node.get("id") or "").startswith("round-")]
    assert [node.get("id") for node in sections] == [
        f"round-{name}" for name in ("2026-h2", "2026-h1", "2025-h2", "2025-h1")
    ]
    for section in sections:
        rows = rows_of(fictional_edition, f"fic1-{str(section.get('id')).removeprefix('round-')}")
        shown = [node for node in section.iter() if node.tag == "tr"][1:]
        assert len(shown) == len(rows)
        for node, row in zip(shown, rows.values(), strict=True):
            cells = [words_of(cell) for cell in node if cell.tag == "td"]
            assert cells[:3] == [str(number) for number in row[:3]]
            assert cells[3].split()[0] == str(row[3])
            assert len([link for link in node.iter() if link.tag == "a"]) == 1 + row[3]
    late = next(node for node in sections if node.get("id") == "round-2026-h1")
    assert ("late by 5 days" if language == "en" else "5 хоног хоцорсон") in words_of(late)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_linked_where_the_plan_has_rounds_and_nowhere_else(
    language: str, fictional_outputs: Files, real_outputs: Files
) -> None:
    for page in ("", "deadlines/"):
        assert "rounds/index.html" in fictional_outputs[f"{language}/plans/fic1/{page}index.html"].decode()
        assert "rounds/index.html" not in fictional_outputs[f"{language}/plans/fic0/{page}index.html"].decode()
    assert not [
        path for path in (*real_outputs, *fictional_outputs) if "/fic0/rounds" in path or "/nap3/rounds" in path
    ]


def test_the_calendar_has_the_last_day_of_each_round_and_who_still_owes(fictional_outputs: Files) -> None:
    calendar = Calendar.from_ical(fictional_outputs["en/plans/fic1/rounds.ics"])
    events = {event["DTSTART"].dt: event for event in calendar.walk("VEVENT")}
    assert sorted(events) == [date(2025, 7, 15), date(2026, 1, 15), date(2026, 6, 25), date(2027, 1, 15)]
    told = str(events[date(2026, 6, 25)]["DESCRIPTION"])
    assert "Atlas Agency: 1 of 1" in told and "Lighthouses" not in told
    assert str(events[date(2026, 6, 25)]["URL"]).endswith("/en/plans/fic1/rounds/#round-2026-h1")

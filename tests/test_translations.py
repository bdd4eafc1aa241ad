"""Translations: their state comes from the content and its history, their rules from what can be compared."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import ROOT, Files
from manual import NOW, base_files, folder_of

from site_builder.composition import Checked, Inputs, check, edition
from site_builder.derive.translation import translation_counts, translation_rows
from site_builder.nouns.derived import Row
from site_builder.nouns.edition import History
from site_builder.nouns.past import Past
from site_builder.nouns.record import Catalog
from site_builder.readers.numbers_in_text import links_of, marks_of, numbers_of
from site_builder.shell.wording import Wording

TITLE = ("commitments", "fic1-c01", "title")
PLAN, C01 = "content/plans/demo/plan.yaml", "content/plans/demo/commitments/c01.yaml"
FOLDERS = {"content": "content", "schemas": "schemas", "theme": "themes/default"}
TRANSLATED = "fic1-c01"
"""Its Mongolian title is a translation of ours."""


def edit(place: int, column: str, *, old: str | None = "before", new: str | None = "after") -> Row:
    """An event of the history: on the day of its number in January 2026."""
    told = {"table_name": "commitments", "record_id": TRANSLATED, "kind": "text_changed"}
    return {
        **told,
        "field": column,
        "old_value": old,
        "new_value": new,
        "place": place,
        "published_on": date(2026, 1, place),
    }


def state(catalog: Catalog, events: list[Row], language: str = "mn") -> tuple[str, date | None]:
    """State of the title in a language, and since when."""
    rows = (row for row in translation_rows(catalog, events) if row["language"] == language)
    return next(
        (row["state"], row["since"]) for row in rows if (row["table_name"], row["record_id"], row["field"]) == TITLE
    )


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([], ("own_translation", None), id="nothing happened"),
        pytest.param([edit(3, "title_en")], ("stale", date(2026, 1, 3)), id="reworded in one language"),
        pytest.param([edit(3, "title_en"), edit(3, "title_mn")], ("own_translation", None), id="in both at once"),
        pytest.param([edit(3, "title_en"), edit(5, "title_mn")], ("own_translation", None), id="caught up"),
        pytest.param([edit(3, "title_en", new="Before!")], ("own_translation", None), id="a point and a capital"),
        pytest.param([edit(3, "title_en", old=None)], ("own_translation", None), id="came later"),
        pytest.param(
            [edit(3, "title_en"), edit(5, "title_en", old="after", new="again")],
            ("stale", date(2026, 1, 3)),
            id="since the first",
        ),
    ],
)
def test_a_text_is_stale_since_another_language_was_reworded(
    fictional: Checked, events: list[Row], expected: tuple[str, date | None]
) -> None:
    assert state(fictional.catalog, events) == expected


def test_a_bettered_translation_leaves_its_original_as_it_is(fictional: Checked) -> None:
    assert state(fictional.catalog, [edit(3, "title_mn")], "en") == ("present", None)


def test_who_catches_up_makes_the_other_language_not_stale(fictional: Checked) -> None:
    events = [edit(3, "title_en"), edit(5, "title_mn"), edit(6, "title_en", new="more")]
    assert state(fictional.catalog, events[:2], "en") == ("present", None)
    assert state(fictional.catalog, events) == ("stale", date(2026, 1, 6))


def base_with(*changes: tuple[str, str, str]) -> dict[str, bytes]:
    """The smallest content with texts in other places: file, what stands there, what comes instead."""
    files = base_files(ROOT)
    for file, old, new in changes:
        text = files[file].decode()
        assert text.count(old) == 1, old
        files[file] = text.replace(old, new).encode()
    return files


def checked_of(files: Files, wording: Wording) -> Checked:
    folders = {kind: folder_of(files, name) for kind, name in FOLDERS.items()}
    return check(Inputs(**folders, as_of=NOW, wording=wording))


def plan_edit(place: int) -> Row:
    return {**edit(place, "title_en", new=f"after {place}"), "table_name": "plans", "record_id": "demo"}


def test_a_checked_translation_is_stale_only_after_a_later_change(wording: Wording) -> None:
    entry = "  - fields: [title.mn]\n    status: own_translation\n    checked_on: 2026-01-04\n"
    old = "  - fields: [number, title, short_title,"
    checked = checked_of(base_with((PLAN, old, f"{entry}  - fields: [number, title.en, short_title,")), wording)
    assert not checked.findings

    def told(*events: Row) -> tuple[str, date | None]:
        rows = translation_rows(checked.catalog, events)
        return next(
            (row["state"], row["since"])
            for row in rows
            if (row["table_name"], row["field"], row["language"]) == ("plans", "title", "mn")
        )

    assert told(plan_edit(3), plan_edit(4)) == ("checked", date(2026, 1, 4))
    assert told(plan_edit(3), plan_edit(9)) == ("stale", date(2026, 1, 9))


def test_the_history_of_the_content_tells_what_is_stale(demo: Checked, past: Past) -> None:
    """A commit of the scripted history rewords a text in one language; without a history nothing is said of it."""
    with_past = edition(demo, history=History(past=past)).derived.tables["translation_state"]
    without = edition(demo).derived.tables["translation_state"]
    stale = [row for row in with_past if row["state"] == "stale"]
    assert stale
    assert all(row["since"] is not None for row in stale)
    assert not [row for row in without if row["state"] == "stale"]


def test_every_text_counts_in_one_state(demo: Checked, past: Past) -> None:
    tables = edition(demo, history=History(past=past)).derived.tables
    rows = list(translation_counts(tables["translation_state"], demo.as_of))
    assert rows == list(tables["translation_summary"])
    for row in rows:
        states = ("present", "own_translation", "missing", "checked", "stale")
        assert row["text_count"] == sum(row[f"{name}_count"] for name in states)


# Rules


def test_a_file_that_lacks_a_language_gets_one_finding(wording: Wording) -> None:
    """translations-missing: eleven texts or more."""
    milestones = "".join(
        f'  - id: m{number}\n    number: {number}\n    due_baseline: 2027-03-01\n    title:\n      en: "No. {number}"\n'
        for number in range(10, 21)
    )
    files = base_with((C01, "measures:\n", f"{milestones}measures:\n"))
    findings = [finding for finding in checked_of(files, wording).findings if "missing" in finding.name]
    assert [(finding.name, dict(finding.arguments)["count"]) for finding in findings] == [
        ("translations-missing", "11")
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,200 of 1 200 and 12 000 000", {"1200", "12000000"}),
        ("2019-01-05 and 07", {"2019", "1", "5", "7"}),
        ("1,5 and 1.5", {"1.5"}),
        ("2018, 120 people, 15th", {"2018", "120", "15"}),
        ("MN0035, https://example.org/2019", set()),
    ],
)
def test_a_number_is_the_same_however_it_is_written(text: str, numbers: set[str]) -> None:
    assert numbers_of(text) == numbers


def test_a_code_is_the_same_whatever_ending_it_has() -> None:
    assert marks_of("MN0035-ын тухай, MN0036.") == {"MN0035", "MN0036"}
    assert links_of("[a](nap3-c01), https://example.org/a.") == {"nap3-c01", "https://example.org/a"}


SILENT = [
    pytest.param("List the three tenders of 2026", "2026 оны 3 тендерийг жагсаах", id="a number in words"),
    pytest.param("List the tenders of June 2026", "2026 оны 6 дугаар сарын тендер", id="a month in words"),
    pytest.param("List 1,200 tenders of MN0035", "MN0035-ын 1 200 тендер", id="separators and endings"),
    pytest.param("List 12 pages of 2026", "12 pages of 2026", id="short"),
]


@pytest.mark.parametrize(("one", "other"), SILENT)
def test_what_only_looks_different_is_no_finding(one: str, other: str, wording: Wording) -> None:
    files = base_with((C01, "List the tenders of 2026", one), (C01, "2026 оны тендерийг жагсаах", other))
    assert [finding.name for finding in checked_of(files, wording).findings] == []

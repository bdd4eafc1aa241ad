"""A round in workbooks: what goes out, what comes back as updates, and each slip at its cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from conftest import FICTIONAL_DAY, ROOT, Files
from python_calamine import CalamineWorkbook, SheetVisibleEnum
from round_books import Cells, edited, filled, with_cell

from site_builder.composition import Checked
from site_builder.derive.picture import as_seen_on
from site_builder.derive.reports import newest_reports
from site_builder.derive.rounds import Round, debts_of
from site_builder.interchange.issue_update import LONGEST_TEXT
from site_builder.interchange.rounds.book import Book, Order, book_of
from site_builder.interchange.rounds.columns import names_of
from site_builder.interchange.rounds.judging import at_cells
from site_builder.interchange.rounds.sheets import read_seal
from site_builder.interchange.rounds.updates import Returned, read_returned
from site_builder.interchange.rounds.workbook import workbook
from site_builder.nouns.diagnostic import Location, found
from site_builder.readers import xlsx
from site_builder.readers.xlsx import WorkbookRefused, read_workbook
from site_builder.shell.cli import main
from site_builder.shell.wording import Wording, load_wording

NAME = "fic1-2027-h1-lighthouse-agency.xlsx"
ROUND = Round("fic1", "2027-h1", None, date(2027, 7, 15))
GOOD: Mapping[str, Cells] = {
    "milestones": {
        "G7": "completed",
        "H7": 1,
        "I7": date(2026, 7, 20),
        "J7": "The desk of corrections is open.\nAll day.",
        "K7": "Залруулгын ширээ нээлттэй.",
        "Q8": "yes",
        "G15": "хэрэгжиж байгаа",
        "H15": "72,5 %",
        "L15": date(2027, 3, 31),
        "N15": "Шинэ хуанли хэвлэж байна.",
        "O15": "Council for the Open Plan, Decision 12 (invented)",
    },
    "evidence": {
        "A3": "c01-m04 · 4. Let citizens correct a wrong entry",
        "B3": "web page",
        "C3": "The desk of corrections",
        "E3": "https://example.org/desk.html",
        "F3": "2026-07",
        "G3": "no",
    },
}
SAYS = {code: (lambda key, code=code, **values: load().say(key, code, **values)) for code in ("en", "mn")}


@cache
def load() -> Wording:
    return load_wording()


@pytest.fixture(scope="module")
def book(fictional: Checked) -> bytes:
    """The workbook of the agency, as of the day of the tests."""
    return made(fictional, "en")


def made(checked: Checked, language: str) -> bytes:
    return workbook(told(checked, language), SAYS)


def told(checked: Checked, language: str) -> Book:
    """What the workbook of the agency says."""
    catalog = as_seen_on(checked.catalog, FICTIONAL_DAY)
    (debt,) = (debt for debt in debts_of(catalog, ROUND) if debt.organisation == "lighthouse-agency")
    order = Order(ROUND, language, SAYS[language])
    return book_of(catalog, newest_reports(catalog), debt, order)


def slips(content: bytes, checked: Checked) -> list[str]:
    """What is wrong in a workbook: the cell, or the file, with the rule and the suggestion."""
    catalog = as_seen_on(checked.catalog, FICTIONAL_DAY)
    found, wrong = read_returned(Returned(NAME, content), catalog, date(2026, 8, 1), SAYS)
    assert not (found and wrong.all)
    told = []
    for slip in wrong.all:
        for code in SAYS:
            assert load().message(slip.finding, code) != slip.finding.name
            assert "{" not in load().message(slip.finding, code) + load().hint(slip.finding, code)
        place = slip.place.shown.removeprefix(NAME).strip()
        told.append(" ".join(part for part in (place, slip.finding.name, slip.finding.suggestion) if part))
    return told


@pytest.fixture
def content(fictional_content: Files, tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    for path, text in fictional_content.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


# What goes out


def test_the_same_input_gives_the_same_bytes(book: bytes, fictional: Checked) -> None:
    assert made(fictional, "en") == book
    assert made(fictional, "mn") != book


@pytest.mark.parametrize(("language", "status"), [("en", "in progress"), ("mn", "хэрэгжиж байгаа")])
def test_a_workbook_shows_how_things_stand_in_its_language(fictional: Checked, language: str, status: str) -> None:
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(made(fictional, language)))
    assert [item.visible for item in sheets.sheets_metadata] == [SheetVisibleEnum.Visible] * 3 + [
        SheetVisibleEnum.Hidden
    ]
    guide, milestones = (sheets.get_sheet_by_index(number).to_python(skip_empty_area=False) for number in (0, 1))
    assert any("2027-07-15" in str(row[0]) for row in guide)
    assert any("заавар" in str(row) or "Хүснэгт" in str(row) or "бөглөнө" in str(row) for row in guide)
    rows = {row[1]: row for row in milestones[2:]}
    assert rows["c01-m04"][3:6] == ["2026-07-31", status, "2026-06-20"]
    assert all(not any(row[6:]) for row in rows.values())


def test_cells_that_tell_are_locked_and_those_to_fill_are_not(book: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet, styles = (archive.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet2", "styles"))
    assert "<sheetProtection sheet=" in sheet and "password" not in sheet
    assert 'type="list"' in sheet and 'locked="0"' in styles


def test_a_text_that_looks_like_marks_of_a_format_stands_as_it_is(fictional: Checked) -> None:
    texts = ("<r>a & b</r>", "<r><t>bold</t></r>")
    book = told(fictional, "en")
    lines = tuple(replace(line, locked=(text, *line.locked[1:])) for line, text in zip(book.lines, texts, strict=False))
    sheets = read_workbook(workbook(replace(book, lines=lines), SAYS))
    assert tuple(sheets[1].at(row, 0) for row in (2, 3)) == texts
    seal = read_seal(sheets)
    assert seal and tuple(row[0] for row in seal.rows.values()) == texts


def test_new_round_says_who_owes_what_and_never_writes_over_a_filled_workbook(content: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call = ("new-round", "2027-h1", "--plan", "fic1", "--content", content, "--out", out, "--as-of", FICTIONAL_DAY)
    before = (content / "plans/fic1/plan.yaml").read_bytes()
    first = run(*call, "--due", "2027-07-15")
    assert first.exit_code == 0 and "  - round: 2027-h1\n    due_on: 2027-07-15\n" in first.output
    assert "(lighthouse-agency): 3 to report on: c01, c03, c04." in first.output
    assert (content / "plans/fic1/plan.yaml").read_bytes() == before
    assert sorted(file.name for file in out.iterdir())[1] == NAME
    assert run(*call, "--due", "2027-07-15").exit_code == 0
    (out / NAME).write_bytes(b"filled")
    assert run(*call, "--due", "2027-07-15").exit_code == 2
    assert (out / NAME).read_bytes() == b"filled"


def test_a_report_that_lacks_its_day_keeps_nobody_from_making_workbooks(content: Path, tmp_path: Path) -> None:
    update = content / "plans/fic1/updates/2027-h1/c01.yaml"
    update.parent.mkdir()
    update.write_text("organisation: lighthouse-agency\nitems:\n  - milestone: m04\n    status: in_progress\n")
    due = ("--due", "2027-07-15", "--as-of", FICTIONAL_DAY)
    call = ("new-round", "2027-h1", "--plan", "fic1", "--content", content, "--out", tmp_path / "out", *due)
    done = run(*call)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / NAME).is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("2026-h2", "--plan", "fic9"), "There is no plan fic9"),
        (("../up", "--plan", "fic1"), "cannot be the name of a round"),
        (("2026-h2", "--plan", "fic1", "--due", "2027-01-16"), "gives 2027-01-15"),
        (("2026-h2", "--plan", "fic1", "--lang", "xx"), "has no language xx"),
    ],
)
def test_what_makes_no_round_is_refused_in_a_sentence(
    arguments: tuple[str, ...], said: str, content: Path, tmp_path: Path
) -> None:
    done = run("new-round", *arguments, "--content", content, "--out", tmp_path / "out")
    assert done.exit_code == 2 and said in " ".join(done.output.split())
    assert not (tmp_path / "out").exists()


# What comes back


def test_a_filled_workbook_becomes_updates_that_pass_the_check(book: bytes, content: Path, tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_bytes(filled(book, GOOD))
    call = ("import-updates", file, "--content", content, "--reported-on", "2026-08-01")
    done = run(*call)
    assert done.exit_code == 0, done.output
    folder = content / "plans/fic1/updates/2027-h1"
    told = {path.name: yaml.safe_load(path.read_bytes()) for path in sorted(folder.iterdir())}
    head = {"reported_on": date(2026, 8, 1), "organisation": "lighthouse-agency"}
    assert told == {
        "c01.yaml": {
            **head,
            "items": [
                {
                    "milestone": "m04",
                    "status": "completed",
                    "progress_pct": 100,
                    "completed_on": date(2026, 7, 20),
                    "note": {"en": "The desk of corrections is open.\nAll day.", "mn": "Залруулгын ширээ нээлттэй."},
                    "evidence": [
                        {
                            "id": "e01",
                            "kind": "web",
                            "title": {"en": "The desk of corrections"},
                            "url": "https://example.org/desk.html",
                            "dated_on": told["c01.yaml"]["items"][0]["evidence"][0]["dated_on"],
                            "independent": False,
                        }
                    ],
                }
            ],
        },
        "c03.yaml": {**head, "no_change": True},
        "c04.yaml": {
            **head,
            "items": [
                {
                    "milestone": "m03",
                    "status": "in_progress",
                    "progress_pct": 72.5,
                    "date_change": {
                        "old_due": date(2026, 12, 31),
                        "new_due": date(2027, 3, 31),
                        "reason": {"mn": "Шинэ хуанли хэвлэж байна."},
                        "decision": {"en": "Council for the Open Plan, Decision 12 (invented)"},
                    },
                }
            ],
        },
    }
    assert run("fmt", "--check", "--content", content, folder).exit_code == 0
    # once more: the same; with another day it would be written over, and is not
    assert "there already, the same" in run(*call).output
    before = (folder / "c01.yaml").read_bytes()
    other = run(*call[:-1], "2026-08-02")
    assert other.exit_code == 1 and f"{NAME} milestones!B7 (Id): error: There is another report" in other.output
    assert (folder / "c01.yaml").read_bytes() == before


def test_what_the_check_finds_stands_at_the_cell_and_nothing_is_written(
    book: bytes, content: Path, tmp_path: Path
) -> None:
    file = tmp_path / NAME
    wrong = {
        "milestones": {**GOOD["milestones"], "L15": date(2026, 12, 31), "K7": "Утас 99112233, И. Жишээ"},
        "evidence": {**GOOD["evidence"], "E3": "example.org/desk.html"},
    }
    file.write_bytes(filled(book, wrong))
    done = run("import-updates", file, "--content", content, "--reported-on", "2026-08-01")
    assert done.exit_code == 1, done.output
    assert f"{NAME} milestones!L15 (New due date): error:" in done.output and "[date-not-moved]" in done.output
    assert "\n  Fix: Correct 'New due date', or empty that cell.\n" in done.output
    assert f"{NAME} evidence!E3 (Address (https://…)): error:" in done.output
    assert "\n  Fix: " in done.output and "Nothing was written." in done.output
    assert not (content / "plans/fic1/updates/2027-h1").exists()


@pytest.mark.parametrize("language", SAYS)
def test_a_remedy_at_a_cell_names_columns_and_no_field_of_a_file(
    book: bytes, content: Path, tmp_path: Path, language: str
) -> None:
    file = tmp_path / NAME
    file.write_bytes(
        filled(book, {"milestones": {"G7": "completed", "H7": 1, "G15": "in progress", "L15": date(2027, 3, 31)}})
    )
    done = run("import-updates", file, "--content", content, "--reported-on", "2026-08-01", "--lang", language)
    assert done.exit_code == 1
    told = [told.split("\n")[:2] for told in done.output.split("\n\n")]
    remedies = [remedy for place, remedy in told if "[done-" in place or "[completed-" in place]
    for name in ("sheet.evidence", "column.evidence_title", "column.completed_on"):
        assert SAYS[language](f"round_book.{name}") in "".join(remedies)
    assert "`" not in "".join(remedies)


def test_a_remedy_at_a_cell_knows_all_that_it_names() -> None:
    rules = [rule for rule in load().rules if load().catalogues["en"].has(f"{rule}.hint_at_cell")]
    assert len(rules) > 10
    for language, say in SAYS.items():
        for rule in rules:
            told = load().hint_at_cell(found(rule, Location("x")), language, names_of(say))
            assert "{" not in told and "`" not in told


def test_two_workbooks_that_report_on_one_commitment_are_refused(book: bytes, content: Path, tmp_path: Path) -> None:
    files = [tmp_path / name for name in (NAME, "again.xlsx")]
    for file in files:
        file.write_bytes(filled(book, GOOD))
    done = run("import-updates", *files, "--content", content, "--reported-on", "2026-08-01")
    assert done.exit_code == 1 and "again.xlsx milestones!B7 (Id): error:" in done.output
    assert f"{NAME} milestones!B7" in done.output and "[update-twice]" in done.output
    assert not (content / "plans/fic1/updates/2027-h1").exists()


def test_what_is_missing_is_missing_at_its_empty_cell(book: bytes, fictional: Checked) -> None:
    catalog = as_seen_on(fictional.catalog, FICTIONAL_DAY)
    files, _ = read_returned(Returned(NAME, filled(book, GOOD)), catalog, FICTIONAL_DAY, SAYS)
    moved = next(one for one in files if one.path.endswith("c04.yaml"))
    line = moved.text.split("\n").index("  - milestone: m03") + 1
    expected = {
        "completed_on": "I15",
        "note": "J15",
        "note_mn": "K15",
        "note.mn": "K15",
        "date_change": "L15",
        "": "B15",
    }
    for name, cell in expected.items():
        (slip,) = at_cells([found("any", Location("x.yaml", line), field=name)], {"x.yaml": moved})
        assert slip.place.shown == f"{NAME} milestones!{cell}", name
    elsewhere = found("any", Location("other.yaml", 3), record="fic1-c04-m03")
    assert [slip.place.shown for slip in at_cells([elsewhere], {"x.yaml": moved})] == [f"{NAME} milestones!B15"]


def test_an_empty_workbook_reports_nothing(book: bytes, fictional: Checked) -> None:
    assert slips(book, fictional) == []
    catalog = as_seen_on(fictional.catalog, FICTIONAL_DAY)
    assert read_returned(Returned(NAME, book), catalog, FICTIONAL_DAY, SAYS)[0] == []


SLIPS = [
    ("milestones", {"I7": "2026.08.01"}, ["milestones!I7 date-form 2026-08-01"]),
    ("milestones", {"I7": "03/04/2026"}, ["milestones!I7 date-ambiguous"]),
    ("milestones", {"I7": "2026-13-01"}, ["milestones!I7 date-nonexistent-month"]),
    ("milestones", {"J7": 46000}, ["milestones!J7 cell-not-a-text"]),
    ("milestones", {"J7": "x" * (LONGEST_TEXT + 1)}, ["milestones!J7 cell-too-long"]),
    ("milestones", {"I7": 46000.5}, ["milestones!I7 cell-with-time 2025-12-09"]),
    ("evidence", {"A3": "c01-m04", "B3": "law", "C3": "x", "F3": 46000}, ["evidence!F3 cell-not-a-day 2025-12-09"]),
    ("milestones", {"H7": "half"}, ["milestones!H7 percent-form"]),
    ("milestones", {"H7": 1.5}, ["milestones!H7 percent-form"]),
    ("milestones", {"G7": "complete"}, ["milestones!G7 choice-unknown completed"]),
    ("milestones", {"G7": "биелсэн."}, ["milestones!G7 choice-unknown"]),
    ("milestones", {"J7": "=A1&A2"}, ["milestones!J7 cell-formula"]),
    ("milestones", {"B7": "c01-m05"}, ["milestones!B7 row-unknown"]),
    ("milestones", {"B7": "c02-m01", "G7": "completed"}, ["milestones!B7 row-unknown"]),
    ("milestones", {"B7": None, "G7": "completed"}, ["milestones!B7 row-without-id"]),
    ("milestones", {"B7": "c01-m03"}, ["milestones!B7 row-twice"]),
    ("milestones", {"D7": "2027-01-01"}, ["milestones!D7 locked-changed 2026-07-31"]),
    ("milestones", {"J2": "Remarks"}, ["milestones!J2 column-mislabelled", "milestones workbook-column-missing"]),
    (
        "milestones",
        {"J2": "What was done (mn)"},
        ["milestones!J2 column-mislabelled", "milestones workbook-column-missing"],
    ),
    ("milestones", {"L9": date(2027, 1, 1)}, ["milestones!L9 deadline-unknown"]),
    ("milestones", {"L8": date(2027, 1, 1)}, ["milestones!L8 deadline-of-milestones"]),
    ("milestones", {"Q7": "yes"}, ["milestones!Q7 no-change-place"]),
    ("milestones", {"Q8": "yes", "G9": "completed"}, ["milestones!Q8 no-change-with-report"]),
    ("evidence", {"A3": "c09 · other", "B3": "law", "C3": "x"}, ["evidence!A3 choice-none"]),
    ("evidence", {"B3": "law", "C3": "x"}, ["evidence!A3 evidence-of-nothing"]),
    ("evidence", {"A3": "c01-m04", "B3": "law"}, ["evidence!C3 evidence-needs"]),
    ("codes", {"A1": "something"}, ["workbook-foreign"]),
    ("codes", {"B1": "fic9"}, ["workbook-of-nothing"]),
    ("codes", {"C1": "../../up"}, ["workbook-of-nothing"]),
    ("codes", {"D1": "atlas-agency"}, None),
]


@pytest.mark.parametrize(("sheet", "cells", "expected"), SLIPS, ids=lambda value: str(value)[:50])
def test_a_slip_is_told_at_its_cell(
    sheet: str, cells: Cells, expected: list[str] | None, book: bytes, fictional: Checked
) -> None:
    told = slips(filled(book, {sheet: cells}), fictional)
    if expected is None:
        assert told and all("row-unknown" in line for line in told)
    else:
        assert told == expected


def test_a_day_that_has_moved_since_the_workbook_was_sent_is_told(book: bytes, fictional: Checked) -> None:
    shared = {"xl/sharedStrings.xml": lambda xml: xml.replace("2026-07-31", "2026-06-30")}
    old = edited(book, shared)
    assert slips(old, fictional) == []
    assert slips(filled(old, {"milestones": {"L7": date(2027, 3, 31)}}), fictional) == [
        "milestones!L7 deadline-changed"
    ]


def test_a_part_of_one_counts_as_per_cent_only_where_it_is_shown_so(book: bytes, fictional: Checked) -> None:
    catalog = as_seen_on(fictional.catalog, FICTIONAL_DAY)
    content = filled(book, {"milestones": {"H7": 0.55}})
    (one,), _ = read_returned(Returned(NAME, content), catalog, FICTIONAL_DAY, SAYS)
    assert yaml.safe_load(one.text)["items"] == [{"milestone": "m04", "progress_pct": 55}]
    plain = edited(content, {"xl/styles.xml": lambda xml: xml.replace("0.##%", "0.##")})
    assert slips(plain, fictional) == ["milestones!H7 percent-doubtful 55"]


def test_what_stands_in_a_new_column_or_below_is_not_lost_in_silence(book: bytes, fictional: Checked) -> None:
    beside = with_cell(book, "milestones", 7, '<c r="R7" t="inlineStr"><is><t>By the way</t></is></c>')
    assert slips(beside, fictional) == ["milestones!R7 column-unknown"]


def test_columns_are_known_by_their_labels_when_the_hidden_row_is_emptied(book: bytes, fictional: Checked) -> None:
    keys = {f"{chr(ord('A') + number)}1": None for number in range(17)}
    content = filled(book, {"milestones": {**keys, "H7": 1}})
    catalog = as_seen_on(fictional.catalog, FICTIONAL_DAY)
    (one,), wrong = read_returned(Returned(NAME, content), catalog, FICTIONAL_DAY, SAYS)
    assert not wrong.all and "progress_pct: 100" in one.text


def test_a_column_that_stands_there_twice_is_told(book: bytes, fictional: Checked) -> None:
    heading = load().say("round_book.column.progress_pct", "en")
    assert slips(filled(book, {"milestones": {"I1": "progress_pct", "I2": heading}}), fictional) == [
        "milestones!I2 workbook-column-twice",
        "milestones workbook-column-missing",
    ]


def test_a_sheet_that_was_renamed_or_emptied_is_missed(book: bytes, fictional: Checked) -> None:
    emptied = edited(book, {"xl/worksheets/sheet3.xml": lambda xml: re.sub(r"<row .*</row>", "", xml, flags=re.DOTALL)})
    assert slips(emptied, fictional) == ["sheet-missing"]


def test_a_report_that_differs_from_what_is_there_is_never_written_over_it(
    book: bytes, content: Path, tmp_path: Path
) -> None:
    file = tmp_path / NAME
    file.write_bytes(filled(book, GOOD))
    call = ("import-updates", file, "--content", content, "--reported-on")
    assert run(*call, "2026-08-01").exit_code == 0
    before = {path: path.read_bytes() for path in content.rglob("*.yaml")}
    again = run(*call, "2026-08-02")
    assert again.exit_code == 1 and "[update-exists]" in again.output
    assert {path: path.read_bytes() for path in content.rglob("*.yaml")} == before


def far(content: bytes) -> bytes:
    return with_cell(content, "milestones", 7, '<c r="XFD1048576"><v>1</v></c>')


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (xlsx.UNPACKED_LIMIT + 1))
    return stream.getvalue()


def test_what_is_no_workbook_is_refused_before_it_is_unpacked(book: bytes, fictional: Checked) -> None:
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    refused = {
        b"commitment,status\nc01,completed\n": "workbook-none",
        b"": "workbook-none",
        empty.getvalue(): "workbook-none",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600: "workbook-old",
        book[:2000]: "workbook-broken",
        book.replace(b"xl/styles.xml", b"xl/stylez.xml", 1): "workbook-broken",
        far(book): "workbook-too-large",
        bomb(): "workbook-too-large",
        b"PK" + b"\0" * xlsx.SIZE_LIMIT: "workbook-too-large",
    }
    for content, rule in refused.items():
        assert slips(content, fictional) == [rule]
    with pytest.raises(WorkbookRefused):
        read_workbook(b"PK\x03\x04")


@pytest.mark.parametrize(("cell", "number"), [("H7", "1e999"), ("B7", "NaN"), ("I7", "1" * 400), ("I7", "-1e12")])
def test_a_number_that_no_spreadsheet_writes_is_refused(
    book: bytes, fictional: Checked, cell: str, number: str
) -> None:
    numbered = filled(book, {"milestones": {cell: number}})
    strange = edited(
        numbered,
        {"xl/worksheets/sheet2.xml": lambda xml: re.sub(r' t="inlineStr"><is>.*?</is>', f"><v>{number}</v>", xml)},
    )
    assert slips(strange, fictional) == ["workbook-broken"]


def test_a_workbook_saved_without_its_empty_cells_is_read_where_nothing_was_reported_before(real: Checked) -> None:
    catalog, asked = as_seen_on(real.catalog, date(2021, 7, 1)), Round("nap3", "2021-h1", None, None)
    (debt,) = (debt for debt in debts_of(catalog, asked) if debt.organisation == "moh")
    sent = workbook(book_of(catalog, newest_reports(catalog), debt, Order(asked, "en", SAYS["en"])), SAYS)

    def without_empty_columns(xml: str) -> str:
        return re.sub(r'<dimension[^>]*>|<c r="[LM]\d+"[^>]*><v>\d+</v></c>', "", xml)

    saved = edited(
        filled(sent, {"milestones": {"G4": "in progress"}}), {"xl/worksheets/sheet4.xml": without_empty_columns}
    )
    (one,), wrong = read_returned(Returned("nap3-2021-h1-moh.xlsx", saved), catalog, date(2021, 7, 10), SAYS)
    assert not wrong.all and yaml.safe_load(one.text)["items"] == [{"milestone": "m01", "status": "in_progress"}]


def test_a_workbook_that_libreoffice_saved_gives_the_same_updates(book: bytes, fictional: Checked) -> None:
    saved = (ROOT / "tests/round_saved_by_libreoffice.xlsx").read_bytes()
    catalog = as_seen_on(fictional.catalog, FICTIONAL_DAY)
    ours, theirs = (
        read_returned(Returned(NAME, content), catalog, FICTIONAL_DAY, SAYS) for content in (filled(book, GOOD), saved)
    )
    assert not theirs[1].all
    assert [(one.path, one.text) for one in theirs[0]] == [(one.path, one.text) for one in ours[0]]
    assert len(ours[0]) == 3

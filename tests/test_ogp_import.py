"""Plans are imported from OGP's dataset of commitments: whole or not at all, and a country is as good as any other."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import Files, inputs_of
from ogp_files import EXEMPLIA, FORM, HOSTILE, LIST, PLAIN, VARDISI, as_csv, exemplia, row
from test_another_language import pseudo_words

from site_builder.composition import build, check
from site_builder.interchange.full_text import parts_of
from site_builder.interchange.making import Wish, us_day
from site_builder.interchange.names import Register, slug, split_names
from site_builder.interchange.ogp_import import Imported, Place, import_plans
from site_builder.interchange.ogp_rows import read_rows
from site_builder.interchange.prose import Taken, as_markdown, plain
from site_builder.nouns.diagnostic import Severity
from site_builder.nouns.ogp_dataset import COLUMNS
from site_builder.readers.markdown import plain_field
from site_builder.readers.schemas import read_schemas
from site_builder.shell.cli import main
from site_builder.shell.wording import Wording

DAY = date(2026, 6, 30)
Built = Mapping[str, bytes]


@pytest.fixture(scope="session")
def code_list_files(real_content: Files) -> Files:
    return {path: content for path, content in real_content.items() if path.startswith("codelists/")}


def imported(
    content: bytes, country: str, lists: Files, schemas: Files, wording: Wording, *, lang: str = "en", **existing: bytes
) -> Imported:
    """Import all plans of a country into an empty content."""
    selection = read_rows(io.BytesIO(content), country)
    wish = Wish(country, (), {}, "", lang, "en", DAY, "commitments.csv")
    place = Place(existing, lists, read_schemas(schemas, "schemas")[0])
    return import_plans(selection, wish, place, say=partial(_say, wording), sha256="fedcba9876543210")


def _say(wording: Wording, key: str, /, **values: object) -> str:
    return wording.say(key, "en", **values)


@pytest.fixture(scope="session")
def exemplia_import(code_list_files: Files, schema_files: Files, wording: Wording) -> Imported:
    return imported(as_csv([*EXEMPLIA, *VARDISI]), "XEX", code_list_files, schema_files, wording)


def built(content: Files, schemas: Files, theme: Files, wording: Wording) -> Built:
    checked = check(inputs_of(content, schemas, theme, DAY, wording))
    assert [finding for finding in checked.findings if finding.severity is Severity.ERROR] == []
    return {output.path: output.content for output in build(checked)}


@pytest.fixture(scope="session")
def exemplia_site(exemplia_import: Imported, schema_files: Files, theme_files: Files, wording: Wording) -> Built:
    return built(exemplia_import.files, schema_files, theme_files, wording)


def text_of(files: Files, path: str) -> str:
    return files[path].decode("utf-8")


# What becomes of the rows


def test_a_row_becomes_a_commitment_with_all_that_it_tells(exemplia_import: Imported) -> None:
    text = text_of(exemplia_import.files, "plans/nap1/commitments/c01.yaml")
    for line in (
        "ogp_id: XE0101",
        'en: "Publish every contract"',
        'en: "Open Contracts"',
        "start_date: 2019-03-01",
        "end_date: 2021-02-28",
        'en: "Nobody knows what bridges cost, or who is paid for them."',
        'en: "People compare prices & ask why one costs twice."',
        "policy_areas: [health, open-contracting]",
        "organisation: ministry-of-education-science-and-technology",
        "role: media",
        'en: "Write the rules for publication"',
        'en: "June 2019"',
        "due_baseline: 2019-06-30",
        "due_baseline: 2019-12-31",
        "start_date: 2020-01-15",
    ):
        assert line in text, line
    assert text.count("- id: m") == 3


def test_codings_stand_under_the_report_that_made_them(exemplia_import: Imported) -> None:
    design = text_of(exemplia_import.files, "plans/nap1/assessments/ogp-dataset-design.yaml")
    results = text_of(exemplia_import.files, "plans/nap1/assessments/ogp-dataset-results.yaml")
    assert "completion: limited" in design and "potential_impact: moderate" in design
    assert "ogp_values: [access_to_information]" in design and "published_on: 2020" in design
    assert "completion: substantial" in results and "did_it_open_government: major" in results
    assert "plans/nap2/assessments/ogp-dataset-design.yaml" not in exemplia_import.files


def test_persons_are_taken_out_and_counted(exemplia_import: Imported) -> None:
    everything = "".join(content.decode("utf-8") for content in exemplia_import.files.values())
    for trace in (
        "Birchwood",
        "alder@",
        "665011",
        "Rowan",
        "123456",
        "Ashgrove",
        "769329",
        "myrtle",
        "Head of Contracts",
    ):
        assert trace not in everything, trace
    assert exemplia_import.removed["contact_block"] == 1
    assert exemplia_import.removed["name"] >= 2
    assert exemplia_import.removed["mail"] == 1
    assert exemplia_import.removed["phone"] == 2


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ask Mr. John Q. Public today", "Ask […] today"),
        ("Ask Ms. Ana Clara dos Santos Lima, Dr. van der Berg or Mr. Omar al-Rashid", "Ask […], […] or […]"),
        ("Rui da Silva (rui@mail.example)", "[…] ([…])"),
        ("The Secretaria de Estado (0773 769329)", "The Secretaria de Estado ([…])"),
        ("2. Print copies\nContact: Rui Silva, 0773 769329\nNext", "2. Print copies\nNext"),
        ("Contact with schools: they answer", None),
        ("Write to a.b@mail.example.org.", "Write to […]."),
        ("Mr.N.Rowan, Ms.Ivy Ash and Mr. U.Z. Elm “Council”", "[…], […] and […] “Council”"),
        ("Tel: +999 12 345-678, room 5", "[…], room 5"),
        ("Focal point: Ivy Rowan\nNext", "Focal point: […]\nNext"),
        ("Ivy Rowan (0773 769329)", "[…] ([…])"),
        ("The Audit Office (0773 769329)", "The Audit Office ([…])"),
        ("https://example.org/a?token=abc123", "https://example.org/a[…]"),
        ("From 2018-2019 EUR 400 000 for 1,200 schools, law 1538-XII of 27.05.1994", None),
        ("Dr strange ideas and MS Word", None),
    ],
)
def test_only_what_is_about_persons_is_taken_out(text: str, left: str | None) -> None:
    assert Taken().out(text) == (text if left is None else left)


def test_what_cannot_be_taken_over_is_told_with_its_place(exemplia_import: Imported) -> None:
    told = {(remark.commitment, remark.column, remark.kind) for remark in exemplia_import.remarks}
    assert told >= {
        ("XE0102", "Start Date", "no_day"),
        ("XE0102", "End Date", "no_day"),
        ("XE0102", "Potential Impact", "coding_differs"),
        ("XE0102", "Completion (End Of Term)", "no_coding"),
        ("XE0102", "Did It Open Government (Overall)", "no_coding"),
        ("XE0102", "Supporting Institution(s)", "persons_cell"),
        ("XE0103", "Start Date", "days_backwards"),
    }
    assert exemplia_import.unused["Max Completion"] == 1
    assert not set(exemplia_import.unused) - set(COLUMNS)


def test_hostile_text_is_only_text(exemplia_import: Imported, exemplia_site: Built) -> None:
    assert all(re.fullmatch(r"[a-z0-9_/.-]+", path) and ".." not in path for path in exemplia_import.files)
    page = exemplia_site["en/commitments/nap2-c01/index.html"].decode("utf-8")
    assert "# not a heading" in page and "[click](javascript:alert(1))" in page
    assert "<script>alert" not in page and "<img" not in page and '<a href="javascript' not in page
    assert "\u202e" not in page and "\ufffc" not in page


@pytest.mark.parametrize(
    "text", [HOSTILE, "# a\n> b\n= c\n---\n+ d", "a_b_ *c* `d` \\e [f]: g [h][i] &amp; &lt;", "1. x\n- y"]
)
def test_markdown_shows_a_plain_text_as_it_is(text: str) -> None:
    cleaned = plain(text)
    assert plain_field(as_markdown(cleaned)).split() == re.sub(r"(?m)^(?:- |1\. )", "", cleaned).split()


def test_an_organisation_that_is_known_keeps_its_id(
    code_list_files: Files, schema_files: Files, wording: Wording
) -> None:
    known = {
        "site.yaml": b"languages:\n  - id: en\n  - id: xx\n",
        "organisations/works.yaml": b'name:\n  en: "Ministry of works"\nkind: ministry\n',
    }
    done = imported(as_csv(EXEMPLIA[:1]), "XEX", code_list_files, schema_files, wording, **known)
    assert done.errors == [] and "organisations/ministry-of-works.yaml" not in done.files
    assert "organisation: works" in text_of(done.files, "plans/nap1/commitments/c01.yaml")
    assert "mn:" not in text_of(done.files, "codelists/values.yaml")
    other = imported(as_csv(VARDISI), "XVA", code_list_files, schema_files, wording, lang="ka", **known)
    assert [remark.kind for remark in other.errors] == ["language_of_site"] and not other.files


# A site of another country


def test_an_import_builds_a_site_in_which_nothing_is_wrong(exemplia_site: Built) -> None:
    for page in ("index", "plans/nap1/index", "plans/nap2/index", "commitments/nap1-c03/index", "organisations/index"):
        assert f"en/{page}.html" in exemplia_site
    assert "12/31/2019" in exemplia_site["data/latest/ogp_commitments.csv"].decode("utf-8-sig")


FOREIGN = re.compile(r"mongol|\bMNG\b|\bMNT\b|ulaanbaatar|\bmn\b|\bMN00|aimag|монгол", re.I)


def traces(site: Built) -> Iterator[str]:
    for path, content in site.items():
        # the examples of the rules come with the program and are written in its own languages
        if "/rules/" not in path and path.endswith(
            (".html", ".csv", ".json", ".jsonl", ".js", ".txt", ".xml", ".ics", ".md", ".bib", ".cff", ".yaml")
        ):
            for match in FOREIGN.finditer(f"{path}\n{content.decode('utf-8')}"):
                yield f"{path}: {match.string[max(0, match.start() - 40) : match.end() + 20]!r}"


def test_nothing_of_another_country_is_in_it(exemplia_site: Built) -> None:
    assert list(traces(exemplia_site)) == []


def test_a_site_in_other_letters_publishes_as_well(
    code_list_files: Files, schema_files: Files, theme_files: Files, wording: Wording
) -> None:
    done = imported(as_csv([*EXEMPLIA, *VARDISI]), "ვარდისი", code_list_files, schema_files, wording, lang="ka")
    assert done.errors == []
    theme = {**theme_files, "words/ka.yaml": pseudo_words(theme_files["words/en.yaml"])}
    site = built(done.files, schema_files, theme, wording)
    page = site["ka/commitments/nap1-c01/index.html"].decode("utf-8")
    assert "ყველა ხელშეკრულების გამოქვეყნება" in page and "გვერდის გახსნა" in page and 'lang="ka"' in page
    assert {"organisations/org-1.yaml", "organisations/org-2.yaml", "organisations/org-3.yaml"} <= set(done.files)
    assert list(traces(site)) == []
    rows = list(csv.DictReader(io.StringIO(site["data/latest/ogp_commitments.csv"].decode("utf-8-sig"))))
    assert rows[0]["Code"] == "XVA"


# Bad input

HEADER = as_csv([])
GOOD = as_csv(EXEMPLIA)


def cli(tmp_path: Path, content: bytes, *more: str, country: str = "XEX") -> Result:
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    call = ["import-ogp", str(path), "--country", country, "--out", str(tmp_path / "content"), "--messages", "en"]
    return CliRunner().invoke(main, [*call, *more])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty"),
        (HEADER, "a header and no row"),
        (GOOD.decode("utf-8-sig").encode("utf-16"), "looks like UTF-16"),
        (GOOD.decode("utf-8-sig").replace("Myrtle", "Mÿrtle").encode("latin-1", "replace"), "looks like Latin-1"),
        (GOOD[:-400], "The file ends within this row"),
        (GOOD[:6000], "The file ends within this row"),
        (b"a,b,c\n1,2,3\n", "The column 'Full Text' is missing"),
        (GOOD.replace(b"Full Text", b"Full Texts", 1), "'full texts' may be meant"),
        (HEADER.replace(b",", b";") + b"1;2\n", "separated by ; (semicolon)"),
        (GOOD.replace(b",id\r\n", b",Code\r\n", 1), "'Code' is there twice"),
        (GOOD + b'"', "The file ends within this row"),
        (GOOD + b'x"y,"a"b\n', "Quotation marks are not as in CSV"),
        (GOOD + b'"' + b"z" * 200_000, "does not end"),
        (b"x" * 3_000_000, "longer than a table"),
    ],
    ids=range(14),
)
def test_a_file_that_is_no_whole_dataset_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    result = cli(tmp_path, content)
    assert result.exit_code == 1, result.output
    assert told.casefold() in result.output.casefold(), result.output
    assert "Nothing was imported." in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_country_or_plan_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    assert "It has: XEX (Exemplia)." in cli(tmp_path, GOOD, country="MMM").output
    result = cli(tmp_path, GOOD, "--plan", "7", "--plan", "1")
    assert result.exit_code == 1 and "no plan 7 of XEX. It has: 1, 2." in result.output


def test_bad_rows_are_left_out_and_told(code_list_files: Files, schema_files: Files, wording: Wording) -> None:
    twice = exemplia("2", "2", title="Another", text="x")
    crowded = exemplia("2", "2", id="XE0299", title="Same number")
    strange = exemplia("2", "9", id="=1+1", url="javascript:alert(1)", title="", Youth="perhaps")
    strange["Commitment Number"] = "x"
    lines = as_csv([*EXEMPLIA, EXEMPLIA[3], twice, crowded, strange]).decode("utf-8").split("\r\n")
    content = "\r\n".join([*lines[:-1], "XE0300,Exemplia,2", lines[-2], ""]).encode("utf-8")
    done = imported(content, "XEX", code_list_files, schema_files, wording)
    kinds = {remark.kind for remark in done.remarks}
    assert kinds >= {
        "row_length",
        "row_twice",
        "row_twice_differs",
        "number_given",
        "no_ogp_id",
        "no_address",
        "no_title",
    }
    assert kinds >= {"no_flag"}
    assert "ogp_id: XE0299" in text_of(done.files, "plans/nap2/commitments/c03.yaml")
    assert "ogp_id" not in text_of(done.files, "plans/nap2/commitments/c04.yaml").split("provenance:")[0]


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    assert cli(tmp_path, GOOD, "--plan", "1").exit_code == 0
    site = tmp_path / "content" / "site.yaml"
    before = {path: path.read_bytes() for path in (tmp_path / "content").rglob("*.yaml")}
    assert cli(tmp_path, GOOD, "--plan", "2").exit_code == 0
    assert all(path.read_bytes() == content for path, content in before.items())
    (tmp_path / "content/plans/nap1/plan.yaml").write_text("number: 1\n")
    after = {path: path.read_bytes() for path in (tmp_path / "content").rglob("*.yaml")}
    result = cli(tmp_path, GOOD)
    assert result.exit_code == 1 and "plans/nap1/plan.yaml is there already" in result.output
    assert {path: path.read_bytes() for path in (tmp_path / "content").rglob("*.yaml")} == after
    assert b"plan: nap1" in site.read_bytes()


def test_the_command_names_plans_and_writes_a_report_in_two_languages(tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    result = cli(tmp_path, GOOD, "--plan-name", "first=1", "--plan-name", "plan{number}", "--report", str(report))
    assert result.exit_code == 0, result.output
    assert (tmp_path / "content/plans/first/plan.yaml").exists() and (
        tmp_path / "content/plans/plan2/plan.yaml"
    ).exists()
    text = report.read_text("utf-8")
    assert "| XE0102 | 21 | Start Date | '2/30/2019' is no day written M/D/YYYY. |" in text
    assert "1 contact blocks" in text and "| Max Completion | 1 |" in text
    assert "no_day" not in result.output and "date that is no day" in result.output
    options = ["--out", str(tmp_path / "b"), "--messages", "mn", "--report", str(report)]
    again = CliRunner().invoke(main, ["import-ogp", str(tmp_path / "in.csv"), "--country", "XEX", *options])
    assert again.exit_code == 0 and "Орхигдсон" in report.read_text("utf-8")
    assert "mn" not in (tmp_path / "b/site.yaml").read_text("utf-8")
    assert cli(tmp_path, GOOD, "--plan-name", "No Good=1").exit_code == 1
    assert cli(tmp_path, GOOD, "--plan-name", "nap").exit_code == 2


def test_a_hundred_thousand_rows_are_read_as_they_come() -> None:
    line = as_csv([row(country="Elsewhere", code="XEL", plan="1", number="1", text="word " * 20)], COLUMNS).split(
        b"\r\n"
    )[1]
    lines = (*HEADER.splitlines(keepends=True), *[line + b"\r\n"] * 20_000, *GOOD.splitlines(keepends=True)[1:])
    selection = read_rows(iter(lines), "XEX")
    assert len(selection.rows) == len(EXEMPLIA) and selection.read == 20_000 + len(EXEMPLIA)
    assert selection.plans["XEL"] == {1: 20_000}
    assert selection.errors == []


# The parts

TERMS = (
    "Activities for measurable results of the measure: Starting date Date of completion: "
    "Meet May 2020 June 2020 Write July 2020 August 2020"
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/15/2019", date(2019, 1, 15)),
        ("7/1/17", date(2017, 7, 1)),
        ("2/30/2019", None),
        ("15/1/2019", None),
        ("August 2014", None),
        ("1/1/1019", None),
        ("", None),
    ],
)
def test_days_are_written_month_first(text: str, day: date | None) -> None:
    assert us_day(text) == day


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (FORM, [("Write the rules for publication", None, date(2019, 6, 30)),
                ("Open the page of contracts", None, date(2019, 12, 31)),
                ("Train 40 clerks", date(2020, 1, 15), date(2020, 6, 30))]),
        (LIST, [("Draft the act", date(2019, 3, 15), date(2019, 6, 30)),
                ("Table the act in Parliament", None, date(2019, 12, 31)),
                ("Open the reading room", None, date(2020, 12, 31))]),
        (PLAIN, [("Scan the books.", None, None), ("Put them online", None, date(2020, 8, 31))]),
        ("Milestones:\na) One\nb) Two by Q3 2021", [("One", None, None), ("Two", None, date(2021, 9, 30))]),
        ("In 1. place there is no list. 2. And here neither.", []),
        (TERMS, [("Meet", None, date(2020, 6, 30)), ("Write", None, date(2020, 8, 31))]),
    ],
    ids=("form", "list", "plain", "letters", "none", "terms"),
)  # fmt: skip
def test_milestones_are_read_where_prose_tells_them(
    text: str, told: list[tuple[str, date | None, date | None]]
) -> None:
    found = parts_of(Taken().out(plain(text)), "").milestones
    assert [(milestone.title, milestone.start, milestone.due) for milestone in found] == told


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        (
            "Ministry of Education, Science and Technology, Parliament",
            ["Ministry of Education, Science and Technology", "Parliament"],
        ),
        ("Parliament. Tax Agency. Audit Court. Fish Board", ["Parliament", "Tax Agency", "Audit Court", "Fish Board"]),
        ("Works Unit; Ivy Rowan, Independent Consultant […], Readers Society", ["Works Unit", "Readers Society"]),
        ("“Audit Court”, Audit court\nGroup (one, two)", ["Audit Court", "Group (one, two)"]),
        ("12345; -; …", []),
    ],
)
def test_names_are_told_apart(cell: str, names: list[str]) -> None:
    assert split_names(cell)[0] == names


def test_ids_are_ascii_and_never_clash() -> None:
    register = Register(taken={"audit-court"})
    names = [
        "Audit Court",
        "Audit  court",
        "Audit-Court!",
        "Ärzte-Büro",
        "აუდიტი",
        "2020",
        "null",
        "...",
        "org 5",
        "аudit",
    ]
    ids = [register.id_of(name)[0] for name in names]
    assert ids[:3] == ["audit-court-2"] * 3
    assert len(set(ids[2:])) == len(ids[2:])
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", found) for found in ids), ids
    assert slug("2020") == "" and register.id_of("აუდიტი") == ("org-1", False)


def test_what_the_export_writes_can_be_imported_again(
    real_outputs: Mapping[str, bytes], code_list_files: Files, schema_files: Files, theme_files: Files, wording: Wording
) -> None:
    content = real_outputs["data/latest/ogp_commitments.csv"]
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert list(rows[0]) == list(COLUMNS) and len(COLUMNS) == 171
    first = next(row for row in rows if row["Action Plan ID"] == "AP_MNG03" and row["Commitment Number"] == "1")
    assert first["Start Date"] == "1/15/2019" and first["Health & Nutrition"] == "1" and first["Gender"] == "0"
    assert first["Region"] == "" and first["Commitment Unique Identifier"] == "MN0035"
    commitments = json.loads(real_outputs["data/latest/commitments.json"])
    assert len(rows) == len(commitments if isinstance(commitments, list) else commitments["rows"])
    done = imported(content, "MNG", code_list_files, schema_files, wording)
    assert done.errors == [] and done.counts["commitments"] == len(rows)
    again = text_of(done.files, "plans/nap3/commitments/c01.yaml")
    assert (
        "ogp_id: MN0035" in again and "start_date: 2019-01-15" in again and "organisation: ministry-of-health" in again
    )
    checked = check(inputs_of(done.files, schema_files, theme_files, DAY, wording))
    assert not checked.has_errors

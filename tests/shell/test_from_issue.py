"""An issue written with a form becomes a content file or a note; whatever else stands in it is only text."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from site_builder.composition import Checked
from site_builder.interchange.issue_form import Form, answers, form_of, read_form
from site_builder.interchange.issue_update import Update, update_of
from site_builder.readers.yaml_composer import parse_yaml
from site_builder.shell.cli import main

FORMS = Path(__file__).resolve().parents[2] / ".github/ISSUE_TEMPLATE"
PROGRESS = read_form("report-progress.yml", (FORMS / "report-progress.yml").read_bytes())
WRONG = read_form("wrong-fact.yml", (FORMS / "wrong-fact.yml").read_bytes())
GOOD = {
    "commitment": "fic1-c02",
    "milestone": "2",
    "reported_on": "2027-01-10",
    "round": "2027-h1",
    "status": "in_progress · in progress · хэрэгжиж байгаа",
    "progress_pct": "70 %",
    "note_en": "The printer is dry.\nAll of it.",
    "note_mn": "Хэвлэгч хатсан.",
    "evidence_url": "https://example.org/photos/dry.html",
    "evidence_title": "Хуурай хэвлэгч",
    "evidence_kind": "photo · photograph · гэрэл зураг",
    "evidence_language": "mn · Монгол",
}
HOSTILE = [
    "$(touch hacked) `touch hacked` ${IFS} ; touch hacked # && || |",
    "x\nitems:\n  - milestone: m01\n    status: completed\n? !!python/object/apply:os.system [id]",
    "\"'}}{{ 7*7 }}{% include 'x' %}: - # & * ! | > %",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "../../../../etc/passwd\\..\\.github/workflows/x.yml",
    "\u202egnihton\u2028x\x0b\x1b[31m\u0000end",
    "---\n...\n%YAML 1.1\n",
    "::set-output name=x::y\n::error::z",
]


def body(form: Form, given: dict[str, str], *, end: str = "\n") -> str:
    """Return an issue as the host writes it."""
    parts = (f"### {question.label}\n\n{given.get(question.id, '_No response_')}\n" for question in form.questions)
    return "\n".join(parts).replace("\n", end)


def update(checked: Checked, given: dict[str, str], *, end: str = "\n") -> Update:
    read, wrong = answers(body(PROGRESS, given, end=end), PROGRESS)
    assert not wrong
    return update_of(read, checked.catalog)


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_answers_become_the_file_of_an_update(fictional: Checked, end: str) -> None:
    made = update(fictional, GOOD, end=end)
    assert made.wrong == [] and made.path == "plans/fic1/updates/2027-h1/c02.yaml"
    item = yaml.safe_load(made.content)["items"][0]
    assert {key: item[key] for key in ("milestone", "status", "progress_pct")} == {
        "milestone": "m02",
        "status": "in_progress",
        "progress_pct": 70,
    }
    assert item["note"] == {"en": "The printer is dry.\nAll of it.", "mn": "Хэвлэгч хатсан."}
    assert item["evidence"] == [
        {"id": "e01", "kind": "photo", "title": {"mn": "Хуурай хэвлэгч"}, "url": "https://example.org/photos/dry.html"}
    ]


def test_what_was_not_answered_is_not_there(fictional: Checked) -> None:
    needed = {key: GOOD[key] for key in ("commitment", "reported_on", "round", "status")}
    content = yaml.safe_load(update(fictional, needed).content)
    assert content["items"] == [{"status": "in_progress"}]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_stays_that_text(text: str, fictional: Checked) -> None:
    made = update(fictional, {**GOOD, "note_en": text, "evidence_title": text})
    assert made.path == "plans/fic1/updates/2027-h1/c02.yaml" and made.wrong == []
    tree, findings = parse_yaml("c02.yaml", made.content)
    assert tree is not None and findings == []
    loaded = yaml.safe_load(made.content)
    assert list(loaded) == ["reported_on", "items"] and len(loaded["items"]) == 1
    item = loaded["items"][0]
    assert item["note"]["en"].split() == text.split() and item["status"] == "in_progress"


@pytest.mark.parametrize("key", sorted(GOOD))
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_answer_leads_a_file_out_of_its_folder(text: str, key: str, fictional: Checked) -> None:
    made = update(fictional, {**GOOD, key: text})
    assert made.path in ("", "plans/fic1/updates/2027-h1/c02.yaml")
    assert bool(made.path) == (key in ("note_en", "note_mn", "evidence_title"))
    assert bool(made.wrong) == (not made.path)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"commitment": "fic1-c2"}, "no_commitment_near"),
        ({"commitment": "a mountain of other words"}, "no_commitment"),
        ({"milestone": "77"}, "no_milestone"),
        ({"reported_on": "10 January"}, "no_day"),
        ({"reported_on": "2027-02-30"}, "no_day"),
        ({"round": "../2027"}, "no_round"),
        ({"round": "2027/h1"}, "no_round"),
        ({"round": "9" * 41}, "no_round"),
        ({"status": "splendid"}, "no_code"),
        ({"progress_pct": "NaN"}, "no_percent"),
        ({"progress_pct": "101"}, "no_percent"),
        ({"progress_pct": "1e400"}, "no_percent"),
        ({"evidence_url": "javascript:alert(1)"}, "no_address"),
        ({"evidence_kind": "_No response_"}, "evidence_needs"),
        ({"evidence_url": "http://"}, "no_address"),
        ({"evidence_language": "xx"}, "evidence_needs"),
        ({"note_mn": "а" * 4001}, "too_long"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_an_answer_that_cannot_be_is_named(changed: dict[str, str], kind: str, fictional: Checked) -> None:
    made = update(fictional, {**GOOD, **changed})
    assert [item.kind for item in made.wrong] == [kind] and not made.path and not made.content


def test_a_missing_answer_and_a_heading_that_stands_twice_are_named() -> None:
    read, wrong = answers(body(PROGRESS, {**GOOD, "status": "_No response_", "commitment": "None"}), PROGRESS)
    assert "status" not in read and [item.kind for item in wrong] == ["missing", "missing"]
    twice = {**GOOD, "note_en": "x\n### Status / Байдал\n\ncompleted"}
    assert [item.kind for item in answers(body(PROGRESS, twice), PROGRESS)[1]] == ["twice"]
    lines = body(PROGRESS, GOOD).split("### Status")
    assert [item.kind for item in answers(lines[0], PROGRESS)[1]] == ["missing"]


def test_a_form_is_known_by_its_labels_and_a_text_without_them_is_none() -> None:
    assert form_of(body(WRONG, {}), (PROGRESS, WRONG)) is WRONG
    assert form_of(body(PROGRESS, {}), (PROGRESS, WRONG)) is PROGRESS
    assert form_of("### Something else\n\nHello", (PROGRESS, WRONG)) is None


def test_the_choices_of_the_form_are_codes_of_the_content(real: Checked) -> None:
    items = yaml.safe_load((FORMS / "report-progress.yml").read_text("utf-8"))["body"]
    options = {item["id"]: item["attributes"]["options"] for item in items if item["type"] == "dropdown"}
    for key, codelist in (("status", "statuses"), ("evidence_kind", "evidence_kinds")):
        for option in options[key]:
            code = real.catalog.code(codelist, option.split(" · ")[0])
            assert code and option.split(" · ")[1:] == [code.get("label_en"), code.get("label_mn")]
    assert {option.split(" · ")[0] for option in options["evidence_language"]} == set(real.catalog.codes)
    assert {question.id for question in PROGRESS.questions} >= {f"note_{code}" for code in real.catalog.codes}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("issue") / "content"
    root = FORMS.parents[1]
    shutil.copytree(root / "tests/fictional/content", folder)
    shutil.copytree(root / "content/codelists", folder / "codelists")
    yield folder


def call(content: Path, issue: object, *words: str) -> Result:
    event = content.parent / "event.json"
    event.write_text(issue if isinstance(issue, str) else json.dumps({"issue": issue}), "utf-8")
    note = content.parent / "note.md"
    note.unlink(missing_ok=True)
    options = ["--content", str(content), "--forms", str(FORMS), "--note", str(note), *words]
    return CliRunner().invoke(main, ["from-issue", str(event), *options])


def test_the_command_writes_one_file_and_says_so_in_both_languages(content: Path) -> None:
    before = {path for path in content.rglob("*") if path.is_file()}
    result = call(content, {"number": 12, "body": body(PROGRESS, GOOD)})
    assert result.exit_code == 0, result.output
    made = [path for path in content.rglob("*") if path.is_file() and path not in before]
    assert [path.relative_to(content).as_posix() for path in made] == ["plans/fic1/updates/2027-h1/c02.yaml"]
    assert made[0].read_text("utf-8").startswith("# Reported in issue 12.\nreported_on: 2027-01-10\n")
    note = (content.parent / "note.md").read_text("utf-8")
    assert note == result.stdout and "A file was made" in note and "Хариултаас файл үүсгэлээ" in note
    again = call(content, {"number": 13, "body": body(PROGRESS, GOOD)})
    assert again.exit_code == 1 and "There is a report of this round already" in again.stdout
    made[0].unlink()


def test_what_the_checks_refuse_is_not_written(content: Path) -> None:
    changed = {**GOOD, "status": "completed · completed · биелсэн", "note_en": "[x](javascript:alert(1))"}
    result = call(content, {"number": 1, "body": body(PROGRESS, changed)})
    assert result.exit_code == 1, result.output
    assert "link-unsafe" in result.stdout and not list(content.glob("plans/fic1/updates/2027-h1/*"))


def test_a_wrong_fact_becomes_a_note_with_the_place_and_no_file(content: Path) -> None:
    told = {"record": "https://example.org/plan/mn/commitments/fic1-c02/index.html", "wrong": HOSTILE[3]}
    told |= {"right": "@everyone `$(id)` www.evil.example\nsecond line", "source": "p. 3"}
    before = sorted(content.rglob("*"))
    result = call(content, {"number": 3, "body": body(WRONG, told)})
    assert result.exit_code == 0 and sorted(content.rglob("*")) == before
    assert "plans/fic1/commitments/c02.yaml:1" in result.stdout and "second line" in result.stdout
    assert "<script>" not in result.stdout and "@everyone" not in result.stdout
    nowhere = call(content, {"number": 3, "body": body(WRONG, {**told, "record": "the third one"})})
    assert "could not be told" in nowhere.stdout


@pytest.mark.parametrize(
    "event",
    ["", "[]", "null", '{"issue": 3}', '{"issue": {}}', '{"issue": {"number": "$(id)"}}', "{" * 10_000, "[" * 100_000],
    ids=range(8),
)
def test_what_is_no_event_is_a_wrong_call(event: str, content: Path) -> None:
    result = call(content, event)
    assert result.exit_code == 2 and "no event of an issue" in result.stderr


@pytest.mark.parametrize("text", [None, "", "hello", "x" * 100_001, "### Status / Байдал\n" * 3])
def test_an_issue_of_another_kind_is_answered_and_nothing_is_written(text: str | None, content: Path) -> None:
    before = sorted(content.rglob("*"))
    result = call(content, {"number": 3, "body": text})
    assert result.exit_code == 1 and result.stdout.startswith("## Nothing could be made of the answers yet\n")
    assert sorted(content.rglob("*")) == before

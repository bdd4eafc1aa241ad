"""A new record is explained in its file, valid as soon as what is required is filled in, and takes no id twice."""

from __future__ import annotations

import contextlib
import difflib
import os
import pty
import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import FICTIONAL_DAY, ROOT, inputs_of

from site_builder.composition import Checked, check
from site_builder.interchange.new.form import KINDS, Form, Wish, begin
from site_builder.interchange.new.writing import file_of
from site_builder.interchange.prompts import Prompter
from site_builder.interchange.remarks import Remark
from site_builder.nouns.record import Catalog
from site_builder.nouns.release import ReleaseFolder
from site_builder.readers.blanks import Line, Shape
from site_builder.readers.content import read_content
from site_builder.readers.releases import read_releases
from site_builder.shell.cli import main
from site_builder.shell.disk import read_folder
from site_builder.shell.wording import Wording
from site_builder.writers.canonical import Style, canonical

Files = Mapping[str, bytes]
BASE = ROOT / "tests" / "cases" / "base"
PLACES = {
    "milestones": {"commitment": "c01"},
    "updates": {"commitment": "c01", "round": "2026-h1"},
    "organisations": {"id": "harbour-choir"},
    "indicators": {"id": "songs-sung"},
}
"""Where the records of the small content go that have no file of their own kind alone, and ids that nobody counts."""


@pytest.fixture(scope="module")
def base(real_content: Files) -> dict[str, bytes]:
    lists = {path: content for path, content in real_content.items() if path.startswith("codelists/")}
    return {**lists, **read_folder(BASE)}


@pytest.fixture(scope="module")
def catalog(base: Files, real: Checked) -> Catalog:
    return read_content(base, real.schemas)[0]


def form_of(table: str, catalog: Catalog, files: Files, **more: str) -> Form:
    form = begin(Wish(table, **{"plan": "demo", **PLACES.get(table, {}), **more}), catalog, files)
    assert isinstance(form, Form), form
    return form


def prompter(catalog: Catalog, wording: Wording, language: str) -> Prompter:
    return Prompter(catalog, language, lambda key, **values: wording.say(key, language, **values))


def value_for(line: Line, catalog: Catalog) -> str:
    """A value that is right for a key."""
    item = line.item
    assert item is not None
    if item.codelist:
        return str(catalog.codes_of[item.codelist][0].get("code"))
    if item.type == "date":
        return "2026-03-31"
    if item.partial_date:
        return "2031"
    return {"integer": "7", "number": "7.5", "boolean": "true"}.get(item.type, "XEX")


def fill(form: Form, catalog: Catalog) -> None:
    """Fill in what is required and nothing else."""
    for path, line in form.lacking:
        texts = {"en": "Words", "mn": "Үг"} if line.shape is Shape.TEXTS else {}
        answers = {f"{path}.{code}": text for code, text in texts.items()} or {path: value_for(line, catalog)}
        assert not [wrong for name, text in answers.items() if (wrong := form.put(name, text))]


@pytest.mark.parametrize("language", ["en", "mn"])
def test_a_new_record_of_every_kind_is_valid_and_canonical_once_filled_in(
    language: str, base: Files, catalog: Catalog, schema_files: Files, theme_files: Files, brief_wording: Wording
) -> None:
    speaker = prompter(catalog, brief_wording, language)
    style = Style(catalog.schemas, catalog.codes)
    files = dict(base)
    for table in KINDS.values():
        form = form_of(table, catalog, base)
        fill(form, catalog)
        made = file_of(form, speaker, files.get(form.path))
        assert made is not None and made != files.get(form.path)
        assert canonical(form.path, made, style, shown_as="").text == made.decode()
        files[form.path] = made
    checked = check(inputs_of(files, schema_files, theme_files, FICTIONAL_DAY, brief_wording))
    assert [(item.name, item.location) for item in checked.findings if item.blocks] == []
    for table in KINDS.values():
        assert len(checked.catalog.rows(table)) == len(catalog.rows(table)) + 1, table


@pytest.mark.parametrize("kind", KINDS)
def test_every_prompt_is_a_key_that_is_read(kind: str, base: Files, catalog: Catalog, wording: Wording) -> None:
    form = form_of(KINDS[kind], catalog, base)
    made = file_of(form, prompter(catalog, wording, "mn"), base.get(form.path))
    assert made is not None
    old = set(base.get(form.path, b"").decode().splitlines())
    is_new = (line not in old and _is_prompt(line) for line in made.decode().splitlines())
    lines = zip(made.decode().splitlines(), is_new, strict=True)
    filled = "\n".join(line.replace("# ", "", 1) if prompt else line for line, prompt in lines)
    _, findings = read_content({**base, form.path: filled.encode()}, catalog.schemas)
    assert {item.name for item in findings} <= {"empty-value", "empty-text", "empty-list", "required-missing"}
    assert len(findings) > 3


def _is_prompt(line: str) -> bool:
    return line.lstrip().startswith("# ")


def test_prompts_tell_meaning_type_and_codes_in_the_language(base: Files, catalog: Catalog, wording: Wording) -> None:
    form = form_of("organisations", catalog, base)
    text = (file_of(form, prompter(catalog, wording, "mn"), None) or b"").decode()
    assert "## Төрөл: Ямар төрлийн байгууллага вэ." in text and "##   ministry = яам" in text
    assert "Заавал бөглөнө." in text and text.index("\nkind:") < text.index("# website:")
    assert "https:// гэж эхэлсэн хаяг" in text


def test_an_update_lists_the_milestones_with_their_last_status(fictional: Checked, wording: Wording) -> None:
    wish = Wish("updates", plan="fic1", commitment="c02", round="2030-h1")
    form = begin(wish, fictional.catalog, {})
    assert isinstance(form, Form) and form.path == "plans/fic1/updates/2030-h1/c02.yaml"
    text = (file_of(form, prompter(fictional.catalog, wording, "en"), None) or b"").decode()
    assert "last status: in_progress (reported on 2026-06-20, round 2026-h1)\n#   - milestone: m01\n" in text
    assert "no report yet\n#   - milestone: m04\n" in text


def test_an_id_that_was_withdrawn_or_released_is_not_given_again(fictional: Checked, chain: Files) -> None:
    catalog = fictional.catalog
    refused = begin(Wish("organisations", "harbour-choir"), catalog, {})
    assert isinstance(refused, Remark) and refused.kind == "id_taken_choose"

    rest = {name: rows for name, rows in catalog.tables.items() if name != "tombstones"}
    milestones = tuple(row for row in rest["milestones"] if row.id != "fic1-c02-m04")
    catalog = replace(catalog, tables={**rest, "milestones": milestones})
    files = {"plans/fic1/commitments/c02.yaml": b""}
    wish = Wish("milestones", plan="fic1", commitment="c02")
    free = begin(wish, catalog, files)
    assert isinstance(free, Form) and free.id == "m04"
    catalog = replace(catalog, releases=read_releases([ReleaseFolder("releases", chain)])[0])
    free = begin(wish, catalog, files)
    assert isinstance(free, Form) and free.id == "m05"
    refused = begin(replace(wish, id="m04"), catalog, files)
    assert isinstance(refused, Remark) and dict(refused.values)["next"] == "m05"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_milestone_leaves_every_other_line_as_it_is(
    line_end: str, real_content: Files, real: Checked, wording: Wording
) -> None:
    before = real_content["plans/nap3/commitments/c01.yaml"].replace(b"\n", line_end.encode())
    files = {**real_content, "plans/nap3/commitments/c01.yaml": before}
    form = form_of("milestones", real.catalog, files, plan="nap3")
    after = file_of(form, prompter(real.catalog, wording, "en"), before)
    assert after is not None and form.id == "m05" and after.count(b"\r") in (0, after.count(b"\n"))
    changes = list(difflib.ndiff(before.decode().splitlines(), after.decode().splitlines()))
    assert not [line for line in changes if line.startswith("-")]
    assert (
        "+   - id: m05" in changes
        and "  # starts before the commitment does: so adopted, waived in waivers.yaml" in "".join(changes)
    )


def test_a_milestone_is_not_forced_into_a_list_in_brackets(base: Files, catalog: Catalog, wording: Wording) -> None:
    form = form_of("milestones", catalog, base)
    assert file_of(form, prompter(catalog, wording, "en"), b"number: 1\nmilestones: [{id: m01}]\n") is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "content")
    shutil.copytree(ROOT / "content" / "codelists", tmp_path / "content" / "codelists", dirs_exist_ok=True)
    return tmp_path / "content"


def run(folder: Path, *arguments: str, answers: str | None = None) -> tuple[int, str]:
    options = ["new", *arguments, "--content", str(folder), "--ask" if answers is not None else "--no-ask"]
    result = CliRunner().invoke(main, options, input=answers)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_answers_are_judged_at_once_and_the_file_is_written(folder: Path) -> None:
    answers = "Harbour choir\n\nchoire\ncivil_society\n"
    code, told = run(folder, "organisation", "--id", "choir", "--lang", "en", answers=answers)
    assert code == 0 and "`choire` is not in the code list" in told and "Written:" in told
    text = (folder / "organisations" / "choir.yaml").read_text("utf-8")
    assert text.startswith('name:\n  en: "Harbour choir"\n') and "\nkind: civil_society\n" in text

    before = read_folder(folder)
    code, told = run(folder, "organisation", "--id", "choir")
    assert code == 2 and "choir" in told
    assert run(folder, "plan", "--dry-run")[0] == 0
    assert read_folder(folder) == before


@pytest.mark.parametrize(
    "wish",
    [
        Wish("organisations", "../choir"),
        Wish("organisations", "ministry"),
        Wish("organisations", values=(("name.en", "Ministry"),), id="ministry"),
        Wish("commitments", plan="other"),
        Wish("commitments", "C02", plan="demo"),
        Wish("milestones", commitment="c77"),
        Wish("updates", commitment="c01", round="../x"),
        Wish("updates", commitment="c01"),
    ],
)
def test_what_names_no_place_is_refused(wish: Wish, base: Files, catalog: Catalog) -> None:
    assert not isinstance(begin(wish, catalog, base), Form)


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("knid", "unknown-key"),
        ("name", "unknown-key"),
        ("name.fr", "unknown-key"),
        ("kind", "code-unknown"),
        ("parent", "reference-unknown"),
        ("website", "address-form"),
        ("valid_from", "partial-date-form"),
        ("provenance.1.fields", "unknown-key"),
        ("provenance", "unknown-key"),
        ("provenance.1.status.x", "unknown-key"),
    ],
)
def test_a_wrong_answer_is_named_as_the_check_names_it(path: str, rule: str, base: Files, catalog: Catalog) -> None:
    wrong = form_of("organisations", catalog, base).put(path, "minstry")
    assert wrong is not None and wrong.name == rule and wrong.location.file == path


@pytest.mark.parametrize(
    ("table", "path", "rule"),
    [
        ("updates", "items.m01.status", ""),
        ("updates", "items.m77.status", "reference-unknown"),
        ("commitments", "milestones.m02.number", ""),
        ("commitments", "milestones.M02.number", "id-form"),
    ],
)
def test_the_label_of_an_entry_is_judged_too(table: str, path: str, rule: str, base: Files, catalog: Catalog) -> None:
    wrong = form_of(table, catalog, base).put(path, "completed" if table == "updates" else "2")
    assert (wrong.name if wrong else "") == rule


def test_the_id_of_a_thing_with_a_name_is_chosen_and_one_made_of_the_name_is_proposed(folder: Path) -> None:
    answers = "Harbour Choir\n\ncivil_society\nХар\nministry\n\n"
    code, told = run(folder, "organisation", "--lang", "en", answers=answers)
    assert code == 0 and "id [harbour-choir]: " in told and "[id-form]" in told and "never given again" in told
    assert (folder / "organisations" / "harbour-choir.yaml").is_file()

    # a name without Latin letters proposes nothing, and nothing is called by a number
    code, told = run(folder, "organisation", "--lang", "mn", answers="Зорилго\n\ncivil_society\n\nzorilgo\n")
    assert code == 0 and "id: " in told and (folder / "organisations" / "zorilgo.yaml").is_file(), told
    before = read_folder(folder)
    code, told = run(folder, "organisation", "--set", "name.mn=Зорилго", "--lang", "en")
    assert code == 2 and "--id harbour-choir" in told
    assert run(folder, "indicator", answers="")[0] == 1
    assert read_folder(folder) == before


def test_what_cannot_be_right_together_is_asked_for_once_more(folder: Path) -> None:
    answers = "Plan five\n\nNAP 5\n\n2026\n2024\nactive\ndemo2\n" + 7 * "\n" + "2028\n\n"
    code, told = run(folder, "plan", "--lang", "en", answers=answers)
    assert code == 0 and "[start-after-end]" in told and "period_end [2024]: 2028" in told, told
    assert "\nperiod_end: 2028\n" in (folder / "plans" / "demo2" / "plan.yaml").read_text("utf-8")


def test_on_a_terminal_what_a_record_belongs_to_is_chosen_from_a_list(folder: Path) -> None:
    arguments = [sys.executable, "-m", "site_builder", "new", "update", "--content", str(folder), "--lang", "en"]
    process, terminal = pty.fork()
    if process == 0:  # the child becomes the program, with a terminal of its own
        os.chdir(ROOT)
        os.execv(sys.executable, arguments)
    answers = iter(["c1", "c01", "2026 h1", "2026-h1", "2026.07.10", "2026-07-10", "", "complete", "not_started"])
    told, asked = b"", 0
    with contextlib.suppress(OSError):  # the terminal is closed from the other side
        while read := os.read(terminal, 4096):
            told += read
            if told[asked:].endswith(b": ") and b"\n" in told[asked:] + b"\n":
                asked = len(told)
                os.write(terminal, f"{next(answers)}\n".encode())
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0, told.decode()
    text = told.decode()
    assert "\n  c01 = Publish every tender in one place" in text.replace("\r", "")
    assert "Did you mean `c01`?" in text and "round: `2026 h1`" in text and "Write 2026-07-10" in text, text
    made = (folder / "plans" / "demo" / "updates" / "2026-h1" / "c01.yaml").read_text("utf-8")
    assert made.startswith("reported_on: 2026-07-10\nitems:\n  - milestone: m02\n    status: not_started\n")


def test_what_a_status_wants_is_asked_for_with_it(folder: Path) -> None:
    milestones = [
        "completed\n\n2026-06-30\norder\nOrder 12\n\nexample.org\nhttps://example.org/12.pdf\n",
        "withdrawn\nOrder 13\n\nNo money\n\n",
    ]
    arguments = ("update", "--commitment", "c01", "--round", "2026-h1", "--lang", "en")
    code, told = run(folder, *arguments, answers="2026-07-10\n" + "".join(milestones))
    assert code == 0 and "[address-form]" in told and "items.m02.decision.en: " in told, told
    made = (folder / "plans" / "demo" / "updates" / "2026-h1" / "c01.yaml").read_text("utf-8")
    assert "    completed_on: 2026-06-30\n" in made and "        url: https://example.org/12.pdf\n" in made


def test_what_would_stop_the_build_is_not_written(folder: Path) -> None:
    before = read_folder(folder)
    code, told = run(folder, "commitment", "--set", "title.en=Words", "--set", "number=1", "--lang", "en")
    assert code == 1 and "nothing was written" in told.casefold(), told
    assert read_folder(folder) == before

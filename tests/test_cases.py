"""Every case of tests/cases/ gets exactly the report that stands in it, and no case touches what was published."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from manual import CLEAN, NOW, Case, Files, base_files, folder_of, read_cases

from site_builder.composition import Inputs, check
from site_builder.shell.cli import main
from site_builder.shell.job import Run
from site_builder.shell.reports import Report, formats
from site_builder.shell.wording import Wording

CASES = read_cases()
REFUSED = [case for case in CASES if case.is_refused]
SENTENCES_SPEAK_OF_SEVERAL = frozenset(
    {
        "A file is in an older encoding and has other separators",
        "A line is indented with a tab",
        "A page gets the address of a list",
        "A page of prose has a folder that cannot be an address",
        "A placeholder of a phrase is misspelt",
        "A waiver has expired",
        "Many values are above the natural limit",
        "No number can be read",
        "Numbers that YAML would change stay as they were typed",
        "Another error cannot be waived",
        "The English text stands in the Mongolian field",
        "The same mistake runs through a file",
    }
)
"""Cases that show more than one finding, and say so."""
FOLDERS = {"content": "content", "schemas": "schemas", "theme": "themes/default"}


def name_of(case: Case) -> str:
    return f"{case.family}: {case.title}"


@pytest.fixture(scope="module")
def base() -> Files:
    return base_files(ROOT)


def report_of(files: Files, wording: Wording, language: str = "en") -> Report:
    """Return the report on a project given by its files."""
    inputs = {kind: folder_of(files, folder) for kind, folder in FOLDERS.items()}
    checked = check(Inputs(**inputs, as_of=NOW, wording=wording))
    return Run(checked, inputs, FOLDERS).report(wording, language)


def test_the_base_is_without_mistakes(base: Files, wording: Wording) -> None:
    assert formats()["text"](report_of(base, wording)) == CLEAN


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_case_gets_exactly_its_report(case: Case, base: Files, wording: Wording) -> None:
    report = report_of(case.applied_to(base), wording)
    assert formats()["text"](report) == case.report
    for language in wording.languages:
        for finding in report.findings:
            for said in (wording.message(finding, language), wording.hint(finding, language)):
                assert said.strip()
    assert len(json.loads(formats()["json"](report))) == len(report.findings)
    if case.title not in SENTENCES_SPEAK_OF_SEVERAL:
        assert len(report.findings) <= 1


@pytest.mark.parametrize("case", REFUSED[::12], ids=name_of)
def test_a_refused_build_leaves_the_old_site_as_it_was(
    case: Case, base: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, content in case.applied_to(base).items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    notes = b'{"generator": "open-action-plan 0"}\n'
    old = {"build.json": notes, "index.html": b"<p>What was published\n", "en/index.html": b"<p>The same\n"}
    for path, content in old.items():
        target = tmp_path / "_site" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))

    result = CliRunner().invoke(main, ["build", "--lang", "en"])

    assert result.exit_code == 1, result.output
    assert result.stdout == case.report
    assert "Traceback" not in result.output
    site = tmp_path / "_site"
    assert {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()} == old
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 50
    assert len(REFUSED[::12]) >= 15
    assert sum(case.report == CLEAN for case in CASES) >= 10


def test_no_two_cases_have_the_same_title() -> None:
    titles = [case.title for case in CASES]
    assert sorted(set(titles)) == sorted(titles)


def test_every_rule_is_shown_in_a_case_or_in_the_rulebook(wording: Wording) -> None:
    shown = frozenset().union(*(case.rules for case in CASES))
    assert shown <= wording.rules
    assert wording.rules - shown <= wording.rulebook.rules.keys()


def test_every_rule_speaks_every_language_with_the_same_placeholders(wording: Wording) -> None:
    assert set(wording.languages) == {"en", "mn"}
    for rule in sorted(wording.rules):
        for part in ("message", "hint", "hint_with", "hint_at_cell"):
            key = f"{rule}.{part}"
            phrases = [words.phrases[key] for words in wording.catalogues.values() if words.has(key)]
            assert len(phrases) in ((0, 2) if part.startswith("hint_") else (2,)), key
            assert len({_placeholders(str(phrase)) for phrase in phrases}) <= 1, key


def _placeholders(phrase: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(phrase) if name)

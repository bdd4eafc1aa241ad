"""Every rule is explained in every language, and its example gets exactly this rule when wrong and none when right."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache

import pytest
from click.testing import CliRunner
from conftest import ROOT
from manual import NOW, Files, base_files, folder_of, unescaped

from site_builder.composition import Inputs, check
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.rule import Edit, Rule, aligned
from site_builder.readers.rulebook import RulebookBroken, read_rulebook
from site_builder.shell.cli import main
from site_builder.shell.wording import Wording, load_wording

FOLDERS = {"content": "content", "schemas": "schemas", "theme": "themes/default"}
RULES = load_wording().rulebook.rules
SHOWN = [rule for rule in RULES.values() if rule.shown]
CATALOGUE = {"Y": 20, "T": 17, "S": 12, "R": 15, "D": 18, "P": 17, "E": 14, "L": 11, "O": 12, "I": 18, "X": 8, "H": 12}
CATALOGUE |= {"B": 12}
"""How many ids each family of the catalogue of rules has."""


Clean = dict[tuple[tuple[str, bytes], ...], bool]
"""Whether nothing was found in some files; many rules have what is right in common."""


@pytest.fixture(scope="module")
def base() -> Files:
    return base_files(ROOT)


@pytest.fixture(scope="module")
def clean() -> Clean:
    return {}


def name_of(rule: Rule) -> str:
    return rule.name


def changed(files: Files, edits: Iterable[Edit], *, to_wrong: bool) -> dict[str, bytes]:
    """Return files with what is right in place of what is wrong, or the other way round."""
    done = dict(files)
    for edit in edits:
        old, new = (edit.right, edit.wrong) if to_wrong else (edit.wrong, edit.right)
        if new is None:
            del done[edit.file]
        elif old is None:
            assert edit.file not in done, f"{edit.file} is there already"
            done[edit.file] = unescaped(new)
        else:
            before = done[edit.file]
            assert before.count(unescaped(old)) == 1, f"not exactly once in {edit.file}: {old}"
            done[edit.file] = before.replace(unescaped(old), unescaped(new))
    return done


def findings(files: Files, wording: Wording, published: Files | None = None) -> list[Diagnostic]:
    inputs = {kind: folder_of(files, folder) for kind, folder in FOLDERS.items()}
    before = folder_of(published, "content") if published is not None else None
    return list(check(Inputs(**inputs, as_of=NOW, wording=wording, published=before, run_on=NOW)).findings)


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("rule", SHOWN, ids=name_of)
def test_the_wrong_gets_this_rule_and_the_right_gets_none(
    rule: Rule, base: Files, wording: Wording, clean: Clean
) -> None:
    right = changed(base, rule.setup, to_wrong=False)
    wrong = changed(right, rule.shown, to_wrong=True)
    key = tuple(sorted(right.items()))
    if key not in clean:
        assert [finding.name for finding in findings(right, wording)] == []
        clean[key] = True
    found = findings(wrong, wording, right if rule.is_change else None)
    assert {(finding.name, finding.severity) for finding in found} == {(rule.name, rule.severity)}


def test_a_value_of_a_time_to_come_is_found_where_nobody_wrote_when_it_was_retrieved(
    base: Files, wording: Wording
) -> None:
    file, sheet = "content/indicators/jobless.yaml", "content/indicators/jobless.csv"
    undated = {**base, file: base[file].replace(b"retrieved_on: 2026-06-01\n", b"")}
    future = {**undated, sheet: undated[sheet].replace(b"2021,F,", b"2027,F,")}
    assert [finding.name for finding in findings(undated, wording)] == []
    assert [(finding.name, finding.location.line) for finding in findings(future, wording)] == [
        ("value-from-the-future", 7)
    ]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("content/indicators/elders.yaml", b"unit: people", b"unit: services"),
        ("content/indicators/jobless.yaml", b"target_value: 4", b"target_value: 5\n    note:\n      en: Decided anew"),
        ("content/sources/plan-text.yaml", b"licence: CC-BY-4.0", b"licence: all rights reserved"),
    ],
)
def test_what_gives_another_meaning_to_what_was_published_is_told(
    file: str, before: bytes, after: bytes, base: Files, wording: Wording
) -> None:
    source = "content/sources/plan-text.yaml"
    published = {**base, source: base[source] + b"licence: CC-BY-4.0\n"}
    changed_now = {**published, file: published[file].replace(before, after)}
    names = [finding.name for finding in findings(changed_now, wording, published)]
    assert ("meaning-changed" in names) is (b"note" not in after)


def test_every_rule_is_explained_and_nothing_else(wording: Wording) -> None:
    assert set(RULES) == set(wording.rules)


@pytest.mark.parametrize("rule", RULES.values(), ids=name_of)
def test_an_explanation_speaks_every_language(rule: Rule, wording: Wording) -> None:
    assert set(rule.why) == set(wording.languages)
    assert all(len(text.split()) >= 5 for text in rule.why.values())


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.proof], ids=name_of)
def test_a_rule_without_an_example_names_the_test_that_shows_it(rule: Rule) -> None:
    file, _, name = rule.proof.partition("::")
    assert name in functions_of(file)
    assert rule.name in (ROOT / file).read_text(encoding="utf-8")


def test_each_id_of_the_catalogue_has_a_rule_or_a_reason(wording: Wording) -> None:
    ids = {f"{letter}{number:02}" for letter, count in CATALOGUE.items() for number in range(1, count + 1)}
    assert len(ids) == 186
    covered = {number for rule in RULES.values() for number in rule.catalogue}
    left_out = {number: reason for family in wording.rulebook.families for number, reason in family.left_out.items()}
    assert covered | left_out.keys() == ids
    assert not covered & left_out.keys()
    assert all(set(reason) == set(wording.languages) for reason in left_out.values())


def test_every_name_that_the_program_can_give_to_a_finding_is_in_the_rulebook() -> None:
    places = [path for folder in FINDERS for path in sorted((ROOT / "site_builder" / folder).rglob("*.py"))]
    given = {(name, path.name) for path in places for name in names_in(ast.parse(path.read_text("utf-8")))}
    assert {name for name, _ in given} >= {"date-form", "workbook-foreign", "series-two-units"}
    assert sorted((name, file) for name, file in given if not is_explained(name) and name not in NO_RULES) == []
    assert all("-" in name for name in RULES)


FINDERS = ("checks", "readers", "plan", "derive", "interchange/rounds", "interchange/series")
"""Where findings are made: a text there that looks like the name of a rule is one, or is in the next set."""
NO_RULES = frozenset(
    {
        *("utf-8", "utf-8-sig", "utf-16", "yyyy-mm-dd", "horizontal-tb", "indicator-config", "self-assessment"),
        *("base-uri", "connect-src", "default-src", "form-action", "img-src", "manifest-src", "script-src"),
        *("style-src", "strict-origin-when-cross-origin", "event-*-*", "events-*-*"),
    }
)


def names_in(tree: ast.AST) -> Iterator[str]:
    """Yield the texts that have the form of a name of a rule, with a * for each value in one that is put together."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
        else:
            text = str(node.value) if isinstance(node, ast.Constant) else ""
        if re.fullmatch(r"[a-z*][a-z0-9*]*(-[a-z0-9*]+)+", text):
            yield text


def is_explained(name: str) -> bool:
    return any(fnmatchcase(rule, name) for rule in RULES)


@pytest.mark.parametrize("language", ["en", "mn"])
def test_the_command_explains_a_rule(language: str, wording: Wording) -> None:
    answer = CliRunner().invoke(main, ["explain", "date-form", "--lang", language])
    assert answer.exit_code == 0, answer.output
    rule = RULES["date-form"]
    for said in (rule.why[language], "end_date: 2027.06.30", "end_date: 2027-06-30", wording.say("fix", language)):
        assert said in answer.stdout
    assert "{" not in answer.stdout


@pytest.mark.parametrize(
    ("piece", "shown"),
    [
        ("due_on: 1\n    due_current: 2", "due_on: 1\ndue_current: 2"),
        ("title:\n      en: A\n      mn: B", "title:\n  en: A\n  mn: B"),
        ("- id: m01\n    number: 1", "- id: m01\n  number: 1"),
        ("    due_on: 1\n    due_current: 2", "    due_on: 1\n    due_current: 2"),
        ("one line", "one line"),
    ],
)
def test_a_piece_is_shown_with_its_lines_in_a_row(piece: str, shown: str) -> None:
    assert aligned(piece) == shown


def test_the_list_has_a_line_a_rule() -> None:
    answer = CliRunner().invoke(main, ["explain", "--list", "--lang", "en"])
    assert [line.split()[0] for line in answer.stdout.splitlines()] == sorted(RULES)


def test_the_catalogue_has_a_line_an_id() -> None:
    answer = CliRunner().invoke(main, ["explain", "--catalogue", "--lang", "mn"])
    lines = answer.stdout.splitlines()
    assert len(lines) == 186
    assert all(re.fullmatch(r"[A-Z][0-9]{2}  \S.*", line) for line in lines)


def test_an_unknown_rule_is_answered_with_the_nearest() -> None:
    answer = CliRunner().invoke(main, ["explain", "date-from", "--lang", "en"])
    assert answer.exit_code == 2
    assert "explain date-form" in answer.output


@pytest.mark.parametrize(
    "written",
    [
        "title: {en: A, mn: Б}\nrules: {x: {severity: error, why: {en: a, mn: б}}}\n",
        "title: {en: A, mn: Б}\nrules: {x: {severity: error, why: {en: a, mn: б}, proof: t, colour: red}}\n",
        "title: {en: A, mn: Б}\nrules: [\n",
    ],
)
def test_a_broken_rulebook_is_refused(written: str) -> None:
    with pytest.raises(RulebookBroken):
        read_rulebook({"dates.yaml": written.encode()})

"""Reports of findings as the hosts read them: each format before its published schema, nothing in a text runs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from site_builder.composition import Checked
from site_builder.nouns.diagnostic import Diagnostic, Location, Severity, found
from site_builder.shell.reports import Report, formats
from site_builder.shell.rule_pages import rule_pages
from site_builder.shell.wording import load_wording

WORDING = load_wording()
FILE = "content/plans/nap3/commitments/c01.yaml"
LINES = {FILE: ["due_baseline: 2019.08.01", "Үг: grand_chalenge", 'name: " x "', "a: b: c"]}
POISON = (
    "</failure>]]>\x1b[31m\u202e`$(id)` <script>alert(1)</script> @all #1 "
    "https://evil.example www.evil.example ::error::x|"
)

DATE = found("date-form", Location(FILE, 1, 15), value="2019.08.01", suggestion="2019-08-01", length=10)
KEY = found(
    "unknown-key", Location(FILE, 2, 5), key="grand_chalenge", known="y", suggestion="grand_challenge", length=14
)
SPACE = found("outer-space", Location(FILE, 3, 8), key="name", value=" x ", suggestion='"x"', length=3)
COLON = found("colon-in-text", Location(FILE, 4, 5), suggestion='"b: c"')
HOSTILE = found("unknown-key", Location(f"content/{POISON}.yaml", 3, 2), key=POISON, known=POISON, record=POISON)
WARNING = found("unknown-key", Location(FILE, 2, 5), key="x", known="y", severity=Severity.WARNING)
NOTICE = found("unknown-key", Location(FILE, 2, 5), key="x", known="y", severity=Severity.NOTICE)
EVERYTHING = (DATE, KEY, SPACE, COLON, HOSTILE, HOSTILE, WARNING, NOTICE)


def report(*findings: Diagnostic, language: str = "en") -> Report:
    return Report(findings, WORDING, language, LINES, 2)


def emitted(name: str, *findings: Diagnostic, language: str = "en") -> str:
    return formats()[name](report(*findings, language=language))


@pytest.fixture(scope="module")
def judges(root: Path) -> Path:
    return root / "tests" / "judges"


def judge_of(file: Path) -> Any:
    schema = json.loads(file.read_text("utf-8"))
    schema.pop("id", None)  # an address that a judge without network must not follow
    return jsonschema.validators.validator_for(schema, jsonschema.Draft4Validator)(schema)


@pytest.mark.parametrize("language", ["en", "mn"])
def test_sarif_keeps_to_the_schema_of_oasis(judges: Path, language: str) -> None:
    judge = judge_of(judges / "sarif-2.1.0-rtm.5.json")
    log = json.loads(emitted("sarif", *EVERYTHING, language=language))
    judge.validate(log)
    judge.validate(json.loads(emitted("sarif")))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not judge.is_valid(log)


def test_sarif_says_of_each_rule_what_it_means_and_how_it_is_mended() -> None:
    run = json.loads(emitted("sarif", DATE, KEY))["runs"][0]
    date_form, unknown_key = run["tool"]["driver"]["rules"]
    assert date_form["shortDescription"]["text"] == "`‹value›` is not a date in the form YYYY-MM-DD."
    assert "2019-08-01" in date_form["help"]["text"] and "он-сар-өдөр" in date_form["fullDescription"]["text"]
    assert [result["ruleIndex"] for result in run["results"]] == [0, 1] and unknown_key["id"] == "unknown-key"
    fix = run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert fix["insertedContent"] == {"text": "2019-08-01"}
    assert fix["deletedRegion"] == {"startLine": 1, "startColumn": 15, "endColumn": 25}


def test_a_finding_leads_to_the_page_of_its_rule_where_the_site_is_known(judges: Path) -> None:
    pages = {(DATE.name, code): f"https://example.org/plan/{code}/rules/date-form/index.html" for code in ("en", "mn")}
    told = replace(report(DATE, KEY), pages=pages)
    log = json.loads(formats()["sarif"](told))
    judge_of(judges / "sarif-2.1.0-rtm.5.json").validate(log)
    assert [rule.get("helpUri") for rule in log["runs"][0]["tool"]["driver"]["rules"]] == [
        pages["date-form", "en"],
        None,
    ]
    assert json.loads(formats()["rdjsonl"](told).splitlines()[0])["code"]["url"] == pages["date-form", "en"]
    assert f"[<code>date-form</code>]({pages['date-form', 'mn']})" in formats()["markdown"](told)


def test_each_line_for_reviewdog_keeps_to_its_schema(judges: Path) -> None:
    judge = judge_of(judges / "reviewdog-Diagnostic.json")
    rows = [json.loads(line) for line in emitted("rdjsonl", *EVERYTHING).splitlines()]
    assert len(rows) == len(EVERYTHING)
    for row in rows:
        judge.validate(row)
    assert not judge.is_valid({**rows[0], "severity": "FATAL"})


def test_columns_for_reviewdog_count_bytes_and_a_suggestion_covers_what_it_replaces() -> None:
    row = json.loads(emitted("rdjsonl", KEY))
    start, end = row["location"]["range"]["start"], row["location"]["range"]["end"]
    line = LINES[FILE][1].encode("utf-8")
    assert line[start["column"] - 1 : end["column"] - 1] == b"grand_chalenge"
    assert row["suggestions"] == [{"range": row["location"]["range"], "text": "grand_challenge"}]


@pytest.mark.parametrize(
    "finding",
    [
        SPACE,
        COLON,
        replace(DATE, suggestion=""),
        replace(KEY, location=Location(FILE, 9, 1)),
        replace(KEY, length=5),
        replace(KEY, location=Location(FILE, 1, 1), length=12),
    ],
    ids=["inside quotes", "another place", "nothing to write", "no such line", "half a word", "another word"],
)
def test_what_only_a_person_can_write_is_not_suggested_to_a_machine(finding: Diagnostic) -> None:
    assert "suggestions" not in json.loads(emitted("rdjsonl", finding))
    assert "fixes" not in emitted("sarif", finding)


def test_the_report_for_gitlab_keeps_to_its_schema_and_knows_each_finding_again(judges: Path) -> None:
    judge = judge_of(judges / "gitlab-codeclimate.json")
    rows = json.loads(emitted("gitlab", *EVERYTHING))
    for row in rows:
        judge.validate(row)
    assert {row["severity"] for row in rows} <= {"info", "minor", "major", "critical", "blocker"}
    assert len({row["fingerprint"] for row in rows}) == len(EVERYTHING)
    moved = replace(DATE, location=Location(FILE, 40, 15))
    assert json.loads(emitted("gitlab", moved))[0]["fingerprint"] in {row["fingerprint"] for row in rows}
    assert not judge.is_valid({**rows[0], "fingerprint": 1})


def test_junit_keeps_to_its_schema_and_a_case_fails_for_an_error_only(judges: Path) -> None:
    schema = etree.XMLSchema(etree.parse(judges / "junit-10.xsd"))
    tree = etree.fromstring(emitted("junit", *EVERYTHING).encode("utf-8"))
    schema.assertValid(tree)
    cases = tree.findall(".//testcase")
    failed = {(case.get("name"), case.get("classname")) for case in cases if case.find("failure") is not None}
    assert ("date-form", FILE) in failed and len(cases) == int(tree.get("tests")) > len(WORDING.rules) - 5
    assert int(tree.get("failures")) == len(failed) == 5
    quiet = etree.fromstring(emitted("junit", WARNING, NOTICE).encode("utf-8"))
    assert quiet.get("failures") == "0" and quiet.find(".//system-out") is not None
    tree.find("testsuite").attrib.pop("name")
    assert not schema.validate(tree)


def test_github_shows_the_first_ten_of_each_severity_and_counts_the_others() -> None:
    errors = [replace(DATE, location=Location(FILE, line, 1)) for line in range(40, 0, -1)]
    warnings = [replace(WARNING, location=Location(FILE, line, 1)) for line in range(1, 13)]
    lines = emitted("github", *warnings, *errors, NOTICE).splitlines()
    assert [line.split(" ")[0] for line in lines[:-1]] == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"]
    assert "line=1," in lines[0] and lines[-1] == "32 more findings stand in the summary."


def test_the_summary_says_first_whether_it_passed_and_then_everything_in_each_language() -> None:
    text = emitted("markdown", *EVERYTHING)
    assert text.splitlines()[0] == "# NOT YET · ХАРААХАН ТЭНЦЭЭГҮЙ"
    assert "6 errors, 1 warning, 1 notice. 2 known breaks of rules are waived." in text
    assert text.count("2019.08.01") == 2 and "Ингэж бичнэ үү" in text
    assert emitted("markdown", WARNING).startswith("# PASSED · ТЭНЦСЭН\n")
    assert "- 300 more are not listed here." in emitted(
        "markdown", *(replace(DATE, location=Location(FILE, line, 1)) for line in range(1, 501))
    )


def test_nothing_quoted_in_the_summary_becomes_markdown_html_a_mention_or_an_address() -> None:
    html = MarkdownIt("gfm-like", {"linkify": False}).render(emitted("markdown", HOSTILE))
    assert set(re.findall(r"<(\w+)", html)) == {"h1", "h2", "p", "ul", "li", "code", "br", "hr"}
    shown = re.sub(r"<(?!!)[^>]*>", "", html)
    assert not re.search(r"[@#]\w|https?://|www[.]\w", shown)
    assert "evil.example" in shown


def test_what_was_there_before_a_change_comes_last_is_marked_and_stops_nothing() -> None:
    old, new = replace(KEY, introduced=False), replace(WARNING, location=Location(FILE, 9, 1), introduced=True)
    assert emitted("markdown", old, new).startswith("# PASSED")
    assert "1 error. 1 of them was there before and stops nothing." in emitted("markdown", old)
    assert "· error (was there before)" in emitted("markdown", old)
    assert etree.fromstring(emitted("junit", old).encode("utf-8")).get("failures") == "0"
    states = [row["baselineState"] for row in json.loads(emitted("sarif", old, new))["runs"][0]["results"]]
    assert states == ["unchanged", "new"]
    both = emitted("github", old, replace(DATE, location=Location(FILE, 99, 1), introduced=True)).splitlines()
    assert "title=unknown-key · error (was there before)::" in both[1]
    assert "line=99," in both[0] and emitted("markdown", replace(old, introduced=True)).startswith("# NOT YET")


@pytest.mark.parametrize("name", sorted(formats()))
def test_a_report_has_no_character_that_commands_a_terminal(name: str) -> None:
    text = emitted(name, *EVERYTHING)
    if name != "json":  # keeps what was written, by number
        assert text.replace("\n", "").isprintable()
    assert "\x1b" not in text


def test_pages_of_rules_have_an_address_only_where_the_site_says_its_own(real: Checked) -> None:
    assert rule_pages(real) == {}
    site = real.catalog.site
    for base, first in (("https://example.org/plan/", "https://example.org/plan/en/rules/"), ("javascript:x()", "")):
        address = site.cells["time_zone"]._replace(value=base)
        hosted = site._replace(cells={**site.cells, "base_url": address})
        catalog = replace(real.catalog, tables={**real.catalog.tables, "site": (hosted,)})
        addresses = rule_pages(replace(real, catalog=catalog))
        assert addresses.get((DATE.name, "en"), "") == (f"{first}date-form/index.html" if first else "")

"""What the real content promises: the plan as adopted, no rating made up, no person named, Mongolian that is spelt."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path

import pytest
from conftest import Files

from site_builder.composition import Checked
from site_builder.nouns.diagnostic import Severity

Rows = Mapping[str, list[dict[str, str]]]

MILESTONES = {
    # commitment: titles as adopted, with start and end where the sources give them
    "c01": (
        "Convert the contract that health insurance agency makes | 2019-01-01 | 2019-08-01",
        "Renew healthcare service standards, guidelines and instructions | 2019-03-01 | 2019-12-15",
        "Involve CSOs to take part in procurement process | 2019-01-15 | 2020-06-15",
        "Improve information transparency related with health insurance fund | 2019-01-15 | 2020-06-15",
    ),
    "c02": (
        "Research and analyzing sub-system | 2019-01-01 | 2019-03-01",
        "Develop School Management sub-system, prepare teacher's information section | 2019-03-01 | 2019-06-15",
        "Develop web portal for parents and caretakers | |",
        "Develop mobile apps for parents and caretakers | |",
        "E-content | |",
        "Fina… | |",
    ),
    "c03": ("Conduct study on difficulties in shifting online public services | |",),
    "c05": (
        "Preparation phase to create citizens' monitoring group at bags and khoroos | |",
        "Establishing phase to create citizens' monitoring groups | |",
        "Capacity building phase to capacitate citizens' monitoring group members | |",
        "Preparation for creating citizens' monitoring groups at soums and districts | |",
        "Creating soum and district monitoring groups | |",
        "Organize national consultative meeting | |",
    ),
    "c08": (
        'Carry out study on inclusion of "transparency of political parties financing" | |',
        "Provide public with information, present the draft law | |",
        "Organize activities to get pledges and commitment from political parties | |",
        "Carry out advocate work in partnership with OGP stakeholders until the bill is adopted | |",
    ),
    "c09": (
        "Improve legal framework for strengthening state-owned and public companies governance | |",
        "Establish training for advanced level corporate governance | |",
        "Ensure governance and operational transparency of state-owned and public companies | |",
        "Create system for conducting independent evaluation on corporate governance | |",
        "Establish a system that selection of directors and executives are made with public participation | |",
        "Create corporate social responsibility, internal audit and risk based control system | |",
    ),
    "c10": (
        "Organize joint meeting of members of Parliamentary Standing Committee for Economics | |",
        "Get the concept notes for re-visiting the Extractive Sector Transparency Bill | |",
        "Collect data on beneficial owners, store in the database and disclose to public | |",
        "Organize advertisement and awareness raising measures for legal entities | |",
        "Carry out mid-term and final evaluation on enforcement of laws | |",
    ),
    "c11": (
        "Renew the conceptual note/framework for the Extractives Sector Transparency Law | |",
        "Establish legal environment obligating to administer and update www.iltodgeree.mn website | |",
        "Raise awareness of contract parties that the Natural Resources Use Agreements | |",
        "Carry out mid-term and final evaluation on enforcement of laws | |",
    ),
    "c12": (
        "Define the cost to develop the system and find the funding | |",
        "Develop the open parts of the system and ensure openness and transparency | |",
    ),
}
CUT_SHORT = {"nap3-c02-m06", "nap3-c12-m02"}
"""Milestones whose wording breaks off in the sources."""

PEOPLE = frozenset(
    {
        "021fb044d1c216bc015a04fce9067ffb109253369c8c0a82ffe5941aa4ed7fa7",
        "159d3a724c9eba267d8839ade61da964f0d874966058ea92546743f6f6300fda",
        "1fe083e37eda963e6268d198cc9baa936d8a6c84be38fb539b4d3a32a4ed85c7",
        "27679ae72e7c730596c57de51b92f5e27e8da753b4f727c03e935e35f1e97a0d",
        "2ad88714ba1293b3e8a21ca46b3b20cf69e41d25d99a25a44f16cbebbbe59766",
        "2c094b31bf39ca91b33e5b9626043e562676e7dcae97dfcd253a04112289e785",
        "2f0cce5fecc06323319affa7ef8e2ef484a2e91248041a86013d390a18fe086a",
        "45dc1a376a73d7442efcbd48edd0a25c926fc0fae410ef5302db601eed75b07c",
        "48bf64767b3db785f6ecdc1f80bb1a345a8d5cd5c6991edcef5ddfe3463a27ba",
        "49d74b8c19c353fe4c8ef3488a5398ade407682912e4925baf7b6ccd13c4fdee",
        "4b4ec11d99215510f942a0184b8a223cf34cef57c5be552f5ec8aa7232ed1070",
        "55d9c065784b086face49312ed39c8b0f5972523e2b1396ac842b3347bd71540",
        "577756d574bea2e5f0266d9ff54d625aeb8fad3a05d0684d63c557eee125203f",
        "63063c3e7e5ed23d195df73aa39d22819a1bf3ff50a103d5ddd9a222cc4417d1",
        "694f1440dc3587fe79f279d59d2345f810858ddf20f909ab41f4c3064ad2a4f0",
        "80ef873718f431bf72b5ce01bbf38d01af116274dd6ff89a2ecf7ee453420adf",
        "8b27c8abd9ee3fb4b75f3ee7dd6c019b3b0f924aff4bab1ae835667be416f7ea",
        "8e7f56f0d7c22a8918b6abd27a8b1c4737f337ec16e3e095a80b636d94ed773b",
        "9e47fbbf7d0274cd051e8e1aa53f841a0777a0e3532eb19af1002ef2e53ff990",
        "b2b83184c24c8c2349af4adc22b7a908ec70e2e1722018aa3e88696b9c013dac",
        "c116f1290ac1d2d4b31c643037e3b0e466e040d2bfaf84f90171eaea0c24f4ba",
        "c31efac3174a68c235af77e871d9b8cd015093adced1eabd193b30996717b5fc",
        "d6f2fcac1ce99010b23a3cec1f32522b17eee06d2150658d1cbc1e8b76c864fb",
        "ea67b3006afda619fee99a049f0838567bcc91f4f4262359671e3efb0fe8e774",
        "f44812366bbd8fc2dbd070e1e3fcc28a2ce253c1f7d19001183f363d811490bc",
        "f55765cd151a728528f5aefb40257789ea9f3a1ded2f46fe251631d2f2334943",
    }
)
"""SHA-256 of the names, lower case, in both scripts, of the people whom the sources of the plan name."""
NAME_LENGTHS = range(5, 13)
"""Lengths of these names; a word that begins with one is found, so that endings of Mongolian hide none."""
MAILBOX = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|mailto:", re.IGNORECASE)
MOBILE = re.compile(r"(?<![\w.,/-])(\+?976[ -]?)?[89]\d{3}[ -]?\d{4}(?![\w,/-]|\.\d)")

WORDLIST = Path(__file__).parent / "wordlists" / "mn.txt"
MONGOLIAN = re.compile(r"(?<![\w»”\"'*-])[А-яЁёӨөҮү]+(?:-[А-яЁёӨөҮү]+)*(?!\w)")
"""A word in Cyrillic letters; not the ending that a hyphen joins to a number, a quotation or a Latin name."""
MISSPELT = "амлалтт"
SHOWN_SLIP = "туcламж"
"""A word with a Latin letter by which CONTRIBUTING.md shows what the program says of one."""


@pytest.fixture(scope="module")
def rows(real_outputs: Files) -> Rows:
    return {
        path.removeprefix("data/latest/").removesuffix(".csv"): list(
            csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        )
        for path, content in real_outputs.items()
        if path.endswith(".csv")
    }


def numbered(rows: Rows, plan: str = "nap3") -> dict[str, dict[str, str]]:
    """Commitments of a plan by the number that it gives them."""
    return {row["number"]: row for row in rows["commitments"] if row["plan_id"] == plan}


# Findings


def test_the_real_content_has_no_errors_and_no_warnings(real: Checked) -> None:
    heavy = [finding for finding in real.findings if finding.severity in (Severity.ERROR, Severity.WARNING)]
    assert heavy == []


def test_what_is_waived_is_known_and_has_a_public_reason(real: Checked, rows: Rows) -> None:
    assert {(finding.name, finding.record) for finding in real.waived} == {
        ("due-before-submission", "nap3-c02-m01"),
        ("milestone-before-commitment", "nap3-c01-m01"),
        ("milestone-before-commitment", "nap3-c02-m01"),
        ("no-final-status", "nap3"),
        ("report-overdue", "nap5"),
        ("translation-missing", "cabinet-secretariat"),
        ("translation-unchecked", "mn"),
        ("organisation-unused", "escap"),
        ("http-link", "ogp-action-plan-rules"),
        ("value-jumps", "out-of-school-children-total-2009"),
        ("indicator-without-outcome", "labour-force-participation"),
        ("target-group-unseen", "social-development-environment-o03/social-development-older-people/target"),
        ("target-group-unseen", "social-development-family-o01/social-development-rural-people/target"),
        ("target-group-unseen", "social-development-family-o02/social-development-with-disabilities/target"),
        ("target-group-unseen", "social-development-labour-o02/social-development-women/target"),
        ("target-group-unseen", "social-development-welfare-o01/social-development-herder-households/target"),
    }
    assert all(row["reason_en"] and row["reason_mn"] for row in rows["waivers"])
    assert len(rows["waivers"]) == 16


# The plans as adopted

COMMITMENTS = {"nap1": 0, "nap2": 13, "nap3": 13, "nap4": 9, "nap5": 9}
"""How many commitments of each plan are known; of the first plan no source lists any."""
BEFORE_FIRST = {"nap2": 21, "nap3": 34, "nap4": 47, "nap5": 56}
"""The number in OGP's running ids of the country that comes before the plan's first commitment."""


@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize("plan", COMMITMENTS)
def test_every_commitment_of_a_plan_has_a_page_in_each_language(real_outputs: Files, plan: str, language: str) -> None:
    pages = [path for path in real_outputs if re.fullmatch(rf"{language}/commitments/{plan}-[^/]+/index\.html", path)]
    expected = range(1, COMMITMENTS[plan] + 1)
    assert sorted(pages) == [f"{language}/commitments/{plan}-c{number:02}/index.html" for number in expected]


@pytest.mark.parametrize("plan", BEFORE_FIRST)
def test_the_commitments_bear_the_ids_that_ogp_gave_them(rows: Rows, plan: str) -> None:
    ids = {number: row["ogp_id"] for number, row in numbered(rows, plan).items()}
    expected = range(1, COMMITMENTS[plan] + 1)
    assert ids == {str(number): f"MN{BEFORE_FIRST[plan] + number:04}" for number in expected}


def test_the_plans_follow_each_other_and_only_the_last_one_runs(rows: Rows) -> None:
    told = {row["plan_id"]: (row["period_start"], row["period_end"], row["status"]) for row in rows["plans"]}
    assert told == {
        "nap1": ("2014", "2016", "ended"),
        "nap2": ("2016", "2018", "ended"),
        "nap3": ("2019", "2021", "ended"),
        "nap4": ("2021", "2023", "ended"),
        "nap5": ("2023-12", "2027-12", "active"),
    }


def test_a_title_that_no_source_states_is_missing(rows: Rows) -> None:
    untitled = {row["commitment_id"] for row in rows["commitments"] if not (row["title_en"] or row["title_ogp_en"])}
    assert untitled == {f"nap2-c{number:02}" for number in range(1, 14)} | {"nap5-c05", "nap5-c06", "nap5-c07"}


def test_no_title_is_a_beginning_that_the_source_cuts_off(rows: Rows) -> None:
    titles = [row[name] for row in rows["commitments"] for name in ("title_en", "title_ogp_en", "title_mn")]
    assert [title for title in titles if "…" in title or "..." in title] == []


BACK = {"continues": "continued_by", "continued_by": "continues", "related": "related"}


def test_a_link_between_commitments_is_told_by_both(rows: Rows) -> None:
    known = {row["commitment_id"] for row in rows["commitments"]}
    links = {
        (row["commitment_id"], row["relation"], row["target"]): row["inferred"] for row in rows["commitment_links"]
    }
    assert len(links) >= 18
    assert {target for _, _, target in links} <= known
    for (commitment, relation, target), inferred in links.items():
        assert links.get((target, BACK[relation], commitment)) == inferred, f"{target} says nothing of {commitment}"


@pytest.mark.parametrize(
    ("commitment", "told"),
    [
        ("nap3-c08", 'nap2-c04/index.html">Title not known (MN0025)</a>, National Action Plan II '),
        ("nap5-c08", "nap3-c07/index.html\">Citizens' Satisfaction Survey</a>, National Action Plan III<"),
        ("nap4-c02", 'nap4-c08/index.html">Legal environment enabling freedom of the press</a><'),
    ],
)
def test_a_link_to_another_plan_names_the_plan(real_outputs: Files, commitment: str, told: str) -> None:
    assert told in unescape(real_outputs[f"en/commitments/{commitment}/index.html"].decode())


@pytest.mark.parametrize(("plan", "count"), [("nap3", 42), ("nap4", 2)])
def test_the_commitments_have_numbers_of_their_own(rows: Rows, plan: str, count: int) -> None:
    assert len([row for row in rows["measures"] if row["commitment_id"].startswith(f"{plan}-")]) == count
    assert {row["commitment_id"] for row in rows["measures"]} <= {row["commitment_id"] for row in rows["commitments"]}


@pytest.mark.parametrize("commitment", [f"c{number:02}" for number in range(1, 14)])
def test_milestones_stand_as_they_were_adopted(rows: Rows, commitment: str) -> None:
    found = [row for row in rows["milestones"] if row["commitment_id"] == f"nap3-{commitment}"]
    expected = [[part.strip() for part in line.split("|")] for line in MILESTONES.get(commitment, ())]
    assert [int(row["number"]) for row in found] == list(range(1, len(expected) + 1))
    for row, (title, start, end) in zip(found, expected, strict=True):
        assert row["title_en"].startswith(title)
        assert (row["start_date"], row["due_baseline"], row["due_current"]) == (start, end, end)
        assert row["title_complete"] == ("false" if row["milestone_id"] in CUT_SHORT else "true")


def test_the_dates_of_a_commitment_are_those_of_its_source(rows: Rows) -> None:
    commitments = numbered(rows)
    for number in ("1", "2"):
        row = commitments[number]
        assert (row["start_date"], row["end_date"], row["continuity"]) == ("2019-01-15", "2021-01-15", "new")
        assert row["title_en"] in (
            "Improve the strategic procurement process for healthcare service, make quality monitoring transparent",
            "Enable digital engagement of parents and community in operations of schools",
        )
    (plan,) = (row for row in rows["plans"] if row["plan_id"] == "nap3")
    assert (plan["adopted_on"], plan["submitted_on"], plan["letter_on"]) == ("2019-01-31", "2019-04-22", "2019-11-13")
    assert (plan["period_start"], plan["period_end"]) == ("2019", "2021")


@pytest.mark.parametrize("language", ["en", "mn"])
def test_a_brief_fits_the_140_characters_of_the_form(rows: Rows, language: str) -> None:
    briefs = [row[f"brief_{language}"] for row in rows["commitments"]]
    assert all(briefs)
    assert max(map(len, briefs)) <= 140


def test_the_length_of_the_adopted_brief_is_recorded_where_it_was_read(rows: Rows) -> None:
    lengths = {number: row["brief_as_adopted_length"] for number, row in numbered(rows).items()}
    assert {number: length for number, length in lengths.items() if length} == {"1": "585", "2": "556"}


def test_the_reviewers_levels_of_the_second_plan_add_up_to_its_commitments(rows: Rows) -> None:
    found = {
        row["measure"]: int(row["value"])
        for row in rows["plan_findings"]
        if row["assessment_id"] == "nap2-irm-end-of-term"
    }
    levels = ("complete_count", "substantial_count", "limited_count", "not_started_count")
    assert tuple(found[level] for level in levels) == (3, 1, 9, 0)
    (plan,) = (row for row in rows["plans"] if row["plan_id"] == "nap2")
    assert sum(found[level] for level in levels) == int(plan["commitment_count"]) == 13


# What nobody has said is not made up


COMPLETIONS = {
    "nap3-c08": "limited",
    "nap3-c09": "limited",
    "nap3-c10": "substantial",
    "nap3-c11": "limited",
    "nap4-c01": "limited",
    "nap4-c02": "substantial",
    "nap4-c05": "limited",
    "nap4-c06": "substantial",
    "nap4-c07": "limited",
    "nap4-c08": "not_started",
}
CODINGS = {
    "completion": COMPLETIONS,
    "did_it_open_government": {"nap3-c10": "marginal"},
    "early_results": {
        "nap4-c01": "no_notable_results",
        "nap4-c02": "moderate",
        "nap4-c03": "significant",
        "nap4-c05": "no_notable_results",
        "nap4-c06": "no_notable_results",
        "nap4-c07": "no_notable_results",
        "nap4-c08": "no_notable_results",
        "nap4-c09": "moderate",
    },
    "potential_for_results": {
        "nap4-c01": "substantial",
        "nap4-c02": "substantial",
        "nap4-c05": "modest",
        "nap4-c06": "modest",
        "nap4-c07": "unclear",
        "nap4-c08": "substantial",
        "nap5-c01": "substantial",
        "nap5-c04": "substantial",
    },
}
"""What OGP's reviewers coded, as far as it was read; NR, ND, Pending and No Data are no rating."""


@pytest.mark.parametrize("field", CODINGS)
def test_only_what_the_reviewers_coded_is_a_rating(rows: Rows, field: str) -> None:
    found = {(row["commitment_id"], row[field]) for row in rows["assessment_findings"] if row[field]}
    assert found == set(CODINGS[field].items())


def test_a_commitment_without_a_coding_has_none_in_its_summary_and_says_so(
    real: Checked, rows: Rows, real_outputs: Files
) -> None:
    completion = {row["commitment_id"]: row["irm_completion"] for row in rows["commitment_summary"]}
    assert {key: value for key, value in completion.items() if value} == COMPLETIONS
    for commitment, coded in completion.items():
        for language, words in real.theme.words.items():
            page = real_outputs[f"{language}/commitments/{commitment}/index.html"].decode()
            said = words.say("answer.no_completion_more") in unescape(page)
            assert said == (not coded), f"{commitment} in {language}"


def test_a_finding_is_not_asked_what_only_the_form_of_the_plan_asks(real_outputs: Files) -> None:
    # commitments and findings both have a field called ambition; only of commitments is it asked everywhere
    page = real_outputs["en/commitments/nap4-c09/index.html"].decode()
    findings = page[page.index("Results report") : page.index("<h2>Facts</h2>")]
    assert findings.count("Ambition") == 1


def test_no_government_report_means_no_status(rows: Rows) -> None:
    assert rows["updates"] == []
    assert {(row["government_status"], row["government_status_basis"]) for row in rows["commitment_summary"]} == {
        ("", "no_report")
    }


def test_in_the_ended_plan_nothing_is_overdue(rows: Rows) -> None:
    assert {row["schedule_status"] for row in rows["milestone_schedule"]} == {"not_reported"}
    assert {row["days_overdue"] for row in rows["milestone_schedule"]} == {""}
    for table in ("commitment_summary", "plan_summary", "organisation_summary"):
        assert {row["milestone_overdue_count"] for row in rows[table]} == {"0"}, table
    (plan,) = (row for row in rows["plan_summary"] if row["plan_id"] == "nap3")
    assert (plan["ended"], plan["last_day"], plan["commitment_count"]) == ("true", "2021-12-31", "13")


# Indicators and the framework

AS_IN_THE_NOTE = ("areas", "working_groups", "sessions")
MADE_UP = (
    "outcomes",
    "issues",
    "outcome_issues",
    "core_concepts",
    "coverage",
    "populations",
    "inclusions",
    "data_plan",
)
MADE_UP_LINKS = ("outcome_indicators", "required_disaggregations")


def test_what_the_programme_did_not_say_is_marked_as_illustrative_in_every_row(rows: Rows) -> None:
    assert [row["illustrative"] for row in rows["frameworks"]] == ["true"]
    for table in (*AS_IN_THE_NOTE, *MADE_UP, *MADE_UP_LINKS):
        expected = "false" if table in AS_IN_THE_NOTE else "true"
        assert {row["illustrative"] for row in rows[table]} == {expected}, table
    assert [len(rows[table]) for table in AS_IN_THE_NOTE] == [5, 5, 9]


def test_what_the_sessions_found_is_not_made_up(rows: Rows) -> None:
    assert {row["session_state"] for row in rows["sessions"]} == {"planned"}
    assert rows["session_points"] == []


def test_published_values_come_with_a_licence_that_lets_them_be_published(rows: Rows) -> None:
    licences = {row["source_id"]: row["licence"] for row in rows["sources"]}
    carried = [row for row in rows["observations"] if row["source_id"].startswith("gapminder-")]
    assert len(carried) == 622
    assert {licences[row["source_id"]] for row in carried} == {"CC BY 4.0"}


def test_the_values_of_an_indicator_of_commitments_are_those_of_their_numbers(rows: Rows) -> None:
    measures = {row["measure_id"]: row for row in rows["measures"]}
    units = {row["indicator_id"]: row["unit"] for row in rows["indicators"]}
    indicator_of = {row["series_id"]: row["indicator_id"] for row in rows["series"]}
    told: dict[str, set[tuple[str, ...]]] = {}
    for link in rows["indicator_measures"]:
        number = measures[link["measure_id"]]
        found = told.setdefault(link["indicator_id"], set())
        if (number["kind"], number["comparison"]) == ("observation", "equal"):
            found.add((number["period"], number["value"], number["source_id"], number["unit"]))
    taken = [row for row in rows["observations"] if indicator_of[row["series_id"]] in told]
    assert len(taken) == 10
    for row in taken:
        indicator = indicator_of[row["series_id"]]
        assert (row["period"], row["value"], row["source_id"], units[indicator]) in told[indicator]


# Provenance

TOLD = {
    # table: columns that the path or the place in the file gives, of which nobody has to say whence they come
    "plans": {"plan_id"},
    "commitments": {"commitment_id", "plan_id"},
    "milestones": {"milestone_id", "commitment_id"},
    "measures": {"measure_id", "commitment_id"},
    "commitment_organisations": {"commitment_id", "organisation_id"},
    "commitment_values": {"commitment_id"},
    "commitment_policy_areas": {"commitment_id"},
    "commitment_links": {"commitment_id"},
    "plan_organisations": {"plan_id", "organisation_id"},
    "plan_events": {"plan_id", "plan_event_id"},
    "assessment_findings": {"assessment_id", "commitment_id"},
    "plan_findings": {"assessment_id"},
    "organisations": {"organisation_id"},
}


@pytest.mark.parametrize("table", TOLD)
def test_every_value_says_where_it_comes_from(real: Checked, table: str) -> None:
    told = {(row.get("table_name"), row.get("record_id"), row.get("field")) for row in real.catalog.rows("provenance")}
    records = real.catalog.rows(table)
    assert records
    silent = [
        f"{record.id}.{column}"
        for record in records
        for column in record.cells
        if column not in TOLD[table] and (table, record.id, column) not in told
    ]
    assert silent == []


def test_what_is_sourced_names_its_source_and_what_is_missing_names_none(rows: Rows) -> None:
    for row in rows["provenance"]:
        if row["status"] == "sourced":
            assert row["source_id"], row
        if row["status"] in ("missing", "own_translation"):
            assert not row["source_id"], row


def test_every_question_of_the_form_is_answered_or_said_to_be_missing(rows: Rows) -> None:
    for row in rows["commitment_summary"]:
        parts = [int(row[name]) for name in ("fact_stated_count", "fact_none_count", "fact_missing_count")]
        assert sum(parts) == int(row["fact_count"]) > 0
    assert len({row["fact_count"] for row in rows["commitment_summary"]}) == 1


# Nobody is named, nobody's mailbox or telephone is given


def digest(word: str) -> str:
    return hashlib.sha256(word.encode("utf-8")).hexdigest()


def named_in(texts: Iterable[str], people: frozenset[str]) -> set[str]:
    """Words that are, or begin with, a name of which only the hash is known."""
    words = {word.strip("-_") for text in texts for word in re.findall(r"[\w-]+", text.lower())}
    words |= {part for word in words for part in re.split("[-_]", word)}
    beginnings = {word[:length] for word in words for length in NAME_LENGTHS if len(word) >= length}
    return {beginning for beginning in beginnings if digest(beginning) in people}


def readable(files: Files) -> Iterator[tuple[str, str]]:
    for path, content in files.items():
        if not path.endswith((".zip", ".sqlite", ".xlsx", ".png", ".ico")):
            yield path, content.decode("utf-8")


def test_no_official_is_named_in_the_content_or_on_the_site(real_content: Files, real_outputs: Files) -> None:
    assert len(PEOPLE) > 20
    texts = [text for files in (real_content, real_outputs) for _, text in readable(files)]
    assert named_in(texts, PEOPLE) == set()


def test_a_name_would_be_found_with_any_ending_and_initial() -> None:
    people = frozenset({digest("жишээбаяр"), digest("bold-sample")})
    assert named_in(["Дарга А.Жишээбаярын тушаал"], people) == {"жишээбаяр"}
    assert named_in(["signed /B.Bold-Sample/"], people) == {"bold-sample"}
    assert named_in(["Exemplary_Жишээбаяр@example.org"], people) == {"жишээбаяр"}
    assert named_in(["Дарга"], people) == set()


def test_no_mailbox_and_no_mobile_number_is_published(real_content: Files, real_outputs: Files) -> None:
    explains = "/rules/personal-mailbox/index.html"  # shows an invented one
    outputs = {path: content for path, content in real_outputs.items() if not path.endswith(explains)}
    for files in (real_content, outputs):
        for path, text in readable(files):
            for pattern in (MAILBOX, MOBILE):
                assert not pattern.search(text), f"{path}: {pattern.search(text)}"


@pytest.mark.parametrize("text", ["call 99112233", "+976 8811-2233", "утас: 9911 2233", "a_b@example.org", "mailto:x"])
def test_a_mailbox_or_a_mobile_number_would_be_found(text: str) -> None:
    assert MAILBOX.search(text) or MOBILE.search(text)


# Mongolian


def mongolian_files(root: Path) -> list[Path]:
    patterns = (
        "content/**/*.yaml",
        "content/**/*.md",
        "themes/default/words/*.yaml",
        "schemas/*.json",
        "site_builder/messages/*/*.yaml",
        "CONTRIBUTING.md",
    )
    return [path for pattern in patterns for path in sorted(root.glob(pattern))]


@pytest.fixture(scope="module")
def places(root: Path) -> dict[str, str]:
    """Every word in Cyrillic letters of the project's texts, with one place where it stands."""
    found: dict[str, str] = {}
    for path in mongolian_files(root):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for word in MONGOLIAN.findall(re.sub(r"\]\(#[^)]*\)", "]", line)):
                found.setdefault(word, f"{path.relative_to(root)}:{number}")
    assert len(found) > 2000
    return found


def test_every_mongolian_word_is_spelt_right(places: Mapping[str, str], rows: Rows) -> None:
    if shutil.which("hunspell") is None:
        pytest.skip("hunspell is not installed (Debian: hunspell, hunspell-mn); .ci/run installs it")
    ours = set(WORDLIST.read_text(encoding="utf-8").split())
    # letters and endings of a language are no words
    ours |= {
        part
        for row in rows["languages"]
        for part in (row["alphabet"], *row["search_endings"].replace("=", " ").split())
    }
    words = sorted({*places, MISSPELT})
    answer = subprocess.run(
        ["hunspell", "-d", "mn_MN", "-i", "utf-8", "-l"],
        input="\n".join(words) + "\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if "Can't open affix or dictionary" in answer.stderr:
        pytest.skip("hunspell has no Mongolian dictionary here (Debian: hunspell-mn); .ci/run installs it")
    assert answer.returncode == 0, answer.stderr
    unknown = set(answer.stdout.split())
    assert MISSPELT in unknown
    wrong = unknown - ours - {MISSPELT}
    assert {word: places.get(word, "part of a word") for word in sorted(wrong)} == {}


def test_no_word_mixes_cyrillic_and_latin_letters(root: Path) -> None:
    mixed = re.compile(r"[A-Za-z][А-яЁёӨөҮү]|[А-яЁёӨөҮү][A-Za-z]")
    for path in mongolian_files(root):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            assert not mixed.search(line.replace(SHOWN_SLIP, "")), f"{path.relative_to(root)}:{number}: {line.strip()}"


def test_no_ukrainian_letter_stands_for_a_mongolian_one(root: Path) -> None:
    # old keyboards wrote ї and є for ү and ө
    for path in mongolian_files(root):
        assert not re.search("[їєЇЄіІ]", path.read_text(encoding="utf-8")), path.relative_to(root)

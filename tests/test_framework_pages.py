"""What the pages of frameworks promise: the figures of the tables, every gap named, every illustration marked."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

import pytest
from conftest import FICTIONAL_DAY, ROOT, Files, inputs_of
from lxml import html

from site_builder.composition import check, edition
from site_builder.nouns.edition import Edition
from site_builder.shell.disk import read_folder
from site_builder.shell.wording import Wording
from site_builder.writers.html import Press
from site_builder.writers.pages._frameworks import REPORTS

Row = Mapping[str, str]
KINDS = ("frameworks", "framework", "area", "framework-report", "framework-sessions")
COVERAGE = ("covered", "implicit", "relevant_not_covered", "not_relevant", "not_reviewed")
NAMED = {"outcomes": "title", "issues": "title", "core_concepts": "name", "dimensions": "name", "populations": "name"}
"""Tables whose rows are named on pages, with the column of the name."""


@dataclass(frozen=True)
class Site:
    """The pages of one framework, with the rows of the tables on which they rest."""

    edition: Edition
    files: Files
    name: str

    def rows(self, table: str, **wanted: str) -> list[Row]:
        """Rows as the published CSV has them; where no data were written, as they were derived."""
        path = f"data/latest/{table}.csv"
        if path in self.files:
            found: list[Row] = list(csv.DictReader(io.StringIO(self.files[path].decode("utf-8-sig"), newline="")))
        elif table in self.edition.derived.tables:
            found = [{key: _text(value) for key, value in row.items()} for row in self.edition.derived.tables[table]]
        else:
            columns = self.edition.schemas[table].columns(self.edition.catalog.codes)
            found = [{name: _text(row.get(name)) for name in columns} for row in self.edition.catalog.rows(table)]
        return [row for row in found if all(row[column] == value for column, value in wanted.items())]

    def page(self, slug: str, language: str = "en") -> html.HtmlElement:
        path = f"{language}/frameworks/{self.name}/{slug}index.html"
        (main,) = html.fromstring(self.files[path].decode()).xpath("//main")
        return main

    def lines(self, slug: str, part: str) -> list[list[str]]:
        """The cells of every row of the tables in a part of a page."""
        rows = self.page(slug).xpath(f'//section[@id="{part}"]//tbody/tr')
        return [[_words(cell) for cell in row] for row in rows]

    @cached_property
    def labels(self) -> Mapping[tuple[str, str], str]:
        return {(row["list"], row["code"]): row["label_en"] for row in self.rows("codelists")}

    def codes(self, codelist: str) -> list[str]:
        """The codes of a list in its order."""
        return [
            row["code"] for row in sorted(self.rows("codelists", list=codelist), key=lambda row: int(row["position"]))
        ]

    def named(self, table: str, record_id: str) -> str:
        key = self.edition.schemas[table].key[0]
        (row,) = self.rows(table, **{key: record_id})
        return row[f"{ {**NAMED, 'areas': 'title', 'indicators': 'name', 'data_plan': 'title'}[table] }_en"]


def _text(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _words(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split()).replace(" ,", ",").replace(" .", ".")


def unmarked(text: str) -> str:
    return text.removesuffix(" illustrative").strip()


@pytest.fixture(scope="module")
def harbour(fictional_content: Files, schema_files: Files, theme_files: Files, wording: Wording) -> Site:
    """The fictional framework, with its own pages only."""
    content = {**fictional_content, **read_folder(ROOT / "tests" / "fictional" / "framework")}
    issue = edition(check(inputs_of(content, schema_files, theme_files, FICTIONAL_DAY, wording)))
    press = Press(issue)
    outputs = (press.render(page) for page in issue.plan.pages if page.kind in KINDS)
    return Site(issue, {output.path: output.content for output in outputs}, "harbour")


@pytest.fixture(scope="module")
def social(real_edition: Edition, real_outputs: Files) -> Site:
    return Site(real_edition, real_outputs, "social-development")


@pytest.fixture(params=["social", "harbour"])
def site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def bare(fictional_content: Files, schema_files: Files, theme_files: Files, brief_wording: Wording) -> Site:
    """A framework of which nothing but its name is known, beside the fictional one; its own pages only."""
    told = 'title:\n  en: "Bare (fictional)"\n  mn: "Хоосон (зохиомол)"\nillustrative: true\n'.encode()
    added = {**read_folder(ROOT / "tests" / "fictional" / "framework"), "frameworks/bare/framework.yaml": told}
    content = {**fictional_content, **added}
    issue = edition(check(inputs_of(content, schema_files, theme_files, FICTIONAL_DAY, brief_wording)))
    own = [page for page in issue.plan.pages if page.kind in KINDS and page.path.startswith("en/frameworks/bare/")]
    outputs = map(Press(issue).render, own)
    return Site(issue, {output.path: output.content for output in outputs}, "bare")


def test_a_framework_of_which_nothing_but_its_name_is_known_has_pages_that_say_so(bare: Site) -> None:
    told = {path: _words(html.fromstring(content.decode())) for path, content in bare.files.items()}
    assert len(told) == 2 + len(REPORTS)
    assert "0 of 0 outcomes have an adopted indicator" in told["en/frameworks/bare/index.html"]
    assert "No action is recorded." in told["en/frameworks/bare/data-plan/index.html"]
    assert all("Illustration, not the programme's own." in text for text in told.values())


def test_an_indicator_that_only_one_framework_considered_is_no_gap_of_another(bare: Site, harbour: Site) -> None:
    considered = {"Boats that float", "Good dreams", "Gulls on the pier"}
    assert considered < {unmarked(line[0]) for line in harbour.lines("gaps/", "indicators")}
    assert [line[0] for line in bare.lines("gaps/", "indicators")] == ["Days of rain"]
    assert "1 of 4 indicators" in _words(bare.page("gaps/"))
    assert "0 of 0 rows are matched" in _words(bare.page("gap-types/"))


def test_a_framework_has_a_page_for_itself_each_area_each_report_and_the_sessions(site: Site) -> None:
    areas = [row["area_id"].removeprefix(f"{site.name}-") for row in site.rows("areas", framework_id=site.name)]
    slugs = ["", "sessions/", *(f"{name}/" for name in REPORTS), *(f"areas/{area}/" for area in areas)]
    for language in ("en", "mn"):
        first = site.files[f"{language}/frameworks/{site.name}/index.html"].decode()
        assert f"{language}/frameworks/index.html" in site.files
        for slug in slugs[1:]:
            assert f"{language}/frameworks/{site.name}/{slug}index.html" in site.files
            assert f'href="{slug}index.html' in first, slug


def test_without_a_framework_there_are_no_pages_and_nothing_leads_to_any(fictional_outputs: Files) -> None:
    for path, content in fictional_outputs.items():
        assert not path.startswith(("en/frameworks/", "mn/frameworks/"))
        if path.endswith("/index.html") and path.startswith("en/"):
            links = re.findall(rb'href="([^"]*frameworks/index.html)"', content)
            there = {posixpath.normpath(posixpath.join(posixpath.dirname(path), link.decode())) for link in links}
            assert not {
                name for name in there if name.endswith(("en/frameworks/index.html", "mn/frameworks/index.html"))
            }


def test_no_link_of_the_fictional_framework_leads_nowhere(harbour: Site) -> None:
    for path, content in harbour.files.items():
        for link in html.fromstring(content.decode()).xpath("//main//a/@href"):
            target = urlsplit(link)
            if target.scheme:
                continue
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), target.path)) if target.path else path
            assert there in harbour.edition.plan.paths, (path, link)
            if target.fragment and there in harbour.files:
                assert f'id="{target.fragment}"' in harbour.files[there].decode(), (path, link)


def test_the_totals_of_coverage_are_those_of_the_table(site: Site) -> None:
    expected = []
    for table in ("dimensions", "areas", "core_concepts"):
        for row in site.rows("coverage_summary", framework_id=site.name, record_table=table):
            expected.append([site.named(table, row["record_id"]), *_counts(row)])
    (whole,) = site.rows("coverage_summary", record_id=site.name)
    expected += [["All", *_counts(whole)]] * 3
    assert sorted([unmarked(line[0]), *line[1:]] for line in site.lines("coverage/", "totals")) == sorted(expected)


def _counts(row: Row) -> list[str]:
    share = f"{row['covered_count']} of {row['relevant_count']} ({float(row['coverage_pct'] or 0):g} %)"
    return [*(row[f"{name}_count"] for name in COVERAGE), share if row["coverage_pct"] else "no pair matters"]


def test_the_matrix_shows_every_pair_that_was_reviewed_and_no_other(site: Site) -> None:
    main = site.page("coverage/")
    shown = Counter(
        (unmarked(_words(row[0])), cell.get("data-label"), _words(cell).casefold())
        for row in main.xpath('//table[contains(@class, "coverage")]/tbody/tr')
        for cell in row.xpath("td[@data-label][position() <= last() - 2]")
        if cell.xpath('.//span[contains(@class, "mark")]')
    )
    expected = Counter(
        (
            site.named("issues", row["issue_id"]),
            site.named("core_concepts", row["core_concept_id"]),
            site.labels["coverage_marks", row["mark"]],
        )
        for row in site.rows("coverage")
    )
    assert shown == expected
    totals = [_words(cell) for cell in main.xpath("//tfoot//td")][:-1]
    concepts = site.rows("core_concepts", framework_id=site.name)
    places = {row["record_id"]: row for row in site.rows("coverage_summary", record_table="core_concepts")}
    told = [places[row["core_concept_id"]] for row in concepts] + site.rows("coverage_summary", record_id=site.name)
    assert sorted(totals) == sorted(f"{row['covered_count']}/{row['relevant_count']}" for row in told)
    for row in site.rows("coverage_summary", record_table="issues"):
        name = site.named("issues", row["record_id"])
        (line,) = [line for line in site.lines("coverage/", "matrix") if unmarked(line[0]) == name]
        assert line[-2:] == [f"{row['covered_count']}/{row['relevant_count']}", row["not_reviewed_count"]]


def test_gaps_are_the_rows_of_their_table_by_name(site: Site) -> None:
    for kind, table, slug, part in (
        ("outcome_without_indicator", "outcomes", "gaps/", "outcomes"),
        ("indicator_without_outcome", "indicators", "gaps/", "indicators"),
        ("concept_untouched", "core_concepts", "coverage/", "untouched"),
        ("issue_narrow", "issues", "coverage/", "narrow"),
    ):
        expected = sorted(site.named(table, row["record_id"]) for row in site.rows("framework_gaps", kind=kind))
        assert sorted(unmarked(line[0]) for line in site.lines(slug, part)) == expected
        assert expected


def test_groups_of_outcomes_are_those_of_the_table(site: Site) -> None:
    expected = sorted(
        [
            site.named("populations", row["population_id"]),
            row["reference_outcome_count"],
            row["target_outcome_count"],
            f"{row['outcome_count']} of {row['total']}",
        ]
        for row in site.rows("population_summary", framework_id=site.name)
    )
    lines = site.lines("inclusiveness/", "groups")
    assert sorted([unmarked(line[0]), *line[2:]] for line in lines) == expected
    outcomes = {unmarked(line[0]): line[-1] for line in site.lines("inclusiveness/", "outcomes")}
    assert outcomes == {
        site.named("outcomes", row["outcome_id"]): "yes" if row["has_both"] == "true" else "no"
        for row in site.rows("inclusiveness", framework_id=site.name)
    }


def test_the_group_that_goes_unseen_is_named_with_what_is_missing(site: Site) -> None:
    expected = []
    for row in site.rows("disaggregation_gaps", framework_id=site.name):
        said = site.labels["disaggregation_states", row["disaggregation_state"]]
        said = said[0].upper() + said[1:]
        values = "value" if row["value_count"] == "1" else "values"
        more = (
            f": {row['value_count']} {values}, the latest for {row['last_year']}" if row["is_gap"] == "false" else "."
        )
        expected.append((row["name_en"], site.named("indicators", row["indicator_id"]), said + more))
    lines = site.lines("disaggregation/", "unseen")
    for name, indicator, said in expected:
        assert [
            line for line in lines if (unmarked(line[0]), unmarked(line[2])) == (name, indicator) and said in line[4]
        ]
    assert len(lines) == len(expected)
    unseen = {row["name_en"] for row in site.rows("disaggregation_gaps", framework_id=site.name, is_gap="true")}
    told = _words(site.page("disaggregation/"))
    assert unseen
    assert all(name in told.partition("Unseen in at least one indicator:")[2].partition(". ")[0] for name in unseen)


def test_data_are_as_old_as_the_table_says(site: Site) -> None:
    linked = {row["indicator_id"] for row in site.rows("outcome_indicators")}
    expected = {}
    for row in site.rows("data_availability"):
        if row["indicator_id"] in linked:
            years = "–".join(dict.fromkeys(year for year in (row["first_year"], row["last_year"]) if year))
            points = "yes" if row["has_two_points"] == "true" else "no"
            name = site.named("indicators", row["indicator_id"])
            expected[name] = [years or "no values", row["year_count"], row["years_old"], points]
    tables = site.page("availability/").xpath("//table")
    lines = [[_words(cell) for cell in row] for row in tables[-1].xpath("tbody/tr")]
    assert {unmarked(line[0]): line[2:6] for line in lines} == expected


def test_alignment_is_that_of_the_table_in_all_and_by_area(site: Site) -> None:
    measures = site.codes("alignment_measures")
    expected = {}
    for table, key in (("frameworks", "framework_id"), ("areas", "area_id")):
        for subject in site.rows(table, **({} if table == "areas" else {"framework_id": site.name})):
            rows = {row["measure"]: row for row in site.rows("alignment", record_id=subject[key], record_table=table)}
            name = "All" if table == "frameworks" else subject["title_en"]
            expected[name] = [_share(rows[measure]) for measure in measures]
    tables = site.page("alignment/").xpath("//table")
    lines = [[_words(cell) for cell in row] for row in tables[-1].xpath("tbody/tr")]
    assert {unmarked(line[0]): line[1:] for line in lines} == expected
    whole = [[_words(cell) for cell in row] for row in tables[0].xpath("tbody/tr")]
    assert [line[1] for line in whole] == expected["All"]


def _share(row: Row) -> str:
    return f"{row['count']} of {row['total']}" if row["total"] != "0" else "none requires one"


def test_every_type_of_gap_has_its_number_and_its_rows(site: Site) -> None:
    rows = [row for row in site.rows("gap_typology") if row["framework_id"] in (site.name, "")]
    numbers = Counter(site.labels["gap_types", row["gap_type"]] for row in rows)
    types, each = site.page("gap-types/").xpath("//table")
    said = {_words(row[0]).casefold(): _words(row[2]) for row in types.xpath("tbody/tr")}
    assert said == {
        label: f"{numbers[label]} of {len(rows)}" for (codes, _), label in site.labels.items() if codes == "gap_types"
    }
    shown = sorted(_words(row[1]).casefold() for row in each.xpath("tbody/tr"))
    assert shown == sorted(site.labels["gap_types", row["gap_type"]] for row in rows)
    for row in rows:
        name = site.named(row["record_table"], row["record_id"])
        assert [line for line in site.lines("gap-types/", "types") if line[0].startswith(name)], name


def test_methods_stand_side_by_side_and_say_what_the_table_says(site: Site) -> None:
    adopted = {
        row["indicator_id"]
        for row in site.rows("outcome_indicators")
        if row["decision"] not in ("rejected", "remaining_open")
    }
    methods = site.codes("progress_methods")
    counts, each = site.page("progress/").xpath("//table")
    rows = [row for row in site.rows("progress") if row["indicator_id"] in adopted]
    expected = []
    for method in methods:
        own = [row for row in rows if row["method"] == method]
        expected.append(f"{sum(not row['reason'] for row in own)} of {len(own)}")
    assert [_words(row[1]) for row in counts.xpath("tbody/tr")] == expected
    shown = Counter(
        (method, _words(cell).casefold())
        for row in each.xpath("tbody/tr")
        for method, cell in zip(methods, row[1:], strict=True)
    )
    assert shown == Counter((row["method"], _verdict(site, row)) for row in rows)


def _verdict(site: Site, row: Row) -> str:
    status = site.labels["progress_statuses", row["status"]]
    if row["reason"]:
        return f"{status}: {site.labels['progress_reasons', row['reason']]}".casefold()
    return f"{status} {row['base_year']} to {row['current_year']}".casefold()


def test_an_action_shows_its_owner_its_day_and_how_late_it_is(site: Site) -> None:
    lines = site.lines("data-plan/", "actions")
    rows = site.rows("data_plan_schedule", framework_id=site.name)
    assert len(lines) == len(rows) == 5
    for row in rows:
        name = site.named("data_plan", row["data_action_id"])
        (line,) = [line for line in lines if line[0].startswith(name)]
        assert line[0].removeprefix(name).startswith(" illustrative")
        owner = site.rows("organisations", organisation_id=row["organisation_id"])[0]["name_en"]
        assert line[1] == owner
        if row["days_overdue"]:
            assert line[3].startswith(f"{row['days_overdue']} day")
        elif row["days_to_due"] not in ("", "0"):
            assert line[3].startswith(f"{row['days_to_due']} day")
    assert "have not been given these tasks" in _words(site.page("data-plan/"))


def test_the_hand_out_counts_and_lists_what_each_session_produced(site: Site) -> None:
    labels = {item.name: item.labels["en"] for item in site.edition.schemas["session_summary"].fields}
    for row in site.rows("session_summary", framework_id=site.name):
        (part,) = site.page("sessions/").xpath(f'//section[@id="session-{row["number"]}"]')
        told = _words(part)
        for column, label in labels.items():
            if not column.endswith("_count") or row[column] == "0":
                continue
            mark = " illustrative" if row["illustrative"] == "true" and column[:-6] not in POINTS else ""
            assert f"{label}{mark}: {row[column]}" in told.replace(" :", ":"), (row["session_id"], column)
            lists = part.xpath(f'.//*[contains(., "{label}")]/following-sibling::ul[1]')
            assert column == "reviewed_pair_count" or len(lists[0]) == int(row[column]), (row["session_id"], column)
    (whole,) = site.rows("framework_summary", framework_id=site.name)
    wanted = {item.labels["en"]: whole[item.name] for item in site.edition.schemas["framework_summary"].fields}
    lines = site.lines("sessions/", "whole")
    assert len(lines) > 12
    assert all(wanted[name] == number for name, number in lines)


POINTS = ("next_step", "challenge", "opportunity")


def test_what_a_session_did_not_state_is_said_and_leaves_room_to_write(social: Site) -> None:
    (last,) = social.page("sessions/").xpath('//section[@id="session-9"]')
    assert _words(last).count("not stated in the sources we have") == len(POINTS)
    assert len(last.xpath('.//div[@class="lines"]')) == len(POINTS)


def test_an_outcome_stands_with_its_groups_indicators_and_commitments(site: Site) -> None:
    measures = {row["measure_id"]: row["commitment_id"] for row in site.rows("measures")}
    for row in site.rows("outcomes"):
        area = row["area_id"].removeprefix(f"{site.name}-")
        anchor = f"outcome-{row['outcome_id'].removeprefix(row['area_id'] + '-')}"
        (heading,) = site.page(f"areas/{area}/").xpath(f'//h3[@id="{anchor}"]')
        assert _words(heading) == f"{row['title_en']} illustrative"
        facts = heading.xpath("following-sibling::dl[1]")[0]
        told = _words(facts)
        for inclusion in site.rows("inclusions", outcome_id=row["outcome_id"]):
            assert site.named("populations", inclusion["population_id"]) in told
        for link in site.rows("outcome_indicators", outcome_id=row["outcome_id"]):
            assert site.named("indicators", link["indicator_id"]) in told
            assert site.labels["indicator_decisions", link["decision"]] in told
            for measured in site.rows("indicator_measures", indicator_id=link["indicator_id"]):
                assert facts.xpath(f'.//a[contains(@href, "commitments/{measures[measured["measure_id"]]}/")]')


@pytest.mark.parametrize(("language", "word"), [("en", "illustrative"), ("mn", "жишээ")])
def test_whatever_names_an_illustration_is_marked_as_one(site: Site, language: str, word: str) -> None:
    titles = {
        row[f"{column}_{language}"]
        for table, column in NAMED.items()
        for row in site.rows(table)
        if row["illustrative"] == "true"
    }
    assert len(titles) > 10
    pages = [path for path in site.files if path.startswith(f"{language}/frameworks/{site.name}/")]
    for path in pages:
        (main,) = html.fromstring(site.files[path].decode()).xpath("//main")
        assert word in _words(main.xpath(".//h1")[0]) or "/areas/" in path, path
        assert main.xpath('.//p[@class="notice"]'), path
        for element in main.xpath(".//tbody/tr | .//li | .//h3 | .//dd[a]"):
            named = titles & {text.strip(" ,.") for text in element.itertext()}
            assert not named or word in _words(element), (path, named)


def test_the_list_of_frameworks_says_how_large_each_is_and_how_many_outcomes_have_data(site: Site) -> None:
    (main,) = html.fromstring(site.files["en/frameworks/index.html"].decode()).xpath("//main")
    (whole,) = site.rows("framework_summary", framework_id=site.name)
    (data,) = site.rows("alignment", record_id=site.name, measure="with_data")
    told = _words(main)
    assert f"Policy areas: {whole['area_count']} · issues for action: {whole['issue_count']}" in told
    assert f"{data['count']} of {data['total']} outcomes have an indicator with data." in told


def test_an_indicator_leads_to_where_its_outcomes_stand(social: Site) -> None:
    for link in social.rows("outcome_indicators"):
        content = social.files[f"en/indicators/{link['indicator_id']}/index.html"].decode()
        (outcome,) = social.rows("outcomes", outcome_id=link["outcome_id"])
        area = outcome["area_id"].removeprefix(f"{social.name}-")
        short = outcome["outcome_id"].removeprefix(f"{outcome['area_id']}-")
        assert f"areas/{area}/index.html#outcome-{short}" in content

"""The promises of the lists: a page for each value holds what the tables say, all is reachable without a script."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import html5lib
import pytest
from conftest import FICTIONAL_DAY, Files, inputs_of

from site_builder.composition import check, edition
from site_builder.nouns.edition import Edition
from site_builder.nouns.text import Text
from site_builder.shell.wording import Wording
from site_builder.writers.html import Press
from site_builder.writers.pages._facets import FACETS, slug_of_text

LANGUAGES = ("en", "mn")
COMMITMENT = re.compile(r"(?:\.\./)*([a-z0-9-]+)/index\.html")
ONE_EACH = ("plan", "calendar", "reviewers", "government", "theme")
"""Facets of which a commitment has one value, so that the counts add up to all commitments."""
STATUSES = {"calendar": "schedule_statuses", "reviewers": "completions", "government": "statuses"}


def rows(outputs: Files, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(outputs[f"data/latest/{table}.csv"].decode("utf-8-sig"))))


@dataclass(frozen=True)
class Site:
    """The outputs of a site with what its tables say of each facet."""

    outputs: Files

    @property
    def commitments(self) -> set[str]:
        return {row["commitment_id"] for row in rows(self.outputs, "commitments")}

    def told(self, facet: str) -> Mapping[str, set[str]]:
        """The commitments of each value, read from the published tables."""
        found: dict[str, set[str]] = defaultdict(set)
        table, column = SOURCES[facet]
        for row in rows(self.outputs, table):
            if (facet != "lead" or row["role"] == "lead") and row[column]:
                value = slug_of_text(Text({"en": row[column]})) if facet == "theme" else row[column]
                found[value].add(row["commitment_id"])
        if silent := self.commitments - {commitment for members in found.values() for commitment in members}:
            denied = {
                row["record_id"]
                for row in rows(self.outputs, "provenance")
                if row["table_name"] == "commitments"
                and row["status"] == "none_stated"
                and row["field"] == DENIED.get(facet)
            }
            for value, members in (("none-stated", silent & denied), ("not-stated", silent - denied)):
                if members:
                    found[value] = members
        return found

    def pages(self, language: str) -> Mapping[str, bytes]:
        """The facet pages of a language by `<facet>/<value>`."""
        names = "|".join(SOURCES)
        pattern = re.compile(rf"{language}/commitments/((?:{names})/[^/]+)/index\.html")
        return {match[1]: content for path, content in self.outputs.items() if (match := pattern.fullmatch(path))}


SOURCES = {
    "plan": ("commitments", "plan_id"),
    "calendar": ("commitment_summary", "schedule_status"),
    "reviewers": ("commitment_summary", "irm_completion"),
    "government": ("commitment_summary", "government_status"),
    "lead": ("commitment_organisations", "organisation_id"),
    "organisation": ("commitment_organisations", "organisation_id"),
    "theme": ("commitments", "theme_en"),
    "value": ("commitment_values", "value_code"),
    "policy-area": ("commitment_policy_areas", "policy_area_code"),
}
DENIED = {"lead": "lead", "value": "values", "policy-area": "policy_areas", "organisation": "organisations"}


@pytest.fixture(params=["real", "fictional"])
def site(request: pytest.FixtureRequest) -> Site:
    return Site(request.getfixturevalue(f"{request.param}_outputs"))


def listed(content: bytes) -> list[str]:
    """The commitments in the lists of a page."""
    document = html5lib.parse(content, transport_encoding="utf-8", namespaceHTMLElements=False)
    links = [link.attrib["href"] for item in document.iterfind(".//ol[@class='list']/li") for link in item.iter("a")]
    return [match[1] for link in links if (match := COMMITMENT.fullmatch(link))]


def offered(content: bytes, facet: str = "") -> dict[str, int]:
    """The values linked on a page, by default on the list, with their counts, by `<facet>/<value>`."""
    document = html5lib.parse(content, transport_encoding="utf-8", namespaceHTMLElements=False)
    found = {}
    for item in document.iterfind(".//ul[@class='values']/li"):
        link = item.find("a")
        if link is not None:
            name = "/".join(link.attrib["href"].split("/")[-3:-1])
            name = name.replace("..", facet) if facet else name
            found[name] = int((link.tail or "").strip())
    return found


def test_every_facet_is_judged_here() -> None:
    assert {facet.name for facet in FACETS} == set(SOURCES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facet", SOURCES)
def test_the_pages_of_a_facet_list_what_the_tables_say(site: Site, facet: str, language: str) -> None:
    told = site.told(facet)
    pages = {
        name.partition("/")[2]: page for name, page in site.pages(language).items() if name.startswith(f"{facet}/")
    }
    if len(told) > 1:
        assert set(told) <= set(pages)
    for value, page in pages.items():
        found = listed(page)
        assert len(found) == len(set(found))
        assert set(found) == told.get(value, set()), f"{facet}/{value}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_is_reached_from_the_list_without_a_script_and_its_count_is_true(site: Site, language: str) -> None:
    links = offered(site.outputs[f"{language}/commitments/index.html"])
    pages = site.pages(language)
    wanted = {f"{facet}/{value}": len(members) for facet in SOURCES for value, members in site.told(facet).items()}
    alone = {facet for facet in SOURCES if len(site.told(facet)) == 1}
    assert links == {name: count for name, count in wanted.items() if name.partition("/")[0] not in alone}
    assert set(links) <= set(pages)
    for name, count in links.items():
        assert len(listed(pages[name])) == count


def test_counts_of_a_facet_add_up_to_all_commitments(site: Site) -> None:
    links = offered(site.outputs["en/commitments/index.html"])
    for facet in ONE_EACH:
        counts = [count for name, count in links.items() if name.startswith(f"{facet}/")]
        assert not counts or sum(counts) == len(site.commitments), facet
    for facet in {name.partition("/")[0] for name in links}:
        reached = {
            commitment
            for name, page in site.pages("en").items()
            if name.startswith(f"{facet}/")
            for commitment in listed(page)
        }
        assert reached == site.commitments, facet


def test_a_page_leads_to_the_other_values_with_their_counts(site: Site) -> None:
    for name, page in site.pages("mn").items():
        facet, _, value = name.partition("/")
        others = {f"{facet}/{other}": len(members) for other, members in site.told(facet).items() if other != value}
        assert offered(page, facet) == others, name


def test_only_values_that_occur_have_a_page_but_each_status_keeps_its_address(site: Site) -> None:
    codes = defaultdict(set)
    for row in rows(site.outputs, "codelists"):
        codes[row["list"]].add(row["code"])
    for name, page in site.pages("en").items():
        facet, _, value = name.partition("/")
        assert listed(page) or value in codes[STATUSES[facet]] | {"not-stated"}, name
    for facet, codelist in STATUSES.items():
        assert {f"{facet}/{code}" for code in codes[codelist]} <= set(site.pages("en"))


def test_a_facet_that_tells_nothing_apart_is_not_offered(site: Site) -> None:
    names = {name.partition("/")[0] for name in offered(site.outputs["en/commitments/index.html"])}
    assert names == {facet for facet in SOURCES if len(site.told(facet)) > 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lead_that_the_source_denies_is_not_called_unknown(fictional_outputs: Files, language: str) -> None:
    assert listed(fictional_outputs[f"{language}/commitments/lead/none-stated/index.html"]) == ["fic1-c05"]
    assert f"{language}/commitments/lead/not-stated/index.html" not in fictional_outputs


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_commitment_leads_to_all_that_share_its_theme_values_and_policy_areas(
    real_outputs: Files, language: str
) -> None:
    page = real_outputs[f"{language}/commitments/nap3-c01/index.html"].decode()
    site = Site(real_outputs)
    for facet in ("theme", "value", "policy-area"):
        own = {value for value, members in site.told(facet).items() if "nap3-c01" in members}
        assert own
        for value in own:
            assert f'href="../{facet}/{value}/index.html"' in page


def test_a_theme_has_a_plain_address_in_any_script() -> None:
    assert slug_of_text(Text({"en": "Health care, service"})) == "health-care-service"
    assert slug_of_text(Text({"en": "HEALTH care - service"})) == "health-care-service"
    assert re.fullmatch("x[0-9a-f]{8}", slug_of_text(Text({"mn": "Эрүүл мэнд"})))
    assert re.fullmatch("x[0-9a-f]{8}", slug_of_text(Text({"en": "Not stated"})))
    assert slug_of_text(Text({})) == ""


# the list


def rendered(issue: Edition, language: str) -> bytes:
    (page,) = (page for page in issue.plan.pages if page.kind == "commitments" and page.language == language)
    return Press(issue).render(page).content


def test_the_main_plan_stands_first_then_the_newest(
    fictional_content: Files, schema_files: Files, theme_files: Files, wording: Wording, fictional_outputs: Files
) -> None:
    site = fictional_content["site.yaml"] + b"\nplan: fic0\n"
    inputs = inputs_of({**fictional_content, "site.yaml": site}, schema_files, theme_files, FICTIONAL_DAY, wording)
    first = [name.partition("-")[0] for name in listed(rendered(edition(check(inputs)), "en"))]
    assert first == ["fic0"] * 2 + ["fic1"] * 6
    newest = [name.partition("-")[0] for name in listed(fictional_outputs["en/commitments/index.html"])]
    assert newest == ["fic1"] * 6 + ["fic0"] * 2


def test_only_commitments_with_a_dated_milestone_have_a_band(fictional_outputs: Files) -> None:
    page = fictional_outputs["en/commitments/index.html"].decode()
    items = {match[1]: match[0] for match in re.finditer(r'<li data-is.*?href="([a-z0-9-]+)/.*?</li>', page, re.DOTALL)}
    dated = {row["commitment_id"] for row in rows(fictional_outputs, "milestone_schedule") if row["due_current"]}
    assert {name for name, item in items.items() if "<svg" in item} == dated < set(items)


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_hundred_commitments_make_a_list_of_at_most_40_kb(large_edition: Edition, language: str) -> None:
    content = rendered(large_edition, language)
    assert len(listed(content)) == 300
    assert len(gzip.compress(content)) <= 40_000

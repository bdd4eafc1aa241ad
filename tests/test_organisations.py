"""The promises of the pages of organisations: counts of how many, late milestones with both dates, kin linked."""

from __future__ import annotations

import csv
import io
from xml.etree.ElementTree import Element

import html5lib
import pytest
from conftest import Files

LANGUAGES = ("en", "mn")


def rows(outputs: Files, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(outputs[f"data/latest/{table}.csv"].decode("utf-8-sig"))))


def page(outputs: Files, path: str) -> Element:
    content = outputs[f"{path}/index.html"]
    found: Element = html5lib.parse(content, transport_encoding="utf-8", namespaceHTMLElements=False)
    return found


def words(node: Element) -> str:
    return " ".join("".join(node.itertext()).split())


def figures(root: Element) -> list[tuple[int, str]]:
    """The counts of a page, each with its sentence."""
    items = root.iterfind(".//ul[@class='counts']/li")
    return [(int(words(item.find("b"))), words(item.find("span"))) for item in items]  # type: ignore[arg-type]


def listed(root: Element) -> dict[str, list[str]]:
    """The milestones in each list of deadlines, by the heading of the list."""
    found: dict[str, list[str]] = {}
    heading = ""
    for node in root.iter():
        if node.tag == "h3":
            heading = words(node)
        elif node.tag == "tr" and (cell := node.find("th[@scope='row']")) is not None:
            link = cell.find("a")
            assert link is not None
            commitment, _, anchor = link.attrib["href"].partition("/index.html#")
            found.setdefault(heading, []).append(f"{commitment.rpartition('/')[2]}-{anchor}")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("site", ["real", "fictional"])
def test_counts_are_those_of_the_table_each_with_its_denominator(
    request: pytest.FixtureRequest, site: str, language: str
) -> None:
    outputs: Files = request.getfixturevalue(f"{site}_outputs")
    total = len(rows(outputs, "commitments"))
    summary = rows(outputs, "organisation_summary")
    assert summary
    for row in summary:
        told = figures(page(outputs, f"{language}/organisations/{row['organisation_id']}"))
        assert [count for count, _ in told[:2]] == [int(row["lead_count"]), int(row["other_count"])]
        assert all(str(total) in sentence for _, sentence in told[:2])
        if row["milestone_led_count"] == "0":
            assert len(told) == 2
            continue
        assert told[2][0] == int(row["milestone_assessed_count"])
        assert row["milestone_led_count"] in told[2][1]


def test_nothing_is_counted_as_overdue_where_every_plan_has_ended(
    real_outputs: Files, fictional_outputs: Files
) -> None:
    ended = figures(page(real_outputs, "en/organisations/moh"))
    assert not [sentence for _, sentence in ended if "overdue" in sentence]
    assert (ended[-1][0], ended[-1][1][:51]) == (4, "of 4 recorded milestones are mentioned in no report")
    runs = figures(page(fictional_outputs, "en/organisations/lighthouse-agency"))
    assert [sentence for _, sentence in runs if "overdue" in sentence]
    assert not [sentence for _, sentence in runs if "no report" in sentence]


@pytest.mark.parametrize("site", ["real", "fictional"])
def test_milestones_of_the_commitments_that_it_leads_stand_in_their_lists(
    request: pytest.FixtureRequest, site: str
) -> None:
    outputs: Files = request.getfixturevalue(f"{site}_outputs")
    schedule = rows(outputs, "milestone_schedule")
    seen = 0
    for row in rows(outputs, "organisation_summary"):
        organisation = row["organisation_id"]
        led = {
            link["commitment_id"]
            for link in rows(outputs, "commitment_organisations")
            if link["role"] == "lead" and link["organisation_id"] == organisation
        }
        own = [row for row in schedule if row["commitment_id"] in led]
        expected = {
            "Overdue": {row["milestone_id"] for row in own if row["schedule_status"] == "overdue"},
            "Due soon": {row["milestone_id"] for row in own if row["schedule_status"] == "due_soon"},
            "Moved": {row["milestone_id"] for row in own if row["date_move_count"] not in ("", "0")},
            "Unfinished at the end": {
                row["milestone_id"] for row in own if row["schedule_status"] == "unfinished_at_end"
            },
            "Not reported": {row["milestone_id"] for row in own if not row["official_status"]},
        }
        found = listed(page(outputs, f"en/organisations/{organisation}"))
        assert {name: set(ids) for name, ids in found.items()} == {name: ids for name, ids in expected.items() if ids}
        seen += len(found)
    assert seen > 3


def test_a_moved_milestone_stands_with_both_dates(fictional_outputs: Files) -> None:
    root = page(fictional_outputs, "en/organisations/lighthouse-agency")
    (row,) = (row for row in root.iter("tr") if "Publish the calendar of signals" in words(row))
    assert [words(cell) for cell in row.iter("td")][1:3] == ["31 Mar 2026", "31 Dec 2026"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_commitment_that_names_it_stands_under_its_plan_and_role(fictional_outputs: Files, language: str) -> None:
    labels = {
        row["code"]: row[f"label_{language}"] for row in rows(fictional_outputs, "codelists") if row["list"] == "roles"
    }
    for row in rows(fictional_outputs, "organisation_summary"):
        root = page(fictional_outputs, f"{language}/organisations/{row['organisation_id']}")
        found = set()
        for plan in root.iter("section"):
            link = plan.find("h2/a")
            role = ""
            for node in plan.iter():
                if node.tag == "h3":
                    role = words(node).partition(":")[0]
                elif node.tag == "h4":
                    commitment = node.find("a").attrib["href"].split("/")[-2]  # type: ignore[union-attr]
                    assert link is not None
                    assert link.attrib["href"].split("/")[-2] == commitment.partition("-")[0]
                    found.add((role, commitment))
        assert {(role.lower(), commitment) for role, commitment in found} == {
            (labels[link["role"]].lower(), link["commitment_id"])
            for link in rows(fictional_outputs, "commitment_organisations")
            if link["organisation_id"] == row["organisation_id"]
        }


def test_an_organisation_is_linked_to_its_parent_its_parts_and_its_heirs(fictional_outputs: Files) -> None:
    linked = 0
    for row in rows(fictional_outputs, "organisations"):
        for other in (row["parent_id"], row["successor_id"]):
            if other:
                for here, there in ((row["organisation_id"], other), (other, row["organisation_id"])):
                    root = page(fictional_outputs, f"mn/organisations/{here}")
                    assert f"../{there}/index.html" in [link.attrib["href"] for link in root.iter("a")]
                    linked += 1
    assert linked >= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_counts_each_kind_and_a_collective_name_leads_to_the_commitments_that_name_it(
    real_outputs: Files, language: str
) -> None:
    root = page(real_outputs, f"{language}/organisations")
    for section in root.iter("section"):
        kind = section.get("id")
        members = {row["organisation_id"] for row in rows(real_outputs, "organisations") if row["kind"] == kind}
        links = [link.attrib["href"].split("/")[-2] for link in section.iterfind(".//h3/a")]
        assert len(section.findall(".//h3")) == len(members)
        assert words(section.find("h2")).endswith(f": {len(members)}")  # type: ignore[arg-type]
        assert set(links) <= members
        if kind != "group":
            assert set(links) == members
    assert "../commitments/organisation/media-group/index.html" in [link.get("href") for link in root.iter("a")]

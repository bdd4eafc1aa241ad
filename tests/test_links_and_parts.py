"""What the examples of the rulebook do not show: what is excused, what only looks alike, where a chain ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import ROOT
from manual import NOW, Files, base_files, folder_of

from site_builder.checks._account_numbers import account_numbers
from site_builder.checks.personal_data import TAKEN_OUT, without_personal_data
from site_builder.composition import Inputs, check
from site_builder.shell.wording import Wording

COMMITMENT = "content/plans/demo/commitments/c01.yaml"
SECOND = """number: {number}
title:
  en: "Answer every letter"
  mn: "Захидал бүрд хариулах"
organisations:
  - organisation: ministry
    role: lead
  - organisation: council
    role: civil_society
{more}provenance:
  - fields: [title, organisations{fields}]
    status: sourced
    source: plan-text
  - fields: [milestones]
    status: none_stated
"""
STONE = """tombstones:
  - thing_id: demo-c02
    thing_table: commitments
    withdrawn_on: 2026-06-01
    reason:
      en: "It was entered twice."
      mn: "Хоёр удаа бүртгэсэн байсан."
"""
OFFICE = 'name:\n  en: "Office {n}"\n  mn: "Алба {n}"\nkind: agency\nparent: {above}\n'
Found = Callable[..., list[tuple[str, str]]]


def second(number: int = 2, *, more: str = "", fields: str = "") -> str:
    return SECOND.format(number=number, more=more, fields=fields)


@pytest.fixture(scope="module")
def base() -> Files:
    return base_files(ROOT)


@pytest.fixture(scope="module")
def findings(base: Files, wording: Wording) -> Found:
    """Return name and record of each finding on the base with files written over or deleted."""

    def find(new: dict[str, str | None], published: dict[str, str] | None = None) -> list[tuple[str, str]]:
        def content(changes: dict[str, str | None]) -> dict[str, bytes]:
            texts = {path: text.encode() for path, text in changes.items() if text is not None}
            kept = {path: data for path, data in base.items() if path not in changes}
            return folder_of({**kept, **texts}, "content")

        inputs = Inputs(
            content(new),
            folder_of(base, "schemas"),
            folder_of(base, "themes/default"),
            NOW,
            wording,
            published=None if published is None else content(dict(published)),
        )
        return [(finding.name, finding.record) for finding in check(inputs).findings]

    return find


def edited(base: Files, path: str, old: str, new: str) -> dict[str, str]:
    text = base[path].decode()
    assert text.count(old) == 1
    return {path: text.replace(old, new)}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Pay to GB82 WEST 1234 5698 7654 32, please", "GB82 WEST 1234 5698 7654 32"),
        ("GB82WEST12345698765432", "GB82WEST12345698765432"),
        ("Card 4111 1111 1111 1111.", "4111 1111 1111 1111"),
        ("Card 378282246310005", "378282246310005"),
        ("Card 4111 1111 1111 1112", ""),
        ("GB83 WEST 1234 5698 7654 32", ""),
        ("https://example.org/4111111111111111", ""),
        ("Order 2019-01-15/4111111111111111", ""),
        ("Numbers 4444 4444 4444 4444", ""),
        ("Telephone 976-51-261556, 9911 0477, 991104771234", ""),
        ("From 2019 2020 2021 2022", ""),
    ],
)
def test_an_account_is_told_from_other_numbers_by_its_check_digits(text: str, number: str) -> None:
    assert [match.group() for match in account_numbers(text)] == ([number] if number else [])
    assert without_personal_data(text, ()) == (text.replace(number, TAKEN_OUT) if number else text)


def test_an_abbreviation_or_an_office_is_no_name_of_a_person(base: Files, findings: Found) -> None:
    for office, names in (("Embassy of the U.S. Affairs, No. 5, Dept. Policy", []), ("Officer J. Smith", ["demo"])):
        contact = f'contact:\n  en: "{office}"\n  mn: "Б. бодлогын хэлтэс"\npublisher:\n'
        site = edited(base, "content/site.yaml", "publisher:\n", contact)
        assert findings(site) == [("person-in-contact", name) for name in names]


def test_a_withdrawn_commitment_leaves_no_gap_in_the_numbers(findings: Found) -> None:
    third = {"content/plans/demo/commitments/c03.yaml": second(3)}
    assert findings(third) == [("number-gap", "demo-c03")]
    assert findings({**third, "content/tombstones.yaml": STONE}) == []


def test_a_role_counts_from_the_begin_of_the_plan_where_the_commitment_has_none(base: Files, findings: Found) -> None:
    ended = edited(base, "content/organisations/council.yaml", "kind: council", "kind: council\nvalid_to: 2026-01-10")
    without_start = {"content/plans/demo/commitments/c02.yaml": second()}
    assert findings({**ended, **without_start}) == [("organisation-ended", "demo-c01/council/civil_society")]


def test_a_report_of_an_organisation_that_had_ended_is_told(base: Files, findings: Found) -> None:
    ended = edited(base, "content/organisations/council.yaml", "kind: council", "kind: council\nvalid_to: 2026-03")
    for day, names in (("2026-03-31", []), ("2026-04-01", ["organisation-ended"])):
        report = f"reported_on: {day}\norganisation: council\nno_change: true\n"
        told = findings({**ended, "content/plans/demo/updates/2026-h1/c01.yaml": report})
        assert [name for name, _ in told if name.startswith("organisation")] == names


def test_an_ended_organisation_in_an_adopted_plan_can_be_waived(base: Files, findings: Found) -> None:
    ended = edited(base, "content/organisations/council.yaml", "kind: council", "kind: council\nvalid_to: 2025")
    reason = '    kind: as_adopted\n    reason:\n      en: "So adopted."\n      mn: "Ингэж батлагдсан."\n'
    waiver = f"waivers:\n  - rule: organisation-ended\n    record: demo-c01/council/civil_society\n{reason}"
    assert findings({**ended, "content/waivers.yaml": waiver}) == []


@pytest.mark.parametrize(
    ("target", "names"),
    [
        ("demo-c01", []),
        ("XE0003", []),
        ("XE0030", []),
        ("MN0022", []),
        ("XE0002", ["lineage-unknown"]),
        ("demo-c09", ["lineage-unknown"]),
        ("demo-c02", ["reference-cycle"]),
    ],
)
def test_an_ogp_id_beyond_those_known_here_may_be_right(
    target: str, names: list[str], base: Files, findings: Found
) -> None:
    first = edited(base, COMMITMENT, "number: 1\ntitle:", "number: 1\nogp_id: XE0001\ntitle:")
    first[COMMITMENT] = first[COMMITMENT].replace("fields: [title,", "fields: [title, ogp_id,")
    links = f"ogp_id: XE0003\nlinks:\n  - relation: continues\n    target: {target}\n"
    told = findings({**first, "content/plans/demo/commitments/c02.yaml": second(more=links, fields=", ogp_id, links")})
    assert [name for name, _ in told] == names


def test_a_cycle_of_several_is_told_once(findings: Found) -> None:
    offices = {
        f"content/organisations/o{n}.yaml": OFFICE.format(n=n, above=above)
        for n, above in ((1, "o2"), (2, "o3"), (3, "o1"), (4, "o1"), (5, "o4"))
    }
    offices["content/organisations/o5.yaml"] += "valid_to: 2025\n"
    assert findings(offices) == [("reference-cycle", "o1")]


def test_a_page_that_goes_needs_a_tombstone_or_a_redirect(findings: Found) -> None:
    path = "content/plans/demo/commitments/c02.yaml"
    before = {path: second()}
    assert findings({}, before) == [("address-gone", "demo-c02")]
    assert findings({"content/tombstones.yaml": STONE}, before) == []
    moved = "redirects:\n" + "".join(
        f"  - old_path: {code}/commitments/demo-c02\n    target: demo-c01\n    since: 2026-06-01\n"
        for code in ("en", "mn")
    )
    assert ("address-gone", "demo-c02") not in findings({"content/redirects.yaml": moved}, before)


def test_a_slip_of_the_pen_in_a_value_is_mended_with_a_note(base: Files, findings: Found) -> None:
    elders = "content/indicators/elders.yaml"
    mended = edited(base, elders, "value: 860\n", "value: 862\n")
    assert [name for name, _ in findings(mended, {})] == ["value-overwritten"]
    note = 'value: 862\n        note:\n          en: "Was mistyped."\n          mn: "Буруу бичсэн байсан."\n'
    assert findings(edited(base, elders, "value: 860\n", note), {}) == []

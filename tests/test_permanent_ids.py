"""Permanent ids: an id names one thing for ever, its address answers people and programs, also when it is gone."""

from __future__ import annotations

import csv
import io
import json
import posixpath
from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import CHAIN_DAYS, CHOIR, FICTIONAL_DAY, Files

from site_builder.checks import permanent_ids
from site_builder.composition import Checked, Inputs, check, edition
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.edition import Edition
from site_builder.nouns.release import ReleaseFolder
from site_builder.readers.layout import IDENTIFIED, thing_tables
from site_builder.readers.releases import read_releases
from site_builder.shell.wording import Wording
from site_builder.writers.dataset import Dataset
from site_builder.writers.exports import identifiers, past_releases

NEWEST = f"releases/{CHAIN_DAYS[-1]}"
GLOSSARY = "glossary.yaml"
TOMBSTONES = "tombstones.yaml"
Judge = Callable[[Files], list[Diagnostic]]


@pytest.fixture(scope="module")
def judge(schema_files: Files, theme_files: Files, wording: Wording, chain: Files) -> Judge:
    """Checks a content after the three releases and returns the errors about ids."""

    def judged(content: Files) -> list[Diagnostic]:
        earlier = (ReleaseFolder("releases", chain),)
        checked = check(Inputs(content, schema_files, theme_files, FICTIONAL_DAY, wording, releases=earlier))
        return [finding for finding in checked.findings if finding.name.startswith(("id-", "tombstone-"))]

    return judged


def places(findings: list[Diagnostic]) -> list[tuple[str, str, dict[str, str]]]:
    return [(finding.name, finding.location.file, dict(finding.arguments)) for finding in findings]


def line_of(chain: Files, table: str, text: str) -> int:
    lines = chain[f"{CHAIN_DAYS[-1]}/{table}.csv"].decode("utf-8-sig").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(text))


def test_every_kind_of_thing_with_a_page_has_a_permanent_address_and_says_it_in_its_rows(real_edition: Edition) -> None:
    catalog = real_edition.catalog
    shown = {
        table
        for page in real_edition.plan.pages
        for table in catalog.by_id
        if page.language and page.subject in catalog.by_id[table] and page.kind == table.removesuffix("s")
    }
    assert shown == set(IDENTIFIED)
    sheets = Dataset(real_edition).sheets
    for table in shown:
        place = sheets[table].header.index("url")
        assert any(row[place] for row in sheets[table].rows), table


def test_an_id_that_is_gone_without_a_tombstone_is_named_with_its_row(
    judge: Judge, fictional_content: Files, chain: Files
) -> None:
    without = fictional_content[GLOSSARY].replace(b"  - id: paper-boat\n", b"  - id: paper-ship\n")
    (finding,) = judge({**fictional_content, GLOSSARY: without})
    assert places([finding]) == [("id-gone", f"{NEWEST}/glossary.csv", {"value": "paper-boat", "table": "glossary"})]
    assert finding.location.line == line_of(chain, "glossary", "paper-boat,")


def test_a_release_that_cannot_be_read_hides_nothing_in_silence(fictional: Checked, chain: Files) -> None:
    releases, _ = read_releases([ReleaseFolder("releases", chain)])
    newest = releases[-1]
    broken = replace(newest, files={**newest.files, "datapackage.json": b"{"})
    (finding,) = permanent_ids.check(replace(fictional.catalog, releases=(*releases[:-1], broken)))
    assert (finding.name, finding.location.file) == ("release-unreadable", f"{NEWEST}/datapackage.json")


def test_a_tombstone_makes_it_right(judge: Judge, fictional_content: Files) -> None:
    without = fictional_content[GLOSSARY].replace(b"  - id: paper-boat\n", b"  - id: paper-ship\n")
    stone = (
        "  - thing_id: paper-boat\n    thing_table: glossary\n    withdrawn_on: 2026-05-01\n"
        '    successor_id: paper-ship\n    reason:\n      en: "Ships."\n      mn: "Хөлөг."\n'
    )
    stones = fictional_content[TOMBSTONES] + stone.encode()
    assert judge({**fictional_content, GLOSSARY: without, TOMBSTONES: stones}) == []


def test_an_id_that_was_withdrawn_is_never_used_again(judge: Judge, fictional_content: Files) -> None:
    again = b'name:\n  en: "Another choir"\n  mn: "Another choir"\nkind: civil_society\n'
    expected = [("id-reused", f"content/{CHOIR}", {"value": "harbour-choir", "table": "organisations"})]
    assert places(judge({**fictional_content, CHOIR: again})) == expected
    without = {path: content for path, content in fictional_content.items() if path != TOMBSTONES}
    assert places(judge({**without, CHOIR: again})) == expected, "nor when the tombstone is taken away"
    (gone,) = judge(without)
    assert places([gone])[0][:2] == ("id-gone", f"{NEWEST}/tombstones.csv")


def test_an_id_cannot_become_another_kind_of_thing(judge: Judge, fictional_content: Files) -> None:
    source = 'title:\n  en: "A choir book"\n  mn: "Дууны ном"\npublisher: "Choir"\n'
    (finding,) = judge({**fictional_content, "sources/harbour-choir.yaml": source.encode()})
    told = {"value": "harbour-choir", "before": "organisations", "table": "sources", "release": str(CHAIN_DAYS[-1])}
    assert places([finding]) == [("id-another-kind", "content/sources/harbour-choir.yaml", told)]


def test_what_was_written_in_a_withdrawn_thing_goes_with_it(judge: Judge, fictional_content: Files) -> None:
    """A tombstone of an update covers its items and their evidence, and no other one."""
    path = "plans/fic1/updates/2025-h1/c01.yaml"
    assert path in fictional_content
    without = {name: content for name, content in fictional_content.items() if name != path}
    tables = {dict(finding.arguments)["table"] for finding in judge(without)}
    assert {"updates", "update_items"} <= tables
    stone = (
        "  - thing_id: fic1-2025-h1-c01\n    thing_table: updates\n    withdrawn_on: 2026-05-01\n"
        '    reason:\n      en: "Sent twice."\n      mn: "Хоёр удаа ирсэн."\n'
    )
    assert judge({**without, TOMBSTONES: fictional_content[TOMBSTONES] + stone.encode()}) == []


def test_every_table_with_an_id_of_its_own_counts(real: Checked) -> None:
    assert {
        "plans",
        "commitments",
        "milestones",
        "measures",
        "updates",
        "update_items",
        "evidence",
        "assessments",
        "organisations",
        "sources",
        "documents",
    } <= set(thing_tables(real.schemas))
    assert not {"provenance", "tombstones", "commitment_summary", "codelists", "waivers"} & set(
        thing_tables(real.schemas)
    )


# The permanent addresses


def test_every_permanent_address_answers_programs(released_outputs: Files) -> None:
    pages = {path for path in released_outputs if path.startswith("id/") and path.endswith("/index.html")}
    assert len(pages) > 15
    for page in pages:
        path = page.replace("index.html", "index.json")
        told = json.loads(released_outputs[path])
        assert path == f"id/{told['type']}/{told['id']}/index.json"
        assert told["identifier"] == f"https://id.example.org/id/{told['type']}/{told['id']}/"
        assert 'href="index.json"' in released_outputs[page].decode()
        for address in (*told.get("pages", ()), *told.get("data", ())):
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), address["path"]))
            assert there in released_outputs
            assert address["url"] == f"https://example.org/plan/{there.removesuffix('index.html')}"
        if told["status"] == "active":
            assert set(told["names"]) <= {"en", "mn"} and told["names"]
            assert [address["language"] for address in told["pages"]] == ["en", "mn"]
            assert len(told["data"]) >= 2
    assert json.loads(released_outputs["id/commitment/fic1-c01/index.json"])["status"] == "active"


def test_without_a_base_url_only_relative_addresses_are_told(real_outputs: Files) -> None:
    told = json.loads(real_outputs["id/commitment/nap3-c01/index.json"])
    assert told["identifier"].startswith("tag:")
    assert all(set(address) == {"language", "path"} for address in told["pages"])


def test_a_withdrawn_thing_keeps_its_address_and_says_what_became_of_it(released_outputs: Files) -> None:
    told = json.loads(released_outputs["id/organisation/harbour-choir/index.json"])
    assert told["status"] == "withdrawn" and told["withdrawn_on"] == "2026-03-15"
    assert told["names"]["en"] == "Harbour choir (fictional)", "as the release called it that had it last"
    assert told["successor"]["identifier"] == "https://id.example.org/id/organisation/friends-of-paper-boats/"
    page = released_outputs["id/organisation/harbour-choir/index.html"].decode()
    for words in ("15 March 2026", "The choir joined", "Найрал дуу", "Harbour choir (fictional)", 'lang="mn"'):
        assert words in page
    assert 'href="../friends-of-paper-boats/index.html"' in page
    for language in ("en", "mn"):
        moved = released_outputs[f"{language}/organisations/harbour-choir/index.html"].decode()
        assert "url=../../../id/organisation/harbour-choir/index.html" in moved


# base_uri apart from base_url


def tables_of(checked: Checked, base_url: str = "") -> dict[str, bytes]:
    return dict(Dataset(edition(checked, base_url=base_url)).csv)


def test_another_base_url_changes_no_identifier_and_no_byte_of_the_tables(
    released: Checked, released_outputs: Files
) -> None:
    there = tables_of(released, "https://preview.example.com/branch/")
    assert len(there) > 40
    for name, content in there.items():
        assert content == released_outputs[f"data/latest/{name}.csv"], name
    elsewhere = edition(released, base_url="https://preview.example.com/branch/")
    moved = {
        output.path: output.content for export in (identifiers, past_releases) for output in export.write(elsewhere)
    }
    assert len([path for path in moved if path.startswith("id/")]) > 15
    for path in (path for path in moved if path.startswith("id/")):
        before, after = json.loads(released_outputs[path]), json.loads(moved[path])
        assert before["identifier"] == after["identifier"]
    releases = [path for path in released_outputs if path.startswith("data/releases/")]
    assert [path for path in releases if moved[path] != released_outputs[path]] == []


def test_another_base_uri_changes_identifiers_and_nothing_else(
    fictional: Checked, fictional_content: Files, schema_files: Files, theme_files: Files, wording: Wording
) -> None:
    site = fictional_content["site.yaml"].replace(b"https://id.example.org/", b"https://w3id.example.net/x/")
    content = {**fictional_content, "site.yaml": site}
    other = check(Inputs(content, schema_files, theme_files, FICTIONAL_DAY, wording))
    before, after = tables_of(fictional), tables_of(other)
    assert list(before) == list(after)
    for name in before:
        rows, changed = (
            list(csv.DictReader(io.StringIO(data[name].decode("utf-8-sig"), newline=""))) for data in (before, after)
        )
        for row, now in zip(rows, changed, strict=True):
            different = {column for column in row if row[column] != now[column]}
            assert different <= {"url", "base_uri"}, (name, different)
            if row.get("url", "").startswith("https://id.example.org/"):
                assert now["url"] == row["url"].replace("https://id.example.org/", "https://w3id.example.net/x/")

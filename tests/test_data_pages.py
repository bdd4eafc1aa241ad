"""The pages of the data: what a file weighs, its first rows, how it is cited, and examples that run as printed."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from conftest import Files
from lxml import html

from site_builder.nouns.edition import Edition
from site_builder.writers.questions import questions, statement

LATEST = "data/latest/"
ISSUES = ("real", "fictional")


def page(outputs: Files, path: str) -> html.HtmlElement:
    return html.fromstring(outputs[path].decode("utf-8"))


def rows_of(outputs: Files, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(outputs[f"{LATEST}{table}.csv"].decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("language", ["en", "mn"])
def test_a_text_file_is_told_to_the_byte_and_by_its_checksum(
    real_outputs: Files, real_edition: Edition, language: str
) -> None:
    for table in real_edition.schemas:
        files = page(real_outputs, f"{language}/data/{table.name}/index.html").get_element_by_id("files")
        told = files.xpath(".//tbody/tr")
        assert len(told) >= 2, table.name
        for row in told:
            content = real_outputs[LATEST + row.xpath("th/a")[0].text]
            assert hashlib.sha256(content).hexdigest() in row.text_content()
            assert f"{len(content):,}" in row.text_content(), row.text_content()


def test_what_is_packed_is_told_rounded_and_without_a_checksum(real_outputs: Files) -> None:
    section = page(real_outputs, "en/data/index.html").get_element_by_id("downloads")
    seen = 0
    for row in section.xpath(".//tbody/tr"):
        name = row.xpath("th/a")[0].text
        content, text = real_outputs[LATEST + name], row.text_content()
        if name.endswith((".zip", ".sqlite", ".xlsx")):
            seen += 1
            assert "SHA-256" not in text
            number, unit = re.search(r"about ([\d.]+) ([kM])B", text).groups()  # type: ignore[union-attr]
            assert float(number) * {"k": 1e3, "M": 1e6}[unit] == pytest.approx(len(content), rel=0.05)
        else:
            assert hashlib.sha256(content).hexdigest() in text
        assert row.xpath("td")[0].text.strip(), f"nothing says what {name} is for"
    assert seen >= 2


@pytest.mark.parametrize("site", ISSUES)
def test_the_first_rows_of_a_table_are_those_of_its_file(site: str, request: pytest.FixtureRequest) -> None:
    outputs: Files = request.getfixturevalue(f"{site}_outputs")
    edition: Edition = request.getfixturevalue(f"{site}_edition")
    for table in edition.schemas:
        tree, rows = page(outputs, f"en/data/{table.name}/index.html"), rows_of(outputs, table.name)
        shown = tree.xpath("//section[@id='preview']//tbody/tr")
        assert len(shown) == min(len(rows), 20), table.name
        if rows:
            counts = tree.xpath("//section[@id='preview']//caption")[0].text_content()
            assert f" {len(rows):,} row" in counts, table.name


def test_an_id_in_the_first_rows_leads_to_its_page(real_outputs: Files) -> None:
    tree = page(real_outputs, "mn/data/milestone_schedule/index.html")
    links = tree.xpath("//section[@id='preview']//tbody/tr[1]//a/@href")
    assert links[:2] == ["../../commitments/nap3-c01/index.html#m01", "../../commitments/nap3-c01/index.html"]


def test_everything_can_be_cited_in_each_language(real_outputs: Files, real_edition: Edition) -> None:
    names = {code: real_edition.catalog.site.get(f"publisher_{code}") for code in ("en", "mn")}
    for path in ("en/data/index.html", "mn/data/index.html", "en/data/commitments/index.html"):
        cited = page(real_outputs, path).get_element_by_id("cite")
        for code, name in names.items():
            (text,) = cited.xpath(f".//p[@lang='{code}']")
            assert name in text.text_content()
            assert "2026" in text.text_content()
        linked = {href.rpartition("/")[2] for href in cited.xpath(".//a/@href")}
        assert {"citation.bib", "CITATION.cff"} <= linked
    assert (
        "(commitments)" in page(real_outputs, "mn/data/commitments/index.html").get_element_by_id("cite").text_content()
    )


def run(outputs: Files, language: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Run the example as it is printed, in a folder with the archive that it names; return what it computed."""
    (code,) = page(outputs, f"{language}/data/examples/index.html").xpath("//section[@id='pandas']//pre/code")
    (archive,) = (
        path for path in outputs if path.startswith(LATEST) and path.count("/") == 2 and path.endswith(".zip")
    )
    (folder / archive.removeprefix(LATEST)).write_bytes(outputs[archive])
    monkeypatch.chdir(folder)
    found: dict[str, Any] = {}
    exec(code.text_content(), found)  # noqa: S102 - what readers are told to run
    return found


def answer(outputs: Files, name: str) -> list[tuple[Any, ...]]:
    (content,) = (content for path, content in outputs.items() if path.endswith(".sqlite"))
    base = sqlite3.connect(":memory:")
    base.deserialize(content)
    return base.execute(statement(questions()[name], ("en", "mn"))).fetchall()


@pytest.mark.parametrize(("site", "language"), [("fictional", "en"), ("real", "mn")])
def test_the_example_in_pandas_gives_the_answers_of_the_database(
    site: str,
    language: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    outputs: Files = request.getfixturevalue(f"{site}_outputs")
    found = run(outputs, language, tmp_path, monkeypatch)
    late = answer(outputs, "late_organisations")
    assert list(found["late"]["organisation_id"]) == [row[0] for row in late] or site == "real"
    assert sorted(found["late"]["organisation_id"]) == sorted(row[0] for row in late)
    assert len(found["recent"]) == len(answer(outputs, "recent_changes"))
    moved = answer(outputs, "moved_deadlines")
    assert list(found["moved"]["moved_days"]) == [row[4] for row in moved]
    printed = capsys.readouterr().out
    assert all(str(row[1 if language == "en" else 2]) in printed for row in late)


def test_the_steps_in_a_spreadsheet_name_columns_that_exist(real_outputs: Files, real_edition: Edition) -> None:
    known = {name for table in real_edition.schemas for name in (*table.columns(("en", "mn")), table.name)}
    for language in ("en", "mn"):
        steps = page(real_outputs, f"{language}/data/examples/index.html").get_element_by_id("spreadsheet")
        named = set(re.findall(r"(?<![\w.-])[a-z]+(?:_[a-z]+)+", steps.text_content()))
        assert len(named) >= 12
        assert named <= known, named - known


def test_the_pivot_of_the_example_adds_up(fictional_outputs: Files) -> None:
    counted: dict[str, int] = {}
    for row in rows_of(fictional_outputs, "milestone_schedule"):
        counted[row["plan_id"]] = counted.get(row["plan_id"], 0) + 1
    told = {row["plan_id"]: int(row["milestone_count"]) for row in rows_of(fictional_outputs, "plan_summary")}
    assert counted == told

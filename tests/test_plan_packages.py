"""The promises of the package of one plan: whole by itself, judged by frictionless, with no row of another plan."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from conftest import Files
from frictionless import validate

from site_builder.composition import Checked
from site_builder.nouns.schema import Schemas
from site_builder.writers.excerpts import belonging, with_named

PLANS = "data/latest/plans/"
PLAN_TABLES = {"plans", "commitments", "milestones", "updates", "evidence", "provenance", "sources", "codelists"}
OF_THE_WHOLE = {"site", "languages", "organisation_summary", "translation_summary", "provenance_summary", "redirects"}
"""Tables that speak of everything that is published, and of no plan."""


@dataclass(frozen=True)
class PlanPackage:
    """The package of one plan as it is published."""

    plan: str
    content: bytes

    @cached_property
    def files(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    @cached_property
    def resources(self) -> dict[str, dict[str, Any]]:
        document = json.loads(self.files["datapackage.json"])
        return {resource["name"]: resource for resource in document["resources"]}

    @cached_property
    def rows(self) -> dict[str, list[dict[str, str]]]:
        return {name: read_csv(self.files[resource["path"]]) for name, resource in self.resources.items()}


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def packages(outputs: Files) -> dict[str, PlanPackage]:
    names = [path.removeprefix(PLANS).removesuffix(".zip") for path in outputs if path.startswith(PLANS)]
    return {name: PlanPackage(name, outputs[f"{PLANS}{name}.zip"]) for name in names}


@pytest.fixture(scope="module", params=["fic0", "fic1"])
def package(request: pytest.FixtureRequest, fictional_outputs: Files) -> PlanPackage:
    return packages(fictional_outputs)[request.param]


def test_every_plan_has_a_package(real_outputs: Files, fictional_outputs: Files) -> None:
    for outputs in (real_outputs, fictional_outputs):
        assert set(packages(outputs)) == {row["plan_id"] for row in read_csv(outputs["data/latest/plans.csv"])}


def test_frictionless_accepts_the_zip_and_reads_every_table(package: PlanPackage, tmp_path: Path) -> None:
    (tmp_path / "plan.zip").write_bytes(package.content)
    report = validate(str(tmp_path / "plan.zip"))
    assert report.valid, [error.message for task in report.tasks for error in task.errors]
    read = {task.name: task.stats.get("rows") or 0 for task in report.tasks}
    assert read == {name: len(rows) for name, rows in package.rows.items()}
    assert read["commitments"] > 0
    assert read["provenance"] > 100


def test_it_holds_the_rows_of_its_plan_and_no_others(package: PlanPackage, fictional_outputs: Files) -> None:
    commitments = {
        row["commitment_id"]
        for row in read_csv(fictional_outputs["data/latest/commitments.csv"])
        if row["plan_id"] == package.plan
    }
    counted = 0
    for name, rows in package.rows.items():
        every = read_csv(fictional_outputs[f"data/latest/{name}.csv"])
        assert all(row in every for row in rows), name
        if every and "plan_id" in every[0] and name not in ("commitments", "plans"):
            assert rows == [row for row in every if row["plan_id"] == package.plan], name
            counted += len(rows)
        elif every and "commitment_id" in every[0] and name not in ("commitments", "milestones"):
            assert rows == [row for row in every if row["commitment_id"] in commitments], name
            counted += len(rows)
    assert counted > 50
    assert commitments <= {row["commitment_id"] for row in package.rows["commitments"]}


def test_what_its_rows_name_is_there_even_of_another_plan(fictional_outputs: Files) -> None:
    found = packages(fictional_outputs)["fic0"].rows
    continued = {row["continued_in_id"] for row in found["update_items"] if row["continued_in_id"]}
    assert any(name.startswith("fic1-") for name in continued)
    assert continued <= {row["milestone_id"] for row in found["milestones"]}
    others = {row["commitment_id"] for row in found["commitments"] if row["plan_id"] == "fic1"}
    assert others == {name.rpartition("-")[0] for name in continued if name.startswith("fic1-")}


def test_it_explains_itself(package: PlanPackage) -> None:
    files = package.files
    assert set(package.resources) >= PLAN_TABLES
    assert not set(package.resources) & OF_THE_WHOLE
    assert {"README.md", "README.mn.md", "LICENSE.txt", "CHANGES.md", "data_dictionary.csv", "SHA256SUMS"} <= set(files)
    titles = {row["plan_id"]: row["title_en"] for row in package.rows["plans"]}
    assert titles[package.plan] in files["README.md"].decode()
    document = json.loads(files["datapackage.json"])
    assert document["name"].endswith(f"-{package.plan}")
    assert document["title"] == titles[package.plan]
    assert len(document["sources"]) == len(package.rows["sources"])
    described = {row["table_name"] for row in read_csv(files["data_dictionary.csv"])}
    assert described == set(package.resources)


def test_every_table_that_a_package_refers_to_is_in_it(real: Checked) -> None:
    schemas: Schemas = real.schemas
    for kind in ("commitments", "plans"):
        names = with_named(schemas, belonging(schemas, kind))
        targets = {reference.table for name in names for reference in schemas[name].references}
        assert targets <= set(names), kind


def test_a_package_is_of_the_same_tables_whatever_its_plan_has(real_outputs: Files) -> None:
    found = packages(real_outputs)
    tables: Mapping[str, list[str]] = {name: list(item.resources) for name, item in found.items()}
    assert len({tuple(names) for names in tables.values()}) == 1

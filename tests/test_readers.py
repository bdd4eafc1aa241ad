"""The promise that pandas, duckdb and LibreOffice open every CSV: Mongolian intact, every type as it is described."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pytest
from conftest import Files, write_to
from python_calamine import CalamineWorkbook

from site_builder.checks.formula_like import BEGINNINGS

LATEST = "data/latest/"
DUCKDB = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
"""Type that duckdb gives a column, by the described one."""
MONGOLIAN = "Өү"
"""Letters that Russian keyboards and old encodings lack."""


@dataclass(frozen=True)
class Tables:
    """The CSV files of a site on the disk, with what is said of them."""

    folder: Path
    schemas: Mapping[str, Mapping[str, Any]]

    @cached_property
    def rows(self) -> dict[str, list[dict[str, str]]]:
        """Rows of every table, read without help of the program."""
        return {name: self.read(name) for name in self.schemas}

    def read(self, name: str) -> list[dict[str, str]]:
        text = self.path(name).read_text("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.csv"

    def kinds(self, name: str) -> dict[str, str]:
        return {field["name"]: field["type"] for field in self.schemas[name]["fields"]}


def tables_of(outputs: Files, folder: Path) -> Tables:
    descriptor = json.loads(outputs[f"{LATEST}datapackage.json"])
    schemas = {resource["name"]: resource["schema"] for resource in descriptor["resources"]}
    write_to(folder, {f"{name}.csv": outputs[f"{LATEST}{name}.csv"] for name in schemas})
    return Tables(folder, schemas)


@pytest.fixture(scope="module", params=["real", "fictional"])
def tables(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return tables_of(request.getfixturevalue(f"{request.param}_outputs"), tmp_path_factory.mktemp(request.param))


def typed(text: str, kind: str) -> object:
    """What a cell says, by the type of its column; None is missing."""
    if text == "":
        return None
    if kind == "boolean":
        return text == "true"
    if kind in ("integer", "number"):
        return float(text)
    return date.fromisoformat(text) if kind == "date" else text


def expected(tables: Tables, name: str) -> list[list[object]]:
    kinds = tables.kinds(name)
    return [[typed(cell, kinds[column]) for column, cell in row.items()] for row in tables.rows[name]]


def plain(value: object) -> object:
    """A value as the tests compare it: every number as a fraction, every moment as its day, nothing as None."""
    if value is None or value is pandas.NA or value is pandas.NaT or value != value or value == "":
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        return value.date()
    return float(value) if isinstance(value, int | float) else value


def test_there_is_mongolian_and_every_type_to_be_read(tables: Tables) -> None:
    text = "".join(tables.path(name).read_text("utf-8-sig") for name in tables.schemas)
    assert set(MONGOLIAN) <= set(text)
    kinds = {kind for name in tables.schemas for kind in tables.kinds(name).values()}
    assert kinds == set(DUCKDB)


def test_pandas_reads_every_table(tables: Tables) -> None:
    types = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "string": "string"}
    for name in tables.schemas:
        kinds = tables.kinds(name)
        frame = pandas.read_csv(
            tables.path(name),
            dtype={column: types[kind] for column, kind in kinds.items() if kind in types},
            parse_dates=[column for column, kind in kinds.items() if kind == "date"],
            keep_default_na=False,
            na_values=[""],
        )
        assert list(frame.columns) == list(kinds), name
        found = [[plain(value) for value in row] for row in frame.itertuples(index=False, name=None)]
        assert found == expected(tables, name), name


def test_pandas_finds_the_types_by_itself(tables: Tables) -> None:
    """Without being told anything, as most people call it."""
    kinds_of = {"i": "integer", "f": "number", "b": "boolean"}
    for name in tables.schemas:
        frame = pandas.read_csv(tables.path(name)).convert_dtypes()
        for column, kind in tables.kinds(name).items():
            series = frame[column]
            if kind in ("integer", "number", "boolean") and series.notna().any():
                found = kinds_of[series.dtype.kind]
                assert found == kind or (kind, found) == ("number", "integer"), f"{name}.{column}"


def test_duckdb_reads_every_table_as_described(tables: Tables) -> None:
    for name in tables.schemas:
        columns = {column: DUCKDB[kind] for column, kind in tables.kinds(name).items()}
        # without an error for any cell: each is what the descriptor says
        relation = duckdb.read_csv(str(tables.path(name)), header=True, columns=columns, auto_detect=False)
        assert [[plain(value) for value in row] for row in relation.fetchall()] == expected(tables, name), name


def test_duckdb_finds_the_types_by_itself(tables: Tables) -> None:
    for name, rows in tables.rows.items():
        relation = duckdb.read_csv(str(tables.path(name)), sample_size=-1)
        found = dict(zip(relation.columns, map(str, relation.types), strict=True))
        assert list(found) == list(tables.kinds(name)), name
        for column, kind in tables.kinds(name).items():
            if kind != "string" and any(row[column] for row in rows):
                whole = kind == "number" and all("." not in row[column] for row in rows)
                assert found[column] == ("BIGINT" if whole else DUCKDB[kind]), f"{name}.{column}"


@pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="this machine has no LibreOffice (Debian: libreoffice-calc-nogui); .ci/run installs it",
)
def test_libreoffice_opens_every_table(fictional_outputs: Files, tmp_path: Path) -> None:
    tables = tables_of(fictional_outputs, tmp_path / "tables")
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx",
        "--infilter=CSV:44,34,76,1",
        "--outdir",
        str(tmp_path / "opened"),
        *(str(tables.path(name)) for name in tables.schemas),
    ]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert answer.returncode == 0, answer.stderr
    for name in tables.schemas:
        sheet = CalamineWorkbook.from_path(tmp_path / "opened" / f"{name}.xlsx").get_sheet_by_index(0)
        header, *cells = sheet.to_python(skip_empty_area=False)
        assert list(header) == list(tables.kinds(name)), name
        kinds = list(tables.kinds(name).values())
        assert len(cells) == len(tables.rows[name]), name
        for found, row in zip(cells, tables.rows[name], strict=True):
            for cell, text, kind in zip(found, row.values(), kinds, strict=True):
                assert says(cell, text, kind), f"{name}: {cell!r}, {text!r}"


def says(cell: object, text: str, kind: str) -> bool:
    """Whether a cell of LibreOffice says what the CSV does.

    A spreadsheet that opens a CSV takes a text for a number or a day where it looks like one: a year, a day where
    only the month may be known, the edition 1.10. It computes what begins as a formula does, which is reported as
    `formula-like-text`. That no CSV can prevent; the workbook holds all these as text.
    """
    if text.startswith(BEGINNINGS):
        return kind == "string" or cell == float(text)
    if kind == "string" and isinstance(cell, float):
        return cell == float(text)
    if kind == "string" and isinstance(cell, date):
        return cell.isoformat() == text
    return plain(cell) == typed(text, kind)

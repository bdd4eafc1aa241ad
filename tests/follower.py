"""Runs inside a copy of the project and prints as JSON what its recipes made of it; see test_contributing.py."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from site_builder.composition import Checked, Inputs, check, edition
from site_builder.derive.progress import methods
from site_builder.nouns.progress import Point, Trend
from site_builder.shell.cli import main
from site_builder.shell.disk import read_folder
from site_builder.shell.reports import Report, formats
from site_builder.shell.wording import load_wording
from site_builder.writers.dataset import Dataset
from site_builder.writers.downloads import plan_data
from site_builder.writers.exports import to_export
from site_builder.writers.forms import forms
from site_builder.writers.html import Press

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
COMMITMENT = "plans/demo/commitments/c01.yaml"
RIGHT, WRONG = b'en: "One page lists them all."', b'en: "Publish every tender in one place"'
"""A brief, and one that repeats the title: what the check of the recipe finds."""


def checked(content: dict[str, bytes]) -> Checked:
    here = Path()
    wording = load_wording()
    return check(Inputs(content, read_folder(here / "schemas"), read_folder(here / "themes/default"), NOW, wording))


def told() -> dict[str, Any]:
    content = dict(read_folder(Path("content")))
    content[COMMITMENT] = content[COMMITMENT].replace(RIGHT, WRONG)
    now = checked(content)
    issue = edition(now)
    press = Press(issue)
    data = [name for name in plan_data(now.catalog, now.schemas) if "row_counts" in name]
    trend = Trend((Point(2015, 40.0), Point(2020, 41.0)), "increase")
    return {
        "findings": [(finding.name, finding.severity) for finding in now.findings],
        "places": formats()["places"](Report(now.findings, now.wording, "en", {})),
        "pages": {
            page.path: press.render(page).content.decode() for page in issue.plan.pages if page.kind == "imprint"
        },
        "exports": [(item.path, item.content.decode()) for item in exported(issue)],
        "data": data,
        "forms": [
            (name, text.decode())
            for form in forms()
            if "row_counts.txt" in form.plan_files(now.catalog, now.schemas)
            for name, text in form.write(Dataset(issue))
        ],
        "methods": sorted({row["method"] for row in issue.derived.tables["progress"]}),
        "verdict": methods()["any_step"].judge(trend).status,
        "commands": {
            name: CliRunner().invoke(main, name.split()).output
            for name in ("spoken", "explain brief-repeats-title --lang en", "explain brief-repeats-title --lang mn")
        },
    }


def exported(issue: Any) -> Any:
    return (item for export in to_export(issue) for item in export() if item.path == "languages.txt")


if __name__ == "__main__":
    json.dump(told(), sys.stdout)

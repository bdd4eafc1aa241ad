"""Worked examples: the first three questions answered in pandas, and in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup, escape

from site_builder.nouns.output import LATEST
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.package import zip_name
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.voice import Voice

TEMPLATE = "examples.html"
PANDAS = """
import zipfile

import pandas as pd

package = zipfile.ZipFile("{archive}")


def table(name):
    return pd.read_csv(package.open("data/" + name + ".csv"))


# 1
late = table("organisation_summary").merge(table("organisations"), on="organisation_id")
late = late[late["milestone_assessed_count"] > 0]
late = late.sort_values(["overdue_pct", "days_overdue_max"], ascending=False)
print(late[["name_{lang}", "milestone_overdue_count", "overdue_pct", "days_overdue_max"]].to_string(index=False))

# 2
day = pd.Timestamp(table("organisation_summary")["as_of"].max())
since = (day - pd.DateOffset(months=6)).strftime("%Y-%m-%d")
happenings = table("happenings")
recent = happenings[happenings["happened_on"] >= since]
print(recent["kind"].value_counts().to_string())

# 3
moved = table("date_changes").merge(table("updates"), on="update_id")
moved["moved_days"] = (pd.to_datetime(moved["new_due"]) - pd.to_datetime(moved["old_due"])).dt.days
moved["moved_after_due"] = moved["reported_on"] > moved["old_due"]
moved = moved.sort_values(["moved_after_due", "moved_days"], ascending=False)
print(moved[["milestone_id", "old_due", "new_due", "moved_days", "moved_after_due"]].to_string(index=False))
"""
"""Run as it stands in the folder of the archive; the marks stand for its name and for the language of the page."""
_NAME = re.compile(r"(?<![\w./-])([a-z]+(?:_[a-z]+)+)(?![\w./])")
"""Name of a column or table in a sentence, and not in an address."""
STEPS = ("open", "late", "late_names", "recent", "moved", "pivot", "pivot_fields")
SHEETS = ("organisation_summary", "organisations", "happenings", "milestone_schedule")
"""Tables whose sheets the steps name."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("examples", "", "data/examples", catalog)


def view(voice: Voice) -> dict[str, Any]:
    catalog = voice.edition.catalog
    title, archive = voice.say("examples"), zip_name(catalog)
    workbook = f"{catalog.site.id}.{voice.code}.xlsx"
    sheets = {name: _sheet(voice, name) for name in SHEETS}
    return {
        "title": title,
        "description": voice.say("examples.lede"),
        "lede": voice.say("examples.lede"),
        "crumbs": [Crumb(voice.link("home"), voice.say("home")), Crumb(voice.link("data"), voice.say("data"))],
        "here": title,
        "pandas_text": voice.say("examples.pandas_text", archive=_file(voice, archive)),
        "pandas": PANDAS.strip().replace("{archive}", archive).replace("{lang}", voice.code),
        "steps": [
            _with_names(voice.say(f"examples.step.{step}", workbook=_file(voice, workbook), **sheets)) for step in STEPS
        ],
    }


def _with_names(step: str) -> Markup:
    """Return a step with the names of columns and tables as they stand in the files."""
    # of marked-up text `sub` would make marked-up text again, and escape what is put in
    return Markup(_NAME.sub(r'<code translate="no">\1</code>', str(escape(step))))


def _file(voice: Voice, name: str) -> Markup:
    """Return the name of a file of the data set, linked where the site has it."""
    code = Markup('<code translate="no">{}</code>').format(name)
    is_there = LATEST + name in voice.edition.plan.files
    return Markup('<a href="{}">{}</a>').format(voice.to(LATEST + name), code) if is_there else code


def _sheet(voice: Voice, table: str) -> Markup:
    """Return the name of the sheet of a table, linked to the page of the table."""
    label = voice.field_label_of_table(table)
    return Markup('<a href="{}">{}</a>').format(voice.link("table", table), label)

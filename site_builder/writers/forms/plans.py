"""The data package of each plan: its rows in every table that belongs to plans, and what they name."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.nouns.edition import Edition
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.nouns.text import Text
from site_builder.writers.dataset import Dataset
from site_builder.writers.descriptor import part
from site_builder.writers.excerpts import belonging, excerpts, with_named
from site_builder.writers.forms import File
from site_builder.writers.package import archive, said

EXPLAINING = ("codelists",)
"""Tables that a package has whole, because they explain the others."""


def plan_files(catalog: Catalog, schemas: Schemas) -> Iterable[str]:
    return [plan_file(plan.id) for plan in catalog.rows("plans")]


def write(dataset: Dataset) -> Iterable[File]:
    edition = dataset.edition
    names = with_named(edition.schemas, [*belonging(edition.schemas, "plans"), *EXPLAINING])
    for plan, excerpt in excerpts(dataset, "plans").items():
        rows = {name: dataset.sheets[name].rows if name in EXPLAINING else excerpt.rows.get(name, []) for name in names}
        record = edition.catalog.by_id["plans"][plan]
        yield plan_file(plan), archive(part(dataset, record, description=_description(edition, record), rows=rows))


def plan_file(plan: str) -> str:
    """Return where the package of a plan stands."""
    return f"plans/{plan}.zip"


def _description(edition: Edition, plan: Record) -> Text:
    titles = edition.catalog.text(plan, "title")
    codes = edition.catalog.codes
    return Text({code: said(edition, "package.plan", code, plan=titles.shown(code)[0]) for code in codes})

"""Owns the evidence pack of a commitment: its rows in every table and what they name, in one zip."""

from __future__ import annotations

from site_builder.writers.dataset import Dataset
from site_builder.writers.excerpts import Excerpt
from site_builder.writers.package import readme_name, spoken, zipped
from site_builder.writers.tables import csv_bytes


def pack_bytes(dataset: Dataset, commitment: str, excerpt: Excerpt) -> bytes:
    """Return the zip of a pack; the same rows give the same bytes."""
    edition, catalog = dataset.edition, dataset.edition.catalog
    record = catalog.by_id["commitments"][commitment]
    plan = catalog.by_id["plans"][record.get("plan_id")]
    files = {
        f"{name}.csv": csv_bytes(dataset.sheets[name].header, rows, byte_order_mark=dataset.byte_order_mark)
        for name, rows in excerpt.rows.items()
    }
    for code in catalog.codes:
        title = next(
            (catalog.text(record, name) for name in ("title", "title_ogp") if catalog.text(record, name)), None
        )
        name = f"{commitment}: {title.shown(code)[0]}" if title else commitment
        shown = catalog.text(plan, "title").shown(code)[0]
        files[readme_name(catalog, code)] = spoken(edition, "pack.readme", code, name=name, plan=shown)
    return zipped(files)

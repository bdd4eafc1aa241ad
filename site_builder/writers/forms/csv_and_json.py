"""Every table as CSV, as JSON and as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.dataset import Dataset
from site_builder.writers.forms import File
from site_builder.writers.tables import json_array


def plan_files(catalog: Catalog, schemas: Schemas) -> Iterable[str]:
    return [name for table in schemas for name in (f"{table.name}.csv", f"{table.name}.json", f"{table.name}.jsonl")]


def write(dataset: Dataset) -> Iterable[File]:
    for name in dataset.sheets:
        yield f"{name}.csv", dataset.csv[name]
        lines = dataset.json_lines(name)
        yield f"{name}.json", json_array(lines)
        yield f"{name}.jsonl", lines

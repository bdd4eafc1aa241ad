"""Each indicator by itself: its values as CSV, and everything about it as one JSON object."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.dataset import Dataset
from site_builder.writers.excerpts import excerpts
from site_builder.writers.forms import File
from site_builder.writers.thing_files import ThingFiles

VALUES = "observations"
ENDINGS = ("csv", "json")


def plan_files(catalog: Catalog, schemas: Schemas) -> Iterable[str]:
    return [indicator_file(record.id, ending) for record in catalog.rows("indicators") for ending in ENDINGS]


def write(dataset: Dataset) -> Iterable[File]:
    files = ThingFiles(dataset, "indicators")
    for indicator, excerpt in excerpts(dataset, "indicators").items():
        yield indicator_file(indicator, "csv"), dataset.csv_of(VALUES, excerpt.owned.get(VALUES, ()))
        yield indicator_file(indicator, "json"), files.content(indicator, excerpt)


def indicator_file(indicator: str, ending: str) -> str:
    """Return where a file of an indicator stands."""
    return f"indicators/{indicator}.{ending}"

"""Everything about each commitment as one JSON object, for those who want one commitment and no tables."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.dataset import Dataset
from site_builder.writers.excerpts import excerpts
from site_builder.writers.forms import File
from site_builder.writers.thing_files import ThingFiles


def plan_files(catalog: Catalog, schemas: Schemas) -> Iterable[str]:
    return [commitment_file(record.id) for record in catalog.rows("commitments")]


def write(dataset: Dataset) -> Iterable[File]:
    files = ThingFiles(dataset, "commitments")
    for commitment, excerpt in excerpts(dataset, "commitments").items():
        yield commitment_file(commitment), files.content(commitment, excerpt)


def commitment_file(commitment: str) -> str:
    """Return where the file of a commitment stands."""
    return f"commitments/{commitment}.json"

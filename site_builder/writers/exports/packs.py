"""The evidence pack of each commitment: everything that is known of it in one zip."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import LATEST, Output
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.dataset import Dataset
from site_builder.writers.excerpts import excerpts
from site_builder.writers.package import checksums
from site_builder.writers.packs import pack_bytes

SUMS = f"{LATEST}packs/SHA256SUMS"


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return [SUMS, *(pack_path(record.id) for record in catalog.rows("commitments"))]


def pack_path(commitment: str) -> str:
    """Return where the pack of a commitment stands."""
    return f"{LATEST}packs/{commitment}.zip"


def write(edition: Edition) -> Iterable[Output]:
    dataset = Dataset(edition)
    packs = [
        Output(pack_path(commitment), pack_bytes(dataset, commitment, excerpt))
        for commitment, excerpt in excerpts(dataset, "commitments").items()
    ]
    sums = checksums((output.path.rpartition("/")[2], output.content) for output in packs)
    return [*packs, Output(SUMS, sums)]

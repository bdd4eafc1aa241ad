"""Owns the newest data as a set of files: every form of every table, and the checksums of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import chain

from site_builder.nouns.edition import Edition
from site_builder.nouns.output import LATEST, Output, Weight
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.nouns.spread import Piece, Spread, in_turn
from site_builder.writers.content_hashes import SUMS as CONTENT_SUMS
from site_builder.writers.content_hashes import content_sums
from site_builder.writers.dataset import Dataset
from site_builder.writers.forms import Form, forms
from site_builder.writers.package import checksums_of

SUMS = "SHA256SUMS"


def plan_data(catalog: Catalog, schemas: Schemas) -> Iterable[str]:
    """Return the path of every file of the data set."""
    names = [name for form in forms() for name in form.plan_files(catalog, schemas)]
    return [LATEST + name for name in (*names, CONTENT_SUMS, SUMS)]


def write_data(edition: Edition, *, spread: Spread = in_turn) -> list[Output]:
    """Return every file of the data set. It is made before all else, so that pages can tell what each weighs."""
    outputs = list(chain.from_iterable(spread(_to_write(Dataset(edition)))))
    outputs.append(Output(LATEST + CONTENT_SUMS, content_sums(outputs, below=LATEST)))
    return [*outputs, Output(LATEST + SUMS, checksums_of(outputs))]


def _to_write(dataset: Dataset) -> list[Piece]:
    """Return the making of all forms: a piece a form that is made apart, and one with those that share lines.

    The rows, which all share, are made before; they take much memory and are gone with the data set.
    """
    dataset.make_rows()
    apart = [form for form in forms() if getattr(form, "APART", False)]
    together = [form for form in forms() if form not in apart]
    return [partial(_written, dataset, group) for group in (together, *([form] for form in apart))]


def _written(dataset: Dataset, group: Iterable[Form]) -> list[Output]:
    return [Output(LATEST + name, content) for form in group for name, content in form.write(dataset)]


def weigh(outputs: Iterable[Output]) -> Mapping[str, Weight]:
    """Return what each file weighs, by its path."""
    return {output.path: output.weight for output in outputs}

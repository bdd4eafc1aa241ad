"""The data package: a descriptor in each language, the dictionary and the archive of everything."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.dataset import Dataset
from site_builder.writers.descriptor import descriptor, whole
from site_builder.writers.forms import File
from site_builder.writers.package import archive, descriptor_name, dictionary, zip_name


def plan_files(catalog: Catalog, schemas: Schemas) -> Iterable[str]:
    return [*(descriptor_name(catalog, code) for code in catalog.codes), "data_dictionary.csv", zip_name(catalog)]


def write(dataset: Dataset) -> Iterable[File]:
    catalog, package = dataset.edition.catalog, whole(dataset)
    for code in catalog.codes:
        yield descriptor_name(catalog, code), descriptor(package, code)
    yield "data_dictionary.csv", dictionary(dataset.edition)
    yield zip_name(catalog), archive(package)

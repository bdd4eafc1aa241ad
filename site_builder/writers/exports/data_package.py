"""The data package: every table as CSV and JSON, descriptors, dictionary, archive and checksums."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.package import (
    LATEST,
    archive,
    checksums_of,
    descriptor,
    descriptor_name,
    dictionary,
    zip_name,
)
from site_builder.writers.rows import table_rows
from site_builder.writers.tables import csv_bytes, json_bytes


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    names = [name for table in schemas for name in (f"{table.name}.csv", f"{table.name}.json")]
    names += [descriptor_name(catalog, code) for code in catalog.codes]
    return [LATEST + name for name in (*names, "data_dictionary.csv", "SHA256SUMS", f"{catalog.site.id}.zip")]


def write(edition: Edition) -> Iterable[Output]:
    mark = bool(edition.catalog.site.get("csv_byte_order_mark"))
    files: dict[str, bytes] = {}
    outputs: list[Output] = []
    for table in edition.schemas:
        header, rows = table.columns(edition.catalog.codes), table_rows(edition, table)
        files[table.name] = csv_bytes(header, rows, byte_order_mark=mark)
        outputs.append(Output(f"{LATEST}{table.name}.csv", files[table.name]))
        outputs.append(Output(f"{LATEST}{table.name}.json", json_bytes(header, rows)))
    outputs.extend(
        Output(LATEST + descriptor_name(edition.catalog, code), descriptor(edition, files, language=code))
        for code in edition.catalog.codes
    )
    outputs.append(Output(f"{LATEST}data_dictionary.csv", dictionary(edition)))
    outputs.append(Output(LATEST + zip_name(edition), archive(edition, files)))
    return [*outputs, Output(f"{LATEST}SHA256SUMS", checksums_of(outputs))]

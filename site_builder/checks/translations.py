"""Owns the promise that every text exists in every language, and every schema label too."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.nouns.diagnostic import Diagnostic, Location, Severity, found
from site_builder.nouns.record import Catalog


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield texts, pages and labels that are missing in a language."""
    yield from _texts(catalog)
    yield from _prose(catalog)
    yield from _labels(catalog)


def _texts(catalog: Catalog) -> Iterator[Diagnostic]:
    reported = set()
    for table in catalog.written_tables():
        for item in table.fields:
            if not item.localized:
                continue
            stem = table.key_in_yaml(item)
            columns = item.columns(catalog.codes)
            for record in catalog.rows(table.name):
                missing = [column for column in columns if record.get(column) is None]
                if not missing or len(missing) == len(columns) or stem in record.spoiled:
                    continue
                given = [record.cells[column] for column in columns if column not in missing]
                if given[0].location in reported:
                    continue
                reported.add(given[0].location)
                for code, column in zip(catalog.codes, columns, strict=True):
                    if column in missing:
                        yield found(
                            "translation-missing",
                            given[0].location,
                            severity=Severity.WARNING,
                            language=code,
                            key=stem,
                            record=record.id,
                            field=column,
                        )


def _prose(catalog: Catalog) -> Iterator[Diagnostic]:
    slugs: dict[str, list[str]] = {}
    for slug, language in sorted(catalog.prose):
        slugs.setdefault(slug, []).append(language)
    for slug, languages in slugs.items():
        for code in catalog.codes:
            if code not in languages:
                yield found(
                    "page-without-twin",
                    catalog.prose[slug, languages[0]].location,
                    severity=Severity.WARNING,
                    page=slug,
                    language=code,
                )


def _labels(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield one finding a schema file and language: how many labels or descriptions it lacks, and the first."""
    for table in catalog.schemas:
        described = [(table.name, table.labels, table.descriptions)] + [
            (f"{table.name}.{item.name}", item.labels, item.descriptions) for item in table.fields
        ]
        for code in catalog.codes:
            missing = [name for name, labels, texts in described if code not in labels or code not in texts]
            if missing:
                yield found(
                    "label-missing",
                    Location(table.file),
                    severity=Severity.WARNING,
                    key=missing[0],
                    count=len(missing),
                    language=code,
                    field=missing[0],
                )

"""Owns the promise that every text exists in every language, and every schema label too."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.nouns.diagnostic import Diagnostic, Location, Severity, found
from site_builder.nouns.record import Catalog, Record

ADOPTED = frozenset({"plans", "commitments", "milestones"})
"""Tables whose titles were adopted with the plan."""
FEW = 10
"""Texts that a file may lack in a language until they are told as one: where a language begins, it lacks all."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield texts, pages and labels that are missing in a language."""
    yield from _texts(catalog)
    yield from _prose(catalog)
    yield from _labels(catalog)


def _texts(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield each text that a language lacks; a file that lacks many of them gets one finding a language."""
    missing: dict[tuple[str, str], list[Diagnostic]] = {}
    for finding in _missing(catalog):
        if finding.name == "translation-missing":
            missing.setdefault((finding.location.file, dict(finding.arguments)["language"]), []).append(finding)
        else:
            yield finding
    for (_, language), findings in missing.items():
        if len(findings) <= FEW:
            yield from findings
            continue
        first = min(findings, key=Diagnostic.order)
        values = {"language": language, "count": len(findings), "key": dict(first.arguments)["key"]}
        yield found(
            "translations-missing",
            first.location,
            values.items(),
            severity=Severity.WARNING,
            record=first.record,
            field=first.field,
        )


def _missing(catalog: Catalog) -> Iterator[Diagnostic]:
    reported = set()
    for table in catalog.written_tables():
        for item in table.fields:
            if not item.localized:
                continue
            stem = table.key_in_yaml(item)
            columns = item.columns(catalog.codes)
            if not any(catalog.columns(table.name).values(column) for column in columns):
                continue
            written = catalog.columns(table.name).side_by_side(*columns)
            for record, texts in zip(catalog.rows(table.name), written, strict=True):
                if None not in texts:
                    continue
                missing = [column for column, text in zip(columns, texts, strict=True) if text is None]
                if len(missing) == len(columns) or stem in record.spoiled:
                    continue
                given = next(record.cells[column] for column in columns if column not in missing)
                if given.location in reported:
                    continue
                reported.add(given.location)
                for code, column in zip(catalog.codes, columns, strict=True):
                    if column in missing:
                        is_adopted = _is_adopted(catalog, record, item.name, code)
                        yield found(
                            "adopted-text-missing" if is_adopted else "translation-missing",
                            given.location,
                            severity=Severity.ERROR if is_adopted else Severity.WARNING,
                            language=code,
                            key=stem,
                            record=record.id,
                            field=column,
                        )


def _is_adopted(catalog: Catalog, record: Record, field: str, language: str) -> bool:
    """Whether a plan says that this text was adopted in a language, and nothing says that it could not be found."""
    if field != "title" or record.table not in ADOPTED:
        return False
    plan = record if record.table == "plans" else _plan_of(catalog, record)
    if plan is None or plan.get("adopted_language") != language:
        return False
    told = catalog.told_of(record)
    return not any(row.get("status") == "missing" for row in told.get(f"{field}_{language}", ()))


def _plan_of(catalog: Catalog, record: Record) -> Record | None:
    holder = catalog.find("commitments", record.parent) if record.table == "milestones" else record
    return catalog.find("plans", holder.get("plan_id") or "") if holder else None


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

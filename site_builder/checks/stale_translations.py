"""Owns the promise that a change reaches every language: a text is not reworded in one and forgotten in the other."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks._text_pairs import is_translated
from site_builder.nouns.diagnostic import Diagnostic, Severity, found
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Field, Table
from site_builder.nouns.text import same_words


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield texts that stay as they were published while the same text is reworded in another language."""
    before = catalog.published
    if before is None:
        return
    for table in catalog.written_tables():
        texts = [item for item in table.fields if item.localized]
        known = before.by_id.get(table.name, {}) if texts else {}
        for record in catalog.rows(table.name) if known else ():
            if table.name != "provenance" and (old := known.get(record.id)):
                for item in texts:
                    yield from _stale(catalog, table, item, (old, record))


def _stale(catalog: Catalog, table: Table, item: Field, versions: tuple[Record, Record]) -> Iterator[Diagnostic]:
    old, new = versions
    columns = [column for column in item.columns(catalog.codes) if old.get(column) and new.get(column)]
    reworded = [column for column in columns if not same_words(old.get(column), new.get(column))]
    if not reworded or len(reworded) == len(columns):
        return
    leading = next((column for column in reworded if not is_translated(catalog, new, column)), reworded[0])
    for column in columns:
        is_ours = is_translated(catalog, new, column)
        if column in reworded or (is_translated(catalog, new, leading) and not is_ours):
            continue  # a translation of ours that was bettered leaves its original as it is
        if _checked(catalog, new, column) != _checked(catalog.published, old, column):
            continue  # somebody says that it is still right
        cell = new.cells[column]
        yield found(
            "translation-stale",
            cell.location,
            severity=Severity.WARNING,
            record=new.id,
            field=column,
            length=cell.length,
            key=table.key_in_yaml(item),
            language=column.removeprefix(f"{item.name}_"),
            other=leading.removeprefix(f"{item.name}_"),
        )


def _checked(catalog: Catalog | None, record: Record, column: str) -> object:
    told = catalog.told_of(record).get(column, ()) if catalog else ()
    return max((row.get("checked_on") for row in told if row.get("checked_on")), default=None)

"""Owns the state of every text in every language: given, translated by us, missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Catalog


def translation_rows(catalog: Catalog) -> Iterator[Row]:
    """Yield a row a text and language; a text that no language has is no text."""
    codes = catalog.codes
    for table in catalog.written_tables():
        fields = [(item.name, item.columns(codes)) for item in table.fields if item.localized]
        if not fields:
            continue
        for record in catalog.rows(table.name):
            told = catalog.told_of(record)
            for name, columns in fields:
                if not any(column in record.cells for column in columns):
                    continue
                for code, column in zip(codes, columns, strict=True):
                    rows = told.get(column, ())
                    ours = any(row.get("status") == "own_translation" for row in rows)
                    state = "missing" if column not in record.cells else "own_translation" if ours else "present"
                    yield {
                        "table_name": table.name,
                        "record_id": record.id,
                        "field": name,
                        "language": code,
                        "state": state,
                    }


def translation_counts(rows: Iterable[Row], as_of: date) -> Iterator[Row]:
    """Yield a row a table, field and language with the number of texts in each state."""
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for row in rows:
        counts.setdefault((row["table_name"], row["field"], row["language"]), Counter())[row["state"]] += 1
    for (table, name, language), states in sorted(counts.items()):
        yield {
            "table_name": table,
            "field": name,
            "language": language,
            "text_count": sum(states.values()),
            "present_count": states["present"],
            "own_translation_count": states["own_translation"],
            "missing_count": states["missing"],
            "as_of": as_of,
        }


def provenance_counts(catalog: Catalog, as_of: date) -> Iterator[Row]:
    """Yield a row a table and status of provenance with the number of values of which it is said."""
    counts = Counter(
        (row.get("table_name"), row.get("status"), (row.get("record_id"), row.get("field")))
        for row in catalog.rows("provenance")
    )
    values = Counter((table, status) for table, status, _ in counts)
    for (table, status), count in sorted(values.items()):
        yield {"table_name": table, "status": status, "value_count": count, "as_of": as_of}

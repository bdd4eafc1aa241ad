"""Owns the reminder that translations of ours were not compared with the other language by a person."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks._text_pairs import TRANSLATED
from site_builder.nouns.diagnostic import Diagnostic, Severity, found
from site_builder.nouns.record import Catalog


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield one notice a language with the number of its translations that nobody has checked."""
    texts: dict[str, set[tuple[str, str, str]]] = {}
    for row in catalog.rows("provenance"):
        column = row.get("field") or ""
        code = column.rpartition("_")[2]
        if row.get("status") == TRANSLATED and row.get("checked_on") is None and code in catalog.codes:
            texts.setdefault(code, set()).add((row.get("table_name"), row.get("record_id"), column))
    for language in catalog.rows("languages"):
        if unchecked := texts.get(language.id):
            yield found(
                "translation-unchecked",
                language.location,
                severity=Severity.NOTICE,
                record=language.id,
                language=language.id,
                count=len(unchecked),
            )

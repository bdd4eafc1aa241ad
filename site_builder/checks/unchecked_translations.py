"""Owns the reminder that translations of ours were not compared with the other language by a person."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks._text_pairs import TRANSLATED
from site_builder.nouns.diagnostic import Diagnostic, Severity, found
from site_builder.nouns.record import Catalog


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield one notice a language with the number of its translations that nobody has checked."""
    texts: dict[str, set[tuple[str, str, str]]] = {}
    columns = ("status", "checked_on", "table_name", "record_id", "field")
    for status, checked_on, table, record_id, field in catalog.columns("provenance").side_by_side(*columns):
        code = (field or "").rpartition("_")[2] if status == TRANSLATED and checked_on is None else ""
        if code in catalog.codes:
            texts.setdefault(code, set()).add((table, record_id, field))
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

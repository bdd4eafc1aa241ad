"""Owns the fingerprint of what was promised: anyone can compute it anew and see whether a word was changed."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from unicodedata import normalize

from site_builder.nouns.record import Catalog, Record

FINGERPRINT = ("wording_language", "as_adopted_sha256")
OURS = frozenset({"own_translation", "own_words"})
"""Statuses of provenance that say that a text is ours and not that of a source."""


def fingerprint(catalog: Catalog, commitment: Record) -> dict[str, str | None]:
    """Return the language of the adopted wording and its SHA-256, both empty where a title is not recorded.

    The titles of the commitment and of its milestones in the order of their numbers, in Unicode form NFC, every
    run of white space as one space, are joined by a line feed, without one at the end, and hashed as UTF-8.
    """
    milestones = sorted(
        catalog.children(commitment, "milestones"), key=lambda record: (record.get("number"), record.id)
    )
    language = _language(catalog, (commitment, *milestones))
    if not language:
        return dict.fromkeys(FINGERPRINT)
    titles = [" ".join(str(record.get(f"title_{language}")).split()) for record in (commitment, *milestones)]
    hashed = sha256(normalize("NFC", "\n".join(titles)).encode("utf-8")).hexdigest()
    return dict(zip(FINGERPRINT, (language, hashed), strict=True))


def _language(catalog: Catalog, records: Sequence[Record]) -> str:
    """Return the language in which a plan was adopted, else the first in which a source gives every title."""
    plan = catalog.find("plans", records[0].get("plan_id"))
    adopted = plan.get("adopted_language") if plan else None
    for code in [adopted] if adopted else catalog.codes:
        column = f"title_{code}"
        if all(record.get(column) and (adopted or _is_sourced(catalog, record, column)) for record in records):
            return str(code)
    return ""


def _is_sourced(catalog: Catalog, record: Record, column: str) -> bool:
    statuses = {row.get("status") for row in catalog.told_of(record).get(column, ())}
    return bool(statuses) and not statuses & OURS

"""Owns how strong the recorded evidence of a promise is; refuses to judge what a piece of it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.nouns.record import Catalog, Record

DOCUMENT = "document"
"""Fixed word of the kinds of evidence that are documents which others can read and check."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What evidence is recorded of a milestone or commitment, whatever report brought it."""

    count: int = 0
    documents: int = 0
    """Pieces of a kind that is a document."""
    independent: int = 0
    """Pieces that come from somebody else than those who report."""

    @property
    def status(self) -> str:
        """Code of list evidence_states: what the strongest piece is."""
        if self.independent:
            return "independent"
        if self.documents:
            return "document"
        return "self_reported" if self.count else "none"


NO_PROOF = Proof()


def proofs_of(catalog: Catalog) -> Mapping[str, Proof]:
    """Return the evidence by milestone and by commitment; that of a milestone counts for its commitment, too."""
    found: dict[str, Proof] = {}
    for piece in catalog.rows("evidence"):
        item = catalog.find("update_items", piece.get("update_item_id") or "")
        update = catalog.find("updates", item.get("update_id")) if item else None
        if item and update:
            for thing in filter(None, (update.get("commitment_id"), item.get("milestone_id"))):
                found[thing] = _with(found.get(thing, NO_PROOF), piece, catalog)
    return found


def _with(proof: Proof, piece: Record, catalog: Catalog) -> Proof:
    return Proof(
        proof.count + 1,
        proof.documents + (catalog.means("evidence_kinds", piece.get("kind")) == DOCUMENT),
        proof.independent + bool(piece.get("independent")),
    )

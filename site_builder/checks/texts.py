"""Owns the promise that texts are written so that people can read and search can find them."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks._letters import letter_slips
from site_builder.checks._text_slips import findings
from site_builder.checks._wording import Wording
from site_builder.checks._written_texts import written_texts
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.record import Catalog


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield slips in texts, records and prose alike; a text that stands for several records is judged once."""
    wording = Wording(catalog)
    told = set()
    for texts in written_texts(catalog):
        for judged in (letter_slips(texts), wording.slips(texts)):
            for text, slips in judged:
                for finding in findings(text, slips):
                    key = (finding.name, finding.location, finding.arguments)
                    if key not in told:
                        told.add(key)
                        yield finding

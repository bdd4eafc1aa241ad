"""Owns the slips of single characters in a text: of the other keyboard, of an old font, of no font at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from site_builder.checks._text_slips import Slip
from site_builder.checks._written_texts import Text, Texts
from site_builder.nouns.diagnostic import Severity
from site_builder.readers.lookalikes import CYRILLIC, LATIN, ODD, misspelt

_UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
"""Characters of somebody's own font, and the one that stands where a letter was lost."""
_TELLING = {"mixed-numeral": Severity.NOTICE}


def letter_slips(texts: Texts) -> Iterator[tuple[Text, Iterator[Slip]]]:
    """Yield the texts of a column with what is wrong with their characters; a look at all of them comes first."""
    together = texts.together()
    if together.isascii():
        return
    if ODD.search(together) or (LATIN.search(together) and CYRILLIC.search(together)):
        yield from ((text, _misspelt(text)) for text in texts.such(_may_be_misspelt))
    if not _is_composed(together):
        yield from ((text, _not_composed(text)) for text in texts.such(lambda text: not _is_composed(text)))
    if _UNREADABLE.search(together):
        yield from ((text, _unreadable(text)) for text in texts.such(_UNREADABLE.search))


@lru_cache(maxsize=20_000)
def _may_be_misspelt(text: str) -> bool:
    return not text.isascii() and bool(ODD.search(text) or (LATIN.search(text) and CYRILLIC.search(text)))


def _is_composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)


@lru_cache(maxsize=64)
def _alphabet(letters: str) -> frozenset[str]:
    return frozenset(letters + letters.upper())


def _misspelt(text: Text) -> Iterator[Slip]:
    for slip in misspelt(text.written, _alphabet(text.language.alphabet)):
        severity = _TELLING.get(slip.kind, Severity.WARNING)
        yield Slip(slip.kind, severity, slip.place, slip.word, slip.meant, (("letters", slip.letters),))


def _not_composed(text: Text) -> Iterator[Slip]:
    """Yield the first word whose letters are put together from several characters."""
    for match in re.finditer(r"\S+", text.written):
        if (meant := unicodedata.normalize("NFC", match.group())) != match.group():
            yield Slip("not-composed", start=match.start(), written=match.group(), suggestion=meant)
            return


def _unreadable(text: Text) -> Iterator[Slip]:
    if match := _UNREADABLE.search(text.written):
        code = f"U+{ord(match.group()):04X}"
        yield Slip("unreadable-character", start=match.start(), written=match.group(), told=(("code", code),))

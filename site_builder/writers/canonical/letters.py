"""Owns how words are mended in which letters of two alphabets are mixed, or stand for one that a keyboard lacked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.readers.lookalikes import every_misspelt
from site_builder.readers.yaml_composer import parse_yaml
from site_builder.readers.yaml_tree import Mapping as Tree
from site_builder.readers.yaml_tree import Scalar, Sequence
from site_builder.writers.canonical.planting import Slot
from site_builder.writers.canonical.repairs import Mend


@dataclass(frozen=True)
class Alphabet:
    """The letters of a language, as `site.yaml` has them."""

    language: str
    letters: frozenset[str] = frozenset()
    """Small and capital; empty where the site does not say."""


def read_alphabets(content: bytes) -> tuple[Alphabet, ...]:
    """Return the languages of a `site.yaml` in their order, each with its letters."""
    root, _ = parse_yaml("site.yaml", content)
    listed = (node for key, node in (root.entries if root else ()) if key.text == "languages")
    items = [item for node in listed if isinstance(node, Sequence) for item in node.items if isinstance(item, Tree)]
    told = [{key.text: node.text for key, node in item.entries if isinstance(node, Scalar)} for item in items]
    return tuple(Alphabet(one["id"], _letters(one.get("alphabet", ""))) for one in told if "id" in one)


def _letters(written: str) -> frozenset[str]:
    return frozenset(written + written.upper())


def mend_letters(alphabets: tuple[Alphabet, ...]) -> Mend:
    """Return what yields the words of a text, in the language in which it stands, that are to be spelt otherwise.

    They are those of which the check says what was meant.
    """
    by_language = {alphabet.language: alphabet for alphabet in alphabets}

    def mend(slot: Slot, text: str) -> Iterator[tuple[str, int, str, str]]:
        alphabet = by_language.get(slot.language)
        if alphabet is None:
            return
        for slip in every_misspelt(text, alphabet.letters):
            if slip.meant:
                yield "letters", slip.place, slip.word, slip.meant

    return mend

"""Owns the message catalogues that travel with the program."""

from __future__ import annotations

from importlib import resources

from site_builder.nouns.wording import Wording as Wording
from site_builder.readers.words import read_words


def load_wording() -> Wording:
    """Return the catalogues that travel with the program, by language."""
    folder = resources.files("site_builder") / "messages"
    catalogues = {}
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".yaml"):
            language = entry.name.removesuffix(".yaml")
            catalogues[language], wrong = read_words(
                language, entry.read_bytes(), shown_as=entry.name, plural=_one_or_other
            )
            assert not wrong, wrong
    return Wording(catalogues)


def _one_or_other(count: float) -> str:
    """Plural form for the languages of the program, which distinguish one from all others."""
    return "one" if count == 1 else "other"

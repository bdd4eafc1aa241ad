"""Owns the message catalogues that travel with the program."""

from __future__ import annotations

import os
from importlib import resources

from site_builder.nouns.wording import Wording as Wording
from site_builder.readers.words import read_words

DEFAULT_LANGUAGE = "en"
"""Language of the reports where neither an option nor the system names one that the program speaks."""


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


def language_of_messages(wording: Wording, asked: str | None) -> str:
    """Return the language of the messages: as asked, else that of the system if the program speaks it."""
    if asked is not None:
        return asked
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    code = system.split("_")[0].split(".")[0]
    return code if code in wording.languages else DEFAULT_LANGUAGE


def _one_or_other(count: float) -> str:
    """Plural form for the languages of the program, which distinguish one from all others."""
    return "one" if count == 1 else "other"

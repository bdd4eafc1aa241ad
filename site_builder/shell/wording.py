"""Owns the message catalogues that travel with the program."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable

from site_builder.nouns.wording import Wording as Wording
from site_builder.nouns.words import Words
from site_builder.readers.rulebook import read_rulebook
from site_builder.readers.words import read_words

DEFAULT_LANGUAGE = "en"
"""Language of the reports where neither an option nor the system names one that the program speaks."""


def load_wording() -> Wording:
    """Return what travels with the program: a catalogue a language (in its folder a file a topic), the rulebook."""
    package = resources.files("site_builder")
    folders = sorted((package / "messages").iterdir(), key=_name)
    rules = {entry.name: entry.read_bytes() for entry in (package / "rulebook").iterdir()}
    return Wording({folder.name: _catalogue(folder) for folder in folders if folder.is_dir()}, read_rulebook(rules))


def _catalogue(folder: Traversable) -> Words:
    """Return all phrases of a language."""
    phrases: dict[str, str | Mapping[str, str]] = {}
    for entry in sorted(folder.iterdir(), key=_name):
        words, wrong = read_words(folder.name, entry.read_bytes(), shown_as=entry.name)
        twice = phrases.keys() & words.phrases.keys()
        assert not wrong and not twice, (entry.name, wrong, twice)
        phrases.update(words.phrases)
    return Words(folder.name, phrases, _one_or_other)


def _name(entry: Traversable) -> str:
    return entry.name


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

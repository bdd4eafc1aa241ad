"""Owns the way from a catalogue file to words, and the comparison of the catalogues of all languages."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from functools import lru_cache

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.words import Words
from site_builder.readers.yaml_composer import parse_yaml
from site_builder.readers.yaml_tree import Mapping as Tree
from site_builder.readers.yaml_tree import Scalar

PLURALS = ("one", "other")


def read_words(language: str, content: bytes, *, shown_as: str) -> tuple[Words, list[Diagnostic]]:
    """Return the phrases of a catalogue; nested keys are joined by dots, plural forms stay a mapping."""
    words, findings = _read(language, content, shown_as)
    return words, list(findings)


@lru_cache(maxsize=64)
def _read(language: str, content: bytes, shown_as: str) -> tuple[Words, list[Diagnostic]]:
    root, findings = parse_yaml(shown_as, content)
    return Words(language, dict(_phrases(root, "")) if root else {}), findings


def _phrases(tree: Tree, prefix: str) -> Iterator[tuple[str, str | Mapping[str, str]]]:
    for key, node in tree.entries:
        name = f"{prefix}{key.text}"
        if isinstance(node, Scalar):
            yield name, node.text.rstrip("\n")
        elif isinstance(node, Tree):
            forms = {inner.text: text.text for inner, text in node.entries if isinstance(text, Scalar)}
            if forms and set(forms) <= set(PLURALS):
                yield name, forms
            else:
                yield from _phrases(node, f"{name}.")


def compare_words(catalogues: Mapping[str, Words], *, shown_as: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield what a catalogue lacks or has too much, and placeholders that differ between languages."""
    catalogues = {language: words for language, words in catalogues.items() if words.phrases}
    keys = {key for words in catalogues.values() for key in words.phrases}
    for language, words in sorted(catalogues.items()):
        place = Location(shown_as[language])
        for key in sorted(keys - set(words.phrases)):
            yield found("word-missing", place, key=key, language=language)
    for key in sorted(keys):
        placed = {
            language: _placeholders(words.phrases[key]) for language, words in catalogues.items() if words.has(key)
        }
        if len(set(placed.values())) > 1:
            for language in sorted(placed):
                yield found(
                    "word-placeholders",
                    Location(shown_as[language]),
                    key=key,
                    language=language,
                    placeholders=", ".join(sorted(placed[language])),
                )


def _placeholders(phrase: str | Mapping[str, str]) -> frozenset[str]:
    texts = [phrase] if isinstance(phrase, str) else list(phrase.values())
    return frozenset(name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name)

"""Owns the way from the files of a theme, and of one that overrides parts of it, to templates, words, static files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.edition import Theme
from site_builder.nouns.record import Language
from site_builder.nouns.words import Words
from site_builder.readers.formats import Formats
from site_builder.readers.words import compare_words, read_words

OVERRIDDEN = "default/"
"""Before the name of a template that another layer overrides, so that the new one can extend the old one."""


@dataclass(frozen=True)
class Layer:
    """A theme, or the parts of one that override the layers before."""

    folder: str
    """What the folder is called in findings."""
    files: Mapping[str, bytes]


def read_theme(layers: Sequence[Layer], languages: Iterable[Language]) -> tuple[Theme, list[Diagnostic]]:
    """Return the theme with its words for the languages of the site, and what its catalogues lack."""
    words, findings = _words(layers, tuple(languages))
    templates = _below("templates/", layers)
    first = _below("templates/", layers[:1])
    texts = {name: content.decode("utf-8") for name, content in templates.items()}
    texts |= {f"{OVERRIDDEN}{name}": first[name].decode("utf-8") for name in first if first[name] != templates[name]}
    shown_as = {path.removeprefix("templates/"): f"{layer.folder}/{path}" for layer in layers for path in layer.files}
    return Theme(texts, words, _below("static/", layers), shown_as), findings


def _below(folder: str, layers: Sequence[Layer]) -> dict[str, bytes]:
    """Return the files below a folder of the theme; a later layer overrides an earlier one."""
    return {
        path.removeprefix(folder): content
        for layer in layers
        for path, content in layer.files.items()
        if path.startswith(folder)
    }


def _words(layers: Sequence[Layer], languages: Sequence[Language]) -> tuple[dict[str, Words], list[Diagnostic]]:
    """Return the phrases of each language; a later layer overrides single phrases."""
    findings: list[Diagnostic] = []
    words: dict[str, Words] = {}
    places = {}
    for language in languages:
        path = f"words/{language.code}.yaml"
        holders = [layer for layer in layers if path in layer.files]
        if not holders:
            findings.append(found("words-missing", Location(f"{layers[0].folder}/{path}"), language=language.code))
            continue
        phrases: dict[str, str | Mapping[str, str]] = {}
        for layer in holders:
            read, wrong = read_words(language.code, layer.files[path], shown_as=f"{layer.folder}/{path}")
            findings.extend(wrong)
            phrases |= read.phrases
        places[language.code] = f"{holders[-1].folder}/{path}"
        words[language.code] = Words(language.code, phrases, Formats(language).plural())
    return words, [*findings, *compare_words(words, shown_as=places)]

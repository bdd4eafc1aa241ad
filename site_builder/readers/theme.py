"""Owns the way from the files of a theme to templates, words and static files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.edition import Theme
from site_builder.nouns.record import Language
from site_builder.nouns.words import Words
from site_builder.readers.formats import Formats
from site_builder.readers.words import compare_words, read_words


def read_theme(
    files: Mapping[str, bytes], languages: Iterable[Language], *, folder: str = "themes/default"
) -> tuple[Theme, list[Diagnostic]]:
    """Return a theme with its words for the languages of the site, and what its catalogues lack."""
    findings: list[Diagnostic] = []
    words: dict[str, Words] = {}
    places = {}
    for language in languages:
        path = f"words/{language.code}.yaml"
        if path not in files:
            findings.append(found("words-missing", Location(f"{folder}/{path}"), language=language.code))
            continue
        places[language.code] = f"{folder}/{path}"
        words[language.code], wrong = read_words(
            language.code, files[path], shown_as=places[language.code], plural=Formats(language).plural()
        )
        findings.extend(wrong)
    findings.extend(compare_words(words, shown_as=places))
    templates = {
        path.removeprefix("templates/"): content.decode("utf-8")
        for path, content in files.items()
        if path.startswith("templates/")
    }
    static = {path.removeprefix("static/"): content for path, content in files.items() if path.startswith("static/")}
    return Theme(templates, words, static), findings

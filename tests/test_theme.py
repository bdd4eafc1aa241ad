"""The theme: no word in a template, no word unused, the same words in every language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.readers.words import compare_words, read_words
from site_builder.shell.wording import Wording
from site_builder.writers.pages._frameworks import REPORTS, SESSIONS

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "themes/default/templates").glob("*.html"))
WORDS = sorted((ROOT / "themes/default/words").glob("*.yaml"))
ALLOWED = {"CSV", "JSON", "SVG"}
"""Names of formats, the same in every language."""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_word_stands_in_a_template(path: Path) -> None:
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", " ", path.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", text)
    assert not set(re.findall(r"[A-Za-zА-Яа-яӨөҮү]{2,}", text)) - ALLOWED


def test_every_language_of_the_theme_has_the_same_words_and_placeholders() -> None:
    catalogues = {}
    for path in WORDS:
        catalogues[path.stem], wrong = read_words(path.stem, path.read_bytes(), shown_as=path.name)
        assert not wrong
    assert len(catalogues) >= 2
    assert not list(compare_words(catalogues, shown_as={path.stem: path.name for path in WORDS}))


def test_the_program_speaks_every_message_in_every_language(wording: Wording) -> None:
    places = {language: f"{language}.yaml" for language in wording.languages}
    assert not list(compare_words(wording.catalogues, shown_as=places))


COMMANDS = {"git fetch", "git fetch --unshallow"}
"""What is shown to be typed, the same in every language."""


def test_no_sentence_stands_in_the_code_that_speaks_to_people() -> None:
    paths = sorted((ROOT / "site_builder" / "shell").rglob("*.py"))
    said = {(path.name, text) for path in paths for text in sentences(ast.parse(path.read_text("utf-8")))}
    assert {(name, text) for name, text in said if text not in COMMANDS} == set()
    assert said, "nothing is looked at"
    planted = 'raise Refused(f"{path}: a link that leads nowhere")\nprint("not " + f"a day")\nBoth = {"a": "Open it"}'
    assert sorted(sentences(ast.parse(planted))) == ["Open it", "…: a link that leads nowhere"]


def sentences(tree: ast.AST) -> Iterator[str]:
    """Yield texts in which two words of a language follow each other, … for each value.

    Docstrings, the help of options (which the library for commands prints in English around it), what is only
    asserted and patterns are for other readers.
    """
    others: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Assert() | ast.keyword(arg="help" | "epilog"):
                others |= set(ast.walk(node))
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"))):
                others |= set(ast.walk(node))
            case ast.JoinedStr():
                others |= set(ast.walk(node)) - {node}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and node not in others:
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in others:
            text = node.value
        else:
            continue
        if re.search(r"[A-Za-z]{2,}[,;:]? [a-z]{2,}", re.sub(r"<[^>]*>", "", text)):
            yield text


def test_no_phrase_is_left_over() -> None:
    words, _ = read_words("en", (ROOT / "themes/default/words/en.yaml").read_bytes(), shown_as="en.yaml")
    code = "".join(path.read_text("utf-8") for path in [*TEMPLATES, *(ROOT / "site_builder").rglob("*.py")])
    # a phrase whose key is put together, such as say(f"origin.{status}"): each value is one part of the key
    built = [used_by(key) for key in set(re.findall(r'f"([a-z_-]+\.[^"\s]*\{[^"]*)"', code))]
    unused = [key for key in words.phrases if f'"{key}"' not in code and not any(used.fullmatch(key) for used in built)]
    menu = {"commitments", "organisations", "data", "sources", "home"}
    assert set(unused) <= menu, unused


def used_by(key: str) -> re.Pattern[str]:
    """Return what keys one that is put together can become; those of pages below `framework.` are its reports."""
    value = "|".join([*REPORTS, SESSIONS]) if re.match(r"framework\.\{", key) else "[a-z0-9_-]+"
    parts = re.split(r"(\{[^}]*\})", key)
    return re.compile("".join(f"(?:{value})" if part.startswith("{") else re.escape(part) for part in parts))
